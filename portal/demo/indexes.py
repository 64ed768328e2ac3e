"""Indexes and foreign keys of tables that are filled with a million rows: on PostgreSQL made anew afterwards, which
takes a fraction of the time of keeping them up row by row. On SQLite they cost little, and nothing is to be done.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Table, TextClause, text
from sqlalchemy.orm import Session

from portal.foundation.database import transaction

# Each row: how to take one away, and how to make it. What a constraint stands on (a primary key, a unique column)
# stays: rows are checked by it as they come.
_FOREIGN_KEYS = text(
    "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname), "
    "format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
    "FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(CAST(:tables AS regclass[]))"
)
_INDEXES = text(
    "SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid) FROM pg_index "
    "LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u') "
    "WHERE indrelid = ANY(CAST(:tables AS regclass[])) AND pg_constraint.oid IS NULL"
)
_STATISTICS = text(
    "SELECT format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', indexrelid::regclass, attnum, attstattarget) "
    "FROM pg_attribute JOIN pg_index ON indexrelid = attrelid "
    "WHERE indrelid = ANY(CAST(:tables AS regclass[])) AND attstattarget >= 0"
)


@contextmanager
def made_afterwards(session: Session, tables: Sequence[Table]) -> Iterator[None]:
    """Takes them away and makes them as they were, even after an error. For tables that nobody else uses meanwhile."""
    if session.get_bind().dialect.name == "sqlite":
        yield
        return

    def told(query: TextClause) -> list[tuple[str, ...]]:
        return [tuple(row) for row in session.execute(query, {"tables": [f'"{one.name}"' for one in tables]})]

    with transaction(session):
        keys, indexes, statistics = told(_FOREIGN_KEYS), told(_INDEXES), told(_STATISTICS)
        _run(session, [away for away, _ in (*keys, *indexes)])
    try:
        yield
    finally:
        with transaction(session):
            session.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
            _run(session, [made for _, made in indexes])
            _run(session, [made for (made,) in statistics])
            _run(session, [made for _, made in keys])


def _run(session: Session, statements: Sequence[str]) -> None:
    for statement in statements:
        session.connection().exec_driver_sql(statement)
