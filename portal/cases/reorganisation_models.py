"""A body that passes its work on to its successor from a day: who ordered it, and when it was done."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime


class Reorganisation(Base):
    """One body and its successor. The row says what is to be done, so that it can be gone on with at any time."""

    __tablename__ = "reorganisation"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="two_bodies"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), unique=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    from_on: Mapped[date]
    ordered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # None: by the command
    ordered_at: Mapped[datetime] = mapped_column(UTCDateTime())
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
