"""Which conclusions a chief inspector reads before the reporter does, as data."""

from datetime import date

from sqlalchemy import SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class ApprovalRule(Base):
    """Conclusions on this track, of this kind (None: any) and from this severity on need a second pair of eyes."""

    __tablename__ = "approval_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    track: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[str | None] = mapped_column(String(32))
    severity_from: Mapped[int] = mapped_column(SmallInteger)
    citation: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
