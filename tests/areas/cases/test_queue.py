"""The queue: open cases by due date, page by page, nothing twice and nothing left out."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.queue import QueuePage, queue_page
from portal.staff.models import Staff
from tests.makers.cases import Story, again
from tests.makers.cast import Cast, viewer_for
from tests.makers.days import MONDAY, on

pytestmark = pytest.mark.both


def pages(session: Session, staff: Staff, size: int) -> list[QueuePage]:
    """All pages that somebody can turn."""
    viewer, after, turned = viewer_for(session, staff), None, []
    while True:
        page = queue_page(session, viewer, after=after, size=size)
        turned.append(page)
        after = page.after
        if after is None:
            return turned


def test_pages_join_without_a_gap(session: Session, story: Story, cast: Cast) -> None:
    made = []
    for number in (2, 0, 1, 0, 2):  # filed on three days, so that some are due on the same one
        with on(MONDAY + timedelta(days=number)):
            made.append(story.accepted_delay().case)
    expected = [case.id for case in sorted(made, key=lambda case: (case.next_due_on, case.id))]
    for staff in (cast.minh, cast.quy, cast.nga):
        for size in (1, 2, 3, 5, 50):
            turned = pages(session, staff, size)
            assert [row.case.id for page in turned for row in page.rows] == expected
            assert all(len(page.rows) == size for page in turned[:-1])
    assert pages(session, cast.son, 2)[0].rows == []


def test_what_is_done_leaves_the_queue(session: Session, story: Story, cast: Cast) -> None:
    first, second = story.accepted_delay(), story.accepted_delay()
    story.quy_answers(first)
    assert [row.case.id for page in pages(session, cast.quy, 50) for row in page.rows] == [second.case.id]
    everything = [row.case.id for page in pages(session, cast.minh, 50) for row in page.rows]
    assert everything == [second.case.id, first.case.id]  # answered: waits for Lan, later
    actions.withdraw(session, again(session, second))
    assert [row.case.id for page in pages(session, cast.minh, 50) for row in page.rows] == [first.case.id]


def test_an_agency_sees_its_own_date(session: Session, story: Story, cast: Cast) -> None:
    with on(date(2026, 3, 9)):
        file = story.minh_asks(story.accepted_delay())
    assert file.case.next_due_on == date(2026, 3, 23)
    rows = pages(session, cast.quy, 50)[0].rows
    assert [row.due_on for row in rows] == [date(2026, 3, 16)]
    assert [row.due_on for row in pages(session, cast.minh, 50)[0].rows] == [date(2026, 3, 23)]
