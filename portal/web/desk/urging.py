"""What was done because a body is nearly or already late, read from the case's events: lines of its page."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.escalation import KINDS
from portal.cases.events import REFERRAL_REMINDED
from portal.cases.models import Case, Event
from portal.catalogue.models import Agency
from portal.foundation.time import local
from portal.web.desk.lines import ReminderLine
from portal.web.frame.language import named
from portal.web.frame.templating import day

URGING = frozenset({*KINDS.values(), REFERRAL_REMINDED})


def urged(events: Iterable[Event], agency_id: int) -> list[str]:
    """What one body was told of its own lateness, and others of it, in order."""
    found = [one for one in events if one.kind in URGING and one.agency_id == agency_id]
    return [f"{_(labels.EVENTS[one.kind])}, {day(local(one.at).date())}" for one in found]


def reminder_lines(session: Session, case: Case, events: Iterable[Event]) -> list[ReminderLine]:
    """The reminders among the events that a reader may know of, the newest first. Their letters are counted so, too."""
    found = [one for one in events if one.kind == REFERRAL_REMINDED]
    lines = [
        ReminderLine(
            agency=named(session.get_one(Agency, one.agency_id)),
            when=day(local(one.at).date()),
            text=one.payload["text"],
            href=url_for("desk.print_reminder", reference=case.reference, number=number),
        )
        for number, one in enumerate(found, start=1)
    ]
    return lines[::-1]
