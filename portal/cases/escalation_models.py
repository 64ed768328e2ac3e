"""What the portal told others by itself because a body was nearly or already late, with a referral or a hearing."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UTCDateTime, words


class Point(StrEnum):
    """The set points of clocks, in their order. `RULES` and `HEARING_RULES` of `escalation` say which one has which."""

    DUE_SOON = "due_soon"  # the body itself is reminded
    LATE = "late"  # of a hearing: the body that hears is told
    SUPERIOR = "superior"  # the body directly above it is told
    LISTED = "listed"  # it stands in the Inspection Committee's overdue list


class Escalation(Base):
    """One point that a clock has reached: never twice in one round. An extension begins a new round."""

    __tablename__ = "escalation"
    __table_args__ = (
        Index("uq_escalation_clock_id_round_point", "clock_id", "round", "point", unique=True),
        Index("ix_escalation_case_id_point", "case_id", "point"),
        Index(
            "ix_escalation_told_id",
            "told_id",
            "id",
            sqlite_where=text("told_id IS NOT NULL"),
            postgresql_where=text("told_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"))
    round: Mapped[int] = mapped_column(SmallInteger)  # how often the clock had been extended
    point: Mapped[Point] = mapped_column(words(Point))
    reached_on: Mapped[date]  # by the calendar; `at` is later where the worker was away
    told_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))  # the superior that was told
    at: Mapped[datetime] = mapped_column(UTCDateTime())
