"""The outbox: notices in, one at a time out, again and again for two days, then given up aloud.

A worker that dies between sending and marking leaves a row that waits: it is sent again with the same Message-ID.
"""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases.words import Language
from portal.foundation.database import transaction
from portal.foundation.inserting import insert_rows
from portal.foundation.time import now
from portal.notices.models import Notice, NoticeState

LEASE = timedelta(minutes=5)  # how long one try may take before another worker makes the next
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=4)
GIVES_UP_AFTER = timedelta(hours=48)
KEPT_OF_TROUBLE = 80


def pause_after(tries: int) -> timedelta:
    """How long a notice rests after so many tries (one or more): twice as long each time, four hours at most."""
    return min(FIRST_PAUSE * int(2 ** min(tries - 1, 12)), LONGEST_PAUSE)


def write_to_reporter(session: Session, report_id: int, language: Language, kind: str, cause: str) -> None:
    """Adds a notice to the caller's transaction. Whether a contact was left is asked when it is sent, so that
    rows tell nobody who left one. The cause must be new (an event brings one).
    """
    notice = _new(kind, cause, language)
    notice.report_id = report_id
    insert_rows(session.connection(), notice)


def write_once(session: Session, notice: Notice) -> bool:
    """Adds a notice unless its cause is known; says whether it was added."""
    if session.scalar(select(Notice.id).where(Notice.cause == notice.cause)) is not None:
        return False
    with suppress(IntegrityError), session.begin_nested():  # on PostgreSQL another worker may be first
        session.add(notice)
        return True
    return False


def to_reporter(report_id: int, language: Language, kind: str, cause: str) -> Notice:
    """A notice to a reporter, for `write_once`."""
    notice = _new(kind, cause, language)
    notice.report_id = report_id
    return notice


def to_staff(staff_id: int, language: Language, kind: str, cause: str, not_before: datetime) -> Notice:
    """A notice to an account, for `write_once`; it does not leave before a moment."""
    notice = _new(kind, cause, language, not_before)
    notice.staff_id = staff_id
    return notice


def take(session: Session) -> Notice | None:
    """The next notice that is due, put off for the time of one try. A worker that dies loses the try, no notice."""
    with transaction(session):
        due = select(Notice).where(Notice.next_try_at <= now()).order_by(Notice.next_try_at, Notice.id).limit(1)
        notice = session.scalar(due.with_for_update(skip_locked=True))
        if notice is not None:
            notice.next_try_at = now() + LEASE
            notice.tries += 1
        return notice


def mark_sent(session: Session, notice_id: int, channel: str) -> None:
    """It was handed over."""
    with transaction(session):
        notice = session.get_one(Notice, notice_id)
        notice.state, notice.channel, notice.sent_at = NoticeState.SENT, channel, now()
        notice.next_try_at = notice.trouble = None


def end(session: Session, notice_id: int) -> None:
    """Nobody is there to be told any more: the contact was withdrawn, or none was left."""
    with transaction(session):
        notice = session.get_one(Notice, notice_id)
        notice.state, notice.next_try_at = NoticeState.ENDED, None


def put_back(session: Session, notice_id: int, channel: str, trouble: str) -> None:
    """It could not be handed over: later again, the last time at the end of its two days."""
    with transaction(session):
        notice = session.get_one(Notice, notice_id)
        notice.channel, notice.trouble = channel, trouble[:KEPT_OF_TROUBLE]
        if now() >= notice.gives_up_at:
            notice.state, notice.next_try_at = NoticeState.DEAD, None
        else:
            notice.next_try_at = min(now() + pause_after(notice.tries), notice.gives_up_at)


def is_waiting(session: Session, report_id: int) -> bool:
    """Whether a reporter is still to be told something."""
    waiting = select(Notice.id).where(Notice.report_id == report_id, Notice.next_try_at.is_not(None))
    return session.scalar(waiting.limit(1)) is not None


def _new(kind: str, cause: str, language: Language, not_before: datetime | None = None) -> Notice:
    at = now()
    first = not_before or at
    return Notice(
        message_id=secrets.token_hex(16),
        cause=cause,
        kind=kind,
        language=language,
        channel="",
        state=NoticeState.WAITING,
        tries=0,
        created_at=at,
        next_try_at=first,
        gives_up_at=first + GIVES_UP_AFTER,
    )
