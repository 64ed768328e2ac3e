"""Standard texts, version by version. Rows are never changed (migration 0035); the newest version of a code holds."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime


class StandardText(Base):
    """One version of one text, in both languages."""

    __tablename__ = "standard_text"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    moment: Mapped[str] = mapped_column(String(40))
    track: Mapped[str] = mapped_column(String(32))  # "all" or one
    title_vi: Mapped[str] = mapped_column(String(300))
    body_vi: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(String(300))
    body_en: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime())
    by_login: Mapped[str | None] = mapped_column(String(80))  # None: a file; accounts are never removed
