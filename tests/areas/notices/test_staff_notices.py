"""What staff are told: only those who may see the case, in office hours, and of what is due one mail a day."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.cases.escalation import ESCALATE, days_of_warning
from portal.cases.models import Case
from portal.cases.words import Language
from portal.catalogue.queries import calendar
from portal.catalogue.working_days import is_office_hour
from portal.foundation.database import transaction
from portal.foundation.time import ZONE
from portal.intake.fields import read_email
from portal.notices.addresses import set_address
from portal.notices.channels import Console
from portal.notices.hours import next_quarter
from portal.notices.models import Notice, NoticeCase, NoticeState
from portal.notices.sending import Sender
from portal.notices.staff_notices import REMIND_STAFF, TELL_ABOVE
from portal.notices.tell_late import TELL_LATE
from portal.schedule import HANDLERS
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.areas.notices.test_sending import notices, work
from tests.makers.cases import Story
from tests.makers.cast import OTHER_CITY, PROVINCE, Cast, hire, hire_everybody, wall_off
from tests.makers.committed import KEY, Committed
from tests.makers.days import MONDAY, instant, on
from tests.makers.filings import CONTACT, a_conduct_report, a_delay
from tests.makers.relay import Relay


@pytest.fixture
def place(committed: Committed) -> Committed:
    """Everybody is hired and left an address; Quý reads English."""
    with committed.session() as session, transaction(session):
        for account in hire_everybody(session).everybody:
            language = Language.EN if account.login == "quy" else Language.VI
            set_address(session, account, read_email(f"{account.login}@co-quan.vn"), language)
    return committed


def told(place: Committed) -> list[tuple[str, str]]:
    """Who is told what, in order."""
    query = select(Staff.login, Notice.kind).join(Notice, Notice.staff_id == Staff.id).order_by(Notice.id)
    with place.session() as session:
        return [(login, kind) for login, kind in session.execute(query)]


def do(place: Committed, kind: str) -> None:
    """One periodic job, as the worker does it."""
    with place.session() as session:
        HANDLERS[kind](session, Sender(place.key_store, place.secrets, Console(), Console()), {})


def story_of(place: Committed) -> tuple[Story, Case]:
    """The story of the only case, in a session that the caller commits."""
    session = place.session()
    people = {one.login: one for one in session.scalars(select(Staff))}
    cast = Cast(**{name: people[name] for name in Cast.__dataclass_fields__})
    return Story(session, cast), session.scalars(select(Case)).one()


def test_office_hours(committed: Committed) -> None:
    with committed.session() as session:
        days = calendar(session)
    friday = date(2026, 3, 13)
    for moment, expected in (
        (instant(MONDAY, 9, 1), instant(MONDAY, 9, 15)),
        (instant(MONDAY, 9, 15), instant(MONDAY, 9, 30)),
        (instant(MONDAY, 3), instant(MONDAY, 8)),
        (instant(MONDAY, 7, 50), instant(MONDAY, 8)),
        (instant(MONDAY, 16, 44), instant(MONDAY, 16, 45)),
        (instant(MONDAY, 16, 45), instant(MONDAY + timedelta(days=1), 8)),
        (instant(friday, 23, 59), instant(date(2026, 3, 16), 8)),
        (instant(date(2026, 4, 29), 20), instant(date(2026, 5, 4), 8)),  # 30 April, 1 May, a weekend
        (datetime(2026, 3, 13, 17, 0, tzinfo=ZONE), instant(date(2026, 3, 16), 8)),
    ):
        assert next_quarter(moment, days) == expected, moment
    assert is_office_hour(instant(MONDAY, 8), days)
    assert not is_office_hour(instant(MONDAY, 17), days)
    assert not is_office_hour(instant(date(2026, 3, 15), 9), days)


@pytest.mark.both
def test_new_work_is_told_once_to_the_office_that_has_it(place: Committed, relay: Relay) -> None:
    for number in range(3):
        place.file(a_delay(contact=CONTACT), f"{KEY} {number}")
    work(place, relay.url)
    assert sorted(told(place)) == [("nga", "referral_new"), ("quy", "referral_new")], "who leads, and who supports"
    assert [mail["To"] for mail in relay.mails] == [CONTACT.email] * 3, "not before the quarter of the hour"
    with on(MONDAY, 9, 15):
        work(place, relay.url)
    sent = {str(mail["To"]): mail for mail in relay.mails[3:]}
    assert {to: mail["Content-Language"] for to, mail in sent.items()} == {
        "quy@co-quan.vn": "en",
        "nga@co-quan.vn": "vi",
    }
    mail = sent["quy@co-quan.vn"]
    assert mail["Reply-To"] is None
    with place.session() as session:
        references = session.scalars(select(Case.reference)).all()
    content = mail.as_string() + "".join(str(part.get_payload(decode=True)) for part in mail.walk())
    assert "https://portal.test/staff" in content
    assert not [one for one in (*references, "Hội An", CONTACT.email) if one in content]


@pytest.mark.both
def test_of_which_cases_a_notice_is_never_changes(place: Committed, relay: Relay) -> None:
    place.file(a_delay())
    work(place, relay.url)
    with place.session() as session:
        assert session.scalars(select(NoticeCase)).all()
    for sql in ("UPDATE notice_case SET case_id = case_id + 1", "DELETE FROM notice_case"):
        with place.session() as session, pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(sql))


def test_whoever_is_behind_a_wall_is_not_told(place: Committed) -> None:
    place.file(a_delay())
    story, case = story_of(place)
    with transaction(story.session):
        wall_off(story.session, story.file_of(case), story.cast.quy)
    story.session.close()
    work(place)
    assert told(place) == [("nga", "referral_new")]


def test_a_conduct_report_is_told_to_no_office_before_it_is_referred(place: Committed) -> None:
    place.file(a_conduct_report())
    work(place)
    assert told(place) == []
    story, case = story_of(place)
    with transaction(story.session):
        story.minh_refers(story.minh_clears(story.minh_accepts(story.file_of(case))), agency="H-TK")
    story.session.close()
    work(place)
    assert told(place) == [("son", "referral_new")]


def test_what_is_due_is_told_once_a_day_in_office_hours(place: Committed, relay: Relay) -> None:
    place.file(a_delay())
    with place.session() as session:
        due = session.scalars(select(Case.next_due_on)).one()
    assert due > MONDAY + timedelta(days=3)
    for day, hour, expected in (
        (MONDAY, 10, []),
        (due, 7, []),
        (due, 8, ["due_soon"]),
        (due, 16, ["due_soon"]),
        (due + timedelta(days=7), 9, ["due_soon", "overdue"]),
        (due + timedelta(days=7), 10, ["due_soon", "overdue"]),
    ):
        with on(day, hour):
            do(place, REMIND_STAFF)
            do(place, REMIND_STAFF)
        assert [kind for login, kind in told(place) if login == "quy"] == expected, (day, hour)
    assert {login for login, _kind in told(place)} == {"quy", "nga"}, "the inspectors hold nothing"


@pytest.mark.both
def test_a_reporter_hears_once_that_it_is_late(place: Committed, relay: Relay) -> None:
    place.file(a_delay(contact=CONTACT))
    with place.session() as session:
        due = session.scalars(select(Case.next_due_on)).one()
    for day, expected in ((due, 0), (due + timedelta(days=1), 1), (due + timedelta(days=9), 1)):
        with on(day):
            do(place, TELL_LATE)
            do(place, TELL_LATE)
        assert [one.kind for one in notices(place)].count("late") == expected, day
    with on(due + timedelta(days=9)):
        work(place, relay.url)
    assert len(relay.mails) == 2


def test_what_was_answered_is_not_late(place: Committed) -> None:
    place.file(a_delay(contact=CONTACT))
    story, case = story_of(place)
    due = case.next_due_on
    with transaction(story.session):
        story.quy_answers(story.file_of(case))
    story.session.close()
    with on(due + timedelta(days=3)):
        do(place, TELL_LATE)
    assert "late" not in [one.kind for one in notices(place)]


def test_whoever_left_or_took_the_address_away_is_not_told(place: Committed, relay: Relay) -> None:
    place.file(a_delay())
    work(place, relay.url)
    with place.session() as session, transaction(session):
        for login in ("quy", "nga"):
            account = staff_by_login(session, login)
            assert account is not None
            set_address(session, account, "", Language.VI)
    with on(MONDAY, 10):
        work(place, relay.url)
    assert relay.mails == []
    with place.session() as session:
        assert (
            session.scalars(select(Notice.state).where(Notice.staff_id.is_not(None))).all() == [NoticeState.ENDED] * 2
        )


def test_nobody_of_ours_is_late_while_the_reporter_has_the_turn(place: Committed) -> None:
    """Neither the holder nor the office: the clock stands still until the reporter answers."""
    place.file(a_delay())
    story, case = story_of(place)
    due = case.next_due_on
    with on(MONDAY, 10), transaction(story.session):
        story.minh_asks(story.file_of(case))
    story.session.close()
    for day in (due, due + timedelta(days=1), due + timedelta(days=7)):
        with on(day, 9):
            do(place, REMIND_STAFF)
    assert told(place) == []


LATE = date(2026, 4, 7)


def late_in_the_next_city(place: Committed) -> None:
    """A referral of the next city is late; its own head, that of the province and an officer there left addresses."""
    place.file(a_conduct_report())
    story, case = story_of(place)
    with transaction(story.session):
        for login, body, role in (
            ("head", PROVINCE, Role.AGENCY_HEAD),
            ("officer", PROVINCE, Role.AGENCY_OFFICER),
            ("own", OTHER_CITY, Role.AGENCY_HEAD),
        ):
            account = hire(story.session, login, body, role)
            set_address(story.session, account, read_email(f"{login}@co-quan.vn"), Language.VI)
    with transaction(story.session):
        story.minh_refers(story.minh_clears(story.minh_accepts(story.file_of(case))), agency=OTHER_CITY)
    story.session.close()
    with on(LATE):
        do(place, ESCALATE)
        work(place)


def above(place: Committed) -> list[str]:
    return [login for login, kind in told(place) if kind == "late_below"]


@pytest.mark.both
def test_the_heads_above_hear_that_a_body_below_is_late(place: Committed, relay: Relay) -> None:
    late_in_the_next_city(place)
    assert above(place) == ["head"]
    with on(LATE, 9, 15):
        do(place, TELL_LATE)
        work(place, relay.url)
    [mail] = [one for one in relay.mails if one["To"] == "head@co-quan.vn"]
    parts = [part.get_payload(decode=True) for part in mail.walk()]
    content = "".join(part.decode() for part in parts if isinstance(part, bytes))
    with place.session() as session:
        reference = session.scalars(select(Case.reference)).one()
    assert "https://portal.test/staff/late-below" in content
    assert "Có cơ quan cấp dưới đang trả lời muộn." in content
    assert not [one for one in (reference, "Tam Kỳ", OTHER_CITY) if one in content + str(mail["Subject"])]


def test_one_mail_a_day_for_all_that_is_late_below(place: Committed) -> None:
    late_in_the_next_city(place)
    with place.session() as session:
        agency = session.scalars(select(Staff.agency_id).where(Staff.login == "head")).one()
    for day, hour, expected in ((LATE, 15, 1), (LATE + timedelta(days=1), 9, 2), (LATE + timedelta(days=1), 15, 2)):
        with on(day, hour), place.session() as session:
            HANDLERS[TELL_ABOVE](
                session, Sender(place.key_store, place.secrets, Console(), Console()), {"agency": agency}
            )
        assert above(place) == ["head"] * expected


def test_a_wall_between_writing_and_sending_stops_the_mail(place: Committed, relay: Relay) -> None:
    late_in_the_next_city(place)
    story, case = story_of(place)
    with transaction(story.session):
        head = story.session.scalars(select(Staff).where(Staff.login == "head")).one()
        wall_off(story.session, story.file_of(case), head)
    story.session.close()
    with on(LATE, 9, 15):
        work(place, relay.url)
    assert "head@co-quan.vn" not in [mail["To"] for mail in relay.mails]
    with place.session() as session:
        assert session.scalars(select(Notice.state).where(Notice.kind == "late_below")).all() == [NoticeState.ENDED]


def test_soon_is_what_the_rule_says(place: Committed) -> None:
    with place.session() as session:
        assert days_of_warning(session, MONDAY) == 2
        assert days_of_warning(session, date(2000, 1, 3)) == 0, "no rule was in force"
