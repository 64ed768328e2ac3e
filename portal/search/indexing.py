"""Writing a case's search documents, in the transaction that changes what can be found."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile, load_file
from portal.cases.models import Case
from portal.cases.notes import inspectors_notes
from portal.cases.words import Audience, Direction
from portal.catalogue.models import Procedure
from portal.foundation.database import insert_rows
from portal.foundation.text import fold
from portal.search.models import SearchDocument

INSPECTION_SCOPE = "inspection"


def index_case(session: Session, case_id: int) -> None:
    """Writes both documents anew: the narrative for inspectors, the cleared text for the agencies in the case."""
    file = load_file(session, session.get_one(Case, case_id))
    for document in _documents(session, file):
        known = select(SearchDocument).where(
            SearchDocument.case_id == case_id, SearchDocument.audience == document.audience
        )
        row = session.scalar(known)
        if row is None:
            session.add(document)
        else:
            row.scope, row.exact, row.folded = document.scope, document.exact, document.folded
    session.flush()


def index_opened(session: Session, file: CaseFile) -> None:
    """Writes the documents of a case that was opened in this transaction: its file is at hand, and it has none yet."""
    insert_rows(session.connection(), *_documents(session, file))


def _documents(session: Session, file: CaseFile) -> list[SearchDocument]:
    found = [_document(file, Audience.INSPECTION, INSPECTION_SCOPE, _for_inspectors(session, file))]
    readers = [one for one in file.live_referrals if one.cleared_text_id is not None]
    if readers:
        scope = " ".join(sorted(f"a{one.agency_id}" for one in readers))
        found.append(_document(file, Audience.AGENCY, scope, _for_agencies(file)))
    return found


def _document(file: CaseFile, audience: Audience, scope: str, parts: Iterable[str | None]) -> SearchDocument:
    exact = "\n".join(part for part in parts if part)
    return SearchDocument(case_id=file.case.id, audience=audience, scope=scope, exact=exact, folded=fold(exact))


def _for_inspectors(session: Session, file: CaseFile) -> Iterable[str | None]:
    report = file.report
    procedure = session.get(Procedure, report.procedure) if report.procedure else None
    yield from (file.case.reference, report.dossier_code, report.narrative, report.wish, report.elsewhere)
    yield from (report.agency.name_vi if report.agency else None, procedure.name_vi if procedure else None)
    yield from (one.text for one in file.messages)
    yield from (one.text for one in file.conclusions)
    yield from (one.answer for one in file.referrals)
    yield from inspectors_notes(session, file.case)


def _for_agencies(file: CaseFile) -> Iterable[str | None]:
    """Only what every agency in the case may read: not another's answer, not what was asked by another."""
    cleared = file.cleared_text
    yield from (file.case.reference, cleared.text if cleared else None)
    yield file.report.dossier_code if cleared and cleared.shows_dossier else None
    answer = file.visible_conclusion
    yield answer.text if answer else None
    yield from (
        one.text
        for one in file.messages
        if one.direction is Direction.TO_REPORTER and one.audience is Audience.EVERYONE
    )
