"""Who looked at exact figures, and at which. Rows are never changed (migration 0024)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime


class FiguresRead(Base):
    """One look: by whom, when, and what was asked for. Never what was found: the figures are stored nowhere."""

    __tablename__ = "figures_read"
    __table_args__ = (Index("ix_figures_read_staff_id_id", "staff_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    query: Mapped[Any] = mapped_column(JsonText())  # first and last month, code of the body or ""
