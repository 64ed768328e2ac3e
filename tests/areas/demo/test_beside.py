"""Items made by a copy of the process."""

import os
import signal
from collections.abc import Iterator

import pytest

from portal.demo.beside import made_beside
from portal.foundation.errors import PortalError


def _told(count: int) -> Iterator[tuple[int, int]]:
    for number in range(count):
        yield number, os.getpid()


def _fails() -> Iterator[int]:
    yield 1
    raise PortalError("no more of it")


def _is_killed() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)
    yield 2


def test_they_come_in_order_from_another_process() -> None:
    items = list(made_beside(_told(5)))
    assert [number for number, _ in items] == [0, 1, 2, 3, 4]
    assert os.getpid() not in {where for _, where in items}


def test_what_fails_there_is_raised_here() -> None:
    items = made_beside(_fails())
    assert next(items) == 1
    with pytest.raises(PortalError):
        next(items)


def test_a_killed_copy_is_no_end() -> None:
    items = made_beside(_is_killed())
    assert next(items) == 1
    with pytest.raises(EOFError):
        next(items)


def test_whoever_stops_early_leaves_no_process_behind() -> None:
    items = made_beside(_told(1_000_000))
    _, other = next(items)
    del items
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)
