"""QR codes as the path of a drawing: one for pages and papers alike, no picture file."""

from dataclasses import dataclass

import segno

QUIET = 2  # empty squares around it: the code stands on white, with more white beside it


@dataclass(frozen=True)
class QrCode:
    """A path of horizontal strokes, one unit thick, and the side of the square that it is drawn in."""

    path: str
    size: int

    @property
    def svg(self) -> str:
        """The drawing as a file of its own."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<path d="{self.path}" fill="none" stroke="#000"/></svg>'
        )


def qr_code(text: str) -> QrCode:
    """The QR code of a text, readable with a seventh of it dirty or torn."""
    rows = segno.make_qr(text, error="m", boost_error=False).matrix
    strokes = [
        f"M{start + QUIET} {y + QUIET}.5h{length}" for y, row in enumerate(rows) for start, length in _runs(bytes(row))
    ]
    return QrCode("".join(strokes), len(rows) + 2 * QUIET)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where the dark squares of a row begin, and how many follow each other."""
    runs: list[tuple[int, int]] = []
    for x, square in enumerate(row):
        if square and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif square:
            runs.append((x, 1))
    return runs
