"""The one place that knows how each server is asked: the newest documents that have all of some lexemes.

Neither ever looks at more than it gives back, or at more than a few blocks of documents, however many have a common
word: FTS5 walks its lists from the newest document on; on PostgreSQL, whose index gives all matches or none, each
lexeme has its document's block before it, and blocks are asked from the newest on: one, then as many as should do.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from portal.search.models import SearchDocument

BLOCK = 15  # bits of a document's number that lie within its block; `search_lexemes` in migration 0015 says the same
MOST_BLOCKS = 64  # asked for at once
Walled = Callable[[SQLColumnExpression[int]], ColumnElement[bool]]  # the condition on a column of ids of cases
_FTS5 = table("search_index", column("rowid"), column("search_index"))


class Found(NamedTuple):
    """A document that has what was asked for."""

    document_id: int
    case_id: int


def newest(
    session: Session,
    lexemes: Sequence[str],
    readers: Sequence[str],
    before: int | None,
    most: int,
    walled: Walled,
    *,
    blocks: int | None = None,
) -> list[Found]:
    """The newest documents with all of these lexemes and one of these readers' lexemes, numbered below `before`.

    `blocks`: at most so many, the newest, are looked through on PostgreSQL; None: until there are enough, or no more.

    Those behind a wall are passed over here: found first and dropped later, they would take the place of others, and
    what is asked after them would tell that they are there.
    """
    if session.get_bind().dialect.name == "sqlite":
        return _rows(session, fts5_query(lexemes, readers, before, walled).limit(most))
    newest_id = before - 1 if before is not None else session.scalar(select(func.max(SearchDocument.id))) or 0
    last = newest_id >> BLOCK
    end = max(last - blocks, -1) if blocks is not None else -1
    found: list[Found] = []
    many = 1
    while last > end and len(found) < most:
        asked = range(max(last - many, end) + 1, last + 1)
        rows = _rows(session, gin_query(lexemes, readers, asked, before, walled).limit(most - len(found)))
        found += rows
        last -= len(asked)
        many = _enough(most - len(found), len(rows), len(asked))
    return found


def _enough(missing: int, found: int, asked: int) -> int:
    """How many blocks to ask next, where so many had so many: they should hold twice what is missing."""
    return min(max(2 * missing * asked // max(found, 1), 1), MOST_BLOCKS)


def _rows(session: Session, query: Select[tuple[int, int]]) -> list[Found]:
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
    """The query for PostgreSQL: materialised, or the planner may walk the primary key instead of the index."""
    asked = " | ".join(_of_block(block, lexemes, readers) for block in blocks)
    has_all = func.search_lexemes(SearchDocument.id, SearchDocument.lexemes).op("@@")(
        cast(bindparam("asked", asked, Text), TSQUERY)
    )
    matching = select(SearchDocument.id, SearchDocument.case_id).where(has_all).cte("matching")
    matching = matching.prefix_with("MATERIALIZED", dialect="postgresql")
    query = select(matching.c.id, matching.c.case_id).where(~walled(matching.c.case_id)).order_by(matching.c.id.desc())
    return query.where(matching.c.id < before) if before is not None else query


def _of_block(block: int, lexemes: Sequence[str], readers: Sequence[str]) -> str:
    one_of = " | ".join(_lexeme(block, one) for one in readers)
    return "(" + " & ".join([f"({one_of})", *(_lexeme(block, one) for one in lexemes)]) + ")"


def _lexeme(block: int, lexeme: str) -> str:
    safe = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{block}.{safe}'"
