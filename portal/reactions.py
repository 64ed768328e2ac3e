"""What follows from each event: the whole story on one page. Reactions write rows; sending is a job."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.events import Happening
from portal.cases.models import Event
from portal.cases.queries import joined_reports
from portal.jobs.queue import enqueue
from portal.notices.wording import FILED, NEWS
from portal.search.indexing import index_case, index_opened

TELL_REPORTER, ERASE_CONTACT = "notices.tell_reporter", "notices.erase_contact"

# Event → what the reporter is told (if a contact was left).
REPORTER_HEARS = {
    events.REPORT_FILED: FILED,
    events.QUESTION_ASKED: NEWS,
    events.CASE_REFUSED: NEWS,
    events.CASE_FORWARDED: NEWS,
    events.CASE_ANSWERED: NEWS,
    events.CASE_REOPENED: NEWS,
    events.CASE_MERGED: NEWS,
    events.CASE_SPLIT_OFF: NEWS,
}
# Events after which other words can be found.
CHANGES_SEARCH = frozenset(
    {
        events.REPORT_FILED,
        events.TEXT_CLEARED,
        events.CASE_REFERRED,
        events.QUESTION_ANSWERED,
        events.FACTS_ADDED,
        events.QUESTION_ASKED,
        events.REFERRAL_ANSWERED,
        events.CASE_CONCLUDED,
        events.CASE_ANSWERED,
    }
)
# Events after which nobody needs the "tell me by" contact any more.
ENDS_CONTACT = frozenset({events.CASE_CLOSED, events.CASE_WITHDRAWN})
# Events that concern the reporters of merged reports as well.
CONCERNS_JOINED = frozenset({events.CASE_ANSWERED, events.CASE_CLOSED})


def react(session: Session, happening: Happening) -> None:
    """Called for every event before its transaction commits."""
    event = happening.event
    if happening.opened is not None:
        index_opened(session, happening.opened)
    elif event.kind in CHANGES_SEARCH:
        index_case(session, event.case_id)
    for report_id in _reports_meant(session, event):
        if event.kind in REPORTER_HEARS:
            payload = {"report_id": report_id, "kind": REPORTER_HEARS[event.kind], "event": event.uid.hex()}
            enqueue(session, TELL_REPORTER, payload)
        if event.kind in ENDS_CONTACT:
            enqueue(session, ERASE_CONTACT, {"report_id": report_id})


def _reports_meant(session: Session, event: Event) -> list[int | None]:
    """Whose reporters an event concerns: an answer, and the end, also those whose report was merged into the case."""
    own = [event.report_id]
    return [*own, *joined_reports(session, event.case_id)] if event.kind in CONCERNS_JOINED else own
