"""Notices that were given up: shown in groups, sent again. Of reporters no address, no case, no report is told."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from portal.foundation.time import local, now
from portal.notices.models import Notice, NoticeResend, NoticeState
from portal.notices.outbox import GIVES_UP_AFTER
from portal.staff.models import Staff

MOST_SHOWN = 2000  # notices, and so at most as many lines
LAST_RESENDS = 20


@dataclass(frozen=True, order=True)
class Group:
    """What dead notices have in common: the day on which they were given up, kind, error; of staff also whose."""

    day: date
    kind: str
    trouble: str
    login: str  # empty for reporters


@dataclass(frozen=True)
class Waiting:
    """How many notices wait, how many of them were tried in vain, and since when the oldest waits."""

    count: int
    tried: int
    since: datetime | None


def dead_groups(session: Session) -> list[tuple[Group, int]]:
    """The groups with how many notices each has, the newest day first."""
    counted = Counter(_group_of(row) for row in session.execute(_dead().limit(MOST_SHOWN)))
    return sorted(counted.items(), key=lambda one: (-one[0].day.toordinal(), one[0]))


def waiting(session: Session) -> Waiting:
    """What the worker has not sent yet, of what is due."""
    query = select(func.count(), func.count(Notice.trouble), func.min(Notice.created_at))
    count, tried, since = session.execute(query.where(Notice.next_try_at <= now() + GIVES_UP_AFTER)).one()
    return Waiting(count, tried, since)


def send_again(session: Session, group: Group, by: Staff) -> int:
    """Puts a group's notices back, for two more days under their old names; says how many. Written down."""
    found = [row.id for row in session.execute(_dead()) if _group_of(row) == group]
    at, count = now(), 0
    for number in found:
        notice = session.get_one(Notice, number, with_for_update=True, populate_existing=True)
        if notice.state is NoticeState.DEAD:  # somebody else may have pressed first
            notice.state, notice.tries, notice.trouble = NoticeState.WAITING, 0, None
            notice.next_try_at, notice.gives_up_at = at, at + GIVES_UP_AFTER
            session.add(NoticeResend(notice_id=number, staff_id=by.id, at=at))
            count += 1
    session.flush()
    return count


def last_resends(session: Session) -> list[tuple[datetime, str, int]]:
    """When, by whom and how many at a time, the newest first."""
    query = (
        select(NoticeResend.at, Staff.name, func.count())
        .join(Staff, Staff.id == NoticeResend.staff_id)
        .group_by(NoticeResend.at, Staff.id, Staff.name)
        .order_by(NoticeResend.at.desc())
    )
    return [(at, name, count) for at, name, count in session.execute(query.limit(LAST_RESENDS))]


def _dead() -> Select[Any]:
    return (
        select(Notice.id, Notice.kind, Notice.trouble, Notice.gives_up_at, Staff.login)
        .join(Staff, Staff.id == Notice.staff_id, isouter=True)
        .where(Notice.state == NoticeState.DEAD)
        .order_by(Notice.gives_up_at.desc(), Notice.id.desc())
    )


def _group_of(row: Row[Any]) -> Group:
    _number, kind, trouble, gave_up, login = row
    return Group(local(gave_up).date(), kind, trouble or "", login or "")
