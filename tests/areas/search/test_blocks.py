"""Documents far apart: PostgreSQL is asked block by block, and both servers give the same, the newest first."""

import pytest
from sqlalchemy import delete, false
from sqlalchemy.orm import Session

from portal.cases.words import Audience
from portal.search.index import BLOCK, NEWEST_BLOCKS, newest, newest_of_each
from portal.search.lexemes import lexemes
from portal.search.models import SearchDocument
from tests.makers.cases import Story, settle

pytestmark = pytest.mark.both
READERS = ["_inspection"]
LAST = 70 << BLOCK  # more blocks than are asked for at once
FAR_APART = (1, 5 << BLOCK, (LAST >> 1) + 7, LAST - (NEWEST_BLOCKS << BLOCK), LAST - (1 << BLOCK), LAST, LAST + 3)


@pytest.fixture(autouse=True)
def far_apart(session: Session, story: Story) -> None:
    """A document in some blocks of seventy, each with its place among its words."""
    cases = [story.conduct_report().case.id for _ in FAR_APART]
    settle(session)
    session.execute(delete(SearchDocument))
    for place, (number, case_id) in enumerate(zip(FAR_APART, cases, strict=True)):
        words = f"giay phep thu{place}"
        found = {"exact": words, "lexemes": lexemes(words, "inspection"), "scope": "inspection"}
        session.add(SearchDocument(id=number, case_id=case_id, audience=Audience.INSPECTION, **found))
    session.flush()


def numbers(session: Session, *asked: str, before: int | None = None, most: int = 50) -> list[int]:
    """The documents with these words."""
    return [row.document_id for row in newest(session, asked, READERS, before, most, lambda _case: false())]


def test_all_are_found_however_far_apart_the_newest_first(session: Session) -> None:
    assert numbers(session, "giay", "phep") == sorted(FAR_APART, reverse=True)


@pytest.mark.parametrize("place", range(len(FAR_APART)))
def test_a_rare_word_is_found_in_any_block(session: Session, place: int) -> None:
    assert numbers(session, f"thu{place}") == [FAR_APART[place]]


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_page_by_page_nothing_is_left_out_or_comes_twice(session: Session, most: int) -> None:
    found: list[int] = []
    while page := numbers(session, "giay", before=found[-1] if found else None, most=most):
        assert len(page) <= most
        found += page
    assert found == sorted(FAR_APART, reverse=True)


def test_of_several_at_once_the_newest_blocks_are_looked_through(session: Session) -> None:
    asked = [[f"thu{place}"] for place in range(len(FAR_APART))]
    found = newest_of_each(session, [*asked, ["nowhere"]], READERS, 5, lambda _case: false())
    assert sorted(row.document_id for row in found) == [LAST - (1 << BLOCK), LAST, LAST + 3]
    assert newest_of_each(session, [], READERS, 5, lambda _case: false()) == []
