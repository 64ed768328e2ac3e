"""Releases as they were published, the privacy they cost, which reports were counted: append-only. And uptime."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, JsonText, UTCDateTime, words
from portal.statistics.measures import Stratum


class FrozenTable(Base):
    """One table of one period, frozen. (`release`: what was published in it.)"""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("table", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(10), index=True)
    parameters: Mapped[Any] = mapped_column(JsonText())  # see `release.parameters_of`
    code_version: Mapped[str] = mapped_column(String(20))
    frozen_at: Mapped[datetime] = mapped_column(UTCDateTime())
    # As an event's; None in releases of the time before they had one (`statistics/leaves.py`).
    leaf: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    ledger_index: Mapped[int | None] = mapped_column(index=True, unique=True)


class FrozenCell(Base):
    """One number: with its noise as it was drawn, as it is shown, and how far off it may be.

    `shares`: of the noises in it, thousandths of ε; `spread`: the variance of its error, reports². Both make margins of
    sums.
    """

    __tablename__ = "release_cell"
    __table_args__ = (CheckConstraint("value >= 0", name="value"), CheckConstraint("margin >= 0", name="margin"))

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]
    noisy: Mapped[int]
    value: Mapped[int]
    margin: Mapped[int]
    shares: Mapped[Any] = mapped_column(JsonText())
    spread: Mapped[float]


class PrivacySpent(Base):
    """What a table of a period told of each report in it: stratum → thousandths of ε. Written before the draw."""

    __tablename__ = "privacy_ledger"

    table: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    shares: Mapped[Any] = mapped_column(JsonText())


class Counted(Base):
    """The stratum of a report, fixed by the first table that looked at it, and which table that was."""

    __tablename__ = "counted"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    table: Mapped[str] = mapped_column(String(40), primary_key=True)
    stratum: Mapped[Stratum] = mapped_column(words(Stratum))


class Uptime(Base):
    """How often the portal was asked on a day whether it is there, and how often it said so. About nobody."""

    __tablename__ = "uptime"
    __table_args__ = (
        CheckConstraint("checks > 0", name="checks"),
        CheckConstraint("answered BETWEEN 0 AND checks", name="answered"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    checks: Mapped[int]
    answered: Mapped[int]
