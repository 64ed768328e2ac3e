"""Finding cases by words, whichever server keeps them. What an account may not read, it cannot find by.

Texts with the marks that were typed come first, then those alike without marks; within each, the newest first. However
many there are, one call looks at a bounded number of documents and says where the next one goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.filters import QueueFilter
from portal.cases.models import Case, Referral
from portal.cases.queries import behind_a_wall, visible_to
from portal.cases.queue import conditions
from portal.search.asking import Query, holds, terms
from portal.search.index import Found, newest
from portal.search.lexemes import scope_lexeme, words_in
from portal.search.models import SearchDocument
from portal.search.scopes import scopes_of

PAGE = 25
ANY = QueueFilter(past_too=True)
LOOKED_AT = 2000  # visible documents at the most in one call
_BATCH, _SIEVED = 32, 500  # documents fetched at once; where a filter may leave few of them
Place = tuple[int, int]  # 0: with the marks typed, 1: without; and the number of the last document looked at


@dataclass(frozen=True)
class Hit:
    """A case, and the text by which this account found it."""

    case_id: int
    text: str


@dataclass
class Hits:
    """Some of what was found, and where the rest begins, if there may be more."""

    hits: list[Hit] = field(default_factory=list)
    after: Place | None = None


def find(
    session: Session,
    viewer: Viewer,
    query: Query,
    wanted: QueueFilter = ANY,
    *,
    after: Place | None = None,
    size: int = PAGE,
) -> Hits:
    """The next cases with these words under a filter. (A filter's order says nothing here.)"""
    found, scopes = Hits(), scopes_of(viewer)
    if not query.phrases or not scopes:
        return found
    search = _Search(session, viewer, query, wanted, scopes)
    stages = (0, 1) if query.has_marks else (1,)
    for stage in (one for one in stages if after is None or one >= after[0]):
        before = after[1] if after is not None and after[0] == stage else None
        if search.collect(found, stage, before, size):
            return found
    return found


def matching_cases(
    session: Session, viewer: Viewer, query: Query, limit: int, wanted: QueueFilter = ANY
) -> tuple[list[int], bool]:
    """The ids of the first cases found, in order, and whether there may be more."""
    found = find(session, viewer, query, wanted, size=limit)
    return [hit.case_id for hit in found.hits], found.after is not None


@dataclass
class _Search:
    """One call: what is asked, and how many documents were looked at."""

    session: Session
    viewer: Viewer
    query: Query
    wanted: QueueFilter
    scopes: Sequence[str]
    looked_at: int = 0

    def collect(self, found: Hits, stage: int, before: int | None, size: int) -> bool:
        """Adds hits of one stage; True when the call is over, because it is full or has looked at enough."""
        asked = terms(self.query, marked=stage == 0)
        readers = [scope_lexeme(one) for one in self.scopes]
        walled, sieve = partial(behind_a_wall, self.viewer, few=True), self._sieve()
        batch = _BATCH if sieve is None else _SIEVED
        while True:
            rows = newest(self.session, asked, readers, before, batch, walled)
            for row, text in self._kept(rows, sieve):
                if self._belongs(text, stage):
                    if len(found.hits) == size:
                        found.after = stage, before if before is not None else row.document_id + 1
                        return True
                    found.hits.append(Hit(row.case_id, text))
                before = row.document_id
            if len(rows) < batch:
                return False
            before = rows[-1].document_id
            if self.looked_at >= LOOKED_AT:
                found.after = stage, before
                return True
            batch = batch if sieve is None else LOOKED_AT - self.looked_at

    def _sieve(self) -> ColumnElement[bool] | None:
        """The filter as a condition; None where everything is wanted."""
        asked = conditions(self.session, self.viewer, self.wanted)
        return and_(*asked) if asked else None

    def _kept(self, rows: Sequence[Found], sieve: ColumnElement[bool] | None) -> list[tuple[Found, str]]:
        """What of these this account sees and the filter leaves, with its text. Only what is seen counts."""
        if not rows:
            return []
        query = select(Case.id, true() if sieve is None else sieve).where(Case.id.in_([row.case_id for row in rows]))
        if not self.viewer.reads_narratives:
            query = query.join(Referral, Referral.case_id == Case.id).where(
                Referral.agency_id == self.viewer.agency_id, Referral.ended_at.is_(None)
            )
        seen = dict(self.session.execute(query.where(visible_to(self.viewer))).tuples().all())
        self.looked_at += len(seen)
        kept = [row for row in rows if seen.get(row.case_id)]
        by_number = select(SearchDocument.id, SearchDocument.exact)
        by_number = by_number.where(SearchDocument.id.in_([row.document_id for row in kept]))
        texts = dict(self.session.execute(by_number).tuples().all()) if kept else {}
        return [(row, texts[row.document_id]) for row in kept]

    def _belongs(self, text: str, stage: int) -> bool:
        """Settles what the index leaves open: phrases, and what came in the first stage already."""
        if stage == 0:
            return not self.query.has_phrase or holds(words_in(text), self.query, marked=True)
        if not self.query.has_phrase and not self.query.has_marks:
            return True
        words = words_in(text)
        if self.query.has_marks and holds(words, self.query, marked=True):
            return False
        return not self.query.has_phrase or holds(words, self.query, marked=False)
