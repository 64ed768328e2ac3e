"""Internal notes: what colleagues of one side write to each other beside a case."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime


class Note(Base):
    """One note. It never changes; a second thought is a second note."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))  # None: the inspectors'
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime())
