"""The one place that knows how each server is asked: the newest documents that have all of some lexemes.

Neither ever looks at more than it gives back, or at more than a few blocks of documents, however many have a common
word: FTS5 walks its lists from the newest document on; on PostgreSQL, whose index gives all matches or none, each
lexeme has its document's block before it, and blocks are asked from the newest on: one, then as many as should do.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    SQLColumnExpression,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import Session

from portal.search.models import SearchDocument

BLOCK = 15  # bits of a document's number that lie within its block; `search_lexemes` in migration 0015 says the same
MOST_BLOCKS = 64  # asked for at once
NEWEST_BLOCKS = 3  # for `newest_of_each`: 100,000 documents
Walled = Callable[[SQLColumnExpression[int]], ColumnElement[bool]]  # the condition on a column of ids of cases
_FTS5 = table("search_index", column("rowid"), column("search_index"))


class Found(NamedTuple):
    """A document that has what was asked for."""

    document_id: int
    case_id: int


def newest(
    session: Session, lexemes: Sequence[str], readers: Sequence[str], before: int | None, most: int, walled: Walled
) -> list[Found]:
    """The newest documents with all of these lexemes and one of these readers' lexemes, numbered below `before`.

    Those behind a wall are passed over here: found first and dropped later, they would take the place of others, and
    what is asked after them would tell that they are there.
    """
    if session.get_bind().dialect.name == "sqlite":
        return _rows(session, fts5_query(lexemes, readers, before, walled).limit(most))
    last = (before - 1 if before is not None else _newest_id(session)) >> BLOCK
    found: list[Found] = []
    many = 1
    while last >= 0 and len(found) < most:
        asked = range(max(last - many, -1) + 1, last + 1)
        rows = _rows(session, gin_query(lexemes, readers, asked, before, walled).limit(most - len(found)))
        found += rows
        last -= len(asked)
        many = _enough(most - len(found), len(rows), len(asked))
    return found


def newest_of_each(
    session: Session, asked: Sequence[Sequence[str]], readers: Sequence[str], most: int, walled: Walled
) -> list[Found]:
    """For each of several groups of lexemes the newest documents with all of them, in one question.

    Looked through are the newest blocks only; PostgreSQL gives so many of each.
    """
    if not asked:
        return []
    last = _newest_id(session) >> BLOCK
    blocks = range(max(last - NEWEST_BLOCKS + 1, 0), last + 1)
    if session.get_bind().dialect.name == "sqlite":
        recent = _FTS5.c.rowid >= blocks[0] << BLOCK
        queries = (fts5_query(lexemes, readers, None, walled).where(recent).limit(most) for lexemes in asked)
        return _rows(session, union_all(*(select(one.subquery()) for one in queries)))
    source, matching = _matching([_of_block(block, lexemes, readers) for lexemes in asked for block in blocks])
    some = _unwalled(matching, walled).limit(most).correlate(source).lateral()
    return _rows(session, select(some.c.id, some.c.case_id).select_from(source).join(some, true()))


def _newest_id(session: Session) -> int:
    return session.scalar(select(func.max(SearchDocument.id))) or 0


def _enough(missing: int, found: int, asked: int) -> int:
    """How many blocks to ask next, where so many had so many: they should hold twice what is missing."""
    return min(max(2 * missing * asked // max(found, 1), 1), MOST_BLOCKS)


def _rows(session: Session, query: Select[tuple[int, int]] | CompoundSelect[tuple[int, int]]) -> list[Found]:
    return [Found(*row) for row in session.execute(query)]


def fts5_query(
    lexemes: Sequence[str], readers: Sequence[str], before: int | None, walled: Walled
) -> Select[tuple[int, int]]:
    """The query for SQLite. Each lexeme is a string of its own: nothing of it is read as syntax."""
    asked = " AND ".join([f"({' OR '.join(map(_quoted, readers))})", *map(_quoted, lexemes)])
    query = (
        select(SearchDocument.id, SearchDocument.case_id)
        .select_from(_FTS5)
        .join(SearchDocument, SearchDocument.id == _FTS5.c.rowid)
        .where(_FTS5.c.search_index.op("MATCH")(asked), ~walled(SearchDocument.case_id))
        .order_by(_FTS5.c.rowid.desc())
    )
    return query.where(_FTS5.c.rowid < before) if before is not None else query


def _quoted(lexeme: str) -> str:
    return '"' + lexeme.replace('"', '""') + '"'


def gin_query(
    lexemes: Sequence[str], readers: Sequence[str], blocks: range, before: int | None, walled: Walled
) -> Select[tuple[int, int]]:
    """The query for PostgreSQL. Each block is a question of its own, which takes a third of the time of one for all."""
    source, matching = _matching([_of_block(block, lexemes, readers) for block in blocks])
    query = _unwalled(matching, walled).select_from(source).join(matching, true())
    return query.where(matching.c.id < before) if before is not None else query


def _matching(questions: Sequence[str]) -> tuple[FromClause, FromClause]:
    """Questions to the index, and what each finds. OFFSET 0 keeps a planner from sorting first: it would walk the
    primary key instead of the index.
    """
    apart = cast(func.string_to_array("\n".join(questions), "\n"), ARRAY(TSQUERY))
    asked = func.unnest(apart).table_valued(column("lexemes", TSQUERY)).render_derived()
    has_all = func.search_lexemes(SearchDocument.id, SearchDocument.lexemes).op("@@")(asked.c.lexemes)
    found = select(SearchDocument.id, SearchDocument.case_id).where(has_all).offset(literal_column("0"))
    return asked, found.correlate(asked).lateral()


def _unwalled(matching: FromClause, walled: Walled) -> Select[tuple[int, int]]:
    query = select(matching.c.id, matching.c.case_id).where(~walled(matching.c.case_id))
    return query.order_by(matching.c.id.desc())


def _of_block(block: int, lexemes: Sequence[str], readers: Sequence[str]) -> str:
    one_of = " | ".join(_lexeme(block, one) for one in readers)
    return " & ".join([f"({one_of})", *(_lexeme(block, one) for one in lexemes)])


def _lexeme(block: int, lexeme: str) -> str:
    safe = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{block}.{safe}'"
