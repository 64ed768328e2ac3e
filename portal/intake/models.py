"""A draft: what somebody has typed so far, sealed under a key that only their browser has."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime


class Draft(Base):
    """One draft. Its handle stands in the form (two tabs are two drafts); here is only the handle's hash."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime())
