"""Writing a case's search documents, in the transaction that changes what can be found."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile, load_file
from portal.cases.models import Case
from portal.cases.notes import inspectors_notes
from portal.cases.words import Audience, Direction
from portal.catalogue.models import Procedure
from portal.foundation.inserting import insert_rows
from portal.search.lexemes import lexemes
from portal.search.models import SearchDocument
from portal.search.scopes import agency_scope, inspection_scope


def index_case(session: Session, case_id: int) -> None:
    """Writes both documents anew: the narrative for inspectors, the cleared text for the agencies in the case."""
    file = load_file(session, session.get_one(Case, case_id))
    file.procedure = session.get(Procedure, file.report.procedure) if file.report.procedure else None
    for document in _documents(file, inspectors_notes(session, file.case)):
        known = select(SearchDocument).where(
            SearchDocument.case_id == case_id, SearchDocument.audience == document.audience
        )
        row = session.scalar(known)
        if row is None:
            session.add(document)
        else:
            row.scope, row.exact, row.lexemes = document.scope, document.exact, document.lexemes
    session.flush()


def index_opened(session: Session, file: CaseFile) -> None:
    """Writes the documents of a case that was opened in this transaction: its file is at hand, and it has none yet."""
    insert_rows(session.connection(), *_documents(file, ()))


def _documents(file: CaseFile, notes: Iterable[str]) -> list[SearchDocument]:
    referred = [one.agency_id for one in file.live_referrals]
    case = file.case
    scope = inspection_scope(is_restricted=case.is_restricted, holder_id=case.assigned_id, referred_to=referred)
    found = [_document(file, Audience.INSPECTION, scope, _for_inspectors(file, notes))]
    readers = [one.agency_id for one in file.live_referrals if one.cleared_text_id is not None]
    if readers:
        found.append(_document(file, Audience.AGENCY, agency_scope(readers), _for_agencies(file)))
    return found


def _document(file: CaseFile, audience: Audience, scope: str, parts: Iterable[str | None]) -> SearchDocument:
    exact = "\n".join(part for part in parts if part)
    return SearchDocument(
        case_id=file.case.id, audience=audience, scope=scope, exact=exact, lexemes=lexemes(exact, scope)
    )


def _for_inspectors(file: CaseFile, notes: Iterable[str]) -> Iterable[str | None]:
    report, procedure = file.report, file.procedure
    yield from (file.case.reference, report.dossier_code, report.narrative, report.wish, report.elsewhere)
    yield from (report.agency.name_vi if report.agency else None, procedure.name_vi if procedure else None)
    yield from (one.text for one in file.messages)
    yield from (one.text for one in file.conclusions)
    yield from (one.answer for one in file.referrals)
    yield from notes


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
