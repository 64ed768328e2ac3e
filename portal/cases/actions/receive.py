"""Receiving a report: the report, its case, routing, clocks, events, in the caller's one transaction.

Every row is made first and inserted once, complete: nothing is read back and nothing is written twice. What the
moves do later with a case (status, clocks, events) comes from the same functions.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.actions.planning import Plan, SentElsewhere, inspectors, is_shared_with_agency, plan_filing
from portal.cases.casefile import CaseFile
from portal.cases.conflicts import ACCUSED
from portal.cases.events import Happening, new_event
from portal.cases.filing import Filing, StoredTexts
from portal.cases.masking import apply_masks
from portal.cases.models import (
    NO_DATE,
    Case,
    CaseReport,
    ClearedText,
    Clock,
    Event,
    Receipt,
    Referral,
    Report,
    Retaliation,
    Wall,
)
from portal.cases.quarantine_models import Quarantine, TextSent
from portal.cases.restricted import is_restricted
from portal.cases.status import BY_NAME, Starts, target
from portal.cases.suspect import Suspicion
from portal.cases.words import OPEN, Audience, Channel, ReferralState, Status
from portal.catalogue.words import ReferralRole, Release, Track
from portal.catalogue.working_days import received_on
from portal.foundation.codes import random_code
from portal.foundation.database import happened
from portal.foundation.inserting import insert_rows, is_stored, number_rows, together
from portal.foundation.time import local, now
from portal.identity.models import Identity, NoticeContact
from portal.identity.sealing import SealedFiling
from portal.ledger.leaves import new_salt

__all__ = [
    "Plan",
    "Received",
    "SentElsewhere",
    "is_shared_with_agency",
    "plan_filing",
    "receive",
    "starting_track",
]

REFERENCE_LETTERS = 6
BY_RULE = BY_NAME["accept_by_rule"]

_AT_WORK = (ReferralRole.LEAD, ReferralRole.SUPPORT)


WallKey = tuple[int | None, int | None, int | None]  # body, account, who is let through


@dataclass(frozen=True)
class First:
    """The earlier case of a report that tells of being paid back: its report and its walls with their reasons."""

    report_id: int
    reference: str
    walls: tuple[tuple[WallKey, str], ...]


@dataclass(frozen=True)
class Received:
    """What filing made. The objects stay outside of the session, which did not store them."""

    case: Case
    report: Report
    event: Event
    promised_on: date


@dataclass(frozen=True)
class Started:
    """A clock that begins with the case, of the case or of one referral."""

    clock: Clock
    referral: Referral | None = None


def receive(
    session: Session,
    filing: Filing,
    texts: StoredTexts,
    plan: Plan,
    *,
    uid: bytes,
    code_hash: bytes,
    sealed: SealedFiling,
    first: First | None = None,
) -> Received:
    """Stores a filing whose data keys are in the key store already. The caller has checked for a replay.

    `first` is the earlier case for which somebody says that they are paid back.
    """
    connection = session.connection()
    report = _new_report(filing, texts, plan, uid, sealed.envelope)
    file = CaseFile(case=new_case(connection, report, plan), report=report, category=plan.category)
    file.procedure = plan.catalogue.procedures.get(filing.procedure or "")
    file.retaliation = _new_tie(filing, texts, first)
    file.case.is_restricted = file.case.is_restricted or first is not None
    file.cleared_texts = [_clear_by_rule(texts)] if plan.is_direct else []
    file.referrals = new_referrals(file, plan)
    started = first_clocks(file, plan)
    file.case.next_due_on = clocks.next_due_on(one.clock for one in started)
    walls = _new_walls(plan, first)
    with together(connection):
        number_rows(connection, report, file.case, *file.cleared_texts, *file.referrals)
        _store_report(connection, report, code_hash, sealed)
        _store_case(connection, file, plan, started, walls)
        told = _first_events(file, plan, [one.clock for one in started])
        if first is not None:
            told.append(_tied(file, first))
        insert_rows(connection, *told)
    for place, event in enumerate(told):
        happened(session, Happening(event, file if place == 0 else None))
    return Received(file.case, report, told[0], file.case.next_due_on)


def _new_report(filing: Filing, texts: StoredTexts, plan: Plan, uid: bytes, envelope: bytes) -> Report:
    filed_at, salt = now(), new_salt()
    stored = "\0".join((texts.narrative, texts.wish, texts.elsewhere)).encode()
    return Report(
        uid=uid,
        category=filing.category,
        agency_id=plan.agency.id if plan.agency else None,
        agency=plan.agency,
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
        received_on=received_on(local(filed_at), plan.catalogue.calendar),
        salt=salt,
        digest=hashlib.sha256(salt + hashlib.sha256(stored).digest() + hashlib.sha256(envelope).digest()).digest(),
    )


def new_case(connection: Connection, report: Report, plan: Plan) -> Case:
    """A direct report is accepted by filing's own rule, in the same breath."""
    suggested = plan.routing.suggestion
    status = target(BY_RULE, Status.RECEIVED, None) if plan.is_direct else Status.RECEIVED
    return Case(
        reference=_free_reference(connection),
        status=status,
        track=starting_track(Track(plan.category.track)),
        category=plan.category.code,
        severity=plan.category.severity,
        is_open=status in OPEN,
        is_direct=plan.is_direct,
        is_restricted=is_restricted(Track(plan.category.track), plan.category.severity),
        lead_id=plan.id_of(plan.lead),
        received_on=report.received_on,
        agency_id=report.agency_id,
        area_code=report.area_code,
        language=report.language,
        disclosure=report.disclosure,
        routing_rule=plan.routing.rule,
        suggested_id=plan.id_of(suggested) if suggested else None,
    )


def _free_reference(connection: Connection) -> str:
    """A reference that no case has: among a million cases every thousandth draw is taken."""
    while True:
        reference = f"VV-{random_code(REFERENCE_LETTERS)}"
        if not is_stored(connection, Case.reference, reference):
            return reference


def starting_track(track: Track) -> Track:
    """A complaint or denunciation starts as feedback: the law's clock waits for the signed form.

    Luật Khiếu nại 02/2011/QH13 art. 8, Luật Tố cáo 25/2018/QH14 art. 22.
    """
    return Track.FEEDBACK if track in (Track.COMPLAINT, Track.DENUNCIATION) else track


def _clear_by_rule(texts: StoredTexts) -> ClearedText:
    """The cleared text that filing makes by masking, for a direct referral; the dossier code stays beside it."""
    return ClearedText(version=1, text=apply_masks(texts.narrative, texts.mask_spans), shows_dossier=True, at=now())


def _new_tie(filing: Filing, texts: StoredTexts, first: First | None) -> Retaliation | None:
    if filing.paid_back is None or first is None:
        return None
    wants = filing.paid_back.wants_protection
    return Retaliation(first_report_id=first.report_id, wants_protection=wants, fears=texts.fears)


def _new_walls(plan: Plan, first: First | None) -> list[Wall]:
    """Around the accused; and whoever is kept from the earlier case is kept from this one."""
    walls: dict[WallKey, str] = {(plan.id_of(code), None, None): ACCUSED for code in plan.routing.walled}
    walls |= {key: reason for key, reason in (first.walls if first is not None else ()) if key not in walls}
    return [
        Wall(agency_id=agency, staff_id=staff, except_staff_id=through, reason=reason)
        for (agency, staff, through), reason in walls.items()
    ]


def new_referrals(file: CaseFile, plan: Plan) -> list[Referral]:
    """The bodies that act at once, and of a report that must be cleared first those that read reports as filed."""
    reading = inspectors(plan.tree)
    return [
        Referral(
            agency_id=plan.id_of(planned.agency),
            role=planned.role,
            state=ReferralState.SENT,
            release=planned.release,
            is_open=planned.role in _AT_WORK,
            due_on=NO_DATE,
            routing_rule=file.case.routing_rule,
            reason_vi=planned.reason_vi,
            reason_en=planned.reason_en,
            note="",
            sent_at=now(),
        )
        for planned in plan.routing.referrals
        if planned.release is Release.AT_ONCE or (planned.agency in reading and planned.role is not ReferralRole.INFORM)
    ]


def bodies_told(file: CaseFile, plan: Plan) -> dict[str, str]:
    """The bodies that have the case from the start and their roles, as its first event tells them."""
    sent = {one.agency_id for one in file.referrals}
    return {one.agency: one.role.value for one in plan.routing.referrals if plan.id_of(one.agency) in sent}


def first_clocks(file: CaseFile, plan: Plan) -> list[Started]:
    """Of a direct report the referrals' clocks, by the move that accepts it; else triage and forwarding."""
    calendar, limit = plan.catalogue.calendar, plan.catalogue.limit
    started: list[Started] = []

    def start(starts: Starts, referral: Referral | None = None) -> Clock:
        clock = clocks.new_clock(file.case, starts, file.kind, calendar, limit, referral)
        started.append(Started(clock, referral))
        return clock

    if plan.is_direct:
        clocks.started_by(BY_RULE, [one for one in file.referrals if one.role in _AT_WORK], start)
    else:
        start(Starts.TRIAGE)
        if file.case.track is not Track.COMMENDATION:
            start(Starts.FORWARD)
        if file.report.channel is Channel.COUNTER:
            start(Starts.RECEPTION)  # whoever came is told within its days (Luật Tiếp công dân art. 28.1)
    return started


def _store_report(connection: Connection, report: Report, code_hash: bytes, sealed: SealedFiling) -> None:
    insert_rows(connection, report, with_ids=True)
    insert_rows(connection, Receipt(code_hash=code_hash, report_id=report.id))
    insert_rows(connection, Identity(report_id=report.id, envelope=sealed.envelope))
    if sealed.contact is not None:
        insert_rows(connection, NoticeContact(report_id=report.id, sealed=sealed.contact))


def _store_case(
    connection: Connection, file: CaseFile, plan: Plan, started: Sequence[Started], walls: Sequence[Wall]
) -> None:
    """Inserts the case and what hangs on it, in the order in which ids are known."""
    case, report = file.case, file.report
    insert_rows(connection, case, with_ids=True)
    insert_rows(connection, CaseReport(case_id=case.id, report_id=report.id, is_primary=True, linked_at=now()))
    if plan.suspicion is not None:
        mark = plan.text_mark if plan.suspicion is Suspicion.SAME_TEXT else None
        insert_rows(connection, Quarantine(case_id=case.id, reason=plan.suspicion, text_mark=mark, at=now()))
    if plan.text_mark is not None:
        insert_rows(connection, TextSent(mark=plan.text_mark, at=now()))
    for wall in walls:
        wall.case_id = case.id
    insert_rows(connection, *walls)
    if file.retaliation is not None:
        file.retaliation.report_id = report.id
        insert_rows(connection, file.retaliation)
    for cleared in file.cleared_texts:
        cleared.case_id, cleared.report_id = case.id, report.id
    insert_rows(connection, *file.cleared_texts, with_ids=True)
    reading = {plan.id_of(code) for code in inspectors(plan.tree) if code is not None}
    for referral in file.referrals:
        referral.case_id = case.id
        if file.cleared_text is not None and referral.agency_id not in reading:
            referral.cleared_text_id = file.cleared_text.id
    insert_rows(connection, *file.referrals, with_ids=True)
    for one in started:
        one.clock.case_id = case.id
        one.clock.referral_id = one.referral.id if one.referral is not None else None
    insert_rows(connection, *(one.clock for one in started))


def _tied(file: CaseFile, first: First) -> Event:
    tie = file.retaliation
    return new_event(
        file.case,
        events.RETALIATION_TOLD,
        Audience.INSPECTION,
        report_id=file.report.id,
        report_uid=file.report.uid,
        payload={"case": first.reference, "protection": tie is not None and tie.wants_protection},
    )


def _first_events(file: CaseFile, plan: Plan, started: Sequence[Clock]) -> list[Event]:
    case, report = file.case, file.report
    told = clocks.told("started", started, plan.catalogue.limit_code)
    filed = new_event(
        case,
        events.REPORT_FILED,
        Audience.EVERYONE,
        report_id=report.id,
        report_uid=report.uid,
        payload={
            "digest": report.digest.hex(),
            "received_on": report.received_on.isoformat(),
            "category": report.category,
            "track": case.track.value,
            "referrals": bodies_told(file, plan),
            "clocks": [] if plan.is_direct else told,
        },
    )
    if not plan.is_direct:
        return [filed]
    accepted = new_event(
        case,
        events.CASE_ACCEPTED,
        Audience.EVERYONE,
        report_id=report.id,
        report_uid=report.uid,
        payload={"by_rule": True, "from": Status.RECEIVED.value, "to": case.status.value, "clocks": told},
    )
    return [filed, accepted]
