"""Twenty at once: one form makes one report and one code; twenty edits of one draft get the first receipt."""

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, Event, Receipt, Referral, Report
from portal.foundation.database import transaction
from portal.intake import drafts
from portal.intake.drafts import DraftContent
from portal.intake.submission import DraftRef, FiledReceipt
from portal.jobs.models import Job
from tests.makers.committed import Committed
from tests.makers.filings import a_conduct_report, a_delay

pytestmark = pytest.mark.both
MANY = 20


def at_once(act: Callable[[int], FiledReceipt]) -> list[FiledReceipt]:
    """Twenty threads that start together; an error of any is an error here."""
    gate = threading.Barrier(MANY)

    def one(number: int) -> FiledReceipt:
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(MANY) as threads:
        waiting = [threads.submit(contextvars.copy_context().run, one, number) for number in range(MANY)]
        return [future.result() for future in waiting]


def counts(place: Committed) -> dict[str, int]:
    """How many rows of what."""
    tables = (Report, Case, Receipt, Referral, Event, Job)
    with place.session() as session:
        return {table.__name__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_one_form_sent_twenty_times(committed: Committed) -> None:
    receipts = at_once(lambda number: committed.file(a_delay()))
    assert len({(one.code, one.proof, one.filed_at, one.due_on) for one in receipts}) == 1
    assert counts(committed) == {"Report": 1, "Case": 1, "Receipt": 1, "Referral": 3, "Event": 2, "Job": 1}


def test_twenty_edits_of_one_draft(committed: Committed) -> None:
    draft = DraftRef(drafts.new_handle(), drafts.new_key())
    with committed.session() as session, transaction(session):
        drafts.save(session, draft.handle, draft.key, DraftContent({"category": "other"}))
    receipts = at_once(lambda number: committed.file(a_conduct_report(narrative=f"Lần {number}."), draft.handle, draft))
    assert len({one.code for one in receipts}) == 1
    assert counts(committed)["Report"] == counts(committed)["Receipt"] == 1


def test_twenty_people(committed: Committed) -> None:
    receipts = at_once(lambda number: committed.file(a_conduct_report(narrative=f"Người thứ {number}.")))
    assert len({one.code for one in receipts}) == MANY
    found = counts(committed)
    assert (found["Report"], found["Case"], found["Receipt"]) == (MANY, MANY, MANY)
