"""Planning a filing: where it goes, worked out before anything is stored."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session

from portal.cases.filing import Filing
from portal.cases.models import (
    Report,
)
from portal.cases.routing import Facts, NobodyMayLead, Routing, RoutingCatalogue, route
from portal.cases.same_texts import times_sent
from portal.cases.suspect import Suspicion, suspicion
from portal.cases.words import Disclosure
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, Category, ForwardBody
from portal.catalogue.routing_rows import RoutingRow
from portal.catalogue.snapshot import Snapshot, snapshot
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import Function, Kind, ReferralRole, Release
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today

REFERENCE_LETTERS = 6
RECENT_DAYS = 90
CENTRAL = "central_inspection"  # where a report goes that nobody here may handle

_REPORT = Report.__table__.c
_ACCUSING = (
    select(_REPORT.id)
    .where(_REPORT.agency_id == bindparam("agency"), _REPORT.filed_at >= bindparam("since"))
    .where(_REPORT.accused_role != literal_column("'none'"))  # in the index's own words, or it is not used
    .limit(bindparam("most"))
)


class SentElsewhere(PortalError):
    """No body here may handle this report: it is refused before anything is stored, with guidance."""

    def __init__(self, body: ForwardBody, reason_vi: str, reason_en: str) -> None:
        super().__init__(N_("Phản ánh này cần gửi đến nơi khác."))
        self.body = body
        self.reason_vi = reason_vi
        self.reason_en = reason_en


@dataclass(frozen=True)
class Plan:
    """Where a filing goes, worked out before anything is stored."""

    category: Category
    agency: Agency | None
    catalogue: Snapshot
    routing: Routing
    is_direct: bool
    suspicion: Suspicion | None = None
    text_mark: bytes | None = None

    @property
    def tree(self) -> AgencyTree:
        """The tree that the filing was routed by."""
        return self.catalogue.tree

    @property
    def lead(self) -> str:
        """The code of the body that leads."""
        assert self.routing.lead is not None  # noqa: S101 (plan_filing refuses those without)
        return self.routing.lead

    def id_of(self, code: str) -> int:
        """The row of a body of that tree."""
        return self.tree.body(code).id


def plan_filing(session: Session, filing: Filing, text_mark: bytes | None = None) -> Plan:
    """Routes a filing. Raises SentElsewhere when it must go to the central level (domain.md §3).

    `text_mark`: what its text is known by, where it counts how often that was sent.
    """
    known = snapshot(session, today())
    category = known.categories[filing.category]
    agency = known.agencies.get(filing.agency or "")
    procedure = known.procedures.get(filing.procedure or "")
    area = (agency.area_code if agency else None) or filing.area
    # Of what is suspect nobody hears before the Committee has looked.
    suspect = suspicion(filing.narrative, times_sent(session, text_mark))
    owner = catalogue.procedure_owner(session, procedure, area, known.on, known.tree) if procedure else None
    facts = Facts(
        kind=Kind(category.kind),
        category=category.code,
        severity=category.severity,
        agency=agency.code if agency else None,
        area_code=filing.area,
        accused_role=filing.accused_role,
        has_dossier=bool(filing.dossier_code),
        has_promised_date=filing.promised_on is not None,
        committee_first=filing.committee_first or filing.paid_back is not None or suspect is not None,
        disclosure=filing.disclosure.value,
        procedure_owner=owner,
        recent_reports_on_agency=_recent_reports(session, agency, known.rules) if agency else 0,
    )
    try:
        routing = route(facts, RoutingCatalogue(known.tree, known.rules))
    except NobodyMayLead as error:
        raise SentElsewhere(session.get_one(ForwardBody, CENTRAL), "", "") from error
    if routing.lead is None:
        rule = next(row for row in known.rules if row.code == routing.rule)
        raise SentElsewhere(session.get_one(ForwardBody, routing.refused_to), rule.reason_vi, rule.reason_en)
    lead = next(one for one in routing.referrals if one.role is ReferralRole.LEAD)
    is_direct = lead.release is Release.AT_ONCE and lead.agency not in inspectors(known.tree)
    return Plan(category, agency, known, routing, is_direct, suspect, text_mark)


def inspectors(tree: AgencyTree) -> set[str | None]:
    """The two bodies that read reports as filed."""
    return {tree.function(Function.INSPECTION_COMMITTEE), tree.function(Function.ORGANISATION_COMMITTEE)}


def _recent_reports(session: Session, agency: Agency, rules: tuple[RoutingRow, ...]) -> int:
    """How many reports that accuse somebody this office had in the last 90 days; counted as far as a rule asks."""
    most = max((rule.min_recent_reports or 0 for rule in rules), default=0)
    if not most:
        return 0
    since = now() - timedelta(days=RECENT_DAYS)
    found = session.connection().execute(_ACCUSING, {"agency": agency.id, "since": since, "most": most})
    return len(found.all())


def is_shared_with_agency(filing: Filing, plan: Plan) -> bool:
    """Whether the handling agency may get the identity at filing: a named report that goes to it at once."""
    return filing.disclosure is Disclosure.NAMED and plan.is_direct
