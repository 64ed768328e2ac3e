"""The outbox: growing pauses for 48 hours, then dead letters that an administrator sends again."""

import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from portal.cases import actions
from portal.cases.models import Case
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.notices.channels import Channel, Console, Mail
from portal.notices.dead import dead_groups, last_resends, send_again, waiting
from portal.notices.models import Notice, NoticeState
from portal.notices.outbox import LEASE, LONGEST_PAUSE, pause_after, take
from portal.notices.sending import Sender, send_next
from tests.areas.notices.test_sending import SENDER, notices
from tests.makers.cases import Story
from tests.makers.cast import hire_everybody
from tests.makers.committed import KEY, Committed
from tests.makers.days import MONDAY, instant
from tests.makers.filings import CONTACT, a_delay
from tests.makers.relay import Relay, Silent

NOWHERE = Mail("127.0.0.1", 9, SENDER)


def sender(place: Committed, mail: Channel) -> Sender:
    """A worker that has just started."""
    return Sender(place.key_store, place.secrets, mail, Console())


def send(place: Committed, by: Sender) -> bool:
    """One notice, if one is due."""
    with place.session() as session:
        return send_next(session, by)


def given_up(place: Committed) -> list[datetime]:
    """Tries until the only notice is given up; says when it was tried."""
    tried = []
    while notices(place)[0].next_try_at is not None:
        moment = notices(place)[0].next_try_at
        assert moment is not None
        with at(moment):
            assert send(place, sender(place, NOWHERE))
        tried.append(moment)
    return tried


def test_pauses_grow_and_stop_growing() -> None:
    pauses = [pause_after(tries) for tries in range(1, 60)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


@pytest.mark.both
def test_two_days_then_a_dead_letter_then_again(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay(contact=CONTACT))
    tried = given_up(committed)
    assert tried[-1] - tried[0] == timedelta(hours=48)
    assert 15 < len(tried) < 30
    (dead,) = notices(committed)
    assert (dead.state, dead.tries, dead.trouble) == (NoticeState.DEAD, len(tried), "ConnectionRefusedError")
    with at(tried[-1] + timedelta(hours=1)):
        assert not send(committed, sender(committed, Mail("127.0.0.1", relay.port, SENDER))), (
            "nobody sends it by itself"
        )
        with committed.session() as session, transaction(session):
            cast = hire_everybody(session)
            ((group, count),) = dead_groups(session)
            assert (group.kind, group.trouble, group.login, count) == ("filed", "ConnectionRefusedError", "", 1)
            assert send_again(session, group, cast.tam) == 1
            assert send_again(session, group, cast.tam) == 0, "it is not dead any more"
        with committed.session() as session:
            assert dead_groups(session) == []
            assert [(name, number) for _at, name, number in last_resends(session)] == [(cast.tam.name, 1)]
            assert waiting(session).count == 1
        assert send(committed, sender(committed, Mail("127.0.0.1", relay.port, SENDER)))
    (sent,) = notices(committed)
    assert sent.state is NoticeState.SENT
    assert relay.mails[0]["Message-ID"] == f"<{dead.message_id}@portal.test>"


def test_a_contact_that_was_withdrawn_ends_it_quietly(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay(contact=CONTACT))
    send(committed, sender(committed, NOWHERE))
    with committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        actions.withdraw_contact(session, story.file_of(session.scalars(select(Case)).one()))
    with at(instant(MONDAY, 10)):
        assert send(committed, sender(committed, Mail("127.0.0.1", relay.port, SENDER)))
    assert relay.mails == []
    assert {one.state for one in notices(committed)} == {NoticeState.ENDED}


@pytest.mark.both
def test_no_two_workers_take_the_same(committed: Committed) -> None:
    committed.file(a_delay(contact=CONTACT))
    with committed.session() as session:
        first = take(session)
        assert first is not None
        assert take(session) is None
        with at(now() + LEASE):
            second = take(session)
        assert second is not None
        assert (second.id, second.tries) == (first.id, 2)


def test_a_relay_that_hangs_is_left_alone_for_a_while(committed: Committed) -> None:
    for number in range(3):
        committed.file(a_delay(contact=CONTACT), f"{KEY} {number}")
    with Silent() as silent:
        patient = sender(committed, Mail("127.0.0.1", silent.port, SENDER, timeout=0.2))
        began = time.monotonic()
        assert send(committed, patient)
        assert not send(committed, patient), "the others are not tried meanwhile"
        assert time.monotonic() - began < 5
    assert sorted((one.tries, one.trouble) for one in notices(committed)) == [
        (0, None),
        (0, None),
        (1, "SMTPServerDisconnected"),
    ]


def test_one_that_refuses_a_mail_still_takes_the_next(committed: Committed, relay: Relay) -> None:
    for number in range(2):
        committed.file(a_delay(contact=CONTACT), f"{KEY} {number}")
    by = sender(committed, Mail("127.0.0.1", relay.port, SENDER))
    relay.refuses = "451 later"
    assert send(committed, by)
    relay.refuses = ""
    assert send(committed, by)
    assert [(one.state, one.trouble) for one in notices(committed)] == [
        (NoticeState.WAITING, "SMTPDataError"),
        (NoticeState.SENT, None),
    ]


def test_one_that_comes_back_gets_what_waited(committed: Committed) -> None:
    committed.file(a_delay(contact=CONTACT))
    with Relay() as first:
        port = first.port
    by = sender(committed, Mail("127.0.0.1", port, SENDER))
    assert send(committed, by)
    with Relay(port) as back, at(instant(MONDAY, 9, 1)):
        assert send(committed, by)
        assert len(back.mails) == 1
    assert notices(committed)[0].tries == 2


def test_a_notice_nobody_has_words_for_does_not_stop_the_worker(committed: Committed) -> None:
    committed.file(a_delay(contact=CONTACT))
    with committed.session() as session, transaction(session):
        session.scalars(select(Notice)).one().kind = "unheard_of"
    assert send(committed, sender(committed, Console()))
    (notice,) = notices(committed)
    assert (notice.state, notice.trouble) == (NoticeState.WAITING, "KeyError")
