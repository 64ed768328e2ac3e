"""Events: one fact each, written once, leaves of the ledger from the first row. The history is these rows.

Kinds are past tense. `labels.EVENTS` has the words, `portal/reactions.py` what follows from each.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy.orm import Session

from portal.cases import new_codes
from portal.cases.casefile import CaseFile
from portal.cases.models import Case, Event
from portal.cases.words import Audience
from portal.foundation.database import happened
from portal.foundation.time import now
from portal.ledger import leaves
from portal.staff.models import Staff

REPORT_FILED = "report_filed"
CASE_ACCEPTED = "case_accepted"
CASE_REFUSED = "case_refused"
CASE_FORWARDED = "case_forwarded"
CASE_TAKEN_BACK = "case_taken_back"
QUESTION_ASKED = "question_asked"
QUESTION_ANSWERED = "question_answered"
FACTS_ADDED = "facts_added"
TEXT_CLEARED = "text_cleared"
CASE_REFERRED = "case_referred"
VERIFYING_STARTED = "verifying_started"
REFERRAL_ANSWERED = "referral_answered"
CASE_CONCLUDED = "case_concluded"
CONCLUSION_SENT_BACK = "conclusion_sent_back"
CASE_ANSWERED = "case_answered"
CASE_CLOSED = "case_closed"
CASE_REOPENED = "case_reopened"
CASE_WITHDRAWN = "case_withdrawn"
CASE_ASSIGNED = "case_assigned"
CASE_MERGED = "case_merged"
CASE_SPLIT_OFF = "case_split_off"
CASE_JOINED = "case_joined"
CASE_LEFT = "case_left"
CASE_RATED = "case_rated"
CONTACT_GIVEN = "contact_given"
CONTACT_REPLACED = "contact_replaced"
CONTACT_WITHDRAWN = "contact_withdrawn"
CODE_REPLACED = "code_replaced"
FOLLOW_UP_ASKED = "follow_up_asked"
FOLLOW_UP_ANSWERED = "follow_up_answered"
ANSWER_LEFT_STANDING = "answer_left_standing"
NEW_CODE_ASKED = new_codes.ASKED
NEW_CODE_GIVEN = new_codes.GIVEN
NEW_CODE_REFUSED = new_codes.REFUSED
IDENTITY_OPENED = "identity_opened"
NOTE_WRITTEN = "note_written"
CASE_READ = "case_read"
CASE_PRINTED = "case_printed"
DEADLINES_MOVED = "deadlines_moved"
DEADLINE_EXTENDED = "deadline_extended"
REFERRAL_REMINDED = "referral_reminded"
REFERRAL_DUE_SOON = "referral_due_soon"
REFERRAL_LATE = "referral_late"
OVERDUE_LISTED = "overdue_listed"
OUTSIDE_ASKED = "outside_asked"
OUTSIDE_READ = "outside_read"
OUTSIDE_ANSWERED = "outside_answered"
OUTSIDE_REVOKED = "outside_revoked"
OUTSIDE_TRIED = "outside_tried"
REFERRAL_MOVED = "referral_moved"
LEAD_TAKEN_OVER = "lead_taken_over"
TRACK_CHANGED = "track_changed"
FORM_LODGED = "form_lodged"
FORM_ACCEPTED = "form_accepted"
FORM_SETTLED = "form_settled"
CASE_CLUSTERED = "case_clustered"
CLUSTER_CLOSED = "cluster_closed"
REPORT_SPLIT = "report_split"
PART_OPENED = "part_opened"
CONFLICT_DECLARED = "conflict_declared"
ACCOUNT_WALLED = "account_walled"
WALL_LIFTED = "wall_lifted"
HANDED_UP = "handed_up"
RETALIATION_TOLD = "retaliation_told"
HEARING_ASKED = "hearing_asked"
HEARING_ANSWERED = "hearing_answered"
HEARING_TOLD = "hearing_told"
HEARING_DUE_SOON = "hearing_due_soon"
HEARING_LATE = "hearing_late"
HEARING_MOVED = "hearing_moved"
HEARING_ENDED = "hearing_ended"
HEAD_LET_SUPPORT = "head_let_support"
HEAD_SUPPORT_ANSWERED = "head_support_answered"
HEAD_SUPPORT_ENDED = "head_support_ended"
QUARANTINE_RELEASED = "released_from_quarantine"


@dataclass(frozen=True)
class Happening:
    """What the reactions are handed: an event and, of a case that was just opened, its file, which is at hand."""

    event: Event
    opened: CaseFile | None = None


def record(
    session: Session,
    case: Case,
    kind: str,
    audience: Audience,
    *,
    actor: Staff | None = None,
    report_id: int | None = None,
    report_uid: bytes | None = None,
    agency_id: int | None = None,
    payload: Mapping[str, object] | None = None,
) -> Event:
    """Appends an event with its leaf and notes it for the reactions. The payload holds no personal data."""
    event = new_event(
        case,
        kind,
        audience,
        actor=actor,
        report_id=report_id,
        report_uid=report_uid,
        agency_id=agency_id,
        payload=payload,
    )
    session.add(event)
    session.flush()
    happened(session, Happening(event))
    return event


def record_of_report(
    session: Session,
    file: CaseFile,
    kind: str,
    audience: Audience,
    *,
    actor: Staff | None = None,
    payload: Mapping[str, object] | None = None,
) -> Event:
    """The same, of a case's own report."""
    report = file.report
    return record(
        session,
        file.case,
        kind,
        audience,
        actor=actor,
        report_id=report.id,
        report_uid=report.uid,
        payload=payload,
    )


def new_event(
    case: Case,
    kind: str,
    audience: Audience,
    *,
    actor: Staff | None = None,
    report_id: int | None = None,
    report_uid: bytes | None = None,
    agency_id: int | None = None,
    payload: Mapping[str, object] | None = None,
) -> Event:
    """An event with its leaf, not stored yet."""
    at = now()
    uid = secrets.token_bytes(16)
    salt = leaves.new_salt()
    facts = dict(payload or {})
    fields = leaf_fields(
        uid=uid,
        reference=case.reference,
        report_uid=report_uid,
        kind=kind,
        at=at.astimezone(UTC).isoformat(),
        actor_id=actor.id if actor else None,
        audience=audience,
        payload=facts,
    )
    return Event(
        uid=uid,
        case_id=case.id,
        report_id=report_id,
        kind=kind,
        at=at,
        actor_id=actor.id if actor else None,
        agency_id=agency_id,
        audience=audience,
        payload=facts,
        salt=salt,
        leaf=leaves.leaf_hash(salt, fields),
        format=leaves.FORMAT,
    )


def leaf_fields(
    *,
    uid: bytes,
    reference: str,
    report_uid: bytes | None,
    kind: str,
    at: str,
    actor_id: int | None,
    audience: Audience,
    payload: Mapping[str, object],
) -> dict[str, object]:
    """What of an event goes into its leaf (format 1, final): anyone with the row and its salt can recompute it."""
    return {
        "actor": actor_id,
        "at": at,
        "audience": audience.value,
        "case": reference,
        "kind": kind,
        "payload": payload,
        "report": report_uid.hex() if report_uid else None,
        "uid": uid.hex(),
    }
