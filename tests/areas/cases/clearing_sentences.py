"""The labelled sentences that clearing is measured on, and the measuring."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.cases.clearing import clearing_masks

HERE = Path(__file__).parent
TUNED, HELD_OUT = HERE / "clearing_sentences.txt", HERE / "clearing_sentences_held_out.txt"
_LABEL = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True)
class Sentence:
    """What somebody could write, and where an agency must not read it."""

    text: str
    labels: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Measured:
    """Labelled places and those covered from end to end; proposed places and those that touch a labelled one."""

    labelled: int
    covered: int
    proposed: int
    right: int
    missed: Sequence[str]
    needless: Sequence[str]

    @property
    def recall(self) -> float:
        """The share of labelled places that is covered whole."""
        return self.covered / self.labelled

    @property
    def precision(self) -> float:
        """The share of proposed places that covers something labelled."""
        return self.right / self.proposed


def sentences(*files: Path) -> Iterator[Sentence]:
    """The sentences of these files."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield _read(line)


def _read(line: str) -> Sentence:
    text, labels, done = "", [], 0
    for label in _LABEL.finditer(line):
        text += line[done : label.start()]
        labels.append((len(text), len(text) + len(label[1])))
        text += label[1]
        done = label.end()
    return Sentence(text + line[done:], tuple(labels))


def measured(read: Sequence[Sentence]) -> Measured:
    """How well the proposed masks cover what is labelled."""
    labelled = covered = proposed = right = 0
    missed, needless = [], []
    for one in read:
        spans = clearing_masks(one.text)
        labelled += len(one.labels)
        proposed += len(spans)
        for start, end in one.labels:
            is_covered = all(
                any(span.start <= place < span.end for span in spans)
                for place in range(start, end)
                if not one.text[place].isspace()
            )
            covered += is_covered
            missed += [] if is_covered else [f"{one.text[start:end]} | {one.text}"]
        for span in spans:
            is_right = any(span.start < end and start < span.end for start, end in one.labels)
            right += is_right
            needless += [] if is_right else [f"{one.text[span.start : span.end]} ({span.sort}) | {one.text}"]
    return Measured(labelled, covered, proposed, right, missed, needless)
