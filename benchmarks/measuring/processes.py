"""Processes and their processor time, read from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def with_descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                found += with_descendants(int(child))
        except FileNotFoundError:
            continue  # that thread has ended meanwhile
    return found


def processor_seconds(pids: Iterable[int]) -> float:
    """What processes and those of their children that have ended took so far."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        ticks += sum(int(fields[place]) for place in (11, 12, 13, 14))  # user, system, and the same of the ended
    return ticks / TICKS
