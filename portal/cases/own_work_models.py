"""What one account keeps for itself beside a case: a day of its own, and a list of what to do. No part of the case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime


class OwnDate(Base):
    """The day on which somebody wants to look at a case again."""

    __tablename__ = "own_date"
    __table_args__ = (Index("ix_own_date_staff_id_due_on", "staff_id", "due_on", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    due_on: Mapped[date]


class OwnTask(Base):
    """One line of somebody's checklist. It has no number of its own: a page would tell by it how many others write."""

    __tablename__ = "own_task"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    text: Mapped[str] = mapped_column(String(300))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
