"""In which cell a report stands, told a second time: from the words of the decision on the tables, row by row, in plain
Python. It shares no query and no rule with `statistics/looking.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import CaseReport, Clock, Conclusion, Event, Rating, Referral, Report
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, Category
from portal.catalogue.words import AgencyKind, Kind
from portal.foundation.time import ZONE, local
from portal.statistics.measures import Partition, Table
from portal.statistics.periods import Period

TRUE_FINDINGS = ("upheld", "partly_upheld", "fault_of_procedure", "fault_of_system")
TOPICS = {"delay": "delay", "attitude": "attitude", "discipline": "attitude", "decision": "decision"}
MORE_TOPICS = {"retaliation": "trouble", "online": "online", "openness": "online"}
MONEY = ("bribe", "extra_", "broker")


@dataclass
class Row:
    """One report with what became of it in its own case."""

    report: Report
    category: Category
    clocks: list[Clock]
    lead: set[int]  # referrals
    told: list[Conclusion]  # that the reporter could read, the first one first
    ends: list[datetime]  # refusals and forwardings
    rating: Rating | None


OfCase = TypeVar("OfCase", Clock, Conclusion, Event, Referral)


def by_case(rows: Iterable[OfCase]) -> defaultdict[int, list[OfCase]]:
    """The rows of each case, in their order."""
    found: defaultdict[int, list[OfCase]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


class Again:
    """Everything that is read, once."""

    def __init__(self, session: Session) -> None:
        self.agencies = {one.id: one for one in session.scalars(select(Agency))}
        self.calendar = catalogue.calendar(session)
        categories = {one.code: one for one in session.scalars(select(Category))}
        case_of = {one.report_id: one.case_id for one in session.scalars(select(CaseReport)) if _is_own(one)}
        clocks, referrals = by_case(session.scalars(select(Clock))), by_case(session.scalars(select(Referral)))
        events, conclusions = by_case(session.scalars(select(Event))), by_case(session.scalars(select(Conclusion)))
        ratings = {one.report_id: one for one in session.scalars(select(Rating))}
        self.rows = []
        for report in session.scalars(select(Report)):
            case = case_of[report.id]
            told = [one for one in conclusions[case] if one.visible_at is not None]
            ends = [one.at for one in events[case] if one.kind in ("case_refused", "case_forwarded")]
            self.rows.append(
                Row(
                    report,
                    categories[report.category],
                    clocks[case],
                    {one.id for one in referrals[case] if one.role.value == "lead"},
                    sorted(told, key=lambda one: (one.visible_at, one.id)),
                    ends,
                    ratings.get(report.id),
                )
            )

    def counts(self, table: Table, period: Period) -> Counter[str]:
        """How many reports stand in each cell, on the day of the table."""
        day = table.due_on(period)
        found: Counter[str] = Counter()
        for row in self.rows:
            if Period.of(local(row.report.filed_at).date(), table.grain) == period:
                key = self.key(row, table.partition, day, period)
                if key is not None:
                    found[key] += 1
        return found

    def key(self, row: Row, partition: Partition, day: date, period: Period) -> str | None:
        """The report's cell on a day; None where the table does not count it."""
        kind = row.category.kind
        is_praise = kind in (Kind.COMMENDATION, Kind.PROPOSAL)
        if is_praise is not (partition in (Partition.PRAISE, Partition.PRAISE_BODY)):
            return None
        word = "praise" if kind is Kind.COMMENDATION else "proposal"
        district, body = self._body(row, period)
        late = "late" if self._is_late(row, day) else "in_time"
        answer = next((one for one in row.told if one.visible_at and one.visible_at < _begin(day)), None)
        match partition:
            case Partition.PROVINCE:
                return "province"
            case Partition.AREA:
                return f"{district or 'departments'}/{late}"
            case Partition.DEPARTMENT:
                return f"{body}/{late}" if district is None else None
            case Partition.BODY:
                return f"{body}/{late}"
            case Partition.CATEGORY:
                return row.report.category
            case Partition.DAYS:
                return self._days(row, day)
            case Partition.RESULT:
                true = "none_yet" if answer is None else "upheld" if answer.finding in TRUE_FINDINGS else "not_upheld"
                return f"{kind.value}/{true}"
            case Partition.RATING:
                return _score(row, day)
            case Partition.PRAISE:
                return word
            case Partition.PRAISE_BODY:
                return f"{word}/{body}"
            case Partition.TOPIC_BODY:
                return f"{body}/{_topic(row.report.category)}"
            case Partition.COMMUNE:
                return f"{district}/{self._commune(row, period)}" if district is not None else None

    def _is_late(self, row: Row, day: date) -> bool:
        """The first answer came after its day, or is outstanding; of what was never asked, the sorting."""
        answered = min((one.visible_at for one in row.told if one.visible_at), default=None)
        last = local(answered).date() if answered is not None and answered < _begin(day) else day
        begun = [
            one
            for one in row.clocks
            if one.started_on < day and one.started_on <= last and (not one.referral_id or one.referral_id in row.lead)
        ]
        asked = [one for one in begun if one.starts in ("answer", "referral")]
        decisive = asked or [one for one in begun if one.starts in ("triage", "forward")]
        return any(_until(one, day) > one.due_on for one in decisive)

    def _days(self, row: Row, day: date) -> str:
        ends = [*row.ends, *(one.visible_at for one in row.told if one.visible_at)]
        known = [end for end in ends if end < _begin(day)]
        # A refusal or a forwarding is the first word, even where another answer came before it was told.
        refused = [end for end in row.ends if end < _begin(day)]
        first = min(refused or known, default=None)
        if first is None:
            return "more"
        days = self.calendar.count(row.report.received_on, local(first).date())
        return next((f"to_{most}" for most in (5, 10, 15, 30) if days <= most), "more")

    def _body(self, row: Row, period: Period) -> tuple[str | None, str]:
        """The district's code if it is about one, and the code of the body that is counted."""
        valid = self._valid(period)
        heads = {one.district_code: one.code for one in valid if one.kind is AgencyKind.DISTRICT and one.district_code}
        agency = self.agencies.get(row.report.agency_id or 0)
        if agency is None:
            area = row.report.area_code or ""
            communes = {one.commune_code: one.district_code for one in valid if one.kind is AgencyKind.COMMUNE}
            district = heads.get(area) or heads.get(communes.get(area) or "")
            return district, district or "other"
        district = heads.get(agency.district_code or "")
        if district is not None:
            return district, district
        return None, next((one.code for one in self._upwards(agency) if one.kind is AgencyKind.DEPARTMENT), "other")

    def _commune(self, row: Row, period: Period) -> str:
        agency = self.agencies.get(row.report.agency_id or 0)
        if agency is not None:
            return next((one.code for one in self._upwards(agency) if one.kind is AgencyKind.COMMUNE), "own")
        area = row.report.area_code
        return next((one.code for one in self._valid(period) if area and one.commune_code == area), "own")

    def _valid(self, period: Period) -> list[Agency]:
        return [
            one
            for one in self.agencies.values()
            if one.valid_from <= period.last_day and (one.valid_to is None or one.valid_to >= period.first_day)
        ]

    def _upwards(self, agency: Agency) -> Sequence[Agency]:
        found = [agency]
        while found[-1].parent_id is not None:
            found.append(self.agencies[found[-1].parent_id])
        return found


def _is_own(link: CaseReport) -> bool:
    return link.is_primary and link.unlinked_at is None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _until(clock: Clock, day: date) -> date:
    """The day up to which a clock ran, as it was known when the day of the look began."""
    for ended in (clock.met_at, clock.stopped_at):
        if ended is not None and ended < _begin(day):
            return local(ended).date()
    return clock.paused_on if clock.paused_on is not None and clock.paused_on < day else day


def _score(row: Row, day: date) -> str:
    if row.rating is None or row.rating.at >= _begin(day):
        return "none"
    return {1: "1_2", 2: "1_2", 3: "3", 4: "4_5", 5: "4_5"}[row.rating.score]


def _topic(category: str) -> str:
    first, _, rest = category.partition(".")
    if first == "harassment":
        return "money" if rest.startswith(MONEY) else "trouble"
    return (TOPICS | MORE_TOPICS).get(first, "other")
