"""Being paid back for an earlier report: tied by its code, which goes no further; read by chief inspectors first."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.cases.filing import Filing, PaidBack
from portal.cases.models import Case, CaseReport, Event, Retaliation, Wall
from portal.cases.queries import can_see, told_later, untaken_retaliations
from portal.cases.receipts import answers_digest, receipt_code
from portal.cases.words import Audience
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors
from portal.jobs.models import Job
from tests.makers.cast import CITY, OFFICE, Cast, hire_everybody, viewer_for
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report, a_delay

FEARS = "Sợ bị giữ hồ sơ đất của gia đình."


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is Monday, nine o'clock."""
    with on(MONDAY):
        yield


def paid_back(filing: Filing, code: str, *, wants: bool = True) -> Filing:
    """The same filing, said to be a consequence of an earlier one."""
    return replace(filing, paid_back=PaidBack(code, wants, FEARS))


def case_of(session: Session, fears: str = FEARS) -> Case:
    """The case that tells of being paid back."""
    query = select(Case).join(CaseReport, CaseReport.case_id == Case.id)
    query = query.join(Retaliation, Retaliation.report_id == CaseReport.report_id)
    return session.scalars(query.where(Retaliation.fears == fears)).one()


def test_answers_without_it_make_the_code_that_they_always_made() -> None:
    answers = a_delay().canonical()
    assert "paid_back" not in answers
    tied = paid_back(a_delay(), "A" * 25).canonical()
    codes = {receipt_code(b"k" * 32, "key of the form", answers_digest(one)) for one in (answers, tied)}
    assert len(codes) == 2


def test_it_is_tied_and_shown_to_chief_inspectors_alone(committed: Committed) -> None:
    with committed.session() as session:
        cast = hire_everybody(session)
        session.commit()
    first = committed.file(a_conduct_report(), "the key of the first form")
    again = committed.file(paid_back(a_delay(), first.code), "the key of the second form")
    assert committed.file(paid_back(a_delay(), first.code), "the key of the second form").code == again.code
    with committed.session() as session:
        cast = Cast(**{name: session.merge(staff) for name, staff in vars(cast).items()})
        case = case_of(session)
        assert (case.is_restricted, case.is_direct) == (True, False)
        seers = {one.login for one in cast.everybody if can_see(session, viewer_for(session, one), case)}
        assert seers == {"hanh", "dung"}
        assert untaken_retaliations(session, viewer_for(session, cast.hanh)) == [case.reference]
        for other in (cast.minh, cast.quy, cast.nga):
            assert untaken_retaliations(session, viewer_for(session, other)) == []
        told = session.scalars(select(Event).where(Event.kind == "retaliation_told")).one()
        assert (told.case_id, told.audience, told.payload["protection"]) == (case.id, Audience.INSPECTION, True)
        jobs = [job.payload for job in session.scalars(select(Job)) if job.payload.get("kind") == "urgent"]
        assert [one["case_id"] for one in jobs] == [case.id]


def test_the_code_is_nowhere(committed: Committed) -> None:
    first = committed.file(a_conduct_report(), "the key of the first form")
    committed.file(paid_back(a_delay(), first.code), "the key of the second form")
    with committed.session() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        rows = [str(tuple(row)) for table in tables for row in session.execute(text(f'SELECT * FROM "{table}"'))]  # noqa: S608
    assert len(rows) > 100
    assert not [row for row in rows if first.code in row or first.code.lower() in row.lower()]


def test_a_wrong_code_is_said_and_nothing_is_stored(committed: Committed) -> None:
    with pytest.raises(FieldErrors) as wrong:
        committed.file(paid_back(a_delay(), "A" * 25), "the key of the form")
    assert wrong.value.fields.keys() == {"first_code"}
    with committed.session() as session:
        assert session.scalars(select(Case)).all() == []


def test_whoever_is_kept_from_the_first_case_is_kept_from_this_one(committed: Committed) -> None:
    with committed.session() as session:
        cast = hire_everybody(session)
        session.commit()
        hanh = cast.hanh.id
    first = committed.file(a_conduct_report(agency=OFFICE), "the key of the first form")
    with committed.session() as session:
        earlier = session.scalars(select(Case)).one()
        session.add(Wall(case_id=earlier.id, staff_id=hanh, reason="own_conflict"))
        session.commit()
        before = {(one.agency_id, one.staff_id) for one in session.scalars(select(Wall))}
    committed.file(paid_back(a_delay(agency=CITY), first.code), "the key of the second form")
    with committed.session() as session:
        case = case_of(session)
        walls = session.scalars(select(Wall).where(Wall.case_id == case.id))
        assert before <= {(one.agency_id, one.staff_id) for one in walls}
        assert (None, hanh) in before


@pytest.mark.both
def test_the_tie_never_changes_and_what_was_feared_goes_with_the_words(committed: Committed) -> None:
    first = committed.file(a_conduct_report(), "the key of the first form")
    committed.file(paid_back(a_delay(), first.code), "the key of the second form")
    for sql in (
        "UPDATE retaliation SET fears = 'Khác'",
        "UPDATE retaliation SET fears = '', wants_protection = NOT wants_protection",
        "UPDATE retaliation SET first_report_id = report_id",
        "DELETE FROM retaliation",
    ):
        with committed.session() as session, pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(sql))
    with committed.session() as session, transaction(session):
        tie = session.scalars(select(Retaliation)).one()
        session.execute(text("UPDATE report SET wish = '' WHERE id = :id"), {"id": tie.report_id})
        session.execute(text("UPDATE report SET narrative = '' WHERE id <> :id"), {"id": tie.report_id})
        session.refresh(tie)
        assert tie.fears == FEARS
        session.execute(text("UPDATE report SET narrative = '' WHERE id = :id"), {"id": tie.report_id})
        session.refresh(tie)
        assert (tie.fears, tie.wants_protection) == ("", True)


def test_from_the_first_case_chief_inspectors_alone_find_the_later_one(committed: Committed) -> None:
    with committed.session() as session:
        cast = hire_everybody(session)
        session.commit()
    first = committed.file(a_conduct_report(), "the key of the first form")
    committed.file(paid_back(a_delay(), first.code), "the key of the second form")
    with committed.session() as session:
        cast = Cast(**{name: session.merge(staff) for name, staff in vars(cast).items()})
        case = case_of(session)
        earlier = session.scalars(select(Retaliation.first_report_id)).one()
        later = session.scalars(select(Retaliation.report_id)).one()
        found = {one.login: told_later(session, viewer_for(session, one), earlier) for one in cast.everybody}
        assert {login for login, references in found.items() if references} == {"hanh", "dung"}
        assert found["hanh"] == [case.reference]
        assert told_later(session, viewer_for(session, cast.hanh), later) == []
