"""A draft: what somebody has typed so far, sealed under a key that only their browser has. And who filed for others."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.words import Channel
from portal.foundation.database import Base, UTCDateTime, words


class Draft(Base):
    """One draft. Its handle stands in the form (two tabs are two drafts); here is only the handle's hash."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime())


class AssistedFiling(Base):
    """That an officer filed a report for somebody. Append-only; the officer's own pages read when and how, no more."""

    __tablename__ = "assisted_filing"
    __table_args__ = (Index("ix_assisted_filing_staff_id_at", "staff_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[Channel] = mapped_column(words(Channel))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
