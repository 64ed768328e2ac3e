"""Tables for spreadsheet programs. Pure: cells that no program takes for a formula, and the two kinds of file."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter

Cells = Sequence[str]
FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the wide ones are read as the narrow
LONGEST_CELL = 32_767  # UTF-16 units, of Excel: a longer cell is left out by the library
BOM = "\ufeff"  # without it Excel reads Vietnamese as Latin letters


def defused(text: str) -> str:
    """The text so that a spreadsheet shows it: what would start a formula has an apostrophe before it."""
    safe = f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return safe if _units(safe) <= LONGEST_CELL else _shortened(safe)


def as_csv(rows: Iterable[Cells]) -> Iterator[bytes]:
    """The lines of a CSV file, one at a time."""
    yield BOM.encode()
    for row in rows:
        line = io.StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([defused(cell) for cell in row])
        yield line.getvalue().encode()


def write_xlsx(file: IO[bytes], rows: Iterable[Cells], widths: Sequence[int]) -> None:
    """Writes one sheet, a row at a time: all cells are strings, nothing becomes a formula, a number or a link."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, defused(cell), bold if number == 0 else None)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shortened(text: str) -> str:
    kept = text.encode("utf-16-le", "surrogatepass")[: (LONGEST_CELL - 1) * 2]
    return kept.decode("utf-16-le", "ignore") + "…"
