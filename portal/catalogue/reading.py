"""Reads a catalogue file into typed rows, or says exactly what is wrong with it: file, line, column, reason.

Pure: knows cells and rows, no tables. All that is wrong in a file is found in one go.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from portal.foundation.errors import PortalError
from portal.foundation.text import N_, clean, clean_line

Reader = Callable[[str], Any]

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
_WHOLE = re.compile(r"-?\d{1,6}")


class Unreadable(PortalError):
    """A cell, or a row, that cannot be taken as it is. `column` is the cell's, where the reader knows it."""

    def __init__(self, message: str, column: str = "", **values: object) -> None:
        super().__init__(message, **values)
        self.column = column


@dataclass(frozen=True)
class BadRow:
    """Why a row is refused. Line 1 is the header; the column is empty where the whole row is meant."""

    file: str
    line: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The reason in Vietnamese, with its values."""
        return self.message % self.values if self.values else self.message


class ImportRefused(PortalError):
    """Nothing was imported, because of these rows."""

    def __init__(self, rows: list[BadRow]) -> None:
        super().__init__(N_("Chưa nạp được dữ liệu vì có dòng sai."))
        self.rows = tuple(sorted(rows, key=lambda row: (row.file, row.line)))


@dataclass(frozen=True)
class Row:
    """One row's values by column, and the line on which it begins."""

    line: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass(frozen=True)
class RawFile:
    """A file as it was read: its header, and the cells of each row with the line on which they begin."""

    name: str
    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read_file(path: Path) -> RawFile:
    """The cells of a CSV file: UTF-8 (a byte order mark is allowed), commas, a header row."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ImportRefused([BadRow(path.name, line, "", N_("Tệp không phải UTF-8."))]) from error
    lines = list(_cells(path.name, content))
    if not lines:
        raise ImportRefused([BadRow(path.name, 1, "", N_("Tệp trống, không có dòng tiêu đề."))])
    (_, header), *rest = lines
    return RawFile(path.name, tuple(cell.strip() for cell in header), tuple(rest))


def _cells(name: str, content: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, tuple(cells)
            begins = reader.line_num + 1
    except csv.Error as error:
        refused = BadRow(name, begins, "", N_("Dòng không đúng dạng CSV (thiếu hoặc thừa dấu ngoặc kép)."))
        raise ImportRefused([refused]) from error


def typed_rows(raw: RawFile, readers: Mapping[str, Reader]) -> tuple[list[Row], list[BadRow]]:
    """The rows with every cell read, and what could not be read."""
    rows: list[Row] = []
    bad: list[BadRow] = []
    for line, cells in raw.lines:
        if len(cells) != len(raw.header):
            message = N_("Dòng có %(found)s ô, tiêu đề có %(expected)s cột.")
            values = {"found": len(cells), "expected": len(raw.header)}
            bad.append(BadRow(raw.name, line, "", message, values))
            continue
        row = Row(line, {})
        for column, cell in zip(raw.header, cells, strict=True):
            try:
                read = readers[column]
                row.values[column] = read(clean(cell) if isinstance(read, Lines) else clean_line(cell))
            except Unreadable as error:
                bad.append(BadRow(raw.name, line, column, error.message, error.values))
        if len(row.values) == len(raw.header):
            rows.append(row)
    return rows, bad


def text(longest: int = 4000) -> Reader:
    """Something written, at most so long."""

    def read(cell: str) -> str:
        if not cell:
            raise Unreadable(N_("Ô này không được để trống."))
        if len(cell) > longest:
            raise Unreadable(N_("Dài quá %(longest)s ký tự."), longest=longest)
        return cell

    return read


class Lines:
    """Something written of several lines, which stay as they are; every other cell is one line."""

    def __call__(self, cell: str) -> str:
        return str(text()(cell))


def code(longest: int) -> Reader:
    """A code: letters, digits, dots, hyphens, underscores."""

    def read(cell: str) -> str:
        if not _CODE.fullmatch(text(longest)(cell)):
            raise Unreadable(N_("Mã “%(cell)s” có ký tự không dùng được."), cell=cell)
        return cell

    return read


def plain_word(cell: str) -> str:
    """A word of an open list: small letters, digits, underscores."""
    if not _WORD.fullmatch(text(40)(cell)):
        raise Unreadable(N_("Từ “%(cell)s” chỉ được có chữ thường không dấu, số và gạch dưới."), cell=cell)
    return cell


def word(kind: type[StrEnum], *others: str) -> Reader:
    """A word of a closed list; `others` are allowed besides, as plain words."""

    def read(cell: str) -> str:
        if cell in others:
            return cell
        try:
            return kind(text()(cell))
        except ValueError:
            allowed = ", ".join([*kind, *others])
            message = N_("Không có từ “%(cell)s”. Các từ dùng được: %(allowed)s.")
            raise Unreadable(message, cell=cell, allowed=allowed) from None

    return read


def word_set(read_one: Reader) -> Reader:
    """Any number of words with spaces between, as one text; sorted, so that another order is no change."""

    def read(cell: str) -> str:
        return " ".join(sorted({str(read_one(part)) for part in cell.split()}))

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number between two bounds."""

    def read(cell: str) -> int:
        if not _WHOLE.fullmatch(text()(cell)):
            raise Unreadable(N_("“%(cell)s” không phải số nguyên."), cell=cell)
        if not least <= int(cell) <= most:
            raise Unreadable(N_("Phải từ %(least)s đến %(most)s."), least=least, most=most)
        return int(cell)

    return read


def day(cell: str) -> date:
    """A date as 2026-11-24."""
    try:
        if _ISO_DAY.fullmatch(text()(cell)):
            return date.fromisoformat(cell)
    except ValueError:
        pass  # a month or day that does not exist is told like any other text that is no date
    raise Unreadable(N_("“%(cell)s” không phải ngày dạng năm-tháng-ngày (ví dụ 2026-11-24)."), cell=cell)


def month(cell: str) -> str:
    """A month as 2026-10, kept as it is written."""
    if not _MONTH.fullmatch(text()(cell)):
        raise Unreadable(N_("“%(cell)s” không phải tháng dạng năm-tháng (ví dụ 2026-10)."), cell=cell)
    return cell


def yes_no(cell: str) -> bool:
    """`yes` or `no`."""
    if text()(cell) not in ("yes", "no"):
        raise Unreadable(N_("Ô này chỉ nhận yes hoặc no."))
    return cell == "yes"


def maybe(read_one: Reader) -> Reader:
    """The same, or nothing."""

    def read(cell: str) -> Any:
        return read_one(cell) if cell else None

    return read
