"""What the servers do to answer: look-ups only, whatever is asked. On tables with enough in them to be worth a plan."""

from functools import partial

import pytest
from sqlalchemy import Connection, Select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.cases.queries import behind_a_wall
from portal.search.asking import read_query, terms
from portal.search.index import fts5_query, gin_query
from portal.search.lexemes import lexemes
from tests.makers.cases import Story, settle
from tests.makers.cast import viewer_for

pytestmark = pytest.mark.both
MANY = 3000
BIG = ("case", "report", "event", "search_document")
READERS = ["_inspection", "_s5"]


@pytest.fixture
def many(session: Session, story: Story) -> None:
    """Documents of cases that are one case many times over; the servers know how many there are."""
    file = story.conduct_report(narrative="Giấy phép xây dựng.")
    settle(session)
    columns = [row for row in _columns(session.connection()) if row not in ("id", "reference", "urgency")]
    names = ", ".join(f'"{name}"' for name in columns)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
    given = {"last": 1000 + MANY, "id": file.case.id}
    copy = f'{numbers} INSERT INTO "case" (id, reference, {names}) '
    session.execute(text(f'{copy}SELECT i, i, {names} FROM n, "case" WHERE "case".id = :id'), given)  # noqa: S608
    found = {"words": "Giấy phép xây dựng", "lexemes": lexemes("Giấy phép xây dựng", "inspection")}
    documents = "INSERT INTO search_document (id, case_id, audience, scope, exact, lexemes) "
    values = "SELECT i, i, 'inspection', 'inspection', :words, :lexemes FROM n"
    session.execute(text(f"{numbers} {documents}{values}"), {"last": 1000 + MANY, **found})
    session.execute(text("ANALYZE"))


def _columns(connection: Connection) -> list[str]:
    return list(connection.execute(text('SELECT * FROM "case" LIMIT 0')).keys())


def plan(session: Session, query: Select[tuple[int, int]]) -> list[str]:
    """The lines of a server's plan."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    dialect = sqlite.dialect() if is_sqlite else postgresql.dialect()  # type: ignore[no-untyped-call]
    written = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})).replace("%%", "%")
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    return [str(row[-1]) for row in session.connection().exec_driver_sql(f"{explain} {written}")]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("asked", ["giay phep", '"phép xây"', "vắng", "giấy"])
@pytest.mark.parametrize("before", [None, 2000])
@pytest.mark.parametrize("login", ["minh", "quy"])  # who reads all cases, and an agency's officer
def test_no_table_is_walked(session: Session, story: Story, asked: str, before: int | None, login: str) -> None:
    words = terms(read_query(asked), marked=True)
    walled = partial(behind_a_wall, viewer_for(session, getattr(story.cast, login)), few=True)
    if session.get_bind().dialect.name == "sqlite":
        lines = plan(session, fts5_query(words, READERS, before, walled).limit(64))
        assert any("search_index VIRTUAL TABLE INDEX" in line for line in lines), lines
        assert not [line for line in lines if "TEMP B-TREE" in line], "sorted afterwards"
        walked = [line for line in lines if line.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in line]
        walked = [line for line in walked if line != "SCAN wall"]  # a row or two, here
    else:
        lines = plan(session, gin_query(words, READERS, range(1), before, walled).limit(64))
        assert any("Bitmap Index Scan on search_index" in line for line in lines), lines
        walked = [line for line in lines if "Seq Scan" in line or "pk_search_document" in line]
        walked = [line for line in walked if "Seq Scan on wall" not in line]  # a row or two, here
    assert walked == []
    assert any(one in " ".join(lines) for one in BIG)
