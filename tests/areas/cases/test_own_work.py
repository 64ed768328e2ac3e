"""Own day and checklist: read by one account alone, no event of the case, gone when it is closed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.casefile import events_of
from portal.cases.models import Case
from portal.cases.own_work import (
    LONGEST_TASK,
    MOST_TASKS,
    OwnWork,
    add_task,
    drop_done,
    has_own_date,
    own_work,
    set_own_date,
    tick,
)
from portal.cases.own_work_models import OwnDate, OwnTask
from portal.cases.queries import visible_to
from portal.cases.words import Audience, Status
from portal.foundation.errors import FieldErrors
from portal.staff.models import Staff
from tests.makers.cases import Story, at, settle
from tests.makers.cast import Cast, viewer_for
from tests.makers.days import MONDAY, on

pytestmark = pytest.mark.both
TOMORROW = MONDAY + timedelta(days=1)


def kept(session: Session, staff: Staff, case: Case) -> tuple[date | None, list[tuple[int, str, bool]]]:
    """The day, and each line with whether it is done."""
    work: OwnWork = own_work(session, viewer_for(session, staff), case)
    return work.due_on, [(one.position, one.text, one.done_at is not None) for one in work.tasks]


def test_nobody_else_reads_it_and_the_case_does_not_know(session: Session, story: Story, cast: Cast) -> None:
    case, minh = story.accepted_delay().case, viewer_for(session, cast.minh)
    before = case.version, len(events_of(session, case, frozenset(Audience)))
    set_own_date(session, minh, case, TOMORROW, MONDAY)
    add_task(session, minh, case, "  Gọi   một cửa ")
    add_task(session, minh, case, "Gọi một cửa")  # the button pressed twice
    add_task(session, minh, case, "")
    add_task(session, minh, case, "Đọc lại hồ sơ")
    expected = [(1, "Gọi một cửa", False), (2, "Đọc lại hồ sơ", False)]
    assert kept(session, cast.minh, case) == (TOMORROW, expected)
    for other in (cast.hanh, cast.khang, cast.quy):
        assert kept(session, other, case) == (None, [])
    session.expire_all()
    assert (case.version, len(events_of(session, case, frozenset(Audience)))) == before


def test_ticking_touches_only_what_the_form_showed(session: Session, story: Story, cast: Cast) -> None:
    case, quy = story.accepted_delay().case, viewer_for(session, cast.quy)
    for text in ("Một", "Hai", "Ba"):
        add_task(session, quy, case, text)
    tick(session, quy, case, {1, 2}, {2, 3})
    assert kept(session, cast.quy, case)[1] == [(1, "Một", False), (2, "Hai", True), (3, "Ba", False)]
    first = own_work(session, quy, case).tasks[1].done_at
    with on(TOMORROW):
        tick(session, quy, case, {1, 2}, {1, 2})
    assert own_work(session, quy, case).tasks[1].done_at == first, "done stays done since when it was"
    tick(session, quy, case, {2}, set())
    drop_done(session, quy, case)
    assert kept(session, cast.quy, case)[1] == [(2, "Hai", False), (3, "Ba", False)]
    add_task(session, quy, case, "Bốn")
    assert kept(session, cast.quy, case)[1][-1] == (4, "Bốn", False)


def test_what_cannot_be_kept(session: Session, story: Story, cast: Cast) -> None:
    case, minh = story.accepted_delay().case, viewer_for(session, cast.minh)
    with pytest.raises(FieldErrors) as too_late:
        set_own_date(session, minh, case, MONDAY - timedelta(days=1), MONDAY)
    assert list(too_late.value.fields) == ["own_date"]
    with pytest.raises(FieldErrors) as too_long:
        add_task(session, minh, case, "a" * (LONGEST_TASK + 1))
    assert list(too_long.value.fields) == ["own_task"]
    for number in range(MOST_TASKS):
        add_task(session, minh, case, f"Việc {number}")
    with pytest.raises(FieldErrors):
        add_task(session, minh, case, "Việc nữa")
    assert len(own_work(session, minh, case).tasks) == MOST_TASKS


def test_a_day_that_passed_stays_until_it_is_changed(session: Session, story: Story, cast: Cast) -> None:
    case, minh = story.accepted_delay().case, viewer_for(session, cast.minh)
    set_own_date(session, minh, case, MONDAY, MONDAY)
    set_own_date(session, minh, case, MONDAY, TOMORROW)
    assert kept(session, cast.minh, case)[0] == MONDAY
    set_own_date(session, minh, case, TOMORROW, TOMORROW)
    assert kept(session, cast.minh, case)[0] == TOMORROW
    set_own_date(session, minh, case, None, TOMORROW)
    assert kept(session, cast.minh, case)[0] is None


def test_the_queue_can_ask_for_days_that_have_come(session: Session, story: Story, cast: Cast) -> None:
    today, tomorrow, none = (story.accepted_delay().case for _ in range(3))
    minh = viewer_for(session, cast.minh)
    set_own_date(session, minh, today, MONDAY, MONDAY)
    set_own_date(session, minh, tomorrow, TOMORROW, MONDAY)
    set_own_date(session, viewer_for(session, cast.hanh), none, MONDAY, MONDAY)

    def due(until: date) -> list[int]:
        query = select(Case.id).where(has_own_date(minh, until), visible_to(minh)).order_by(Case.id)
        return list(session.scalars(query))

    assert due(MONDAY) == [today.id]
    assert due(TOMORROW) == [today.id, tomorrow.id]


def test_closing_erases_it_all(session: Session, story: Story, cast: Cast) -> None:
    going_on, closing = story.accepted_delay(), at(story, Status.ANSWERED)
    for case in (going_on.case, closing.case):
        for staff in (cast.minh, cast.hanh):
            set_own_date(session, viewer_for(session, staff), case, TOMORROW, MONDAY)
            add_task(session, viewer_for(session, staff), case, "Một việc")
    settle(session)
    story.minh_closes(story.lan_rates(closing))
    settle(session)
    session.expire_all()
    for table in (OwnDate, OwnTask):
        assert session.scalars(select(table.case_id).distinct()).all() == [going_on.case.id]
        assert session.scalar(select(func.count()).select_from(table)) == 2
