"""What may be done with a case beside the table of moves: what is shared out, read, printed, asked outside, explained.

None of it changes the case's status; all of it is an event.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer, reopen_window_open, window_ended_on
from portal.cases.actions import clustering
from portal.cases.actions.holding import SealedContact, contact_of, may_give_contact
from portal.cases.actions.passing_on import pass_on
from portal.cases.actions.reporter import may_rate
from portal.cases.casefile import CaseFile, load_file
from portal.cases.cluster_models import Cluster
from portal.cases.follow_ups import asked_on, is_open
from portal.cases.head_support import heads_of
from portal.cases.hearing import hearings_of, is_waiting, waiting_of
from portal.cases.models import Case
from portal.cases.outside import links_of, opens, state_of
from portal.cases.printing import record_printing
from portal.cases.quarantine_models import Quarantine
from portal.cases.queries import can_see, walled_ids
from portal.cases.reading import needs_opening, record_reading
from portal.cases.status import Starts
from portal.cases.words import OPEN, FollowUpAnswer, Status
from portal.cases.workload import held_by
from portal.catalogue.models import Agency
from portal.catalogue.queries import agency_by_code
from portal.foundation.time import now, today
from portal.staff.models import Staff
from tests.makers.cast import CITY, DEPARTMENT, OFFICE, OTHER_CITY, PROVINCE
from tests.makers.days import on

Step = tuple[str, Callable[[], Any]]
People = Mapping[Staff, Viewer]

WORDS = {"text": "Nội dung."}
TOPIC = "rude"
WHY = "Cần gọi lại cho người phản ánh."
# Who passes on to whom. An office that may be accused gets nothing: then the Committee takes over.
PASSED_ON = ((CITY, OTHER_CITY), (DEPARTMENT, OFFICE), (OTHER_CITY, OFFICE), (PROVINCE, DEPARTMENT))


def steps(session: Session, people: People, seeing: People, file: CaseFile) -> Iterator[Step]:
    """All of it that is legal now. `seeing`: those who see the case."""
    yield from _of_the_reporter(session, file)
    yield from _of_the_portal(session, file)
    yield from _of_heads(session, file)
    for staff, viewer in seeing.items():
        if needs_opening(file.case, viewer):
            yield "record_reading", partial(record_reading, session, file, staff, viewer)
        if viewer.reads_narratives:
            yield "record_identity_look", partial(actions.record_identity_look, session, file, staff, WHY)
    inspectors = {staff: viewer for staff, viewer in seeing.items() if viewer.reads_narratives}
    if inspectors:
        yield from _of_inspectors(session, people, inspectors, file)
    if seeing:
        staff, viewer = list(seeing.items())[-1]
        yield "record_printing", partial(record_printing, session, file, staff, viewer)
    for hearing in hearings_of(session, file.case):
        there = next((one for one, viewer in people.items() if viewer.agency_id == hearing.agency_id), None)
        if there is not None and is_waiting(hearing) and hearing.answered_at is None:
            yield "explain", partial(actions.explain, session, hearing, file.case, there, **WORDS)


def free_heads(session: Session, file: CaseFile, body: Agency) -> list[Staff]:
    """The accounts of a body's head that no wall of the case keeps away."""
    walled = {wall.staff_id for wall in file.walls}
    return [one for one in heads_of(session, body) if one.id not in walled]


def _of_heads(session: Session, file: CaseFile) -> Iterator[Step]:
    for one in file.head_supports:
        for head in free_heads(session, file, one.agency) if one.is_open else []:
            yield "head_answers", partial(actions.answer_head_support, session, one, file.case, head, **WORDS)
            yield "head_leaves", partial(actions.leave_head_support, session, file, head, **WORDS)


def _of_the_reporter(session: Session, file: CaseFile) -> Iterator[Step]:
    if file.case.is_open:
        yield "add_facts", partial(actions.add_facts, session, file, **WORDS)
    if may_rate(file):
        yield "rate", partial(actions.rate, session, file, score=4, reasons="")
    if is_open(file.follow_up, today()):
        for said in FollowUpAnswer:
            yield f"say_{said.value}", partial(actions.answer_follow_up, session, file, answer=said.value, **WORDS)
    if not file.is_primary:
        return  # the code opens the first part
    if may_give_contact(session, file):
        name = "give_contact" if contact_of(session, file) is None else "replace_contact"
        yield name, partial(actions.give_contact, session, file, SealedContact(b"sealed", "notices"))
    if contact_of(session, file) is not None:
        yield "withdraw_contact", partial(actions.withdraw_contact, session, file)
    yield "replace_code", partial(actions.replace_code, session, file, secrets.token_bytes(32))


def _of_the_portal(session: Session, file: CaseFile) -> Iterator[Step]:
    """What comes with its day, of which the walk takes it for granted that it has come."""
    day = asked_on(session, file) if file.is_primary else None
    if day is not None:
        yield "ask_follow_up", partial(_later, day, partial(actions.ask_follow_up, session, file))
    end = window_ended_on(file, Starts.REOPEN_WINDOW)
    if file.case.status is Status.ANSWERED and end is not None and not reopen_window_open(file, today()):
        yield "close_by_rule", partial(actions.close_by_rule, session, file)
    is_accused, heard = bool(walled_ids(session, file.case)), waiting_of(session, file.case)
    for old, new in PASSED_ON if file.case.status in OPEN else ():
        name = "take_over" if new == OFFICE and is_accused else "pass_on"
        if heard is not None and heard.agency.code == old:
            yield f"{name}_hearing", partial(_reorganise, session, old, new)
        for one in file.live_referrals:
            if one.agency.code == old:
                yield f"{name}_{one.role}", partial(_reorganise, session, old, new)


def _later(day: Any, act: Callable[[], Any]) -> None:
    """On a day that may be to come. The walk goes on on its own."""
    with on(max(day, today())):
        assert act()


def _reorganise(session: Session, old: str, new: str) -> None:
    """One body's open work passes to another, case by case as the order is carried out."""
    before, after = agency_by_code(session, old, today()), agency_by_code(session, new, today())
    assert before is not None
    assert after is not None
    for case in session.scalars(select(Case).where(Case.is_open).order_by(Case.id)).all():
        file = load_file(session, case)
        heard = waiting_of(session, case)
        if file.referral_of(before.id) is not None or (heard is not None and heard.agency_id == before.id):
            pass_on(session, file, before, after)


def _of_inspectors(session: Session, people: People, inspectors: People, file: CaseFile) -> Iterator[Step]:
    staff, viewer = next(iter(inspectors.items()))
    for link in links_of(session, file.case)[:1]:
        is_shown = opens(state_of(link, file.case, now()))
        yield "open_outside" if is_shown else "try_outside", partial(actions.open_outside, session, link, file.case)
        yield "answer_outside", partial(actions.answer_outside, session, link, file.case, by="Thư ký tòa", **WORDS)
        if is_shown:
            yield "revoke_outside", partial(actions.revoke_outside, session, file, staff, link)
    held = session.get(Quarantine, file.case.id)
    if held is not None and held.released_at is None and file.case.status is Status.RECEIVED:
        yield "release", partial(actions.release, session, file, staff, viewer)
    cluster = clustering.standing_cluster(session, viewer.agency_id, TOPIC)
    if cluster is None:
        yield "open_cluster", partial(_open_cluster, session, staff, viewer, file.case)
    else:
        yield "close_cluster", partial(_close_cluster, session, cluster, staff)
    yield from _shared_out(session, people, inspectors, file)
    yield "all_step_aside", partial(_all_step_aside, session, inspectors, file)


def _shared_out(session: Session, people: People, inspectors: People, file: CaseFile) -> Iterator[Step]:
    for staff, viewer in inspectors.items():
        held = held_by(session, viewer)
        yield "hand_out", partial(actions.hand_out, session, staff, viewer, held=held)
    holder = next((one for one in people if one.id == file.case.assigned_id), None)
    chief = next((one for one, viewer in inspectors.items() if viewer.reads_restricted and viewer.reads_all), None)
    if holder is None or chief is None or not file.case.is_open:
        return
    for successor, sees in people.items():
        if sees.reads_narratives and successor is not holder:
            act = partial(actions.hand_over, session, chief, inspectors[chief], leaver=holder)
            yield "hand_over", partial(act, successor=successor, sees=sees)


def _open_cluster(session: Session, staff: Staff, viewer: Viewer, case: Case) -> None:
    clustering.open_cluster(session, staff, [case], agency_id=viewer.agency_id, topic=TOPIC)


def _close_cluster(session: Session, cluster: Cluster, staff: Staff) -> None:
    clustering.close_cluster(session, cluster, staff)


def _all_step_aside(session: Session, inspectors: People, file: CaseFile) -> None:
    """One inspector after the other has to do with it; the last one's word hands it up."""
    for staff, viewer in inspectors.items():
        if viewer.reads_all and can_see(session, viewer, file.case):
            actions.declare_conflict(session, file, staff, viewer, **WORDS)
