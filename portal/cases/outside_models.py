"""A body without an account that was asked about a case: what it may read, until when, and what it answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime


class OutsideLink(Base):
    """One link. Its secret is nowhere: only a keyed hash of it lies here."""

    __tablename__ = "outside_link"
    __table_args__ = (Index("ix_outside_link_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    cleared_text_id: Mapped[int] = mapped_column(ForeignKey("cleared_text.id"))
    body: Mapped[str] = mapped_column(String(300))
    question: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime())
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    answered_by: Mapped[str] = mapped_column(String(200), default="")  # as whoever answered wrote it
    answer: Mapped[str] = mapped_column(Text, default="")
