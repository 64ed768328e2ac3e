"""Notices: bland words to whoever left a contact, once each; the contact's key is destroyed at closing."""

import logging
from email.message import Message
from typing import Any

import pytest
from sqlalchemy import select

from portal.cases import actions
from portal.cases.models import Case, Report
from portal.cases.words import Language
from portal.catalogue.standard_text_rows import versions_of, words_of, write_version
from portal.catalogue.standard_texts import notice
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors
from portal.foundation.time import now
from portal.identity.contact import Contact
from portal.identity.models import NoticeContact
from portal.identity.recipients import NOTICES
from portal.jobs.models import Job
from portal.jobs.queue import run_once
from portal.notices.channels import Console, Mail, mail_channel
from portal.notices.models import Notice, NoticeState
from portal.notices.sending import Sender, send_next
from portal.schedule import HANDLERS
from tests.makers.cases import Story
from tests.makers.cast import CITY, hire_everybody
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import CONTACT, DOSSIER, a_delay, praise
from tests.makers.relay import Relay

SENDER = "khong-tra-loi@portal.test"
NOTICE = "notice.new_answer"
NARRATIVE = "Hồ sơ giấy phép xây dựng quá hẹn."


def work(place: Committed, mail_url: str = "console:") -> None:
    """Does everything that is due."""
    sender = Sender(place.key_store, place.secrets, mail_channel(mail_url, SENDER), Console())
    with place.session() as session:
        while send_next(session, sender) or run_once(session, HANDLERS, sender):
            pass


def notices(place: Committed) -> list[Notice]:
    """What a reporter was told, or will be."""
    with place.session() as session:
        return list(session.scalars(select(Notice).where(Notice.report_id.is_not(None)).order_by(Notice.id)))


def again(notice: Notice) -> None:
    """As a worker leaves it that died before it marked what it had sent."""
    notice.state, notice.next_try_at = NoticeState.WAITING, now()


def rows(place: Committed, table: type[Any]) -> list[Any]:
    """All rows of a table."""
    with place.session() as session:
        return list(session.scalars(select(table)))


def parts_of(mail: Message) -> list[str]:
    """The texts of a mail: plain, HTML."""
    parts = [part.get_payload(decode=True) for part in mail.walk() if part.get_content_maintype() == "text"]
    return [part.decode() for part in parts if isinstance(part, bytes)]


@pytest.mark.parametrize("language", [Language.VI, Language.EN])
def test_a_mail_says_that_there_is_news_never_what(committed: Committed, relay: Relay, language: Language) -> None:
    receipt = committed.file(a_delay(contact=CONTACT, narrative=NARRATIVE, language=language))
    work(committed, relay.url)
    (mail,) = relay.mails
    assert relay.recipients == [[CONTACT.email]]
    assert (mail["From"], mail["To"]) == (SENDER, CONTACT.email)
    assert mail["Reply-To"] is None
    assert mail["Auto-Submitted"] == "auto-generated"
    (notice,) = notices(committed)
    assert mail["Message-ID"] == f"<{notice.message_id}@portal.test>"
    assert (notice.kind, notice.channel, notice.state, notice.tries) == ("filed", "mail", "sent", 1)
    assert mail["Content-Language"] == language
    plain, html = parts_of(mail)
    assert f'<html lang="{language}">' in html
    text = f"{mail['Subject']} {plain} {html}"
    assert plain.count("https://portal.test/track") == 1
    assert '<a href="https://portal.test/track">' in html
    case = rows(committed, Case)[0]
    shown = [receipt.code[at : at + 5] for at in range(0, 25, 5)]
    for secret in (*shown, case.reference, DOSSIER, "giấy phép", "Hội An", "phản ánh", "report", "complain"):
        assert secret.lower() not in text.lower()


def test_each_news_once_and_each_with_a_name_of_its_own(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay(contact=CONTACT))
    work(committed, relay.url)
    with committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        story.quy_answers(story.file_of(session.scalars(select(Case)).one()))
    work(committed, relay.url)
    work(committed, relay.url)
    assert [one.kind for one in notices(committed)] == ["filed", "answer"]
    assert len({mail["Message-ID"] for mail in relay.mails}) == len(relay.mails) == 2


def answered(committed: Committed, language: Language = Language.VI) -> None:
    """A report with a contact that Quy has answered."""
    committed.file(a_delay(contact=CONTACT, narrative=NARRATIVE, language=language))
    with committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        story.quy_answers(story.file_of(session.scalars(select(Case)).one()))


def edited(committed: Committed, **words: str) -> None:
    """What a chief inspector has made of the notice since."""
    with committed.session() as session, transaction(session):
        kept = words_of(versions_of(session, NOTICE)[0])
        write_version(session, NOTICE, {**kept, **words}, seen=1, by_login="hanh")


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.VI, "Anh/chị có tin mới trên Cổng."), (Language.EN, "There is news for you on the portal.")],
)
def test_an_answer_is_told_by_the_standard_text(
    committed: Committed, relay: Relay, language: Language, said: str
) -> None:
    answered(committed, language)
    work(committed, relay.url)
    plain, html = parts_of(relay.mails[-1])
    assert said in plain
    assert f"<p>{said}" in html
    assert plain.count("https://portal.test/track") == 1
    for secret in (DOSSIER, "giấy phép", "Hội An", "phản ánh", "VV-"):
        assert secret.lower() not in f"{relay.mails[-1]['Subject']} {plain} {html}".lower()


def test_an_edited_text_holds_from_the_next_mail_on(committed: Committed, relay: Relay) -> None:
    answered(committed)
    edited(committed, body_vi="Mời anh/chị xem <trang> của {portal_name}.", body_en="Please look: {portal_name}.")
    work(committed, relay.url)
    plain, html = parts_of(relay.mails[-1])
    assert "Mời anh/chị xem <trang> của Cổng." in plain
    assert "Mời anh/chị xem &lt;trang&gt; của Cổng." in html


def test_no_edit_puts_a_case_into_a_notice(committed: Committed) -> None:
    with pytest.raises(FieldErrors) as refused:
        edited(committed, body_vi="Vụ {reference}.", body_en="Case {reference}.")
    assert refused.value.fields.keys() == {"body_vi", "body_en"}
    assert notice("Hạn {due_on}.", "vi") == "", "nor does a text that came there by another way"


def test_sent_twice_after_a_crash_it_has_the_same_name(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay(contact=CONTACT))
    work(committed, relay.url)
    with committed.session() as session, transaction(session):
        again(session.scalars(select(Notice)).one())
    with on(MONDAY, 10):
        work(committed, relay.url)
    assert len({mail["Message-ID"] for mail in relay.mails}) == 1
    assert len(relay.mails) == 2
    assert [one.tries for one in notices(committed)] == [2]


def test_a_relay_that_is_down_costs_no_notice(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay(contact=CONTACT))
    work(committed, "smtp://127.0.0.1:9")
    (notice,) = notices(committed)
    assert (notice.state, notice.tries, notice.trouble) == ("waiting", 1, "ConnectionRefusedError")
    work(committed, relay.url)
    assert relay.mails == [], "it rests for half a minute"
    with on(MONDAY, 9, 1):
        work(committed, relay.url)
    (notice,) = notices(committed)
    assert (notice.state, notice.tries, notice.trouble) == ("sent", 2, None)
    assert len(relay.mails) == 1


def test_without_a_contact_there_is_no_mail(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay())
    work(committed, relay.url)
    assert relay.mails == []
    assert [(one.state, one.channel) for one in notices(committed)] == [("ended", "")]


def test_a_phone_is_told_on_the_console_without_its_number(
    committed: Committed, relay: Relay, caplog: pytest.LogCaptureFixture
) -> None:
    committed.file(a_delay(contact=Contact(phone="0905123456")))
    with caplog.at_level(logging.INFO):
        work(committed, relay.url)
    assert relay.mails == []
    assert [one.channel for one in notices(committed)] == ["phone"]
    assert "0905123456" not in caplog.text
    assert "notice " in caplog.text


@pytest.mark.both
@pytest.mark.parametrize("ending", ["closed", "withdrawn"])
def test_at_the_end_the_contact_is_erased(committed: Committed, relay: Relay, ending: str) -> None:
    """Of what was praised nothing is asked later, so closing is the end."""
    filing = a_delay(contact=CONTACT) if ending == "withdrawn" else praise(contact=CONTACT, agency=CITY)
    committed.file(filing)
    (report,) = rows(committed, Report)
    assert committed.key_store.get(report.uid, NOTICES) is not None
    with committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        file = story.file_of(session.scalars(select(Case)).one())
        if ending == "closed":
            story.minh_closes(story.lan_rates(story.quy_answers(file)))
        else:
            actions.withdraw(session, file)
    work(committed, relay.url)
    assert committed.key_store.get(report.uid, NOTICES) is None
    assert rows(committed, NoticeContact) == []
    assert all(job.done_at for job in rows(committed, Job))
    told = notices(committed)
    with committed.session() as session, transaction(session):
        again(session.get_one(Notice, told[-1].id))  # a notice that comes too late finds nobody
    before = len(relay.mails)
    work(committed, relay.url)
    assert len(relay.mails) == before
    assert notices(committed)[-1].state == "ended"


def test_what_a_setting_may_say() -> None:
    assert isinstance(mail_channel("console:", SENDER), Console)
    assert mail_channel("smtp://relay.test", SENDER) == Mail("relay.test", 25, SENDER)
    assert mail_channel("smtp://relay.test:587", SENDER) == Mail("relay.test", 587, SENDER)
    for wrong in ("", "relay.test", "https://relay.test", "smtp://"):
        with pytest.raises(ValueError, match="mail address"):
            mail_channel(wrong, SENDER)
