"""Any legal walk through the moves keeps the table's promises, and the events tell everything about the clocks."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer, available_moves
from portal.cases.actions.reporter import available
from portal.cases.actions.tracks import open_steps
from portal.cases.casefile import CaseFile, events_of
from portal.cases.concluding import Details
from portal.cases.events import DEADLINES_MOVED
from portal.cases.extending import Extension, extensions, handle_of
from portal.cases.follow_ups import asked_on
from portal.cases.formal import FormKind, conditions_of, running_clock, tracks_to
from portal.cases.models import NO_DATE, Case
from portal.cases.queries import can_see
from portal.cases.recomputing import move_batch
from portal.cases.reminding import reminded_on
from portal.cases.status import BY_NAME, Move
from portal.cases.words import OPEN, Audience, Status
from portal.catalogue.changing_rows import add_day
from portal.catalogue.models import CalendarDay
from portal.catalogue.words import AccusedRole, ReferralRole, Sure
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.makers.cases import Story, again
from tests.makers.cast import DEPARTMENT, OFFICE, OTHER_CITY, PROVINCE, Cast, hire, viewer_for
from tests.makers.days import MONDAY, on
from tests.makers.settings import CODE_KEY

WORDS = {"text": "Nội dung."}
GIVEN: dict[str, dict[str, Any]] = {
    "refuse": {"ground": "not_competent", **WORDS},
    "forward": {"body": "court", **WORDS},
    "take_back": WORDS,
    "ask": WORDS,
    "clear": WORDS,
    "answer": {"finding": "upheld", "remedy": "", **WORDS},
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
    "hear": {"agency": PROVINCE, "person": "Cán bộ ở quầy", "statement": "Đã lớn tiếng với người dân."},
    "let_head_support": {
        "agency": OFFICE,
        "request": "Ai trực quầy hôm ấy?",
        "text": "Chỉ người đứng đầu biết ai trực.",
    },
    "end_head_support": {"agency": OFFICE, **WORDS},
    "send_outside": {"body": "court", "cleared": "1", "code_key": CODE_KEY, **WORDS},
    "wall_off": {"account": "khang", **WORDS},
    "lift_wall": {"account": "khang", **WORDS},
}
LANS: dict[str, dict[str, Any]] = {"reply": WORDS, "ask_review": WORDS, "appeal": WORDS, "withdraw": {}}
BODIES = (PROVINCE, DEPARTMENT, OTHER_CITY)
Step = tuple[str, Callable[[], Any]]


def steps(session: Session, people: dict[Staff, Viewer], file: CaseFile) -> list[Step]:
    """Everything that anybody may do now, in a fixed order."""
    found: list[Step] = []
    for staff, viewer in people.items():
        if not can_see(session, viewer, file.case):
            continue  # a restricted case that somebody else holds
        for move in available_moves(viewer, file, today()):
            found += _steps_of(session, file, move, staff, viewer)
    for move in available(file):
        found.append((move.name, partial(getattr(actions, move.name), session, file, **LANS[move.name])))
    for one in file.head_supports:
        if one.is_open:
            truong = session.scalars(select(Staff).where(Staff.login == "truong")).one()
            given = partial(actions.answer_head_support, session, one, file.case, truong, **WORDS)
            found.append(("head_answers", given))
    if file.follow_up is None and asked_on(session, file) is not None:
        found.append(("follow_up", partial(_not_put_right, session, file)))
    found.append(("close_by_rule", partial(actions.close_by_rule, session, file)))
    return found


def _not_put_right(session: Session, file: CaseFile) -> None:
    """Weeks later Lan is asked, and says no. The walk goes on on its own day."""
    with on(asked_on(session, file) or MONDAY):
        assert actions.ask_follow_up(session, file)
        actions.answer_follow_up(session, file, answer="no", text="Vẫn như cũ.")


def _steps_of(session: Session, file: CaseFile, move: Move, staff: Staff, viewer: Viewer) -> list[Step]:
    act = partial(getattr(actions, move.name), session, file, staff, viewer, **GIVEN.get(move.name, {}))
    if move.name == "declare_conflict" or (move.name == "wall_off" and file.walls):
        return []  # who steps aside is gone from the walk; Khang is kept away once
    if move.name == "merge":
        return [("merge", partial(act, into=session.scalars(select(Case).where(Case.id != file.case.id)).one()))]
    if move.name == "split":  # opens another case and leaves this one as it is: tests/areas/cases/test_splitting.py
        return []
    if move.name == "assign":
        return [("assign", partial(act, assignee=staff, sees=viewer))]
    if move.name == "extend":
        return _extending(session, file, act)
    if move.name in ("change_track", "record_form", "record_step"):
        return _of_tracks(file, move.name, act)
    if move.name == "remind":
        told = reminded_on(session, file, today())
        bodies = [one.agency.code for one in file.owing_referrals if one.agency_id not in told]
        return [("remind", partial(act, agency=body, text="Xin trả lời sớm.")) for body in bodies]
    if move.name == "let_head_support" and file.cleared_text is None:
        return []
    if move.name == "refer":
        free = [body for body in BODIES if body not in {one.agency.code for one in file.live_referrals}]
        if file.cleared_text is None or not free:
            return []
        roles = (ReferralRole.LEAD, ReferralRole.SUPPORT, ReferralRole.INFORM)
        return [("refer", partial(act, agency=free[0], role=role)) for role in roles]
    return [(move.name, act)]


def _extending(session: Session, file: CaseFile, act: Callable[..., Any]) -> list[Step]:
    """Every clock that its rule lets be extended now."""
    open_now = [one for one in extensions(session, file, today()) if isinstance(one, Extension)]
    said = {"text": "Cần đo lại thửa đất.", "request": "Công văn 12"}
    return [("extend", partial(act, clock=handle_of(file, one.clock), **said)) for one in open_now]


def _of_tracks(file: CaseFile, name: str, act: Callable[..., Any]) -> list[Step]:
    """Every track, every form lodged today or on the first day, every step of the body that has it."""
    if name == "change_track":
        return [(name, partial(act, track=one, text="Phân loại lại.")) for one in tracks_to(file.case.track)]
    if name == "record_form":
        days = (today(), max(file.case.received_on, MONDAY))
        said = {"body": PROVINCE, "number": "12/KN"}
        return [
            (name, partial(act, form=one, lodged_on=day, condition=condition, **said))
            for one in FormKind
            for day in days
            for condition in conditions_of(one)
        ]
    running = running_clock(file)
    assert running is not None
    days = (running[0].started_on, today())
    return [(name, partial(act, step=one, done_on=day)) for one in open_steps(running[0]) for day in days]


def check(session: Session, file: CaseFile, name: str, before: Status, former: Status | None) -> None:
    """What must hold after every step."""
    case, to = file.case, BY_NAME[name].to if name in BY_NAME else None
    expected = former if to == "former" else before if to is None else to
    chain = {"answer_referral": {before, Status.VERIFYING}, "close_by_rule": {before, Status.CLOSED}}
    assert case.status in chain.get(name, {expected})
    assert case.is_open == (case.status in OPEN)
    leads = [one for one in file.live_referrals if one.role is ReferralRole.LEAD]
    assert [one.agency_id for one in leads] == [case.lead_id]
    running = [one for one, _ in file.clocks if one.met_at is None and one.stopped_at is None]
    assert case.next_due_on == min((one.due_on for one in running if one.paused_on is None), default=NO_DATE)
    assert all(one.paused_on is None for one in running) or case.status is Status.WAITING_FOR_REPORTER
    assert (case.former_status is not None) == (case.status in (Status.WAITING_FOR_REPORTER, Status.MERGED))
    assert (case.merged_into_id is not None) == (case.status is Status.MERGED)
    events = events_of(session, file.case, frozenset(Audience))
    assert replayed_clocks(events) == stored_clocks(file)
    assert replayed_case(events) == stored_case(session, file)
    waits = file.follow_up is not None and file.follow_up.is_waiting
    assert not waits or name not in ("let_stand", "reopen", "ask_review")


def _filed(story: Story, start: str) -> CaseFile:
    if start == "denunciation":
        return story.conduct_report(category="harassment.bribe", accused_role=AccusedRole.HEAD)
    filed: CaseFile = getattr(story, start)()
    return filed


def recomputed(session: Session, file: CaseFile) -> None:
    """By the calendar that they were made with, the clocks are what they are: recomputing says nothing."""
    before = stored_clocks(file)
    move_batch(session, {"change": "", "on": None, "after": 0})
    file = again(session, file)
    assert stored_clocks(file) == before
    assert DEADLINES_MOVED not in {one.kind for one in events_of(session, file.case, frozenset(Audience))}


STORM = {"is_working": False, "name_vi": "Nghỉ vì bão", "name_en": "Storm", "sure": Sure.CERTAIN, "source": "QĐ 1"}
WALK = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 6)), min_size=4, max_size=14)
AS_EVER = settings(
    max_examples=8,
    phases=[Phase.generate],  # a walk is slow to shrink and easy to read
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@AS_EVER
@given(choices=WALK)
def test_walk_in_stormy_weeks(session: Session, story: Story, cast: Cast, choices: list[tuple[int, int]]) -> None:
    """After each step tomorrow or a day soon after is declared off; the events still tell everything."""
    savepoint = session.begin_nested()
    _other, file = (_filed(story, "conduct_report") for _ in range(2))
    hire(session, "truong", OFFICE, Role.AGENCY_HEAD)
    people = {staff: viewer_for(session, staff) for staff in (cast.minh, cast.hanh, cast.dung, cast.quy)}
    day: date = MONDAY
    for choice, passed in choices:
        day += timedelta(days=passed)
        with on(day):
            before, former = file.case.status, file.case.former_status
            open_to_all = steps(session, people, file)
            name, act = open_to_all[choice % len(open_to_all)]
            act()
            off = day + timedelta(days=1 + choice % 5)
            if session.get(CalendarDay, off) is None:
                add_day(session, off, STORM, by_login=None)
                move_batch(session, {"change": "", "on": off.isoformat(), "after": 0})
            file = again(session, file)
            check(session, file, name, before, former)
    savepoint.rollback()


@pytest.mark.parametrize("start", ["accepted_delay", "conduct_report", "denunciation"])
@AS_EVER
@given(choices=WALK)
def test_walk(session: Session, story: Story, cast: Cast, start: str, choices: list[tuple[int, int]]) -> None:
    savepoint = session.begin_nested()
    _other, file = (_filed(story, start) for _ in range(2))  # the first is there to be merged into
    who = (cast.minh, cast.hanh, cast.dung, cast.quy, cast.nga, cast.thao, cast.son)
    hire(session, "truong", OFFICE, Role.AGENCY_HEAD)
    people = {staff: viewer_for(session, staff) for staff in who}
    day: date = MONDAY
    for choice, passed in choices:
        day += timedelta(days=passed)
        with on(day, 9 + choice % 12):  # some of it after the offices close
            before, former = file.case.status, file.case.former_status
            open_to_all = steps(session, people, file)
            name, act = open_to_all[choice % len(open_to_all)]
            act()
            file = again(session, file)
            check(session, file, name, before, former)
            recomputed(session, file)
    savepoint.rollback()
    session.expire_all()
