"""Events: written once, never changed; each is a leaf that anybody with the row can compute again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Executable, delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.models import Case, CaseReport, Event, Report
from portal.cases.words import Audience, Channel, Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole
from portal.foundation.database import Base, transaction
from portal.ledger import leaves
from tests.makers.cases import Story, at_every_status
from tests.makers.committed import Committed
from tests.makers.filings import a_delay

pytestmark = pytest.mark.both


@pytest.fixture
def stored(committed: Committed) -> Iterator[Session]:
    """A session over a database with one report in it."""
    committed.file(a_delay())
    with committed.session() as session:
        yield session


def refuses(session: Session, statement: Executable) -> bool:
    """Whether the database itself refuses a statement because the table is append-only."""
    try:
        session.execute(statement)
    except DBAPIError as error:
        session.rollback()
        return "append-only" in str(error.orig)
    session.rollback()
    return False


def test_every_leaf_follows_from_its_row(session: Session, story: Story) -> None:
    at_every_status(story)
    rows = session.scalars(select(Event)).all()
    assert len({row.leaf for row in rows}) == len(rows) > 30
    for row in rows:
        case = session.get_one(Case, row.case_id)
        report = session.get(Report, row.report_id) if row.report_id else None
        fields = events.leaf_fields(
            uid=row.uid,
            reference=case.reference,
            report_uid=report.uid if report else None,
            kind=row.kind,
            at=row.at.astimezone(UTC).isoformat(),
            actor_id=row.actor_id,
            audience=row.audience,
            payload=row.payload,
        )
        assert row.salt is not None
        assert leaves.leaf_hash(row.salt, fields) == row.leaf
        assert row.format == 1
        assert leaves.leaf_hash(row.salt, fields | {"kind": "case_closed!"}) != row.leaf


OTHERWISE: dict[type[Base], dict[str, object]] = {
    Report: {
        "uid": b"u" * 16,
        "category": "other",
        "agency_id": None,
        "procedure": "p",
        "dossier_code": "1",
        "promised_on": None,
        "occurred_on": date(2026, 1, 1),
        "occurred_until": date(2026, 1, 1),
        "accused_role": AccusedRole.HEAD,
        "committee_first": True,
        "narrative": "khác",
        "mask_spans": [[0, 1, "own"]],
        "wish": "khác",
        "elsewhere": "khác",
        "language": Language.EN,
        "channel": Channel.COUNTER,
        "disclosure": Disclosure.NAMED,
        "reporter_type": ReporterType.BUSINESS,
        "area_code": None,
        "filed_at": datetime(2026, 1, 1, tzinfo=UTC),
        "received_on": date(2026, 1, 1),
        "salt": b"s" * 16,
        "digest": b"d" * 32,
    },
    Event: {
        "uid": b"u" * 16,
        "case_id": 99,
        "report_id": None,
        "kind": "case_closed",
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "actor_id": 99,
        "agency_id": 99,
        "audience": Audience.INSPECTION,
        "payload": {"to": "closed"},
        "salt": b"s" * 16,
        "leaf": b"l" * 32,
        "format": 2,
    },
}


def test_nothing_of_a_report_or_event_is_ever_changed(stored: Session) -> None:
    for table, values in OTHERWISE.items():
        columns = {column.key for column in table.__table__.columns}
        assert columns - values.keys() == {"id", "ledger_index"} & columns
        for name, value in values.items():
            assert refuses(stored, update(table).values({name: value})), f"{table.__name__}.{name}"
        assert refuses(stored, delete(table))
        stored.execute(update(table).values({name: getattr(table, name) for name in values}))  # nothing changes


def test_what_an_erasure_may_empty(stored: Session) -> None:
    stored.execute(
        update(Report).values(narrative="", wish="", elsewhere="", mask_spans=[], dossier_code=None, salt=None)
    )
    stored.execute(update(Event).values(payload={}, salt=None))
    stored.commit()
    assert stored.scalars(select(Report.narrative)).all() == [""]
    assert all(leaf for leaf in stored.scalars(select(Event.leaf)))
    assert refuses(stored, update(Report).values(narrative="Nội dung mới."))


def test_the_ledger_gives_a_place_once(stored: Session) -> None:
    first = stored.scalars(select(Event.id).order_by(Event.id)).first()
    stored.execute(update(Event).where(Event.id == first).values(ledger_index=7))
    stored.commit()
    assert refuses(stored, update(Event).where(Event.id == first).values(ledger_index=8))
    assert refuses(stored, update(Event).where(Event.id == first).values(ledger_index=None))


def test_an_event_without_a_change_of_case_is_appended_too(committed: Committed) -> None:
    committed.file(a_delay())
    with committed.session() as session, transaction(session):
        case = session.scalars(select(Case)).one()
        report_id = session.scalars(select(CaseReport.report_id)).one()
        report = session.get_one(Report, report_id)
        before = case.version
        made = events.record(
            session,
            case,
            events.IDENTITY_OPENED,
            Audience.INSPECTION,
            report_id=report.id,
            report_uid=report.uid,
            payload={"reason": "kiểm tra"},
        )
        assert case.version == before
        assert made.ledger_index is None
