"""The catalogue in memory: as right as the database, whoever writes to it, and read once while it stays as it is."""

from datetime import date

import pytest
from sqlalchemy import event, select, text

from portal.catalogue.models import Agency, CalendarDay, Category, DeadlineRule
from portal.catalogue.queries import agency_tree, calendar, deadline_rule, routing_rules
from portal.catalogue.snapshot import snapshot
from portal.catalogue.words import Sure
from portal.foundation.database import transaction
from portal.foundation.errors import NotFound
from tests.makers.committed import Committed

DAY = date(2026, 3, 2)
OFFICE = "H-HA-MC"
WRITES = {
    "agency": "UPDATE agency SET name_vi = 'Tên khác' WHERE code = 'H-HA-MC'",
    "agency_function": "DELETE FROM agency_function WHERE function = 'home_affairs'",
    "calendar_day": "DELETE FROM calendar_day WHERE on_date > '2026-04-01'",
    "category": "UPDATE category SET severity = 5 WHERE code = 'attitude.rude'",
    "deadline_rule": "UPDATE deadline_rule SET amount = 3 WHERE code = 'feedback.triage'",
    "procedure": "UPDATE procedure SET statutory_days = 99",
    "routing_rule": "UPDATE routing_rule SET rank = rank + 1",
}


@pytest.mark.both
def test_it_says_what_the_queries_say(committed: Committed) -> None:
    with committed.session() as session:
        taken = snapshot(session, DAY)
        tree = agency_tree(session, DAY)
        assert [body.code for body in taken.tree] == [body.code for body in tree]
        assert taken.rules == routing_rules(session, DAY)
        assert taken.calendar == calendar(session)
        assert taken.agencies[OFFICE].id == tree.body(OFFICE).id
        limit = deadline_rule(session, "feedback.triage", DAY)
        assert taken.limit("feedback.triage", DAY).id == limit.id
        assert taken.limit_code(limit.id) == "feedback.triage"
        with pytest.raises(NotFound):
            taken.limit("feedback.triage", date(1999, 1, 1))


@pytest.mark.both
def test_it_is_read_once(committed: Committed) -> None:
    said: list[str] = []
    with committed.session() as session:
        first = snapshot(session, DAY)
        event.listen(committed.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
        assert snapshot(session, DAY) is first
    with committed.session() as other:
        assert snapshot(other, DAY) is first
    asked = [one for one in said if not one.startswith("BEGIN")]
    assert len(asked) == 1, asked  # of the first session it is known already
    assert all("catalogue_version" in one for one in asked)


@pytest.mark.both
@pytest.mark.parametrize("table", WRITES)
def test_a_write_by_any_hand_is_seen_at_once(committed: Committed, table: str) -> None:
    """Plain SQL on a connection of its own stands for another process, and for whoever repairs a row by hand."""
    with committed.session() as session:
        before = snapshot(session, DAY)
    with committed.engine.connect() as other:
        other.execute(text(WRITES[table]))
        other.commit()
    with committed.session() as session:
        after = snapshot(session, DAY)
    assert after is not before


class Broken(Exception):
    """What makes a transaction roll back."""


@pytest.mark.both
def test_what_was_rolled_back_is_not_kept(committed: Committed) -> None:
    """Also not when somebody read it before, inside that transaction, and the next change is another one."""
    with committed.session() as session:
        kept = snapshot(session, DAY)
        with pytest.raises(Broken), transaction(session):
            rude = session.scalars(select(Category).where(Category.code == "attitude.rude")).one()
            was, rude.severity = rude.severity, 5
            assert snapshot(session, DAY).categories["attitude.rude"].severity == 5
            raise Broken
        assert snapshot(session, DAY) is kept
        with transaction(session):
            session.add(CalendarDay(on=DAY, is_working=False, name_vi="Bão", name_en="Storm", sure=Sure.CERTAIN))
            changed = snapshot(session, DAY)
        assert changed.categories["attitude.rude"].severity == was
        assert not changed.calendar.is_working(DAY)


def test_its_rows_belong_to_no_session(committed: Committed) -> None:
    with committed.session() as session:
        taken = snapshot(session, DAY)
        rows: list[Agency | Category | DeadlineRule] = [taken.agencies[OFFICE], taken.categories["attitude.rude"]]
        rows.append(taken.limit("feedback.triage", DAY))
        assert all(row not in session for row in rows)
