"""Each check fails on its mutants, and each has one."""

import pytest

from tests.areas.cases.rules.checking import Mutant, mutated, source_of
from tests.areas.cases.rules.mutants import JUDGED, MUTANTS


def _notices(mutant: Mutant) -> bool:
    module = mutated(mutant, JUDGED[mutant.check])
    try:
        mutant.check(module)
    except (AssertionError, pytest.fail.Exception):
        return True
    return False


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_is_noticed(mutant: Mutant) -> None:
    assert source_of(mutant.module).count(mutant.old) == 1
    assert _notices(mutant)


def test_every_check_can_fail() -> None:
    assert set(JUDGED) == {mutant.check for mutant in MUTANTS}


def test_names_are_told_apart() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
