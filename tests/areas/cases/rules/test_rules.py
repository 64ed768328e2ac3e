"""The rules hold: deadlines, conflicts, routing, masking."""

import importlib

import pytest

from tests.areas.cases.rules.checking import Check
from tests.areas.cases.rules.mutants import JUDGED


@pytest.mark.parametrize("check", JUDGED, ids=lambda check: check.__name__.removeprefix("check_"))
def test_holds(check: Check) -> None:
    check(importlib.import_module(JUDGED[check]))
