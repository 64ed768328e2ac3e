"""Where the reports of the last year would have gone by a proposed rule: counted by rule and body, never by report.

A job goes through the reports in batches of 5,000, each in one transaction with the next batch's job; doing a batch
twice counts it once. Both ways are worked out anew by the tree of the day of filing, by the rules of the day on which
the proposal begins, so that nothing but the proposal makes a difference.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, literal_column, select, tuple_
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.cases.routing import Facts, NobodyMayLead, RoutingCatalogue, route
from portal.cases.routing_changes import DRY_RUN, TRIED_OVER, applied, proposed_row
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, AgencyFunction, Category, Procedure
from portal.catalogue.routing_models import ProposalState, RoutingProposal
from portal.catalogue.routing_rows import RoutingRow
from portal.catalogue.tree import AgencyTree
from portal.foundation.time import local, now
from portal.jobs.queue import enqueue

BATCH = 5_000
RECENT = timedelta(days=90)
FEWEST = 5  # a smaller number could tell of one report
NOBODY = ""  # in a body's place: refused, with guidance

_REPORT = Report.__table__.c
_COLUMNS = (
    *(_REPORT.id, _REPORT.filed_at, _REPORT.category, _REPORT.agency_id, _REPORT.area_code, _REPORT.accused_role),
    *(_REPORT.dossier_code, _REPORT.promised_on, _REPORT.committee_first, _REPORT.disclosure, _REPORT.procedure),
)

Way = tuple[str, str, str]  # rule, lead's code, release of the lead


@dataclass(frozen=True)
class Moved:
    """So many reports that one rule sends to one body would be sent by another rule, or to another body."""

    from_rule: str
    from_body: str
    to_rule: str
    to_body: str
    count: int


def shown_count(count: int) -> int:
    """A number as it may be shown: to the nearest five; 0 stands for fewer than five."""
    return 0 if count < FEWEST else 5 * round(count / 5)


def moved_by(proposal: RoutingProposal) -> list[Moved]:
    """What was counted so far, the greatest first."""
    found = [Moved(*line) for line in proposal.moved]
    return sorted(found, key=lambda one: (-one.count, one.from_rule, one.from_body, one.to_body))


def count_batch(session: Session, payload: Mapping[str, Any]) -> None:
    """Counts one batch in the caller's transaction and queues the next one there."""
    proposal = session.get(RoutingProposal, payload["proposal"], with_for_update=True)
    if proposal is None or proposal.state is not ProposalState.COUNTING or proposal.seen != payload["seen"]:
        return
    rows = _next_reports(session, proposal)
    counts = Counter({tuple(words): count for *words, count in proposal.moved})
    if rows:
        counts += _moved(session, proposal, rows)
        proposal.moved = [[*words, count] for words, count in sorted(counts.items())]
        proposal.seen += len(rows)
        proposal.last_filed_at, proposal.last_report = rows[-1].filed_at, rows[-1].id
    if len(rows) == BATCH:
        key = f"{DRY_RUN}/{proposal.id}/{proposal.seen}"
        enqueue(session, DRY_RUN, {"proposal": proposal.id, "seen": proposal.seen}, dedupe=key)
    else:
        proposal.state, proposal.done_at = ProposalState.READY, now()
    session.flush()


def _next_reports(session: Session, proposal: RoutingProposal) -> Sequence[Row[Any]]:
    query = select(*_COLUMNS).where(_REPORT.filed_at <= proposal.made_at)
    if proposal.last_filed_at is None:
        query = query.where(_REPORT.filed_at >= proposal.made_at - TRIED_OVER)
    else:
        query = query.where(tuple_(_REPORT.filed_at, _REPORT.id) > (proposal.last_filed_at, proposal.last_report))
    return session.execute(query.order_by(_REPORT.filed_at, _REPORT.id).limit(BATCH)).all()


@dataclass
class _Known:
    """What a batch reads once. Trees are kept by the day since which they are as they are."""

    session: Session
    changes: list[date]
    codes: Mapping[int, str]
    categories: Mapping[str, Category]
    procedures: Mapping[str, Procedure]
    accusing: Mapping[int, list[datetime]]
    most: int
    trees: dict[date, AgencyTree] = field(default_factory=dict)
    owners: dict[tuple[str, str | None, date], str | None] = field(default_factory=dict)

    def since(self, filed_at: datetime) -> date:
        """The first day of the tree of a day."""
        place = bisect_right(self.changes, local(filed_at).date())
        return self.changes[max(place - 1, 0)]

    def tree(self, since: date) -> AgencyTree:
        """The tree that holds from that day on."""
        if since not in self.trees:
            self.trees[since] = catalogue.agency_tree(self.session, since)
        return self.trees[since]

    def owner(self, procedure: str | None, area: str | None, since: date) -> str | None:
        """Who owned the procedure then."""
        key = (procedure or "", area, since)
        if key not in self.owners:
            row = self.procedures.get(procedure or "")
            tree = self.tree(since)
            self.owners[key] = catalogue.procedure_owner(self.session, row, area, since, tree) if row else None
        return self.owners[key]

    def recent(self, agency_id: int | None, filed_at: datetime) -> int:
        """Reports that accused somebody there in the 90 days before, as far as a rule asks."""
        times = self.accusing.get(agency_id or 0, [])
        before = bisect_left(times, filed_at) - bisect_left(times, filed_at - RECENT)
        return min(before, self.most)


def _moved(session: Session, proposal: RoutingProposal, rows: Sequence[Row[Any]]) -> Counter[tuple[str, ...]]:
    before = catalogue.routing_rules(session, proposal.valid_from)
    row = proposed_row(proposal.code, proposal.rule, proposal.valid_from) if proposal.rule else None
    after = applied(before, proposal.code, row)
    known = _known(session, rows, max((one.min_recent_reports or 0 for one in (*before, *after)), default=0))
    ways: dict[tuple[Facts, date], tuple[Way, Way]] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    for report in rows:
        since = known.since(report.filed_at)
        facts = _facts(report, known, since)
        if (facts, since) not in ways:
            tree = known.tree(since)
            ways[facts, since] = (_way(facts, tree, before), _way(facts, tree, after))
        old, new = ways[facts, since]
        if old[1:] != new[1:]:
            counts[old[0], old[1], new[0], new[1]] += 1
    return counts


def _way(facts: Facts, tree: AgencyTree, rules: tuple[RoutingRow, ...]) -> Way:
    try:
        routing = route(facts, RoutingCatalogue(tree, rules))
    except NobodyMayLead:
        return "", NOBODY, ""
    release = routing.referrals[0].release.value if routing.referrals else ""
    return routing.rule, routing.lead or NOBODY, release


def _facts(report: Row[Any], known: _Known, since: date) -> Facts:
    category = known.categories[report.category]
    code = known.codes.get(report.agency_id or 0)
    return Facts(
        kind=category.kind,
        category=category.code,
        severity=category.severity,
        agency=code,
        area_code=None if code is not None else report.area_code,
        accused_role=report.accused_role,
        has_dossier=report.dossier_code is not None,
        has_promised_date=report.promised_on is not None,
        committee_first=report.committee_first,
        disclosure=report.disclosure.value,
        procedure_owner=known.owner(report.procedure, report.area_code, since) if report.procedure else None,
        recent_reports_on_agency=known.recent(report.agency_id, report.filed_at) if known.most else 0,
    )


def _known(session: Session, rows: Sequence[Row[Any]], most: int) -> _Known:
    accusing = _accusing(session, rows[0].filed_at - RECENT, rows[-1].filed_at) if most else {}
    return _Known(
        session=session,
        changes=_days_of_change(session),
        codes=dict(session.execute(select(Agency.id, Agency.code)).tuples().all()),
        categories={one.code: one for one in catalogue.categories(session)},
        procedures={one.code: one for one in catalogue.procedures(session)},
        accusing=accusing,
        most=most,
    )


def _accusing(session: Session, since: datetime, until: datetime) -> dict[int, list[datetime]]:
    """When each body was accused, in order."""
    query = select(_REPORT.agency_id, _REPORT.filed_at).where(_REPORT.filed_at >= since, _REPORT.filed_at <= until)
    query = query.where(_REPORT.accused_role != literal_column("'none'"), _REPORT.agency_id.is_not(None))
    found: dict[int, list[datetime]] = {}
    for agency_id, filed_at in session.execute(query.order_by(_REPORT.filed_at)).tuples():
        found.setdefault(agency_id, []).append(filed_at)
    return found


def _days_of_change(session: Session) -> list[date]:
    """The days from which on the tree is another one."""
    days: set[date] = {date.min}
    periods = (
        select(Agency.valid_from, Agency.valid_to).distinct(),
        select(AgencyFunction.valid_from, AgencyFunction.valid_to).distinct(),
    )
    for query in periods:
        for begins, ends in session.execute(query).tuples():
            days |= {begins} | ({ends + timedelta(days=1)} if ends is not None else set())
    return sorted(days)
