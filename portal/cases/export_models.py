"""Who took a list of cases out of the portal, and which. Rows are never changed (migration 0036)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime


class QueueExport(Base):
    """One file: by whom, when, under which filter, and how many cases stood in it. Never which cases."""

    __tablename__ = "queue_export"
    __table_args__ = (Index("ix_queue_export_staff_id_id", "staff_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    query: Mapped[Any] = mapped_column(JsonText())  # kind of the file, and the filter as its query string
    cases: Mapped[int]
