"""A body passes its work on: dry run first, then referrals, accounts and walls, each case once, clocks as they run."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import actions, reorganising
from portal.cases.casefile import CaseFile, events_of, load_file
from portal.cases.models import Case, Event, Referral
from portal.cases.queries import can_see, line_of, visible_to, walled_ids
from portal.cases.reorganisation_models import Reorganisation
from portal.cases.story import story_of
from portal.cases.words import Audience
from portal.catalogue.models import Agency
from portal.catalogue.queries import agency_by_code
from portal.catalogue.words import ReferralRole
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.staff.history_models import AccountChange, AccountChangeKind
from portal.staff.models import Staff
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.makers.cast import CITY, COMMITTEE, OTHER_CITY, Cast, hire_everybody, viewer_for
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report, a_delay

pytestmark = pytest.mark.both
DAY = MONDAY + timedelta(days=2)
OTHER_OFFICE = "H-TK-MC"
MOVED = "do sắp xếp bộ máy"


def settled(place: Committed) -> Cast:
    """Everybody works here."""
    with place.session() as session, transaction(session):
        return hire_everybody(session)


def ordered(session: Session, old: str = CITY, new: str = OTHER_CITY, day: date = DAY) -> Reorganisation:
    """The order, as the command gives it."""
    with transaction(session):
        wanted = reorganising.plan(session, *reorganising.bodies_named(session, old, new, day), day)
        return reorganising.order(session, wanted, None)


def finished(session: Session, most: int = 200) -> int:
    """Carries everything out that is due; how often it was gone on with."""
    rounds = 0
    while reorganising.due(session):
        rounds += 1
        for number in reorganising.due(session):
            reorganising.carry_out(session, number, most)
    return rounds


def only_case(session: Session) -> CaseFile:
    """The one case there is."""
    return load_file(session, session.scalars(select(Case)).one())


def moved(session: Session) -> list[Event]:
    """What was told of it."""
    kinds = ("referral_moved", "lead_taken_over")
    return list(session.scalars(select(Event).where(Event.kind.in_(kinds)).order_by(Event.id)))


def of_a_delay(place: Committed) -> None:
    """Lan's late dossier is with the city."""
    with on(MONDAY):
        settled(place)
        place.file(a_delay())


def test_an_open_referral_passes_on_with_its_clock_and_says_so(committed: Committed) -> None:
    of_a_delay(committed)
    with on(MONDAY), committed.session() as session:
        before = only_case(session)
        due, clocks = before.live_referrals[0].due_on, [(one.id, one.due_on) for one, _ in before.clocks]
        wanted = reorganising.plan(session, *reorganising.bodies_named(session, CITY, OTHER_CITY, DAY), DAY)
        assert (wanted.referrals, wanted.accounts) == (1, 1)
        assert session.scalar(select(func.count(Reorganisation.id))) == 0, "a dry run writes nothing"
        session.rollback()
        ordered(session)
        assert finished(session) == 0, "not before its day"
    with on(DAY), committed.session() as session:
        assert finished(session) == 1
        file = only_case(session)
        [referral] = [one for one in file.live_referrals if one.role is ReferralRole.LEAD]
        assert (referral.agency.code, referral.due_on) == (OTHER_CITY, due)
        assert [(one.id, one.due_on) for one, _ in file.clocks] == clocks
        assert session.get_one(Agency, file.case.lead_id).code == OTHER_CITY
        told_by_events(session, file)
        [event] = moved(session)
        assert event.payload["predecessor"] == CITY
        assert event.payload["successor"] == OTHER_CITY
        assert MOVED in repr(story_of(session, file, "vi"))
        quy = session.scalars(select(Staff).where(Staff.login == "quy")).one()
        assert session.get_one(Agency, quy.agency_id).code == OTHER_CITY
        assert can_see(session, viewer_for(session, quy), file.case)
        kept = session.scalars(select(AccountChange).where(AccountChange.staff_id == quy.id)).all()
        assert kept[-1].kind is AccountChangeKind.MOVED
        assert agency_by_code(session, CITY, DAY) is None


def test_done_twice_it_is_done_once(committed: Committed) -> None:
    of_a_delay(committed)
    with on(DAY), committed.session() as session:
        first, second = ordered(session).id, ordered(session).id
        assert first == second
        finished(session)
        reorganising.carry_out(session, first)
        assert len(moved(session)) == 1
        with pytest.raises(PortalError, match="lệnh sắp xếp khác"):
            ordered(session, day=DAY + timedelta(days=1))


def test_it_goes_on_where_it_was_broken_off(committed: Committed) -> None:
    with on(MONDAY):
        settled(committed)
        for number in range(3):
            committed.file(a_delay(), f"an idempotency key: {number}")
    with on(DAY):
        with committed.session() as session:
            number = ordered(session).id
            assert not reorganising.carry_out(session, number, 2)
            assert len(moved(session)) == 2
        with committed.session() as session:
            assert finished(session) == 1
            assert len(moved(session)) == 3
            cases = [event.case_id for event in moved(session)]
            assert len(set(cases)) == 3


def test_a_closed_case_stays_with_the_body_that_handled_it(committed: Committed) -> None:
    of_a_delay(committed)
    with on(MONDAY), committed.session() as session, transaction(session):
        actions.withdraw(session, only_case(session))
    with on(DAY), committed.session() as session:
        ordered(session)
        finished(session)
        assert moved(session) == []
        assert session.get_one(Agency, only_case(session).case.lead_id).code == CITY


def test_the_wall_holds_for_the_successor_which_loses_the_case(committed: Committed) -> None:
    """The next city's office is accused, the city leads; then the office becomes a part of the city."""
    with on(MONDAY):
        settled(committed)
        committed.file(a_conduct_report(agency=OTHER_OFFICE))
        with committed.session() as session, transaction(session):
            minh = session.scalars(select(Staff).where(Staff.login == "minh")).one()
            sees = viewer_for(session, minh)
            actions.accept(session, only_case(session), minh, sees)
            actions.clear(session, only_case(session), minh, sees, text="Nói trống không.")
            actions.refer(session, only_case(session), minh, sees, agency=CITY, role=ReferralRole.LEAD)
    with on(DAY), committed.session() as session:
        ordered(session, OTHER_OFFICE, CITY)
        finished(session)
        file = only_case(session)
        city = agency_by_code(session, CITY, DAY)
        assert city is not None
        assert walled_ids(session, file.case) & set(line_of(city))
        for login in ("quy", "nga"):
            officer = session.scalars(select(Staff).where(Staff.login == login)).one()
            seen = select(Case.id).where(visible_to(viewer_for(session, officer)))
            assert session.scalars(seen).all() == []
        assert session.get_one(Agency, file.case.lead_id).code == COMMITTEE
        assert [one.agency.code for one in file.live_referrals if one.role is ReferralRole.LEAD] == [COMMITTEE]
        assert session.scalar(select(func.count(Referral.id)).where(Referral.ended_at.is_not(None))) == 1
        assert [one.kind for one in moved(session)] == ["lead_taken_over"]
        told_by_events(session, file)
        assert MOVED not in repr(story_of(session, file, "vi"))


def told_by_events(session: Session, file: CaseFile) -> None:
    """The case and its clocks can be told from its events alone."""
    events = events_of(session, file.case, frozenset(Audience))
    assert replayed_case(events) == stored_case(session, file)
    assert replayed_clocks(events) == stored_clocks(file)


def test_what_cannot_be_ordered_is_said(committed: Committed) -> None:
    settled(committed)
    with committed.session() as session:
        with pytest.raises(PortalError, match="cơ quan khác"):
            ordered(session, CITY, CITY)
        session.rollback()
        for old, new, wrong in (("NOBODY", CITY, {"old"}), (CITY, "NOBODY", {"new"}), ("X", "Y", {"old", "new"})):
            with pytest.raises(FieldErrors) as refused:
                ordered(session, old, new)
            assert refused.value.fields.keys() == wrong
            session.rollback()
