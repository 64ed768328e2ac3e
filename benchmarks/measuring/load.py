"""Load, by wrk: a generator in Python would be slower than what it measures."""

import json
import secrets
import shutil
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring.processes import processor_seconds
from benchmarks.measuring.results import CouldNotMeasure

SCRIPT = Path(__file__).with_name("load.lua")
CONNECTIONS = 8
WARM = 3.0  # seconds, in which workers fill what they keep


@dataclass(frozen=True)
class Request:
    """What is sent again and again. `keyed`: each with an Idempotency-Key of its own."""

    address: str
    status: int = 200
    method: str = "GET"
    content_type: str = "-"
    bodies: Path | None = None
    keyed: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """What one run of wrk saw, and how much processor time the served side took for it."""

    answers: int
    seconds: float
    p50: float
    p99: float
    processor: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


@dataclass
class Side:
    """One of the servers that are compared. `processes` names those whose processor time is its own."""

    name: str
    request: Request
    processes: Callable[[], Sequence[int]]
    rounds: list[Round] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """All answers of all rounds."""
        return sum(one.answers for one in self.rounds)

    @property
    def rate(self) -> float:
        """Answers a second, the median of the rounds."""
        return statistics.median(one.rate for one in self.rounds)

    @property
    def processor_ms(self) -> float:
        """Processor time an answer, database server included: a busy machine changes it least."""
        return 1000 * sum(one.processor for one in self.rounds) / self.answers

    def words(self) -> str:
        """Latencies and processor time, for the table."""
        p50 = statistics.median(one.p50 for one in self.rounds)
        p99 = statistics.median(one.p99 for one in self.rounds)
        return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, processor {self.processor_ms:.2f} ms each"


def compare(sides: Sequence[Side], rounds: int, seconds: float) -> None:
    """Loads the sides in turn, round after round, so that what else the machine does meets all of them."""
    for side in sides:
        measure(side.request, WARM)
    for _ in range(rounds):
        for side in sides:
            before = processor_seconds(side.processes())
            seen = measure(side.request, seconds)
            took = processor_seconds(side.processes()) - before
            side.rounds.append(Round(int(seen["answers"]), seen["seconds"], seen["p50"], seen["p99"], took))


def measure(request: Request, seconds: float) -> dict[str, float]:
    """One run of wrk. Raises CouldNotMeasure for any answer but the expected one."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise CouldNotMeasure("wrk is not there (Debian: apt-get install wrk)")
    command = [
        *(wrk, "--threads", "2", "--connections", str(CONNECTIONS), "--duration", f"{max(1, round(seconds))}s"),
        *("--timeout", "30s", "--script", str(SCRIPT), request.address, "--"),
        *(str(request.status), request.method, request.content_type, str(request.bodies or "-")),
        secrets.token_hex(16) if request.keyed else "-",
        *(f"{name}={value}" for name, value in request.headers.items()),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise CouldNotMeasure(f"wrk ended with {ended.returncode}: {ended.stderr or ended.stdout}")
    seen: dict[str, float] = json.loads(ended.stdout.strip().splitlines()[-1])
    if seen["wrong"] or seen["broken"] or not seen["answers"]:
        raise CouldNotMeasure(f"{request.address} gave other answers than {request.status}: {seen}")
    return seen
