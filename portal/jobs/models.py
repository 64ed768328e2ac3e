"""The queue: a row written in the transaction that causes the work, so that neither is there without the other."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime


class Job(Base):
    """One piece of work. Its payload names rows; it holds no personal data."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_run_at_undone",
            "run_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[Any] = mapped_column(JsonText())
    dedupe: Mapped[str | None] = mapped_column(String(120), unique=True)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime())
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(String(80))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


class WorkerSeen(Base):
    """When a worker last looked at the queue; one row."""

    __tablename__ = "worker_seen"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime())
