"""A contact given, replaced, withdrawn after filing: news goes to the present one, the others are really gone."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.actions.holding import SealedContact
from portal.cases.casefile import CaseFile, load_file
from portal.cases.models import Case, Event, Report
from portal.cases.words import Audience
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.identity.contact import Contact, open_contact
from portal.identity.models import NoticeContact
from portal.identity.recipients import NOTICES
from portal.intake.contacts import read_contact, sealed_contact
from portal.jobs.models import Job
from portal.notices.channels import Console
from portal.notices.sending import Sender
from portal.schedule import HANDLERS
from portal.staff.accounts import staff_by_login
from tests.areas.notices.test_sending import rows, work
from tests.makers.cases import ANSWER
from tests.makers.cast import hire_everybody, viewer_for
from tests.makers.committed import Committed
from tests.makers.days import on
from tests.makers.filings import CONTACT, a_delay
from tests.makers.relay import Relay

pytestmark = pytest.mark.both

LATER, LAST = Contact(email="lan.moi@thu.vn"), Contact(email="lan.nua@thu.vn")
ASKED, OVER = date(2026, 4, 6), date(2026, 5, 8)
ABOUT_CONTACTS = ("contact_given", "contact_replaced", "contact_withdrawn")


@pytest.fixture
def place(committed: Committed) -> Committed:
    """Everybody is hired."""
    with committed.session() as session, transaction(session):
        hire_everybody(session)
    return committed


def do(place: Committed, act: Callable[[Session, CaseFile], object]) -> None:
    """Something happens to the only case, in a transaction of its own."""
    with place.session() as session, transaction(session):
        act(session, load_file(session, session.scalars(select(Case)).one()))


def give(place: Committed, contact: Contact) -> SealedContact:
    """Lan gives a contact, as the page does: its key first."""
    (report,) = rows(place, Report)
    made = sealed_contact(place.key_store, place.secrets, report.uid, contact)
    do(place, lambda session, file: actions.give_contact(session, file, made))
    return made


def staff_does(place: Committed, login: str, move: str, **given: object) -> None:
    """Somebody who works here makes a move."""

    def act(session: Session, file: CaseFile) -> None:
        staff = staff_by_login(session, login)
        assert staff is not None
        getattr(actions, move)(session, file, staff, viewer_for(session, staff), **given)

    do(place, act)


def quy_answers(place: Committed) -> None:
    """The city answers."""
    staff_does(place, "quy", "answer", finding="upheld", remedy="result_handed_out", text=ANSWER)


def keys(place: Committed, *recipients: str) -> list[bool]:
    """Which of these keys of the only report are there."""
    (report,) = rows(place, Report)
    return [place.key_store.get(report.uid, one) is not None for one in recipients]


def told(place: Committed) -> list[str]:
    """What the events say about contacts, which no agency reads."""
    found = [one for one in rows(place, Event) if one.kind in ABOUT_CONTACTS]
    assert all(one.audience is Audience.REPORTER and one.actor_id is None for one in found)
    return [one.kind for one in found]


def test_the_news_goes_to_the_contact_given_last(place: Committed, relay: Relay) -> None:
    place.file(a_delay())
    work(place, relay.url)
    first = give(place, LATER)
    second = give(place, LAST)
    work(place, relay.url)
    assert keys(place, first.recipient, second.recipient) == [False, True], "the first opens nothing any more"
    quy_answers(place)
    work(place, relay.url)
    assert relay.recipients == [[LAST.email]]
    assert told(place) == ["contact_given", "contact_replaced"]


def test_one_from_filing_can_be_replaced_and_withdrawn(place: Committed, relay: Relay) -> None:
    place.file(a_delay(contact=CONTACT))
    second = give(place, LATER)
    work(place, relay.url)
    assert relay.recipients == [[LATER.email]], "what was queued before goes to where she wants it now"
    assert keys(place, NOTICES, second.recipient) == [False, True]
    do(place, actions.withdraw_contact)
    assert rows(place, NoticeContact) == []
    quy_answers(place)
    work(place, relay.url)
    assert keys(place, NOTICES, second.recipient) == [False, False]
    assert len(relay.mails) == 1
    assert told(place) == ["contact_replaced", "contact_withdrawn"]
    with pytest.raises(NotAllowed):
        do(place, actions.withdraw_contact)


def test_an_erasure_that_comes_late_leaves_the_next_contact(place: Committed, relay: Relay) -> None:
    place.file(a_delay(contact=CONTACT))
    do(place, actions.withdraw_contact)
    third = give(place, LATER)
    work(place, relay.url)
    assert keys(place, NOTICES, third.recipient) == [False, True]
    (kept,) = rows(place, NoticeContact)
    (report,) = rows(place, Report)
    key = place.key_store.get(report.uid, kept.recipient)
    assert key is not None
    assert open_contact(kept.sealed, key, report.uid, place.secrets.notice_key) == LATER


def test_while_one_takes_the_place_of_another_no_news_is_lost(place: Committed, relay: Relay) -> None:
    """The key is stored, the row not yet; then the row is there, and the old key gone before its erasure is done."""
    place.file(a_delay(contact=CONTACT))
    (report,) = rows(place, Report)
    made = sealed_contact(place.key_store, place.secrets, report.uid, LATER)
    work(place, relay.url)
    assert relay.recipients == [[CONTACT.email]]
    do(place, lambda session, file: actions.give_contact(session, file, made))
    place.key_store.drop_recipient(report.uid, NOTICES)
    quy_answers(place)
    work(place, relay.url)
    assert relay.recipients[1:] == [[LATER.email]]


def run(place: Committed, kind: str) -> None:
    """Does one kind of job for the only case."""
    (case,) = rows(place, Case)
    with place.session() as session:
        HANDLERS[kind](session, Sender(place.key_store, place.secrets, Console(), Console()), {"case_id": case.id})


@pytest.mark.parametrize("answer", ["yes", "no", ""])
def test_after_closing_it_stays_until_nothing_is_expected(place: Committed, relay: Relay, answer: str) -> None:
    place.file(a_delay(contact=CONTACT))
    quy_answers(place)
    with on(date(2026, 3, 31)):
        do(place, actions.close_by_rule)
        work(place, relay.url)
        assert keys(place, NOTICES) == [True], "she will be asked"
    with on(ASKED, 9):
        work(place, relay.url)
    assert [one.kind for one in rows(place, Event)][-1] == "follow_up_asked"
    assert len(relay.mails) == 3
    assert keys(place, NOTICES) == [True]
    if answer:
        with on(date(2026, 4, 7)):
            do(place, lambda session, file: actions.answer_follow_up(session, file, answer=answer, text="Sai tên."))
            work(place, relay.url)
        assert keys(place, NOTICES) == [answer == "no"]
    if answer == "no":
        with on(OVER, 9):
            work(place, relay.url)
        assert keys(place, NOTICES) == [True], "a chief inspector has not decided"
        with on(date(2026, 5, 12)):
            staff_does(place, "hanh", "let_stand", text="Tên ghi theo giấy khai sinh.")
            work(place, relay.url)
        assert len(relay.mails) == 4
        assert keys(place, NOTICES) == [True], "the news of it goes out first"
        with on(date(2026, 5, 13), 10):
            work(place, relay.url)
    with on(OVER, 9):
        work(place, relay.url)
    assert keys(place, NOTICES) == [False]
    assert rows(place, NoticeContact) == []
    assert [one.trouble for one in rows(place, Job) if one.trouble] == []
    with pytest.raises(NotAllowed), on(OVER):
        give(place, LATER)


def test_closed_again_without_a_new_answer_she_is_asked_all_the_same(place: Committed, relay: Relay) -> None:
    place.file(a_delay(contact=CONTACT))
    quy_answers(place)
    do(place, lambda session, file: actions.ask_review(session, file, text="Chưa ổn."))
    with on(date(2026, 4, 8)):
        work(place, relay.url)
        assert "follow_up_asked" not in [one.kind for one in rows(place, Event)]
        staff_does(place, "minh", "close")
        work(place, relay.url)
    assert [one.kind for one in rows(place, Event)][-1] == "follow_up_asked"
    assert keys(place, NOTICES) == [True]


def test_after_withdrawing_there_is_no_news(place: Committed) -> None:
    place.file(a_delay())
    do(place, actions.withdraw)
    with pytest.raises(NotAllowed):
        give(place, LATER)
    assert rows(place, NoticeContact) == []


def test_one_way_to_be_told() -> None:
    assert read_contact(" LAN@Thu.vn ", "") == Contact(email="lan@thu.vn")
    assert read_contact("", "+84 905 123 456") == Contact(phone="0905123456")
    for email, phone, wrong in (
        ("", " ", {"notify_email"}),
        ("lan@thu.vn", "0905123456", {"notify_phone"}),
        ("lan", "12", {"notify_email", "notify_phone"}),
        ("lan@thu.vn", "12", {"notify_phone"}),
    ):
        with pytest.raises(FieldErrors) as refused:
            read_contact(email, phone)
        assert set(refused.value.fields) == wrong
