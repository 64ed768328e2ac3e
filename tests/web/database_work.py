"""What the databases are asked for while an answer is made: each statement's text without its values, and rows read.

SQLite itself tells of every statement (`set_trace_callback`), so those that pass SQLAlchemy by are here too. How many
rows each gave is counted as they leave the driver: what is read and then thrown away in Python counts.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

_VALUE = re.compile(r"(?i)(?:\bx)?'(?:[^']|'')*'|(?<![\w.\"])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w\"])")


@dataclass
class Asked:
    """One statement."""

    shape: str
    rows: int = 0


@dataclass
class Work:
    """What was asked for, in order."""

    asked: list[Asked] = field(default_factory=list)

    @property
    def lines(self) -> tuple[str, ...]:
        """In a form that can be compared, and read when it differs."""
        return tuple(f"{one.rows} rows: {one.shape}" for one in self.asked)

    def statement(self, text: str) -> None:
        """SQLite begins a statement. Those that it makes itself, of triggers and of its word index, are part of one."""
        if text.startswith("--"):
            return
        self.asked.append(Asked(_VALUE.sub("?", " ".join(text.split()))))

    def row(self, _cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """SQLite hands over a row, of the statement begun last as a rule."""
        if self.asked:
            self.asked[-1].rows += 1
        return row


@contextmanager
def work_noted() -> Iterator[Work]:
    """Notes what every connection that is taken from a pool meanwhile is asked for."""
    work = Work()
    used: list[sqlite3.Connection] = []

    def watch(connection: Any, _record: object, _proxy: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(work.statement)
            connection.row_factory = work.row
            used.append(connection)

    event.listen(Pool, "checkout", watch)
    try:
        yield work
    finally:
        event.remove(Pool, "checkout", watch)
        for connection in used:
            connection.set_trace_callback(None)
            connection.row_factory = None


def more_work(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Where two walks asked for something else, with the lines in which they differ."""
    return {
        where: list(unified_diff(one.get(where, ()), other.get(where, ()), n=0, lineterm=""))
        for where in {**one, **other}
        if one.get(where) != other.get(where)
    }
