"""The tree: above, below, and what it says for any shape it may have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.tree import AgencyTree, Body
from portal.catalogue.words import AgencyKind, Function


def body(code: str, parent: str | None, kind: AgencyKind = AgencyKind.DEPARTMENT, area: str | None = None) -> Body:
    """A body with a code for a name."""
    return Body(code=code, parent=parent, kind=kind, name_vi=code, name_en=code, area_code=area, id=0)


TREE = AgencyTree(
    [
        body("P", None, AgencyKind.PROVINCIAL),
        body("D", "P", AgencyKind.DISTRICT, "500"),
        body("D-MC", "D", AgencyKind.ONE_STOP, "500"),
        body("C", "D", AgencyKind.COMMUNE, "20300"),
        body("K", None, AgencyKind.INSPECTION),
        body("LOST", "GONE"),
    ],
    {Function.INSPECTION_COMMITTEE: "K", Function.HOME_AFFAIRS: "GONE"},
)


@st.composite
def trees(draw: st.DrawFn) -> AgencyTree:
    """Any bodies under any others, rings and missing parents among them."""
    codes = [f"B{number}" for number in range(draw(st.integers(1, 8)))]
    parents = st.sampled_from([None, "GONE", *codes])
    return AgencyTree([body(code, draw(parents)) for code in codes], {})


def test_superiors() -> None:
    assert TREE.superior("C") == "D"
    assert TREE.superior("P") is None
    assert TREE.superior("LOST") is None
    assert TREE.ancestors("D-MC") == ("D", "P")
    assert TREE.children("D") == ("D-MC", "C")
    assert TREE.children("C") == ()


def test_at_or_below() -> None:
    assert TREE.is_at_or_below("C", "P")
    assert TREE.is_at_or_below("C", "C")
    assert not TREE.is_at_or_below("P", "C")
    assert not TREE.is_at_or_below("K", "P")


def test_an_area_is_governed_by_its_committee_not_by_its_office() -> None:
    assert (TREE.for_area("500"), TREE.for_area("20300"), TREE.for_area("999")) == ("D", "C", None)


def test_a_function_whose_body_is_not_there_is_nobodys() -> None:
    assert TREE.function(Function.INSPECTION_COMMITTEE) == "K"
    assert TREE.function(Function.HOME_AFFAIRS) is None
    assert TREE.function(Function.FRONT) is None


def test_an_unknown_code() -> None:
    assert "X" not in TREE
    assert len(TREE) == len(list(TREE)) == 6
    for ask in (TREE.body, TREE.superior, TREE.ancestors, TREE.children):
        with pytest.raises(KeyError):
            ask("X")


@given(trees())
def test_every_walk_ends_and_visits_nobody_twice(tree: AgencyTree) -> None:
    for one in tree:
        above = tree.ancestors(one.code)
        assert len(set(above)) == len(above)
        assert one.code not in above
        assert above[:1] in {(tree.superior(one.code),), ()}
        assert all(tree.is_at_or_below(one.code, code) for code in above)


@given(trees())
def test_children_and_superior_agree(tree: AgencyTree) -> None:
    for one in tree:
        assert all(tree.superior(child) == one.code for child in tree.children(one.code))
