"""Patterns counted once a night for each account that reads them: a page then costs the same, however many cases.

What is kept was counted over the cases that the account saw at that moment, so it tells nothing that it could not read
then. Where its rights, its place or those for whom it stands in have changed since, the page counts anew. A new wall is
no such change: whoever is behind it would see by the hour of the counting that it was raised (decision 0052).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.pattern_models import PatternCount
from portal.cases.patterns import Pattern, TopicOf, patterns
from portal.cases.queries import viewer_of
from portal.catalogue.queries import agencies_on
from portal.foundation.database import transaction
from portal.foundation.time import now
from portal.staff.models import Staff, StaffRole
from portal.staff.permissions import Permission
from portal.staff.roles import PERMISSIONS


@dataclass(frozen=True)
class Counted:
    """What stands out for an account, and when it was counted; None: just now."""

    patterns: list[Pattern]
    at: datetime | None


def patterns_of_today(session: Session, viewer: Viewer, topic_of: TopicOf, on: date) -> Counted:
    """What was counted for this account today, if it sees the same cases still; or else counted now."""
    kept = session.get(PatternCount, viewer.staff_id)
    if kept is None or kept.on != on or kept.seen_as != _seen_as(viewer):
        return Counted(patterns(session, viewer, topic_of, on), None)
    bodies = {body.id: body for body in agencies_on(session, on)}
    rows = ((bodies.get(agency_id), rest) for agency_id, *rest in kept.found)
    return Counted([Pattern(body, *rest) for body, rest in rows if body is not None], kept.at)


def count_patterns(session: Session, topic_of: TopicOf, on: date) -> None:
    """Counts for each account that reads patterns and has none of this day; whoever files meanwhile need not wait."""
    session.rollback()
    for staff_id in session.scalars(select(Staff.id).where(*_is_without(on)).order_by(Staff.id)).all():
        viewer = viewer_of(session, session.get_one(Staff, staff_id))
        if Permission.TRIAGE_CASE in viewer.permissions:
            found = [
                [one.agency.id, one.topic, one.recent, one.expected, one.by_chance]
                for one in patterns(session, viewer, topic_of, on)
            ]
            with transaction(session):
                row = PatternCount(staff_id=staff_id, on=on, at=now(), seen_as=_seen_as(viewer), found=found)
                session.merge(row)


def _is_without(on: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions on Staff for accounts that may read patterns and that none of this day were counted for."""
    roles = [role for role, held in PERMISSIONS.items() if Permission.TRIAGE_CASE in held]
    reads = Staff.id.in_(select(StaffRole.staff_id).where(StaffRole.role.in_(roles)))
    return Staff.active.is_(True), reads, Staff.id.not_in(select(PatternCount.staff_id).where(PatternCount.on == on))


def _seen_as(viewer: Viewer) -> bytes:
    """A hash of the account's place, its rights, and for whom it stands in: nothing of any case."""
    held = sorted(one.value for one in viewer.permissions)
    told = (viewer.agency_line, viewer.reads_all, held, sorted(viewer.holds))
    return hashlib.sha256(repr(told).encode()).digest()
