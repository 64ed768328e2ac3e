"""How the rules are checked: each check is a function of the module it judges.

So one check proves the real module and fails on its mutants (`mutants`), which are the same source with one
small edit. Pure: no database, no app.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

Check = Callable[[Any], None]

_MUTANT = "mutant of "


@dataclass(frozen=True)
class Mutant:
    """One edit of a module that makes a rule wrong, and the check that notices."""

    name: str
    module: str
    old: str
    new: str
    check: Check


def source_of(module: str) -> str:
    """The source text of a module."""
    file = importlib.import_module(module).__file__
    assert file is not None
    return Path(file).read_text(encoding="utf-8")


def mutated(mutant: Mutant, judged: str) -> ModuleType:
    """The judged module, with the edit in itself or in a module that it imports."""
    edited = _run(mutant.module, source_of(mutant.module).replace(mutant.old, mutant.new))
    if mutant.module == judged:
        return edited
    with patch.dict(sys.modules, {mutant.module: edited}):
        return _run(judged, source_of(judged))


def _run(name: str, source: str) -> ModuleType:
    module = ModuleType(_MUTANT + name)
    exec(compile(source, module.__name__, "exec"), module.__dict__)  # noqa: S102 (the project's own source)
    return module


def for_all(
    module: Any, *, examples: int = 60, **strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], None]:
    """Runs a statement for many values, the same ones every time. A mutant's counterexample is not shrunk."""
    phases = [Phase.explicit, Phase.generate]
    if not module.__name__.startswith(_MUTANT):
        phases.append(Phase.shrink)
    how = settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=examples,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )

    def run(statement: Callable[..., None]) -> None:
        how(given(**strategies)(statement))()

    return run
