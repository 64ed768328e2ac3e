"""A hearing that waits passes to the successor of its body with its clock, and to nobody behind a wall of the case."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions, reorganising
from portal.cases.access import available_moves
from portal.cases.casefile import CaseFile, events_of
from portal.cases.hearing import hearing_for, hearings_of, is_waiting, waiting_for
from portal.cases.hearing_models import Hearing
from portal.cases.models import Event
from portal.cases.words import Audience
from portal.cli.reorganise import HEARINGS_NOTE
from portal.cli.reorganise import told as told_of_plan
from portal.foundation.database import transaction
from portal.foundation.errors import NotFound
from portal.foundation.time import today
from portal.staff.models import Staff
from tests.areas.cases.test_reorganising import OTHER_OFFICE, finished, only_case, ordered, settled, told_by_events
from tests.makers.cast import CITY, OFFICE, OTHER_CITY, viewer_for
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report

pytestmark = pytest.mark.both
DAY = MONDAY + timedelta(days=2)
STATEMENT = "Ông bị phản ánh đã lớn tiếng với người dân. Đề nghị giải trình."


def heard(place: Committed, accused: str, agency: str = CITY) -> None:
    """Somebody of an office was rude; a body is to hear them."""
    with on(MONDAY):
        settled(place)
        place.file(a_conduct_report(agency=accused))
        with place.session() as session, transaction(session):
            minh = account(session, "minh")
            sees = viewer_for(session, minh)
            actions.accept(session, only_case(session), minh, sees)
            file = only_case(session)
            actions.hear(session, file, minh, sees, agency=agency, person="Cán bộ ở quầy", statement=STATEMENT)


def account(session: Session, login: str) -> Staff:
    return session.scalars(select(Staff).where(Staff.login == login)).one()


def of_hearings(session: Session) -> list[Event]:
    """What happened to hearings since they were sent."""
    kinds = ("hearing_moved", "hearing_ended")
    return list(session.scalars(select(Event).where(Event.kind.in_(kinds)).order_by(Event.id)))


def only_hearing(session: Session, file: CaseFile) -> Hearing:
    [one] = hearings_of(session, file.case)
    return one


def test_it_passes_on_with_its_clock_and_can_be_answered_there(committed: Committed) -> None:
    heard(committed, OFFICE)
    with on(DAY), committed.session() as session:
        wanted = reorganising.plan(session, *reorganising.bodies_named(session, CITY, OTHER_CITY, DAY), DAY)
        assert (wanted.referrals, wanted.hearings) == (0, 1)
        assert "1 việc nghe giải trình" in told_of_plan(wanted)[0]
        assert HEARINGS_NOTE in told_of_plan(wanted)
        assert of_hearings(session) == [], "a dry run moves nothing"
        session.rollback()
        before = only_hearing(session, only_case(session)).clock
        clock, due = before.id, before.due_on
        number = ordered(session).id
        assert finished(session) == 1
        reorganising.carry_out(session, number)
        file = only_case(session)
        hearing = only_hearing(session, file)
        assert (hearing.agency.code, hearing.clock_id, hearing.clock.due_on) == (OTHER_CITY, clock, due)
        [event] = of_hearings(session)
        assert (event.kind, event.audience) == ("hearing_moved", Audience.INSPECTION)
        assert (event.payload["predecessor"], event.payload["successor"]) == (CITY, OTHER_CITY)
        told_by_events(session, file)
        son = account(session, "son")
        [(waiting, case)] = waiting_for(session, viewer_for(session, son))
        with transaction(session):
            actions.explain(session, waiting, case, son, text="Không nhớ.")
        told_by_events(session, only_case(session))


def test_a_successor_behind_a_wall_hears_nobody_and_another_body_can_be_asked(committed: Committed) -> None:
    """The city hears; it becomes a part of the very body that is accused."""
    heard(committed, OTHER_CITY)
    with on(DAY), committed.session() as session:
        wanted = reorganising.plan(session, *reorganising.bodies_named(session, CITY, OTHER_CITY, DAY), DAY)
        assert wanted.hearings == 1, "the dry run counts it as any other: less would tell whom the report is about"
        assert HEARINGS_NOTE in told_of_plan(wanted)
        session.rollback()
        ordered(session)
        finished(session)
        ended(session)


def test_a_body_that_takes_the_accused_one_in_hears_no_more(committed: Committed) -> None:
    heard(committed, OTHER_OFFICE)
    with on(DAY), committed.session() as session:
        ordered(session, OTHER_OFFICE, CITY)
        finished(session)
        ended(session)


def ended(session: Session) -> None:
    """It ended without an explanation, inspectors alone read of that, and they can send it elsewhere."""
    file = only_case(session)
    hearing = only_hearing(session, file)
    assert not is_waiting(hearing)
    assert hearing.clock.stopped_at is not None
    [event] = of_hearings(session)
    assert (event.kind, event.audience) == ("hearing_ended", Audience.INSPECTION)
    told_by_events(session, file)
    for login in ("quy", "nga", "son"):
        viewer = viewer_for(session, account(session, login))
        assert waiting_for(session, viewer) == []
        with pytest.raises(NotFound):
            hearing_for(session, viewer, hearing.key)
    minh = viewer_for(session, account(session, "minh"))
    assert "hear" in {move.name for move in available_moves(minh, file, today())}


def test_a_hearing_that_was_answered_stays_where_it_was(committed: Committed) -> None:
    heard(committed, OFFICE)
    with on(DAY), committed.session() as session:
        with transaction(session):
            file = only_case(session)
            actions.explain(session, only_hearing(session, file), file.case, account(session, "quy"), text="Không nhớ.")
        wanted = reorganising.plan(session, *reorganising.bodies_named(session, CITY, OTHER_CITY, DAY), DAY)
        assert wanted.hearings == 0
        assert HEARINGS_NOTE not in told_of_plan(wanted)
        session.rollback()
        ordered(session)
        finished(session)
        file = only_case(session)
        assert only_hearing(session, file).agency.code == CITY
        assert of_hearings(session) == []
        assert [one.kind for one in events_of(session, file.case, frozenset(Audience)) if "hearing" in one.kind] == [
            "hearing_asked",
            "hearing_answered",
        ]
