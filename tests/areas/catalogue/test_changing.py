"""Administrators change rows of the catalogue: each change with its history, none over somebody else's."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.catalogue.change_models import CatalogueChange
from portal.catalogue.changing import Changeable, changes_of, history_key, state, state_mark
from portal.catalogue.changing_rows import (
    add_announcement,
    add_day,
    change_agency,
    change_announcement,
    change_category,
    change_day,
    remove_day,
)
from portal.catalogue.importing import import_files
from portal.catalogue.models import Agency, Announcement, CalendarDay, CatalogueVersion, Category
from portal.catalogue.queries import agency_by_code, announcements_on, calendar
from portal.catalogue.words import Sure
from portal.foundation.database import make_engine, transaction
from portal.foundation.errors import Conflict, FieldErrors
from tests.areas.catalogue.files import ours
from tests.makers.committed import Committed
from tests.makers.databases import FULL, Databases

pytestmark = pytest.mark.both


@pytest.fixture(scope="module")
def engine(server: str, databases: Databases) -> Iterator[Engine]:
    """A copy with the catalogue of 2022 in it."""
    url = databases.copy(server, FULL)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


MARK = select(CatalogueVersion.__table__.c.mark)
TODAY = date(2026, 3, 9)
STORM = {"is_working": False, "name_vi": "Nghỉ bão", "name_en": "Storm", "sure": Sure.CERTAIN, "source": "QĐ 1"}


def now_holding(row: Changeable, **changes: Any) -> dict[str, Any]:
    """What a form would send: what the row holds, but for these."""
    return {**{name: getattr(row, name) for name in state(row)}, **changes}


def agency(session: Session, code: str) -> Agency:
    row = agency_by_code(session, code, TODAY)
    assert row is not None
    return row


def change(session: Session, row: Agency, **changes: Any) -> bool:
    return change_agency(session, row, now_holding(row, **changes), seen=state_mark(row), by_login="tam", today=TODAY)


def refused(error: pytest.ExceptionInfo[FieldErrors]) -> set[str]:
    return set(error.value.fields)


def test_a_body_is_changed_with_its_history(session: Session) -> None:
    row, mark = agency(session, "H-HA-MC"), session.scalar(MARK)
    old = row.name_vi
    assert change(session, row, name_vi="Một cửa Hội An", phone="0235 3861 111", address="9 Trần Hưng Đạo")
    assert not change(session, row), "nothing else, nothing written"
    [told] = changes_of(session, history_key(row))
    assert (told.by_login, told.before["name_vi"], told.after["name_vi"]) == ("tam", old, "Một cửa Hội An")
    assert (told.before["phone"], told.after["phone"]) == (None, "0235 3861 111")
    assert session.scalar(MARK) != mark, "what processes keep of the catalogue is read anew"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_vi": ""}, "name_vi"),
        ({"name_en": ""}, "name_en"),
        ({"valid_from": None}, "valid_from"),
        ({"valid_to": date(2000, 1, 1)}, "valid_to"),
        ({"successor_id": 2**30}, "successor_id"),
    ],
)
def test_what_a_body_may_not_be(session: Session, changes: dict[str, Any], field: str) -> None:
    row = agency(session, "H-HA-MC")
    before = state(row)
    with pytest.raises(FieldErrors) as error:
        change(session, row, **changes)
    assert refused(error) == {field}
    assert state(row) == before
    assert changes_of(session, history_key(row)) == []


def test_a_body_does_not_succeed_itself_nor_in_a_ring(session: Session) -> None:
    one, other = agency(session, "H-HA"), agency(session, "H-TK")
    with pytest.raises(FieldErrors):
        change(session, one, successor_id=one.id)
    assert change(session, one, successor_id=other.id)
    with pytest.raises(FieldErrors) as error:
        change(session, other, successor_id=one.id)
    assert refused(error) == {"successor_id"}


def test_a_code_means_one_body_at_any_time(session: Session) -> None:
    row = agency(session, "H-HA")
    assert change(session, row, valid_to=date(2026, 12, 31))
    values = {column.name: getattr(row, column.name) for column in Agency.__table__.columns if column.name != "id"}
    later = Agency(**{**values, "valid_from": date(2027, 1, 1), "valid_to": None})
    session.add(later)
    session.flush()
    with pytest.raises(FieldErrors) as error:
        change(session, row, valid_to=date(2027, 1, 1))
    assert refused(error) == {"valid_from"}
    assert change(session, row, valid_to=date(2026, 6, 30))
    assert history_key(row) != history_key(later), "two bodies of one code have two histories"


def test_a_body_that_routing_needs_ends_only_with_a_successor(session: Session) -> None:
    row, other = agency(session, "UBKT"), agency(session, "BTC")
    with pytest.raises(FieldErrors) as error, session.begin_nested():
        change(session, row, valid_to=date(2026, 3, 31))
    assert refused(error) == {"successor_id"}
    session.refresh(row)
    assert row.valid_to is None
    assert other.valid_to is None


def test_who_comes_second_is_refused(session: Session) -> None:
    row = session.get_one(Category, "delay.late_result")
    seen = state_mark(row)
    assert change_category(session, row, now_holding(row, severity=3), seen=seen, by_login="tam")
    with pytest.raises(Conflict):
        change_category(session, row, now_holding(row, severity=5), seen=seen, by_login="hai")
    assert row.severity == 3
    assert len(changes_of(session, history_key(row))) == 1


@pytest.mark.parametrize("severity", [0, 6, -1])
def test_a_severity_is_one_to_five(session: Session, severity: int) -> None:
    row = session.get_one(Category, "delay.late_result")
    with pytest.raises(FieldErrors) as error:
        change_category(session, row, now_holding(row, severity=severity), seen=state_mark(row), by_login="tam")
    assert refused(error) == {"severity"}


def test_a_day_is_added_changed_and_taken_out(session: Session) -> None:
    on = date(2026, 3, 10)
    assert calendar(session).is_working(on)
    row = add_day(session, on, STORM, by_login="tam")
    assert not calendar(session).is_working(on)
    with pytest.raises(Conflict):
        add_day(session, on, STORM, by_login="tam")
    assert change_day(session, row, now_holding(row, source="QĐ 2"), seen=state_mark(row), by_login="tam")
    remove_day(session, row, seen=state_mark(row), by_login="tam")
    assert calendar(session).is_working(on)
    told = changes_of(session, ("calendar_day", "2026-03-10"))
    assert [(bool(one.before), bool(one.after)) for one in told] == [(True, False), (True, True), (False, True)]
    assert session.get(CalendarDay, on) is None


def test_a_day_names_its_decree(session: Session) -> None:
    with pytest.raises(FieldErrors) as error:
        add_day(session, None, {**STORM, "source": "", "name_vi": ""}, by_login="tam")
    assert refused(error) == {"on", "source", "name_vi"}
    row = session.get_one(CalendarDay, date(2026, 4, 30))
    with pytest.raises(FieldErrors) as error:
        change_day(session, row, now_holding(row), seen=state_mark(row), by_login="tam")
    assert refused(error) == {"source"}


def test_an_announcement_begins_and_ends(session: Session) -> None:
    values = {
        "agency_code": "H-HA",
        "category": None,
        "text_vi": "Nghỉ chiều nay.",
        "text_en": "Closed this afternoon.",
        "valid_from": TODAY,
        "valid_to": date(2026, 3, 20),
    }
    row = add_announcement(session, values, by_login="tam", today=TODAY)
    assert row in announcements_on(session, date(2026, 3, 20))
    ended = now_holding(row, valid_to=date(2026, 3, 12))
    assert change_announcement(session, row, ended, seen=state_mark(row), by_login="tam", today=TODAY)
    assert row not in announcements_on(session, date(2026, 3, 13))
    wrong = {**values, "agency_code": "NOWHERE", "category": "none", "text_en": ""}
    with pytest.raises(FieldErrors) as error:
        add_announcement(session, wrong, by_login="tam", today=TODAY)
    assert refused(error) == {"agency_code", "category", "text_en"}
    with pytest.raises(FieldErrors) as error:
        add_announcement(session, {**values, "valid_to": date(2026, 3, 1)}, by_login="tam", today=TODAY)
    assert refused(error) == {"valid_to"}
    assert session.scalars(select(Announcement.code).where(Announcement.text_vi == "Nghỉ chiều nay.")).all() == [
        row.code
    ]


def test_a_file_leaves_its_history_too(session: Session) -> None:
    row, old = session.get_one(Category, "delay.late_result"), session.get_one(Category, "delay.late_result").severity
    change_category(session, row, now_holding(row, severity=5), seen=state_mark(row), by_login="tam")
    import_files(session, ours("categories"))
    told = changes_of(session, history_key(row))
    assert [(one.by_login, one.after["severity"]) for one in told] == [(None, old), ("tam", 5)]
    import_files(session, ours("categories"))
    assert len(changes_of(session, history_key(row))) == 2, "nothing changed, nothing told"


def test_change_and_history_are_one_transaction_and_history_stays(committed: Committed) -> None:
    with committed.session() as session:
        with pytest.raises(ZeroDivisionError), transaction(session):
            add_day(session, date(2026, 3, 10), STORM, by_login="tam")
            raise ZeroDivisionError
        assert session.get(CalendarDay, date(2026, 3, 10)) is None
        assert session.scalars(select(CatalogueChange)).all() == []
        with transaction(session):
            add_day(session, date(2026, 3, 10), STORM, by_login="tam")
        with pytest.raises(DBAPIError, match="append-only"), transaction(session):
            session.scalars(select(CatalogueChange)).one().by_login = "somebody else"
