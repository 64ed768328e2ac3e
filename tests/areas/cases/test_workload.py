"""Workload and the next case: counted within the walls, handed out by date, never one case to two."""

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.filters import REPORTERS_TURN
from portal.cases.models import Case
from portal.cases.queries import file_by_code, viewer_of
from portal.cases.receipts import code_hash
from portal.cases.status import BY_NAME
from portal.cases.words import OPEN
from portal.cases.workload import AHEAD, Load, has_room, held_by, loads, next_unheld, team, with_room
from portal.foundation.database import transaction
from portal.foundation.errors import Conflict
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.makers.cases import Story, again, told
from tests.makers.cast import COMMITTEE, Cast, hire, viewer_for, wall_off
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report, a_denunciation
from tests.makers.settings import CODE_KEY

both = pytest.mark.both
DAY = timedelta(days=1)


def give(session: Session, file: CaseFile, giver: Staff, taker: Staff) -> CaseFile:
    """Somebody gives a case to somebody."""
    sees = viewer_for(session, taker)
    actions.assign(session, file, giver, viewer_for(session, giver), assignee=taker, sees=sees)
    return again(session, file)


@pytest.mark.parametrize(
    ("own", "others", "room"),
    [
        (0, [], True),
        (AHEAD, [0, 0, AHEAD], True),
        (AHEAD + 1, [0, 0, AHEAD + 1], False),
        (30, [30, 30, 0], True),
        (50, [50], True),
        (4 + AHEAD, [2, 6, 4 + AHEAD, 2], True),
        (5 + AHEAD, [2, 6, 5 + AHEAD, 2], False),
    ],
)
def test_who_has_room(own: int, others: list[int], room: bool) -> None:
    assert has_room(own, others) is room


def test_every_open_case_can_be_given_to_somebody() -> None:
    assert BY_NAME["assign"].sources >= OPEN
    assert REPORTERS_TURN < OPEN


@both
def test_what_each_holds(session: Session, story: Story, cast: Cast) -> None:
    minh = [give(session, story.conduct_report(), cast.hanh, cast.minh) for _ in range(3)]
    story.minh_asks(story.minh_accepts(minh[0]))
    secret = give(session, story.conduct_report(category=a_denunciation().category), cast.hanh, cast.dung)
    story.conduct_report()
    due = minh[1].case.next_due_on
    assert secret.case.next_due_on >= due

    def seen(staff: Staff, days: int = 0) -> dict[int | None, Load]:
        on_day = due + days * DAY
        return loads(session, viewer_for(session, staff), on_day, on_day + 3 * DAY)

    assert seen(cast.minh)[cast.minh.id] == Load(open=3, to_do=2, late=0, soon=2, restricted=0)
    assert seen(cast.minh, 1)[cast.minh.id] == Load(open=3, to_do=2, late=2, soon=0, restricted=0)
    assert seen(cast.minh, -4)[cast.minh.id] == Load(open=3, to_do=2, late=0, soon=0, restricted=0)
    assert seen(cast.minh)[None].open == 1
    assert cast.dung.id not in seen(cast.minh), "restricted cases of others are counted for chiefs only"
    chief = seen(cast.hanh)[cast.dung.id]
    assert (chief.open, chief.restricted) == (1, 1)
    assert seen(cast.dung)[cast.dung.id].open == 1
    wall_off(session, minh[1], cast.khang)
    assert seen(cast.khang)[cast.minh.id].open == 2, "a figure tells nothing of a case behind a wall"


@both
def test_what_nobody_holds_is_counted_no_further_than_the_queue_counts(
    session: Session, story: Story, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.cases.workload.COUNTED", 2)
    for _ in range(5):
        story.conduct_report()
    for _ in range(4):
        give(session, story.conduct_report(), cast.hanh, cast.minh)
    held = loads(session, viewer_for(session, cast.minh), MONDAY, MONDAY)
    assert (held[None].open, held[None].to_do) == (3, 3)
    assert held[cast.minh.id].open == 4


@both
def test_the_team_and_who_has_room(session: Session, story: Story, cast: Cast) -> None:
    gone = hire(session, "gone", COMMITTEE, Role.INSPECTOR)
    gone.active = False
    session.flush()
    people = team(session, cast.minh.agency_id)
    assert {one.login for one in people} == {"minh", "hanh", "dung", "khang"}
    held: dict[int | None, Load] = {cast.minh.id: Load(open=40, to_do=AHEAD + 2), cast.hanh.id: Load(open=2, to_do=2)}
    assert [(one.login, count) for one, count in with_room(people, held) if count] == [("hanh", 2)]
    assert "minh" not in {one.login for one, _ in with_room(people, held)}


@both
def test_the_next_case_is_the_nearest_that_one_may_hold(session: Session, story: Story, cast: Cast) -> None:
    minh = viewer_for(session, cast.minh)
    with on(MONDAY - 7 * DAY):
        walled = story.conduct_report()
        wall_off(session, walled, cast.minh)
        story.conduct_report(category=a_denunciation().category)
        give(session, story.conduct_report(), cast.hanh, cast.dung)
        story.minh_asks(story.conduct_report())
        direct = story.accepted_delay()
        assert direct.case.is_direct
    second = story.conduct_report()
    with on(MONDAY - 4 * DAY):
        first = story.conduct_report()
    handed = [actions.hand_out(session, cast.minh, minh, held=held) for held in range(3)]
    assert [file.case.id if file else None for file in handed] == [first.case.id, second.case.id, None]
    assert told(session, first)[-1] == ("case_assigned", cast.minh.id, {"to_staff": cast.minh.id})
    assert first.case.assigned_id == cast.minh.id
    late = direct.case.next_due_on + DAY
    assert next_unheld(session, minh, late - DAY) is None
    assert next_unheld(session, minh, late) is direct.case, "what an agency is late with is for an inspector"


@both
def test_a_chief_is_handed_restricted_cases_too(session: Session, story: Story, cast: Cast) -> None:
    secret = story.conduct_report(category=a_denunciation().category)
    assert actions.hand_out(session, cast.minh, viewer_for(session, cast.minh), held=0) is None
    file = actions.hand_out(session, cast.hanh, viewer_for(session, cast.hanh), held=0)
    assert file is not None
    assert file.case.id == secret.case.id


@both
def test_the_organisation_committee_is_handed_its_own_only(session: Session, story: Story, cast: Cast) -> None:
    story.conduct_report()
    about_committee = story.conduct_report(agency=COMMITTEE)
    vy = viewer_for(session, cast.vy)
    handed = [actions.hand_out(session, cast.vy, vy, held=held) for held in range(2)]
    assert [file.case.id if file else None for file in handed] == [about_committee.case.id, None]


@both
def test_the_button_pressed_twice_hands_out_one(session: Session, story: Story, cast: Cast) -> None:
    story.conduct_report(), story.conduct_report()
    minh = viewer_for(session, cast.minh)
    assert actions.hand_out(session, cast.minh, minh, held=0) is not None
    with pytest.raises(Conflict):
        actions.hand_out(session, cast.minh, minh, held=0)
    assert held_by(session, minh) == 1


def at_once(work: Callable[[int], None], count: int) -> None:
    """Runs it in so many threads that start together."""
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        work(number)

    with ThreadPoolExecutor(count) as threads:
        for future in [threads.submit(contextvars.copy_context().run, run, number) for number in range(count)]:
            future.result()


@both
def test_twenty_at_once_get_twenty_cases(committed: Committed) -> None:
    with committed.session() as session, transaction(session):
        people = [hire(session, f"inspector{number}", COMMITTEE, Role.INSPECTOR).id for number in range(20)]
    codes = [committed.file(a_conduct_report(), f"an idempotency key of test {number}").code for number in range(22)]
    handed: list[int | None] = [None] * 20

    def ask(number: int) -> None:
        with committed.session() as session, transaction(session):
            staff = session.get_one(Staff, people[number])
            file = actions.hand_out(session, staff, viewer_of(session, staff), held=0)
            handed[number] = file.case.id if file is not None else None

    at_once(ask, 20)
    assert None not in handed
    assert len(set(handed)) == 20
    with committed.session() as session:
        files = [file_by_code(session, code_hash(CODE_KEY, code)) for code in codes]
        held = {file.case.id: file.case.assigned_id for file in files if file is not None}
        assert [held[one] for one in handed if one is not None] == people
        assert sum(holder is None for holder in held.values()) == 2
        assert sorted(filter(None, session.scalars(select(Case.assigned_id)))) == sorted(people)


@both
def test_one_person_pressing_often_at_once_gets_one(committed: Committed) -> None:
    with committed.session() as session, transaction(session):
        one = hire(session, "inspector", COMMITTEE, Role.INSPECTOR).id
    for number in range(6):
        committed.file(a_conduct_report(), f"an idempotency key of test {number}")
    refused: list[int] = []

    def ask(number: int) -> None:
        try:
            with committed.session() as session, transaction(session):
                staff = session.get_one(Staff, one)
                actions.hand_out(session, staff, viewer_of(session, staff), held=0)
        except Conflict:
            refused.append(number)

    at_once(ask, 6)
    with committed.session() as session:
        assert session.scalars(select(Case.assigned_id).where(Case.assigned_id.is_not(None))).all() == [one]
    assert len(refused) == 5
