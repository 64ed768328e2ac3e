"""`catalogue import`: reads CSV files into the catalogue, all of what is given or nothing.

A file is known by its header row; where several files share one header, its name decides.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from portal.catalogue.changing import all_states, note_differences
from portal.catalogue.file_kinds import FILE_KINDS, FileKind
from portal.catalogue.reading import BadRow, ImportRefused, RawFile, Row, Unreadable, read_file, typed_rows
from portal.catalogue.storing import Counts, Sheet
from portal.catalogue.words import Sure
from portal.foundation.text import N_

# From when the bodies of a file hold that does not say so itself. The lists of 2022 have no column on how
# sure they are; they hold from the day of Directive 30-CT/TU. The later list has one, and holds from the day
# on which districts ended (Luật 72/2025/QH15, Nghị quyết 202/2025/QH15).
_DIRECTIVE_DAY = date(2022, 11, 17)
_TWO_TIERS_DAY = date(2025, 7, 1)


@dataclass(frozen=True)
class FileResult:
    """What importing one file did: how many rows were new, changed, or there already."""

    file: str
    kind: str
    added: int
    changed: int
    unchanged: int
    kept: tuple[str, ...] = ()  # codes left as people edited them


def import_files(session: Session, paths: Iterable[Path]) -> list[FileResult]:
    """Imports files, in whatever order they are given. Raises ImportRefused, with every bad row found.

    What it changes of rows that administrators change too goes into their history.
    Flushes only: the caller's transaction is what makes it all or nothing.
    """
    read: list[tuple[FileKind, Sheet]] = []
    bad: list[BadRow] = []
    for path in paths:
        try:
            read.append(_read_sheet(path))
        except ImportRefused as refused:
            bad.extend(refused.rows)
    if bad:
        raise ImportRefused(bad)
    read.sort(key=lambda item: (item[0].rank, item[1].begins))
    before = all_states(session)
    results = [_result(kind, sheet, kind.store(session, sheet)) for kind, sheet in read]
    note_differences(session, before)
    return results


def _result(kind: FileKind, sheet: Sheet, counts: Counts) -> FileResult:
    return FileResult(sheet.file, kind.name, counts.added, counts.changed, counts.unchanged, tuple(counts.kept))


def _read_sheet(path: Path) -> tuple[FileKind, Sheet]:
    raw = read_file(path)
    kind = recognise(raw)
    rows, bad = typed_rows(raw, kind.readers)
    for row in rows:
        _fill_in(row, kind, raw.header)
        try:
            kind.check(row)
        except Unreadable as error:
            bad.append(BadRow(raw.name, row.line, error.column, error.message, error.values))
    bad.extend(_twice(raw.name, kind, rows))
    bad.extend(_overlapping(raw.name, rows) if kind.has_periods else ())
    if bad:
        raise ImportRefused(bad)
    return kind, Sheet(raw.name, tuple(rows))


def recognise(raw: RawFile) -> FileKind:
    """The kind of a file, by its header and if need be by its name."""
    fitting = [kind for kind in FILE_KINDS if kind.fits(raw.header)]
    if len(set(raw.header)) < len(raw.header):
        raise ImportRefused([BadRow(raw.name, 1, "", N_("Dòng tiêu đề có cột bị lặp."))])
    if len(fitting) > 1:
        names = ", ".join(kind.name for kind in fitting)
        fitting = [kind for kind in fitting if raw.name.startswith(kind.name)]
        if not fitting:
            message = N_("Nhiều tệp có tiêu đề này. Tên tệp phải bắt đầu bằng một trong: %(names)s.")
            raise ImportRefused([BadRow(raw.name, 1, "", message, {"names": names})])
    return fitting[0] if fitting else _refuse_header(raw)


def _refuse_header(raw: RawFile) -> FileKind:
    header = set(raw.header)
    nearest = max(FILE_KINDS, key=lambda kind: (len(header & kind.readers.keys()), -len(kind.readers)))
    missing = sorted(nearest.readers.keys() - nearest.optional - header)
    strange = sorted(header - nearest.readers.keys())
    message = N_("Không nhận ra tiêu đề. Gần nhất là %(kind)s: thiếu cột [%(missing)s], thừa cột [%(strange)s].")
    values = {"kind": nearest.name, "missing": ", ".join(missing), "strange": ", ".join(strange)}
    raise ImportRefused([BadRow(raw.name, 1, (missing or strange)[0], message, values)])


def _fill_in(row: Row, kind: FileKind, header: tuple[str, ...]) -> None:
    if "valid_from" in kind.optional:
        row.values.setdefault("valid_from", _TWO_TIERS_DAY if "sure" in header else _DIRECTIVE_DAY)
        row.values.setdefault("sure", Sure.CERTAIN)


def _twice(file: str, kind: FileKind, rows: Iterable[Row]) -> Iterable[BadRow]:
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in kind.key)
        first = seen.setdefault(key, row.line)
        if first != row.line:
            message = N_("Trùng với dòng %(line)s.")
            yield BadRow(file, row.line, kind.key[0], message, {"line": first})


def _overlapping(file: str, rows: Iterable[Row]) -> Iterable[BadRow]:
    by_code: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    for same in by_code.values():
        for one, following in pairwise(sorted(same, key=lambda row: row["valid_from"])):
            if one["valid_from"] < following["valid_from"] <= (one["valid_to"] or date.max):
                message = N_("Cùng mã và còn hiệu lực cùng lúc với dòng %(line)s.")
                yield BadRow(file, following.line, "valid_from", message, {"line": one.line})
