"""Whether the portal was there: how often it was asked on each day, and how often it answered. About nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.statistics.models import Uptime
from portal.statistics.periods import Grain, Period


@dataclass(frozen=True)
class Checked:
    """How often the portal was asked on so many days, and how often it answered."""

    days: int
    checks: int
    answered: int

    @property
    def share(self) -> float | None:
        """The answered part; None as long as nobody asked."""
        return self.answered / self.checks if self.checks else None


def note_check(session: Session, on: date, *, answered: bool) -> None:
    """Counts one check into its day."""
    row = session.get(Uptime, on, with_for_update=True)
    if row is None:
        session.add(Uptime(day=on, checks=1, answered=int(answered)))
    else:
        row.checks, row.answered = row.checks + 1, row.answered + int(answered)
    session.flush()


def checked(session: Session, months: Sequence[Period], before: date) -> dict[Period, Checked]:
    """The whole days of these months, those before a day: a day that is not over still changes."""
    first, last = min(months).first_day, max(months).last_day
    rows = session.execute(
        select(Uptime.day, Uptime.checks, Uptime.answered).where(
            Uptime.day >= first, Uptime.day <= last, Uptime.day < before
        )
    ).all()
    found = {}
    for month in months:
        own = [row for row in rows if Period.of(row.day, Grain.MONTH) == month]
        found[month] = Checked(len(own), sum(row.checks for row in own), sum(row.answered for row in own))
    return found
