"""All checks and all mutants: small edits that make a rule wrong, each with the check that notices it.

`test_mutants` runs them. Every check has one at least, so none is there that could not fail.
"""

from tests.areas.cases.rules import (
    conflict_checks,
    conflict_mutants,
    deadline_checks,
    deadline_mutants,
    masking_checks,
    masking_mutants,
    routing_checks,
    routing_examples,
    routing_mutants,
    status_checks,
    status_mutants,
)
from tests.areas.cases.rules.checking import Check

JUDGED: dict[Check, str] = {
    check: checks.JUDGED
    for checks in (deadline_checks, conflict_checks, routing_checks, routing_examples, masking_checks, status_checks)
    for check in checks.CHECKS
}

MUTANTS = (
    *deadline_mutants.MUTANTS,
    *conflict_mutants.MUTANTS,
    *routing_mutants.MUTANTS,
    *masking_mutants.MUTANTS,
    *status_mutants.MUTANTS,
)
