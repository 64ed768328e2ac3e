"""Dates of a clone that follow from rules: its week may have other holidays than its template's."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.cases.deadlines import due_on
from portal.cases.models import NO_DATE, Case, Clock, Referral, Report
from portal.catalogue.models import DeadlineRule
from portal.catalogue.words import Unit
from portal.catalogue.working_days import Calendar, received_on
from portal.demo.templates import Row
from portal.foundation.time import local


@dataclass
class DueDates:
    """Computes due dates, each of them once."""

    calendar: Calendar
    rules: dict[int, DeadlineRule]
    _due: dict[tuple[int, date, int], date] = field(default_factory=dict)
    _working: dict[date, date] = field(default_factory=dict)

    def due(self, rule_id: int, start: date, paused_days: int) -> date:
        """When a clock is due that began on a day and stood still for so many."""
        key = (rule_id, start, paused_days)
        if key not in self._due:
            rule = self.rules[rule_id]
            due = due_on(rule, start, self.calendar)
            if paused_days and rule.unit is Unit.WORKING_DAYS:
                due = self.calendar.add(due, paused_days)
            elif paused_days:
                due = self.calendar.next_working(due + timedelta(days=paused_days))
            self._due[key] = due
        return self._due[key]

    def working(self, day: date) -> date:
        """That day, or the first working day after it."""
        if day not in self._working:
            self._working[day] = self.calendar.next_working(day)
        return self._working[day]

    def recount(self, rows: dict[Any, list[Row]]) -> None:
        """Sets the dates of a clone's report, case, clocks and referrals."""
        report, case = rows[Report][0], rows[Case][0]
        report["received_on"] = case["received_on"] = received_on(local(report["filed_at"]), self.calendar)
        for clock in rows[Clock]:
            clock["started_on"] = self.working(clock["started_on"])
            clock["due_on"] = self.due(clock["rule_id"], clock["started_on"], clock["paused_days"])
        running = [row for row in rows[Clock] if row["met_at"] is None and row["stopped_at"] is None]
        case["next_due_on"] = min((row["due_on"] for row in running if row["paused_on"] is None), default=NO_DATE)
        for referral in rows[Referral]:
            own = [row["due_on"] for row in rows[Clock] if row["referral_id"] == referral["id"]]
            referral["due_on"] = own[-1] if own else NO_DATE

    def told(self, told: Row, clocks: dict[tuple[str, str, str], Row]) -> Row:
        """A clock as an event tells it, with the clone's dates. `clocks`: by rule, start, first day."""
        clock = clocks.get((told["rule"], told["starts"], told["started_on"]))
        if clock is None:
            return told
        start, due = clock["started_on"], self.due(clock["rule_id"], clock["started_on"], told["paused_days"])
        return {**told, "started_on": start.isoformat(), "due_on": due.isoformat()}
