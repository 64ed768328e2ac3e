"""Who must not see or handle a case. Pure: the same predicates serve routing, referring and assigning.

A wall names a body, and then covers everything below it, or one account.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole

# The reasons of walls.
ACCUSED = "accused"  # the body that the report is about
NAMED = "named"  # an account that the report or an inspector names
OWN_CONFLICT = "own_conflict"  # who said so of themself


class WallRow(Protocol):
    """One wall of a case: a body or an account, and who is let through all the same."""

    @property
    def agency_id(self) -> int | None: ...

    @property
    def staff_id(self) -> int | None: ...

    @property
    def except_staff_id(self) -> int | None: ...


def reach(tree: AgencyTree, agency: str) -> frozenset[str]:
    """A body and everything below it."""
    found: set[str] = set()
    waiting = [agency]
    while waiting:
        code = waiting.pop()
        if code not in found and code in tree:
            found.add(code)
            waiting.extend(tree.children(code))
    return frozenset(found)


def accused_reach(tree: AgencyTree, agency: str, role: AccusedRole) -> frozenset[str]:
    """The bodies that may have no part in a report that accuses somebody of this body.

    A head or deputy leads the body and all below it; whoever serves there answers to the same people. So
    the role changes nothing but when nobody is accused.
    """
    return frozenset() if role is AccusedRole.NONE else reach(tree, agency)


def may_handle(tree: AgencyTree, agency_of_staff: str, walls: Iterable[str]) -> bool:
    """Whether a body may have a part in a case with walls around these bodies. One unknown today may not."""
    if agency_of_staff not in tree:
        return False
    return not any(tree.is_at_or_below(agency_of_staff, walled) for walled in walls)


def is_walled(staff_id: int, agency_line: Collection[int], walls: Iterable[WallRow]) -> bool:
    """Whether an account is behind a wall. Its line: its agency's id and those of all bodies above."""
    return any(_stops(wall, staff_id, agency_line) for wall in walls)


def _stops(wall: WallRow, staff_id: int, agency_line: Collection[int]) -> bool:
    if wall.except_staff_id == staff_id:
        return False
    return wall.staff_id == staff_id or (wall.agency_id is not None and wall.agency_id in agency_line)


def takes_over(order: Sequence[int], able: Collection[int], has_it: Collection[int]) -> int | None:
    """Which committee must get a case: the first with somebody left who may take it. None when nothing changes.

    `order`: the Inspection Committee, then who stands above it in domain.md §3; `able`: those where at least one
    account without conflict could hold the case; `has_it`: those that have a part in it already.
    """
    found = next((one for one in order if one in able), None)
    has_somebody = any(one in able for one in has_it)
    return None if has_somebody else found
