"""Walls gone wrong."""

from tests.areas.cases.rules import conflict_checks
from tests.areas.cases.rules.checking import Mutant

_CONFLICTS = "portal.cases.conflicts"

MUTANTS = (
    Mutant(
        "the accused reach only their own body",
        _CONFLICTS,
        "waiting.extend(tree.children(code))",
        "pass",
        conflict_checks.check_the_accused_reach_all_below,
    ),
    Mutant(
        "nobody accused reaches everything",
        _CONFLICTS,
        "frozenset() if role is AccusedRole.NONE else reach(tree, agency)",
        "reach(tree, agency)",
        conflict_checks.check_the_accused_reach_all_below,
    ),
    Mutant(
        "a wall does not cover what is below",
        _CONFLICTS,
        "tree.is_at_or_below(agency_of_staff, walled)",
        "agency_of_staff == walled",
        conflict_checks.check_who_may_handle,
    ),
    Mutant(
        "a body of another day may handle",
        _CONFLICTS,
        "        return False\n    return not any",
        "        return True\n    return not any",
        conflict_checks.check_who_may_handle,
    ),
    Mutant(
        "nobody is let through",
        _CONFLICTS,
        "if wall.except_staff_id == staff_id:",
        "if False:",
        conflict_checks.check_who_is_walled,
    ),
    Mutant(
        "a wall stops its own body only",
        _CONFLICTS,
        "wall.agency_id in agency_line",
        "wall.agency_id in list(agency_line)[:1]",
        conflict_checks.check_who_is_walled,
    ),
    Mutant(
        "a wall around an account stops nobody",
        _CONFLICTS,
        "wall.staff_id == staff_id or ",
        "",
        conflict_checks.check_who_is_walled,
    ),
)
