"""The queue under filters: what they hold, in any mix, for whoever asks; and pages that join under each order."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Any

import pytest
from sqlalchemy import Select, text
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.filters import Due, Holder, Order, QueueFilter
from portal.cases.models import Case
from portal.cases.queue import count_cases, key_beside, neighbours, page_keys, queue_page
from portal.cases.saved_views import may_remove, remove_view, save_view, views_of
from portal.cases.words import Disclosure, Language, Status
from portal.catalogue.words import Track
from portal.foundation.errors import FieldErrors, NotFound
from portal.staff.models import Staff
from tests.makers.cases import Story, again
from tests.makers.cast import CITY, DEPARTMENT, OFFICE, OTHER_CITY, Cast, viewer_for, wall_off
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_denunciation

pytestmark = pytest.mark.both


def found(session: Session, staff: Staff, wanted: QueueFilter, size: int = 50) -> list[Case]:
    """Every case under a filter, page after page."""
    viewer, after, cases = viewer_for(session, staff), None, []
    while True:
        page = queue_page(session, viewer, wanted, after=after, size=size)
        cases += [row.case for row in page.rows]
        after = page.after
        if after is None:
            assert count_cases(session, viewer, wanted) == [len(cases)]
            return cases


@pytest.fixture
def cases(story: Story, cast: Cast, session: Session) -> dict[str, Case]:
    """Cases that differ in everything that can be asked for."""
    minh = viewer_for(session, cast.minh)
    with on(MONDAY - timedelta(days=20)):
        late = story.accepted_delay()
        over = story.conduct_report(agency=DEPARTMENT)
        actions.refuse(
            session, over, cast.minh, viewer_for(session, cast.minh), ground="not_competent", text="Xin lỗi."
        )
    with on(MONDAY):
        rude = story.conduct_report(language=Language.EN, disclosure=Disclosure.CONFIDENTIAL)
        mine = story.conduct_report(agency=OTHER_CITY)
        actions.assign(session, mine, cast.hanh, viewer_for(session, cast.hanh), assignee=cast.minh, sees=minh)
        asked = story.minh_asks(story.accepted_delay())
        grave = story.conduct_report(category=a_denunciation().category)
    named = {"late": late, "over": over, "rude": rude, "mine": mine, "asked": asked, "grave": grave}
    return {name: again(session, file).case for name, file in named.items()}


SOME: dict[str, tuple[QueueFilter, set[str]]] = {
    "everything open": (QueueFilter(), {"late", "rude", "mine", "asked", "grave"}),
    "late": (QueueFilter(due=frozenset({Due.LATE})), {"late"}),
    "paused": (QueueFilter(due=frozenset({Due.PAUSED})), {"asked"}),
    "late or paused": (QueueFilter(due=frozenset({Due.LATE, Due.PAUSED})), {"late", "asked"}),
    "at risk": (QueueFilter(due=frozenset({Due.AT_RISK})), {"rude", "mine", "grave"}),
    "received": (QueueFilter(statuses=frozenset({Status.RECEIVED})), {"rude", "mine", "grave"}),
    "a track": (QueueFilter(tracks=frozenset({Track.PROPOSAL})), set()),
    "one office": (QueueFilter(agency=OFFICE), {"late", "rude", "asked", "grave"}),
    "the city alone": (QueueFilter(agency=CITY), set()),
    "the city and below": (QueueFilter(agency=CITY, with_below=True), {"late", "rude", "asked", "grave"}),
    "nobody's": (QueueFilter(holder=Holder.NOBODY), {"late", "rude", "asked", "grave"}),
    "a person's": (QueueFilter(holder="minh"), {"mine"}),
    "an unknown person's": (QueueFilter(holder="nobody-here"), set()),
    "English": (QueueFilter(language=Language.EN), {"rude"}),
    "confidential": (QueueFilter(disclosure=Disclosure.CONFIDENTIAL), {"rude"}),
    "received before": (QueueFilter(received_to=MONDAY - timedelta(days=5)), {"late"}),
    "of a department, past too": (QueueFilter(agency=DEPARTMENT, past_too=True), {"over"}),
    "a code that is none": (QueueFilter(agency="NOT-THERE"), set()),
}


@pytest.mark.parametrize("name", SOME)
def test_a_filter_holds(session: Session, cast: Cast, cases: dict[str, Case], name: str) -> None:
    wanted, expected = SOME[name]
    with on(MONDAY + timedelta(days=0)):
        assert {case.id for case in found(session, cast.hanh, wanted)} == {cases[one].id for one in expected}


def test_two_filters_hold_together(session: Session, cast: Cast, cases: dict[str, Case]) -> None:
    """Any two of them find what both of them find."""
    single = {name: one for name, (one, _) in SOME.items() if not one.past_too}
    for one, other in combinations(single, 2):
        both = _mixed(single[one], single[other])
        if both is not None:
            expected = SOME[one][1] & SOME[other][1]
            assert {case.id for case in found(session, cast.hanh, both)} == {cases[each].id for each in expected}


def _mixed(one: QueueFilter, other: QueueFilter) -> QueueFilter | None:
    """Both at once; None where they say different things of one field."""
    if one.agency and other.agency:
        return None
    empty, said = QueueFilter(), {}
    for name in vars(empty):
        values = {getattr(each, name) for each in (one, other)} - {getattr(empty, name)}
        if len(values) > 1:
            return None
        if values:
            said[name] = values.pop()
    return QueueFilter(**said)


@pytest.mark.parametrize("order", Order)
def test_pages_join_under_each_order(session: Session, cast: Cast, cases: dict[str, Case], order: Order) -> None:
    wanted = QueueFilter(order=order)
    whole = [case.id for case in found(session, cast.hanh, wanted)]
    assert len(whole) == 5
    for size in (1, 2, 3):
        assert [case.id for case in found(session, cast.hanh, wanted, size)] == whole
    if order is Order.SEVERITY:
        assert whole[0] == cases["grave"].id
    if order is Order.NEWEST:
        assert whole[-1] == cases["late"].id


def test_neighbours_follow_the_order(session: Session, cast: Cast, cases: dict[str, Case]) -> None:
    for staff, wanted in chain.from_iterable(_everybodys(cast, order) for order in Order):
        viewer, order = viewer_for(session, staff), found(session, staff, wanted)
        references = [None, *(case.reference for case in order), None]
        for place, case in enumerate(order):
            assert neighbours(session, viewer, wanted, case) == (references[place], references[place + 2])
    # A case that has left the list keeps its place in it.
    with on(MONDAY):
        viewer = viewer_for(session, cast.hanh)
        assert neighbours(session, viewer, QueueFilter(), cases["over"])[1] is not None


def _everybodys(cast: Cast, order: Order) -> Iterator[tuple[Staff, QueueFilter]]:
    return ((staff, QueueFilter(order=order)) for staff in (cast.hanh, cast.minh, cast.quy))


def test_what_one_may_not_see_is_not_counted(
    session: Session, cast: Cast, story: Story, cases: dict[str, Case]
) -> None:
    assert cases["grave"] not in found(session, cast.minh, QueueFilter())
    khang = viewer_for(session, cast.khang)
    [before] = count_cases(session, khang, QueueFilter())
    wall_off(session, story.file_of(cases["rude"]), cast.khang)
    assert count_cases(session, khang, QueueFilter()) == [before - 1]
    assert found(session, cast.son, QueueFilter(past_too=True)) == []


def test_an_agency_gets_no_answer_about_disclosure_or_holders(
    session: Session, cast: Cast, cases: dict[str, Case]
) -> None:
    everything = found(session, cast.quy, QueueFilter())
    for wanted in (
        QueueFilter(disclosure=Disclosure.CONFIDENTIAL),
        QueueFilter(language=Language.EN),
        QueueFilter(holder="minh"),
    ):
        assert found(session, cast.quy, wanted) == everything


def test_a_count_stops(session: Session, cast: Cast, cases: dict[str, Case]) -> None:
    assert count_cases(
        session, viewer_for(session, cast.hanh), QueueFilter(), QueueFilter(agency=DEPARTMENT), most=2
    ) == [3, 0]


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (QueueFilter(past_too=True), False),
        (QueueFilter(past_too=True, holder=Holder.NOBODY), False),
        (QueueFilter(past_too=True, holder=Holder.ME), True),
        (QueueFilter(past_too=True, agency=OFFICE), True),
        (QueueFilter(past_too=True, received_from=date(2026, 1, 1)), False),
        (QueueFilter(past_too=True, received_from=date(2025, 1, 1), received_to=date(2026, 6, 1)), False),
        (QueueFilter(past_too=True, received_from=date(2025, 1, 1), received_to=date(2025, 12, 31)), True),
    ],
)
def test_the_past_needs_an_anchor(wanted: QueueFilter, holds: bool) -> None:
    assert wanted.has_anchor is holds


def test_open_cases_are_found_in_an_index(session: Session, cast: Cast, cases: dict[str, Case]) -> None:
    """Whatever is asked for, no open case is looked for in the table."""
    if session.get_bind().dialect.name != "sqlite":
        return
    seen: list[str] = []
    with on(MONDAY):
        for wanted, _ in SOME.values():
            for order in Order:
                one = QueueFilter(**{**vars(wanted), "order": order})
                viewer = viewer_for(session, cast.hanh)
                seen += explained(session, page_keys(session, viewer, one, None, 50))
    assert any("ix_case_open_queue" in step for step in seen)
    assert not [step for step in seen if step.startswith("SCAN case") and "INDEX" not in step]


@pytest.mark.parametrize("order", Order)
def test_no_order_sorts_what_is_open(session: Session, cast: Cast, cases: dict[str, Case], order: Order) -> None:
    """The first page, one from within, the cases before and after come out of an index as they are to stand.

    (PostgreSQL would rather sort five rows than read an index: it is kept from both, and still sorts where it must.)
    """
    viewer, wanted = viewer_for(session, cast.hanh), QueueFilter(order=order)
    place = tuple(session.execute(page_keys(session, viewer, wanted, None, 2)).all()[1][1:])
    queries = [page_keys(session, viewer, wanted, after, 2) for after in (None, place)]
    queries += [key_beside(session, viewer, wanted, place, backwards=backwards) for backwards in (False, True)]
    for query in queries:
        plan = "\n".join(explained(session, query))
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan
        assert order is not Order.SEVERITY or "ix_case_urgency_open" in plan


def explained(session: Session, query: Select[Any]) -> list[str]:
    """The steps by which the server would answer."""
    connection = session.connection()
    statement = query.compile(connection, compile_kwargs={"literal_binds": True})
    if connection.dialect.name == "sqlite":
        return [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    for way in ("seqscan", "sort", "bitmapscan"):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    return [row[0] for row in connection.execute(text(f"EXPLAIN {statement}"))]


def test_views_are_ones_own_or_the_teams(session: Session, cast: Cast) -> None:
    minh, hanh, quy = (viewer_for(session, one) for one in (cast.minh, cast.hanh, cast.quy))
    own = save_view(session, minh, name="  Trễ ", query="due=late", is_team=False)
    team = save_view(session, minh, name="Khiếu nại", query="track=complaint", is_team=True)
    assert [view.name for view in views_of(session, minh)] == ["Khiếu nại", "Trễ"]
    assert [view.name for view in views_of(session, hanh)] == ["Khiếu nại"]
    assert views_of(session, quy) == []
    assert save_view(session, minh, name="Trễ", query="due=today", is_team=False) is own
    assert may_remove(hanh, team)
    assert not may_remove(hanh, own)
    for viewer in (quy, hanh):
        with pytest.raises(NotFound):
            remove_view(session, viewer, own.handle)
    remove_view(session, hanh, team.handle)
    assert [view.name for view in views_of(session, minh)] == ["Trễ"]
    for name in ("", " \u200b ", "x" * 61):
        with pytest.raises(FieldErrors):
            save_view(session, minh, name=name, query="", is_team=False)
