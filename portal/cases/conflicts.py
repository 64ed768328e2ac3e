"""Who must not see or handle a case. Pure: the same predicates serve routing, referring and assigning.

A wall names a body, and then covers everything below it, or one account.
"""

from collections.abc import Collection, Iterable
from typing import Protocol

from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole


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
