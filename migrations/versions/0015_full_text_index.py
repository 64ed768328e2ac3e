"""The full-text index over search documents, kept right by the server whoever writes, and filled for what is there.

SQLite: FTS5 over the column `lexemes`, which it does not copy; triggers tell it. PostgreSQL: GIN over a function of
the same column, which puts before each lexeme the number of the document's block, so that the newest hits of a word
that stands in half of all documents are found in the newest block. See docs/decisions/0018-search-lexemes.md.
"""

import sqlalchemy as sa
from alembic import op

from portal.foundation.text import fold
from portal.search.lexemes import lexemes
from portal.search.scopes import inspection_scope

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BATCH = 1000
DOCUMENT = sa.table(
    "search_document", *(sa.column(name) for name in ("id", "case_id", "audience", "scope", "exact", "lexemes"))
)
CASE = sa.table("case", *(sa.column(name) for name in ("id", "is_restricted", "assigned_id")))
REFERRAL = sa.table("referral", *(sa.column(name) for name in ("case_id", "agency_id", "ended_at")))
SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(lexemes, content='search_document', content_rowid='id', "
    "detail=none, columnsize=0, tokenize=\"ascii tokenchars '_-'\")",
    "INSERT INTO search_index (search_index) VALUES ('rebuild')",
    "CREATE TRIGGER search_document_insert_finds AFTER INSERT ON search_document BEGIN "
    "INSERT INTO search_index (rowid, lexemes) VALUES (new.id, new.lexemes); END",
    "CREATE TRIGGER search_document_delete_finds AFTER DELETE ON search_document BEGIN "
    "INSERT INTO search_index (search_index, rowid, lexemes) VALUES ('delete', old.id, old.lexemes); END",
    "CREATE TRIGGER search_document_update_finds AFTER UPDATE OF id, lexemes ON search_document "
    "WHEN old.id IS NOT new.id OR old.lexemes IS NOT new.lexemes BEGIN "
    "INSERT INTO search_index (search_index, rowid, lexemes) VALUES ('delete', old.id, old.lexemes); "
    "INSERT INTO search_index (rowid, lexemes) VALUES (new.id, new.lexemes); END",
)
POSTGRESQL = (
    # In PL/pgSQL, so that the planner takes it for as dear as it is, and for this index alone. Narrow rows: of a
    # common word thousands are looked at, and none of their texts.
    "CREATE FUNCTION search_lexemes(id integer, lexemes text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT "
    "PARALLEL SAFE COST 100000 AS $$ BEGIN RETURN array_to_tsvector(string_to_array((id >> 15)::text || '.' || "
    "replace(lexemes, ' ', ' ' || (id >> 15)::text || '.'), ' ')); END $$",
    "ALTER TABLE search_document SET (toast_tuple_target = 128)",
    # What was just written waits in a list of at most 1 MB: cheap to file, and little to look through.
    "CREATE INDEX search_index ON search_document USING gin (search_lexemes(id, lexemes)) "
    "WITH (fastupdate = on, gin_pending_list_limit = 1024)",
    # Without statistics every word counts as rare, so the index is always taken. (A plan that computes the function
    # for each row, because a word stands in nearly all of them, takes a second where the index takes milliseconds.)
    "ALTER INDEX search_index ALTER COLUMN 1 SET STATISTICS 0",
)


def upgrade() -> None:
    op.add_column("search_document", sa.Column("lexemes", sa.Text(), server_default="", nullable=False))
    op.drop_column("search_document", "folded")
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _fill()
    if not is_sqlite:
        op.alter_column("search_document", "lexemes", server_default=None)
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(statement)


def _fill() -> None:
    """A few documents after the others: there may be millions."""
    bind, last = op.get_bind(), 0
    query = sa.select(DOCUMENT, CASE.c.is_restricted, CASE.c.assigned_id).join(CASE, CASE.c.id == DOCUMENT.c.case_id)
    change = sa.update(DOCUMENT).where(DOCUMENT.c.id == sa.bindparam("key"))
    change = change.values(scope=sa.bindparam("readers"), lexemes=sa.bindparam("found"))
    while rows := bind.execute(query.where(DOCUMENT.c.id > last).order_by(DOCUMENT.c.id).limit(BATCH)).all():
        last = rows[-1].id
        referred = _referred(bind, [row.case_id for row in rows])
        changes = []
        for row in rows:
            scope = row.scope
            if row.audience == "inspection":
                bodies = referred.get(row.case_id, ())
                restricted = bool(row.is_restricted)
                scope = inspection_scope(is_restricted=restricted, holder_id=row.assigned_id, referred_to=bodies)
            changes.append({"key": row.id, "readers": scope, "found": lexemes(row.exact, scope)})
        bind.execute(change, changes)


def _fold() -> None:
    """The column that was there before."""
    bind, last = op.get_bind(), 0
    before = sa.table("search_document", sa.column("id"), sa.column("folded"))
    change = sa.update(before).where(before.c.id == sa.bindparam("key")).values(folded=sa.bindparam("text"))
    query = sa.select(DOCUMENT.c.id, DOCUMENT.c.exact).order_by(DOCUMENT.c.id).limit(BATCH)
    while rows := bind.execute(query.where(DOCUMENT.c.id > last)).all():
        last = rows[-1].id
        bind.execute(change, [{"key": row.id, "text": fold(row.exact)} for row in rows])


def _referred(bind: sa.Connection, cases: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    live = sa.select(REFERRAL.c.case_id, REFERRAL.c.agency_id).where(REFERRAL.c.ended_at.is_(None))
    for case_id, agency_id in bind.execute(live.where(REFERRAL.c.case_id.in_(cases))):
        found.setdefault(case_id, []).append(agency_id)
    return found


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER search_document_{verb}_finds")
        op.execute("DROP TABLE search_index")
    else:
        op.execute("DROP INDEX search_index")
        op.execute("ALTER TABLE search_document RESET (toast_tuple_target)")
        op.execute("DROP FUNCTION search_lexemes")
    op.add_column("search_document", sa.Column("folded", sa.Text(), server_default="", nullable=False))
    _fold()
    op.drop_column("search_document", "lexemes")
