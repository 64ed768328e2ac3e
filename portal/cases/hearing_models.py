"""Somebody who is to be heard before a finding against them: what is held against them, and what they explain."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Clock
from portal.catalogue.models import Agency
from portal.foundation.database import Base, UTCDateTime


class Hearing(Base):
    """One statement, sent to a superior body. It never changes; the explanation is written once. Both by trigger.
    Until then the body alone may change, to its successor.

    Until when, and whether it still waits, its clock says: nothing of that is kept twice.
    """

    __tablename__ = "hearing"
    __table_args__ = (
        Index("ix_hearing_case_id_id", "case_id", "id"),
        Index("ix_hearing_agency_id_id", "agency_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)  # in addresses: numbers in a row would tell how many
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"), unique=True)
    person: Mapped[str] = mapped_column(String(300))
    statement: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime())
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    explanation: Mapped[str] = mapped_column(Text, default="")

    agency: Mapped[Agency] = relationship()
    clock: Mapped[Clock] = relationship()
