"""Receiving a report: the report, its case, routing, clocks, events, in the caller's one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.actions.moving import Telling, make_move
from portal.cases.casefile import CaseFile
from portal.cases.filing import Filing, StoredTexts
from portal.cases.masking import apply_masks
from portal.cases.models import (
    NO_DATE,
    Case,
    CaseReport,
    ClearedText,
    Event,
    Receipt,
    Referral,
    Report,
    Wall,
)
from portal.cases.routing import Facts, NobodyMayLead, PlannedReferral, Routing, RoutingCatalogue, route
from portal.cases.status import BY_NAME, Starts
from portal.cases.words import Audience, Disclosure, ReferralState, Status
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, Category, ForwardBody, Procedure
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole, Function, Kind, ReferralRole, Release, Track
from portal.catalogue.working_days import Calendar, received_on
from portal.foundation.codes import random_code
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.foundation.time import local, now
from portal.identity.models import Identity, NoticeContact
from portal.identity.sealing import SealedFiling
from portal.ledger.leaves import new_salt

REFERENCE_LETTERS = 6
RECENT_DAYS = 90
CENTRAL = "central_inspection"  # where a report goes that nobody here may handle


class SentElsewhere(PortalError):
    """No body here may handle this report: it is refused before anything is stored, with guidance."""

    def __init__(self, body: ForwardBody, reason_vi: str, reason_en: str) -> None:
        super().__init__(N_("Phản ánh này cần gửi đến nơi khác."))
        self.body = body
        self.reason_vi = reason_vi
        self.reason_en = reason_en


@dataclass(frozen=True)
class Received:
    """What filing made."""

    case: Case
    report: Report
    event: Event


@dataclass(frozen=True)
class Plan:
    """Where a filing goes, worked out before anything is stored."""

    category: Category
    agency: Agency | None
    tree: AgencyTree
    routing: Routing
    is_direct: bool
    calendar: Calendar

    @property
    def lead(self) -> str:
        """The code of the body that leads."""
        assert self.routing.lead is not None  # noqa: S101 (plan_filing refuses those without)
        return self.routing.lead

    def id_of(self, code: str) -> int:
        """The row of a body of the tree that the filing was routed by."""
        return self.tree.body(code).id


def plan_filing(session: Session, filing: Filing) -> Plan:
    """Routes a filing. Raises SentElsewhere when it must go to the central level (domain.md §3)."""
    on = local(now()).date()
    tree = catalogue.agency_tree(session, on)
    category = session.get_one(Category, filing.category)
    agency = catalogue.agency_by_code(session, filing.agency, on) if filing.agency else None
    procedure = session.get(Procedure, filing.procedure) if filing.procedure else None
    area = (agency.area_code if agency else None) or filing.area
    owner = catalogue.procedure_owner(session, procedure, area, on) if procedure else None
    facts = Facts(
        kind=Kind(category.kind),
        category=category.code,
        severity=category.severity,
        agency=agency.code if agency else None,
        area_code=filing.area,
        accused_role=filing.accused_role,
        has_dossier=bool(filing.dossier_code),
        has_promised_date=filing.promised_on is not None,
        committee_first=filing.committee_first,
        disclosure=filing.disclosure.value,
        procedure_owner=owner,
        recent_reports_on_agency=_recent_reports(session, agency) if agency else 0,
    )
    rules = catalogue.routing_rules(session, on)
    try:
        routing = route(facts, RoutingCatalogue(tree, rules))
    except NobodyMayLead as error:
        raise SentElsewhere(session.get_one(ForwardBody, CENTRAL), "", "") from error
    if routing.lead is None:
        rule = next(row for row in rules if row.code == routing.rule)
        raise SentElsewhere(session.get_one(ForwardBody, routing.refused_to), rule.reason_vi, rule.reason_en)
    lead = next(one for one in routing.referrals if one.role is ReferralRole.LEAD)
    inspectors = {
        tree.function(Function.INSPECTION_COMMITTEE),
        tree.function(Function.ORGANISATION_COMMITTEE),
    }
    is_direct = lead.release is Release.AT_ONCE and lead.agency not in inspectors
    return Plan(category, agency, tree, routing, is_direct, catalogue.calendar(session))


def _recent_reports(session: Session, agency: Agency) -> int:
    """How many reports that accuse somebody this office had in the last 90 days."""
    since = now() - timedelta(days=RECENT_DAYS)
    query = select(func.count()).select_from(Report).where(Report.agency_id == agency.id, Report.filed_at >= since)
    return session.scalar(query.where(Report.accused_role != AccusedRole.NONE)) or 0


def receive(
    session: Session,
    filing: Filing,
    texts: StoredTexts,
    plan: Plan,
    *,
    uid: bytes,
    code_hash: bytes,
    sealed: SealedFiling,
) -> Received:
    """Stores a filing whose data keys are in the key store already. The caller has checked for a replay."""
    report = _store_report(session, filing, texts, plan, uid, sealed.envelope)
    session.add(Receipt(code_hash=code_hash, report_id=report.id))
    session.add(Identity(report_id=report.id, envelope=sealed.envelope))
    if sealed.contact is not None:
        session.add(NoticeContact(report_id=report.id, sealed=sealed.contact))
    case = _open_case(session, report, plan)
    for code in plan.routing.walled:
        session.add(Wall(case_id=case.id, agency_id=plan.id_of(code), reason="accused"))
    file = CaseFile(case=case, report=report, category=plan.category)
    file.referrals = _refer_at_once(session, file, texts, plan)
    started = []
    if not plan.is_direct:
        started.append(clocks.start(session, case, Starts.TRIAGE, file.kind, plan.calendar))
        if case.track is not Track.COMMENDATION:
            started.append(clocks.start(session, case, Starts.FORWARD, file.kind, plan.calendar))
        case.next_due_on = clocks.next_due_on(started)
    session.flush()
    event = _record_filed(session, file, plan)
    if plan.is_direct:
        _accept_by_rule(session, file, plan)
    return Received(case, report, event)


def _store_report(
    session: Session, filing: Filing, texts: StoredTexts, plan: Plan, uid: bytes, envelope: bytes
) -> Report:
    filed_at, salt = now(), new_salt()
    stored = "\0".join((texts.narrative, texts.wish, texts.elsewhere)).encode()
    report = Report(
        uid=uid,
        category=filing.category,
        agency_id=plan.agency.id if plan.agency else None,
        procedure=filing.procedure,
        dossier_code=filing.dossier_code,
        promised_on=filing.promised_on,
        occurred_on=filing.occurred_on,
        occurred_until=filing.occurred_until,
        accused_role=filing.accused_role,
        committee_first=filing.committee_first,
        narrative=texts.narrative,
        mask_spans=[[span.start, span.end, span.sort] for span in texts.mask_spans],
        wish=texts.wish,
        elsewhere=texts.elsewhere,
        language=filing.language,
        channel=filing.channel,
        disclosure=filing.disclosure,
        reporter_type=filing.reporter_type,
        area_code=(plan.agency.area_code if plan.agency else None) or filing.area,
        filed_at=filed_at,
        received_on=received_on(local(filed_at), plan.calendar),
        salt=salt,
        digest=hashlib.sha256(salt + hashlib.sha256(stored).digest() + hashlib.sha256(envelope).digest()).digest(),
    )
    session.add(report)
    session.flush()
    return report


def _open_case(session: Session, report: Report, plan: Plan) -> Case:
    suggested = plan.routing.suggestion
    case = Case(
        reference=_free_reference(session),
        status=Status.RECEIVED,
        track=starting_track(Track(plan.category.track)),
        category=report.category,
        severity=plan.category.severity,
        is_open=True,
        is_direct=plan.is_direct,
        lead_id=plan.id_of(plan.lead),
        next_due_on=NO_DATE,
        received_on=report.received_on,
        routing_rule=plan.routing.rule,
        suggested_id=plan.id_of(suggested) if suggested else None,
    )
    session.add(case)
    session.flush()
    session.add(CaseReport(case_id=case.id, report_id=report.id, is_primary=True, linked_at=now()))
    return case


def _free_reference(session: Session) -> str:
    """A reference that no case has: among a million cases every thousandth draw is taken."""
    while True:
        reference = f"VV-{random_code(REFERENCE_LETTERS)}"
        if session.scalar(select(Case.id).where(Case.reference == reference)) is None:
            return reference


def starting_track(track: Track) -> Track:
    """A complaint or denunciation starts as feedback: the law's clock waits for the signed form.

    Luật Khiếu nại 02/2011/QH13 art. 8, Luật Tố cáo 25/2018/QH14 art. 22.
    """
    return Track.FEEDBACK if track in (Track.COMPLAINT, Track.DENUNCIATION) else track


def _refer_at_once(session: Session, file: CaseFile, texts: StoredTexts, plan: Plan) -> list[Referral]:
    inspectors = {
        plan.tree.function(Function.INSPECTION_COMMITTEE),
        plan.tree.function(Function.ORGANISATION_COMMITTEE),
    }
    cleared = clear_by_rule(session, file, texts) if plan.is_direct else None
    made = []
    for planned in plan.routing.referrals:
        reads_reports = planned.agency in inspectors
        if planned.release is Release.AT_ONCE or (reads_reports and planned.role is not ReferralRole.INFORM):
            text = None if reads_reports else cleared
            made.append(_add_referral(session, file, planned, plan.id_of(planned.agency), text))
    session.flush()
    return made


def clear_by_rule(session: Session, file: CaseFile, texts: StoredTexts) -> ClearedText:
    """The cleared text that filing makes by masking, for a direct referral; the dossier code stays beside it."""
    cleared = ClearedText(
        case_id=file.case.id,
        report_id=file.report.id,
        version=1,
        text=apply_masks(texts.narrative, texts.mask_spans),
        shows_dossier=True,
        at=now(),
    )
    session.add(cleared)
    session.flush()
    file.cleared_texts.append(cleared)
    return cleared


def _add_referral(
    session: Session, file: CaseFile, planned: PlannedReferral, agency_id: int, cleared: ClearedText | None
) -> Referral:
    referral = Referral(
        case_id=file.case.id,
        agency_id=agency_id,
        role=planned.role,
        state=ReferralState.SENT,
        release=planned.release,
        is_open=planned.role in (ReferralRole.LEAD, ReferralRole.SUPPORT),
        due_on=NO_DATE,
        routing_rule=file.case.routing_rule,
        reason_vi=planned.reason_vi,
        reason_en=planned.reason_en,
        cleared_text_id=cleared.id if cleared else None,
        note="",
        sent_at=now(),
    )
    session.add(referral)
    session.flush()
    return referral


def _record_filed(session: Session, file: CaseFile, plan: Plan) -> Event:
    case, report = file.case, file.report
    return events.record(
        session,
        case,
        events.REPORT_FILED,
        Audience.EVERYONE,
        report_id=report.id,
        report_uid=report.uid,
        payload={
            "digest": report.digest.hex(),
            "received_on": report.received_on.isoformat(),
            "category": report.category,
            "clocks": clocks.told_of(session, case, "started") if not plan.is_direct else [],
        },
    )


def _accept_by_rule(session: Session, file: CaseFile, plan: Plan) -> None:
    at_work = [one for one in file.referrals if one.role in (ReferralRole.LEAD, ReferralRole.SUPPORT)]
    telling = Telling(events.CASE_ACCEPTED, Audience.EVERYONE, payload={"by_rule": True})
    make_move(session, file, BY_NAME["accept_by_rule"], telling, referrals=at_work, calendar=plan.calendar)


def is_shared_with_agency(filing: Filing, plan: Plan) -> bool:
    """Whether the handling agency may get the identity at filing: a named report that goes to it at once."""
    return filing.disclosure is Disclosure.NAMED and plan.is_direct
