"""What must hold of walls and of who is accused."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole
from tests.areas.cases.rules.checking import Check, for_all
from tests.areas.cases.rules.trees import TREES, tree_of_2022

JUDGED = "portal.cases.conflicts"


@dataclass(frozen=True)
class WallRow:
    """A wall as the database has it."""

    agency_id: int | None = None
    staff_id: int | None = None
    except_staff_id: int | None = None


def check_the_accused_reach_all_below(module: Any) -> None:
    """Who is accused has a hand in their body and in all below it, and nowhere else."""

    @for_all(module, tree=TREES, role=st.sampled_from(AccusedRole), number=st.integers(0, 11))
    def _holds(tree: AgencyTree, role: AccusedRole, number: int) -> None:
        agency = f"B{number}"
        below = {body.code for body in tree if agency in tree and tree.is_at_or_below(body.code, agency)}
        assert module.reach(tree, agency) == below
        assert module.accused_reach(tree, agency, role) == (below if role is not AccusedRole.NONE else set())


def check_who_may_handle(module: Any) -> None:
    """No body at or below a walled one, and none that is not in the tree."""
    tree = tree_of_2022()
    assert not module.may_handle(tree, "H-HA", ["H-HA"])
    assert not module.may_handle(tree, "H-HA-MC", ["H-HA"])
    assert not module.may_handle(tree, "H-HA-MC", ["STC", "UBND"])
    assert module.may_handle(tree, "UBND", ["H-HA"])
    assert module.may_handle(tree, "H-TK", ["H-HA"])
    assert module.may_handle(tree, "UBKT", ["UBND"])
    assert module.may_handle(tree, "H-HA", [])
    assert not module.may_handle(tree, "an older code", [])
    assert module.may_handle(tree, "H-HA", ["an older code"])


def check_who_is_walled(module: Any) -> None:
    """A wall stops its account, or everybody at and below its body but the one let through."""
    line = (30, 3, 1)  # an office, the body above, the top
    for walls, is_walled in (
        ([], False),
        ([WallRow(agency_id=30)], True),
        ([WallRow(agency_id=3)], True),
        ([WallRow(agency_id=1)], True),
        ([WallRow(agency_id=31)], False),
        ([WallRow(staff_id=7)], True),
        ([WallRow(staff_id=8)], False),
        ([WallRow(staff_id=30)], False),
        ([WallRow(agency_id=7)], False),
        ([WallRow(agency_id=3, except_staff_id=7)], False),
        ([WallRow(agency_id=3, except_staff_id=8)], True),
        ([WallRow(agency_id=3, except_staff_id=7), WallRow(staff_id=7)], True),
        ([WallRow(agency_id=31), WallRow(agency_id=30)], True),
    ):
        assert module.is_walled(7, line, walls) is is_walled, walls


CHECKS: tuple[Check, ...] = (
    check_the_accused_reach_all_below,
    check_who_may_handle,
    check_who_is_walled,
)
