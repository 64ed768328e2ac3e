"""Cases that may be about the same matter as one at hand: a bounded look through indexes, never over all cases.

Looked at are the newest cases with the same dossier code, the newest with the same few rare words, and those at the
same office around the same time. Whoever asks gets only what they see; walls hold because `visible_to` does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.models import Case, CaseReport, Report, own_link
from portal.cases.queries import behind_a_wall, visible_to
from portal.cases.reading import words_shown
from portal.cases.words import Status
from portal.search.index import newest, newest_of_each
from portal.search.lexemes import pair, pairs, scope_lexeme, words_in
from portal.search.likeness import Likeness, Told, likeness, weights
from portal.search.scopes import scopes_of

MOST_SHOWN = 5
AROUND = timedelta(days=120)  # cases at the same office, before and after
AT_THE_OFFICE, WITH_WORDS, WITH_CODE = 60, 30, 20  # looked at, of each kind
PROBES = 6  # looks for words that stand next to each other
_SHORT = 3  # letters of a syllable that half of all texts have


@dataclass(frozen=True)
class Similar:
    """A case that is proposed, and why."""

    case: Case
    report: Report
    likeness: Likeness
    is_closed: bool  # restricted: as in search it is found by its words, and none of them is shown


def similar_cases(session: Session, viewer: Viewer, file: CaseFile, most: int = MOST_SHOWN) -> list[Similar]:
    """The likeliest first. For accounts that read reports as filed; nobody else is told of other cases."""
    if not viewer.reads_narratives:
        return []
    numbers = {*_around(session, viewer, file), *_with_words(session, viewer, file)} - {file.case.id}
    found = _compared(session, viewer, file, numbers)
    likeliest = dict(sorted(found.items(), key=lambda one: (-one[1].score, -one[0]))[:most])
    return _shown(session, viewer, likeliest)


def _around(session: Session, viewer: Viewer, file: CaseFile) -> Iterable[int]:
    """Cases at the same office, those received nearest before it and nearest after it."""
    case = file.case
    if case.agency_id is None:
        return []
    here = select(Case.id).where(Case.agency_id == case.agency_id, visible_to(viewer)).limit(AT_THE_OFFICE)
    before = here.where(Case.received_on <= case.received_on, Case.received_on >= case.received_on - AROUND)
    after = here.where(Case.received_on > case.received_on, Case.received_on <= case.received_on + AROUND)
    return [
        *session.scalars(before.order_by(Case.received_on.desc(), Case.id.desc())),
        *session.scalars(after.order_by(Case.received_on, Case.id)),
    ]


def _with_words(session: Session, viewer: Viewer, file: CaseFile) -> Iterable[int]:
    """Cases with the same dossier code, or with the same rare words side by side, wherever they are."""
    readers = [scope_lexeme(one) for one in scopes_of(viewer)]
    if not readers:
        return []
    code = [word.folded for word in words_in(file.report.dossier_code or "")]
    walled = partial(behind_a_wall, viewer, few=True)
    coded = sorted({*code, *pairs(words_in(file.report.dossier_code or ""))})
    found = newest(session, coded, readers, None, WITH_CODE, walled) if code else []
    found += newest_of_each(session, probes(file.report.narrative), readers, WITH_WORDS, walled)
    return [row.case_id for row in found]


def probes(text: str) -> list[list[str]]:
    """A few groups of three words in a row, each to be looked for as it stands, spread over the text.

    Rare ones are taken: with a number or a name in them, or with many long syllables. Pure.
    """
    words = [word.folded for word in words_in(text)]
    threes = [(words[at : at + 3], at) for at in range(len(words) - 2)]
    ranked = sorted(threes, key=lambda three: (-_rarity(three[0]), three[1]))
    chosen: list[tuple[Sequence[str], int]] = []
    for three, at in ranked:
        if len(chosen) < PROBES and all(abs(at - other) >= len(three) for _, other in chosen):
            chosen.append((three, at))
    return [sorted({*three, pair(three[0], three[1]), pair(three[1], three[2])}) for three, _ in chosen]


def _rarity(words: Sequence[str]) -> int:
    return sum(3 if word.isdecimal() else max(len(word) - _SHORT, 0) for word in words)


def _compared(session: Session, viewer: Viewer, file: CaseFile, numbers: Iterable[int]) -> dict[int, Likeness]:
    """How like the case at hand those of these cases are that this account sees, if they are. One query.

    Columns alone: of a hundred cases that are looked at five are shown.
    """
    query = (
        select(Case.id, Case.agency_id, Case.category, Case.received_on)
        .add_columns(Report.procedure, Report.dossier_code, Report.narrative, Report.wish)
        .select_from(Case)
        .join(CaseReport, own_link())
        .join(Report, Report.id == CaseReport.report_id)
        .where(Case.id.in_(sorted(numbers)), Case.status != Status.MERGED, visible_to(viewer))
        .where(CaseReport.report_id != file.report.id)
    )
    told = {
        number: Told(_lexemes(narrative, wish), agency_id, procedure, dossier_code, category, on)
        for number, agency_id, category, on, procedure, dossier_code, narrative, wish in session.execute(query)
    }
    case, report = file.case, file.report
    own_lexemes = _lexemes(report.narrative, report.wish)
    own = Told(own_lexemes, case.agency_id, report.procedure, report.dossier_code, case.category, case.received_on)
    weight = weights([own.lexemes, *(one.lexemes for one in told.values())])
    found = {number: likeness(own, one, weight) for number, one in told.items()}
    return {number: one for number, one in found.items() if one.is_proposed}


def _shown(session: Session, viewer: Viewer, likeliest: Mapping[int, Likeness]) -> list[Similar]:
    """These cases with their own reports, in this order. One query."""
    if not likeliest:
        return []
    query = (
        select(Case, Report)
        .select_from(Case)
        .join(CaseReport, own_link())
        .join(Report, Report.id == CaseReport.report_id)
        .where(Case.id.in_(sorted(likeliest)))
    )
    rows = {case.id: (case, report) for case, report in session.execute(query).tuples()}
    return [
        Similar(*rows[number], like, not words_shown(rows[number][0], viewer)) for number, like in likeliest.items()
    ]


def _lexemes(narrative: str, wish: str) -> frozenset[str]:
    """The words of what was filed, alone and in pairs."""
    words = words_in(f"{narrative}\n{wish}")
    return frozenset({word.folded for word in words} | pairs(words))
