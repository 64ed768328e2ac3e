"""What an inspector does with a case: accept, refuse, ask, clear, refer, forward, assign, reopen."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.following_up import settle_with
from portal.cases.actions.merging import release_joined
from portal.cases.actions.moving import Telling, end_referrals, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.models import NO_DATE, ClearedText, Message, Referral
from portal.cases.queries import can_hold, line_of, walled_ids
from portal.cases.words import Audience, Direction, MessageKind, ReferralState
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, ForwardBody, RefusalGround
from portal.catalogue.words import Function, ReferralRole, Release
from portal.foundation.errors import NotAllowed, PortalError
from portal.foundation.text import N_, clean
from portal.foundation.time import now, today
from portal.staff.models import Staff


def accept(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """Takes the case up on its track."""
    move = check(viewer, "accept", file, today())
    make_move(session, file, move, Telling(events.CASE_ACCEPTED, Audience.EVERYONE), actor=staff)


def refuse(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, ground: str, text: str) -> None:
    """Does not take it up, on one ground with its article; the reporter reads the guidance and the text."""
    move = check(viewer, "refuse", file, today())
    row = session.get(RefusalGround, ground)
    if row is None:
        raise PortalError(N_("Hãy chọn một căn cứ không thụ lý."))
    text = required(text)
    file.case.refusal_ground = row.code
    end_referrals(session, file)
    release_joined(session, file.case, staff)
    telling = Telling(events.CASE_REFUSED, Audience.REPORTER, payload={"ground": row.code, "text": text})
    make_move(session, file, move, telling, actor=staff)


def forward(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, body: str, text: str) -> None:
    """Passes it to a body outside the portal and tells the reporter which."""
    move = check(viewer, "forward", file, today())
    row = session.get(ForwardBody, body)
    if row is None:
        raise PortalError(N_("Hãy chọn nơi nhận."))
    text = required(text)
    file.case.forward_body = row.code
    end_referrals(session, file)
    release_joined(session, file.case, staff)
    telling = Telling(events.CASE_FORWARDED, Audience.REPORTER, payload={"body": row.code, "text": text})
    make_move(session, file, move, telling, actor=staff)


def take_back(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """Takes up again what the other body sent back."""
    move = check(viewer, "take_back", file, today())
    telling = Telling(events.CASE_TAKEN_BACK, Audience.REPORTER, payload={"text": required(text)})
    make_move(session, file, move, telling, actor=staff)


def verify(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """Starts verifying."""
    move = check(viewer, "verify", file, today())
    make_move(session, file, move, Telling(events.VERIFYING_STARTED, Audience.EVERYONE), actor=staff)


def ask(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> Message:
    """Asks the reporter; our clocks stand still until the answer. An agency asks without learning who answers."""
    move = check(viewer, "ask", file, today())
    text = required(text)
    by_agency = not viewer.reads_narratives
    message = Message(
        report_id=file.report.id,
        case_id=file.case.id,
        direction=Direction.TO_REPORTER,
        kind=MessageKind.QUESTION,
        audience=Audience.AGENCY if by_agency else Audience.REPORTER,
        agency_id=viewer.agency_id,
        staff_id=staff.id,
        text=text,
        masked_text=text,
        at=now(),
    )
    session.add(message)
    telling = Telling(events.QUESTION_ASKED, Audience.EVERYONE, agency_id=viewer.agency_id)
    make_move(session, file, move, telling, actor=staff)
    return message


def clear(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> ClearedText:
    """Writes the text that an agency may read, exactly as it was previewed: writing again makes a new version.

    What is masked is the inspector's choice (`clear_choice`); the page sends nothing but what it has shown.
    """
    move = check(viewer, "clear", file, today())
    text = required(text)
    cleared = ClearedText(
        case_id=file.case.id,
        report_id=file.report.id,
        version=len(file.cleared_texts) + 1,
        text=text,
        shows_dossier=False,
        cleared_by_id=staff.id,
        at=now(),
    )
    session.add(cleared)
    session.flush()
    file.cleared_texts.append(cleared)
    telling = Telling(events.TEXT_CLEARED, Audience.INSPECTION, payload={"version": cleared.version})
    make_move(session, file, move, telling, actor=staff)
    return cleared


def refer(
    session: Session,
    file: CaseFile,
    staff: Staff,
    viewer: Viewer,
    *,
    agency: str,
    role: ReferralRole,
    note: str = "",
    reason: str = "",
) -> Referral:
    """Sends a body its share of the case with the newest cleared text; never to a walled body."""
    move = check(viewer, "refer", file, today())
    note = required(note, "note") if clean(note) else ""
    body = catalogue.agency_by_code(session, agency, today())
    if body is None:
        raise PortalError(N_("Hãy chọn cơ quan nhận."))
    refuse_wrong_body(session, file, body)
    if file.cleared_text is None:
        raise PortalError(N_("Cần soạn bản che trước khi chuyển: cơ quan chỉ đọc bản đó."))
    if role is ReferralRole.LEAD:
        _give_lead(session, file, body)
    referral = Referral(
        case_id=file.case.id,
        agency_id=body.id,
        role=role,
        state=ReferralState.SENT,
        release=Release.AFTER_CLEARING,
        is_open=role in (ReferralRole.LEAD, ReferralRole.SUPPORT),
        due_on=NO_DATE,
        reason_vi=reason or N_("Kiểm tra viên chuyển"),
        reason_en=reason or "Referred by an inspector",
        cleared_text_id=file.cleared_text.id,
        note=note,
        sent_at=now(),
    )
    session.add(referral)
    session.flush()
    file.referrals.append(referral)
    at_work = [referral] if referral.is_open else []
    telling = Telling(
        events.CASE_REFERRED,
        Audience.AGENCY if role is ReferralRole.INFORM else Audience.EVERYONE,
        agency_id=body.id,
        payload={"agency": body.code, "role": role.value, "cleared_text": file.cleared_text.version},
    )
    make_move(session, file, move, telling, actor=staff, referrals=at_work)
    return referral


def refuse_wrong_body(session: Session, file: CaseFile, body: Agency) -> None:
    """Raises PortalError for a body that has the case already, and NotAllowed for one behind a wall."""
    if file.referral_of(body.id) is not None:
        raise PortalError(N_("Cơ quan này đã có phiếu chuyển của vụ việc."))
    refuse_walled(session, file, body)


def refuse_walled(session: Session, file: CaseFile, body: Agency) -> None:
    """Raises NotAllowed for a body behind a wall."""
    if walled_ids(session, file.case).intersection(line_of(body)):
        raise NotAllowed(N_("Không chuyển được: nơi này bị phản ánh hoặc thuộc nơi bị phản ánh."))


def _give_lead(session: Session, file: CaseFile, body: Agency) -> None:
    """The body that led so far oversees (the inspectors) or supports; there is one lead at any time."""
    tree = catalogue.agency_tree(session, today())
    inspectors = {
        tree.function(Function.INSPECTION_COMMITTEE),
        tree.function(Function.ORGANISATION_COMMITTEE),
    }
    for referral in file.live_referrals:
        if referral.role is ReferralRole.LEAD:
            oversees = referral.agency.code in inspectors
            referral.role = ReferralRole.OVERSEE if oversees else ReferralRole.SUPPORT
            referral.is_open = referral.is_open and not oversees
    file.case.lead_id = body.id
    file.case.is_direct = False
    session.flush()


def assign(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, assignee: Staff, sees: Viewer) -> None:
    """Gives the case to a colleague, who must be able to see it."""
    move = check(viewer, "assign", file, today())
    if not assignee.active or not can_hold(session, sees, file.case) or not sees.reads_narratives:
        raise NotAllowed(N_("Người này không được giữ vụ việc."))
    file.case.assigned_id = assignee.id
    telling = Telling(events.CASE_ASSIGNED, Audience.INSPECTION, payload={"to_staff": assignee.id})
    make_move(session, file, move, telling, actor=staff)


def reopen(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """Opens the case again on new facts, or because it was not put right."""
    move = check(viewer, "reopen", file, today())
    telling = Telling(events.CASE_REOPENED, Audience.REPORTER, payload={"text": required(text)})
    settle_with(session, file)
    make_move(session, file, move, telling, actor=staff)


def go_on(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """Goes on with a withdrawn denunciation in the public interest (Luật Tố cáo 25/2018/QH14 art. 33)."""
    move = check(viewer, "go_on", file, today())
    telling = Telling(events.VERIFYING_STARTED, Audience.REPORTER, payload={"text": required(text)})
    make_move(session, file, move, telling, actor=staff)
