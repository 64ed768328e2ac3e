"""Any legal walk through the moves keeps the table's promises, and the events alone tell everything about each case."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.actions.receive import First
from portal.cases.casefile import CaseFile
from portal.cases.filing import PaidBack
from portal.cases.words import Disclosure, Status
from portal.catalogue.words import AccusedRole, ReferralRole
from portal.staff.roles import Role
from tests.areas.cases.wandering import Tally, Walk
from tests.makers.cases import Story, again, at, received
from tests.makers.cast import OFFICE, OTHER_CITY, PROVINCE, hire, viewer_for
from tests.makers.days import MONDAY
from tests.makers.filings import a_conduct_report

STARTS = (
    "a delay",
    "a conduct report",
    "a conclusion",
    "a form",
    "a denunciation",
    "a question",
    "a name",
    "an answer",
    "junk",
    "paid back",
    "sent on",
    "withdrawn",
)
MOST = 80
AT = {"a conclusion": Status.CONCLUDED, "a question": Status.WAITING_FOR_REPORTER, "an answer": Status.ANSWERED}


def filed(story: Story, start: str) -> CaseFile:
    """One report of each sort that begins differently, or has come so far already."""
    if start in AT:
        return at(story, AT[start])
    match start:
        case "a delay":
            return story.accepted_delay()
        case "a form":
            return lodged(story)
        case "a denunciation" | "withdrawn":
            file = story.conduct_report(category="harassment.bribe", accused_role=AccusedRole.HEAD)
            if start == "withdrawn":
                actions.withdraw(story.session, file)
            return again(story.session, file)
        case "a name":
            return story.conduct_report(disclosure=Disclosure.CONFIDENTIAL)
        case "junk":
            return story.accepted_delay(narrative="spam spam spam spam spam")
        case "sent on":
            return sent_on(story)
        case "paid back":
            first = story.conduct_report()
            walls = tuple(((one.agency_id, None, None), one.reason) for one in first.walls)
            told = First(first.report.id, first.case.reference, walls)
            filing = a_conduct_report(paid_back=PaidBack("A" * 25, True, "Sợ bị giữ hồ sơ."))
            return received(story.session, filing, told)
    return story.conduct_report()


def lodged(story: Story) -> CaseFile:
    """A complaint that was signed, lodged, and accepted by the body that settles it."""
    session, file, minh = story.session, story.minh_accepts(story.conduct_report()), story.cast.minh
    viewer = viewer_for(session, minh)
    actions.record_form(session, file, minh, viewer, form="complaint", body=PROVINCE, number="12/KN", lodged_on=MONDAY)
    actions.record_step(session, again(session, file), minh, viewer, step="accepted", done_on=MONDAY)
    return again(session, file)


def sent_on(story: Story) -> CaseFile:
    """A conduct report that was cleared and is with another city as lead."""
    session, file, minh = story.session, story.minh_accepts(story.conduct_report()), story.cast.minh
    viewer = viewer_for(session, minh)
    actions.clear(session, file, minh, viewer, text="Một người ở quầy nói trống không.")
    actions.refer(session, again(session, file), minh, viewer, agency=OTHER_CITY, role=ReferralRole.LEAD)
    return again(session, file)


@contextmanager
def taken_back(session: Session) -> Iterator[None]:
    """What a walk did is as if it had not been: the next one begins where this one began."""
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        session.expire_all()


def walk(story: Story, start: str, seed: int, tally: Tally, many: int) -> None:
    """One walk from a start. What failed says by which way it was reached."""
    cast, session = story.cast, story.session
    who = (cast.minh, cast.hanh, cast.dung, cast.quy, cast.thao, cast.son, cast.vy, cast.khang)
    with taken_back(session):
        hire(session, "truong", OFFICE, Role.AGENCY_HEAD)
        file, other = filed(story, start), filed(story, start)  # the other is there to be merged with
        people = {staff: viewer_for(session, staff) for staff in who}
        one = Walk(session, people, [file.case, other.case], seed, tally)
        try:
            one.go(many)
        except Exception as error:
            error.add_note(f"walk {seed} from {start!r}:\n  " + "\n  ".join(one.path))
            raise


def test_walks(story: Story) -> None:
    """Until each move of the table was made, each kind of event told, and clocks met each sort of change."""
    tally = Tally()
    for number in range(MOST):
        walk(story, STARTS[number % len(STARTS)], number, tally, 10)
        if not tally.missing():
            break
    assert tally.missing() == set(), f"after {MOST} walks"


@pytest.mark.soak
def test_many_walks(story: Story) -> None:
    tally = Tally()
    for number in range(1000, 1200):
        walk(story, STARTS[number % len(STARTS)], number, tally, 20)
