"""The body that hears somebody is told by mail that it is nearly late, and late: once each, nobody behind a wall."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases import actions
from portal.cases.escalation import ESCALATE
from portal.cases.hearing import hearings_of, waiting_of
from portal.cases.models import Case
from portal.cases.words import Language
from portal.foundation.database import transaction
from portal.intake.fields import read_email
from portal.notices.addresses import set_address
from portal.notices.models import Notice, NoticeState
from portal.staff.roles import Role
from tests.areas.notices.test_sending import work
from tests.areas.notices.test_staff_notices import do, place, story_of, told
from tests.makers.cast import CITY, hire, viewer_for, wall_off
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report
from tests.makers.relay import Relay

__all__ = ["place"]
STATEMENT = "Ông bị phản ánh đã lớn tiếng với người dân. Đề nghị giải trình."
SOON, LATE = date(2026, 3, 16), date(2026, 3, 19)
SOON_AND_LATE = [("quy", "hearing_due_soon"), ("quy", "hearing_late")]


def asked(place: Committed) -> None:
    """Somebody of the city's office was rude; the city is to hear them. Its head and a counter have addresses, too."""
    with on(MONDAY):
        place.file(a_conduct_report())
        story, case = story_of(place)
        with transaction(story.session):
            for login, role in (("head", Role.AGENCY_HEAD), ("counter", Role.COUNTER_OFFICER)):
                account = hire(story.session, login, CITY, role)
                set_address(story.session, account, read_email(f"{login}@co-quan.vn"), Language.VI)
            minh = story.cast.minh
            file = story.minh_accepts(story.file_of(case))
            sees = viewer_for(story.session, minh)
            actions.hear(story.session, file, minh, sees, agency=CITY, person="Cán bộ ở quầy", statement=STATEMENT)
        story.session.close()


def points(place: Committed) -> list[tuple[str, str]]:
    """Who was told of a point."""
    return [(login, kind) for login, kind in told(place) if kind.startswith("hearing")]


def worker(place: Committed, day: date, hour: int = 9, minute: int = 0, url: str = "console:") -> None:
    """The worker is there once."""
    with on(day, hour, minute):
        do(place, ESCALATE)
        work(place, url)


@pytest.mark.both
def test_once_when_it_falls_due_and_once_when_it_is_late(place: Committed, relay: Relay) -> None:
    asked(place)
    for day, hour, expected in (
        (date(2026, 3, 13), 10, 0),
        (SOON, 7, 0),
        (SOON, 9, 1),
        (SOON, 14, 1),
        (date(2026, 3, 18), 9, 1),
        (LATE, 18, 1),
        (date(2026, 3, 20), 9, 2),
        (date(2026, 3, 27), 9, 2),
    ):
        worker(place, day, hour)
        worker(place, day, hour, 15, relay.url)
        assert points(place) == SOON_AND_LATE[:expected], (day, hour)
    sent = [mail for mail in relay.mails if mail["To"] == "quy@co-quan.vn"]
    assert len(sent) == 3, "that there is work, that it is due soon, that it is late"
    content = "".join(
        part.decode()
        for mail in sent
        for part in (one.get_payload(decode=True) for one in mail.walk())
        if isinstance(part, bytes)
    ) + "".join(str(mail["Subject"]) for mail in sent)
    with place.session() as session:
        reference = session.scalars(select(Case.reference)).one()
    assert "https://portal.test/staff" in content
    for traitor in (reference, "quầy", "giải trình", "hearing", "heard", "Hội An", "explanation"):
        assert traitor not in content
    with place.session() as session:
        causes = session.scalars(select(Notice.cause).where(Notice.kind.startswith("hearing"))).all()
        hearing = waiting_of(session, session.scalars(select(Case)).one())
    assert hearing is not None
    assert {cause.rpartition("/")[0] for cause in causes} == {
        f"hearing_due_soon/{hearing.id}",
        f"hearing_late/{hearing.id}",
    }


def test_a_worker_that_was_away_says_late_alone(place: Committed, relay: Relay) -> None:
    asked(place)
    for _ in range(2):
        worker(place, date(2026, 3, 30))
    assert points(place) == SOON_AND_LATE[1:]


@pytest.mark.parametrize("rises", ["before it is written", "before it is sent"])
def test_a_wall_stops_the_mail(place: Committed, relay: Relay, rises: str) -> None:
    asked(place)
    if rises == "before it is sent":
        worker(place, LATE)
        assert ("quy", "hearing_late") in points(place)
    story, case = story_of(place)
    with transaction(story.session):
        wall_off(story.session, story.file_of(case), story.cast.quy)
    story.session.close()
    worker(place, LATE, 9, 15, relay.url)
    worker(place, LATE, 9, 45, relay.url)
    assert "quy@co-quan.vn" not in [mail["To"] for mail in relay.mails]
    with place.session() as session:
        assert set(session.scalars(select(Notice.state).where(Notice.staff_id.is_not(None)))) <= {NoticeState.ENDED}


def test_an_explanation_stops_the_mail(place: Committed, relay: Relay) -> None:
    asked(place)
    worker(place, LATE)
    story, case = story_of(place)
    with on(LATE, 9, 5), transaction(story.session):
        [hearing] = hearings_of(story.session, case)
        actions.explain(story.session, hearing, case, story.cast.quy, text="Không nhớ.")
    story.session.close()
    worker(place, LATE, 9, 15, relay.url)
    assert [mail for mail in relay.mails if mail["To"] == "quy@co-quan.vn"] == []
