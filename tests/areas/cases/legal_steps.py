"""Everything that anybody may do now with one case of a random walk, in a fixed order: what is legal, and no more.

A step is a name, a word of the table of moves or of `BESIDES`, and what does it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer, available_moves, liftable_walls
from portal.cases.actions.merging import OVER
from portal.cases.actions.reporter import available
from portal.cases.actions.tracks import open_steps
from portal.cases.casefile import CaseFile
from portal.cases.concluding import Details
from portal.cases.extending import Extension, extensions, handle_of
from portal.cases.formal import FormKind, conditions_of, running_clock, tracks_to
from portal.cases.head_support import bodies_accused, concerns_a_leader
from portal.cases.models import Case
from portal.cases.queries import can_hold, can_see, cases_about, joined_cases, walls_of
from portal.cases.reminding import reminded_on
from portal.cases.status import Move
from portal.catalogue.words import ReferralRole
from portal.foundation.time import today
from portal.staff.models import Staff
from tests.areas.cases import steps_besides
from tests.areas.cases.steps_besides import People, free_heads
from tests.makers.cast import CITY, DEPARTMENT, OTHER_CITY, PROVINCE
from tests.makers.days import MONDAY
from tests.makers.settings import CODE_KEY

Ways = Callable[[], list[Callable[[], Any]]]

WORDS = {"text": "Nội dung."}
GIVEN: dict[str, dict[str, Any]] = {
    "refuse": {"ground": "not_competent", **WORDS},
    "forward": {"body": "court", **WORDS},
    "take_back": WORDS,
    "ask": WORDS,
    "clear": WORDS,
    "answer": {"finding": "upheld", "remedy": "", "details": Details(ground="Luật Khiếu nại Điều 31"), **WORDS},
    "answer_referral": WORDS,
    "conclude": {
        "finding": "upheld",
        "remedy": "discipline_referred",
        "details": Details(("apology_letter",), "Luật Tố cáo Điều 35", "Ban Tổ chức", MONDAY, 3),
        **WORDS,
    },
    "send_back": WORDS,
    "reopen": WORDS,
    "let_stand": WORDS,
    "go_on": WORDS,
    "note": WORDS,
    "declare_conflict": WORDS,
    "ask_new_code": WORDS,
    "give_new_code": {"code_key": CODE_KEY},
    "refuse_new_code": WORDS,
}
LANS: dict[str, dict[str, Any]] = {"reply": WORDS, "ask_review": WORDS, "appeal": WORDS, "withdraw": {}}
BODIES = (DEPARTMENT, OTHER_CITY, PROVINCE)  # nobody works at the last one
STATEMENT = {"person": "Cán bộ ở quầy", "statement": "Đã lớn tiếng với người dân."}
OTHER_TOPICS = ("harassment.extra_papers", "proposal.simplify")


def steps(session: Session, people: People, file: CaseFile) -> dict[str, list[Ways]]:
    """Everything that anybody may do now with this case: by name, each in so many ways, which are worked out late."""
    seeing = {staff: viewer for staff, viewer in people.items() if can_see(session, viewer, file.case)}
    found: dict[str, list[Ways]] = {}
    for staff, viewer in seeing.items():
        for move in available_moves(viewer, file, today()):
            act = partial(getattr(actions, move.name), session, file, staff, viewer, **GIVEN.get(move.name, {}))
            ways = partial(_ways, session, people, file, move, staff, viewer, act)
            found.setdefault(move.name, []).append(ways)
    for move in available(file):
        act = partial(getattr(actions, move.name), session, file, **LANS[move.name])
        found.setdefault(move.name, []).append(partial(list, [act]))
    for name, step in steps_besides.steps(session, people, seeing, file):
        found.setdefault(name, []).append(partial(list, [step]))
    return found


def _ways(
    session: Session,
    people: People,
    file: CaseFile,
    move: Move,
    staff: Staff,
    viewer: Viewer,
    act: Callable[..., Any],
) -> list[Callable[[], Any]]:
    """In how many ways somebody may make a move now; in none where a rule beside the table stands in the way."""
    match move.name:
        case "merge":
            return [partial(act, into=one) for one in _may_join(session, file, viewer)]
        case "split":
            is_split = len(cases_about(session, file.report.id)) > 1
            return [] if is_split else [partial(act, category=one) for one in OTHER_TOPICS if one != file.case.category]
        case "assign":
            able = [(one, sees) for one, sees in people.items() if sees.reads_narratives]
            able = [(one, sees) for one, sees in able if can_hold(session, sees, file.case)]
            return [partial(act, assignee=one, sees=sees) for one, sees in able]
        case "extend":
            return list(_extending(session, file, act))
        case "change_track" | "record_form" | "record_step":
            return list(_of_tracks(file, move.name, act))
        case "remind":
            told = reminded_on(session, file, today())
            bodies = [one.agency.code for one in file.owing_referrals if one.agency_id not in told]
            return [partial(act, agency=body, text="Xin trả lời sớm.") for body in bodies]
        case "refer":
            free = [body for body in BODIES if body not in {one.agency.code for one in file.live_referrals}]
            roles = (ReferralRole.LEAD, ReferralRole.SUPPORT, ReferralRole.INFORM)
            can = bool(free) and file.cleared_text is not None  # no wall of a walk stands before these bodies
            return [partial(act, agency=free[0], role=role) for role in roles] if can else []
        case "hear":
            asked = ((CITY, False), (CITY, True), (OTHER_CITY, False))
            return [partial(act, agency=one, tells_reporter=tells, **STATEMENT) for one, tells in asked]
        case "let_head_support":
            can_be_asked = file.cleared_text is not None and not concerns_a_leader(session, file)
            heads = [one for one in bodies_accused(session, file) if can_be_asked and free_heads(session, file, one)]
            return [partial(act, agency=one.code, request="Ai trực?", text="Chỉ họ biết ai trực.") for one in heads]
        case "end_head_support":
            return [partial(act, agency=one.agency.code, **WORDS) for one in file.head_supports]
        case "send_outside":
            shown = str(file.cleared_texts[-1].version)
            return [partial(act, body="court", cleared=shown, code_key=CODE_KEY, **WORDS)]
        case "wall_off":
            return [partial(act, account=one.login, **WORDS) for one in _named(people, file, staff)]
        case "lift_wall":
            walled = {wall.staff_id for wall in liftable_walls(viewer, file)}
            return [partial(act, account=one.login, **WORDS) for one in people if one.id in walled]
    return [act]


def _may_join(session: Session, file: CaseFile, viewer: Viewer) -> Iterable[Case]:
    """The cases that may answer for this one too: no part for its whole, none behind other walls."""
    if joined_cases(session, file.case):
        return
    about, walls = cases_about(session, file.report.id), walls_of(session, file.case)
    for one in session.scalars(select(Case).where(Case.id != file.case.id).order_by(Case.id)).all():
        is_free = one.status not in OVER and not (file.is_primary and one in about)
        if is_free and walls_of(session, one) == walls and can_see(session, viewer, one):
            yield one


def _named(people: People, file: CaseFile, staff: Staff) -> Iterable[Staff]:
    """Who can be kept from a case: the one who holds it, and whoever comes last in the cast."""
    walled = {wall.staff_id for wall in file.walls} | {staff.id}
    free = [one for one in people if one.id not in walled]
    return dict.fromkeys([one for one in free if one.id == file.case.assigned_id] + free[-1:])


def _extending(session: Session, file: CaseFile, act: Callable[..., Any]) -> Iterator[Callable[[], Any]]:
    """Every clock that its rule lets be extended now."""
    said = {"text": "Cần đo lại thửa đất.", "request": "Công văn 12"}
    for one in extensions(session, file, today()):
        if isinstance(one, Extension):
            yield partial(act, clock=handle_of(file, one.clock), **said)


def _of_tracks(file: CaseFile, name: str, act: Callable[..., Any]) -> Iterator[Callable[[], Any]]:
    """Every track, every form lodged today or on the first day, every step of the body that has it."""
    if name == "change_track":
        yield from (partial(act, track=one, text="Phân loại lại.") for one in tracks_to(file.case.track))
    elif name == "record_form":
        for day in (today(), max(file.case.received_on, MONDAY)):
            said = {"lodged_on": day, "body": PROVINCE, "number": "12/KN"}
            yield from (partial(act, form=one, condition=how, **said) for one in FormKind for how in conditions_of(one))
    else:
        running = running_clock(file)
        assert running is not None
        for day in (running[0].started_on, today()):
            yield from (partial(act, step=one, done_on=day) for one in open_steps(running[0]))
