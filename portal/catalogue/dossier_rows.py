"""Stores the dossiers of bodies by month. Ten thousand rows a file, so past the rows of the session."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency, DossierCount
from portal.catalogue.reading import BadRow, ImportRefused, Row
from portal.catalogue.storing import UNKNOWN_CODE, Counts, Sheet
from portal.foundation.text import N_
from portal.foundation.time import today

_NOT_THERE = N_("Trong tháng này không có cơ quan nào mang mã “%(code)s”.")
_NOT_OVER = N_("Tháng này chưa hết nên chưa có số của cả tháng.")

_TABLE: Any = DossierCount.__table__
_Key = tuple[str, str]
_Months = Mapping[str, list[tuple[str, str]]]


def store_dossiers(session: Session, sheet: Sheet) -> Counts:
    """One row a body and month; a later file corrects an earlier one. Raises ImportRefused with every bad row."""
    _check(sheet, _months_of_bodies(session))
    known = _known(session, sheet.rows)
    counts = Counts()
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in sheet.rows:
        values = _values(row)
        there = known.get((values["agency_code"], values["month"]))
        differs = there is not None and there != values
        counts.note(added=there is None, changed=differs)
        if there is None:
            new.append(values)
        elif differs:
            changed.append({f"new_{name}": value for name, value in values.items()})
    _write(session, new, changed)
    return counts


def _values(row: Row) -> dict[str, Any]:
    return {"is_invented" if column == "invented" else column: value for column, value in row.values.items()}


def _known(session: Session, rows: Iterable[Row]) -> dict[_Key, dict[str, Any]]:
    """What is stored of the months of these rows."""
    months = {row["month"] for row in rows}
    stored = session.execute(select(_TABLE).where(_TABLE.c.month.in_(months))).mappings()
    return {(one["agency_code"], one["month"]): dict(one) for one in stored}


def _write(session: Session, new: list[dict[str, Any]], changed: list[dict[str, Any]]) -> None:
    connection = session.connection()
    if new:
        connection.execute(insert(_TABLE), new)
    if changed:
        keys = ("agency_code", "month")
        same = [_TABLE.c[name] == bindparam(f"new_{name}") for name in keys]
        others: dict[str, Any] = {
            column.name: bindparam(f"new_{column.name}") for column in _TABLE.c if column.name not in keys
        }
        connection.execute(update(_TABLE).where(*same).values(others), changed)


def _months_of_bodies(session: Session) -> _Months:
    """From which month to which each code means a body; a code comes back."""
    held: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, begins, ends in session.execute(select(Agency.code, Agency.valid_from, Agency.valid_to)).tuples():
        held[code].append((f"{begins:%Y-%m}", f"{ends:%Y-%m}" if ends else "9999-12"))
    return held


def _check(sheet: Sheet, held: _Months) -> None:
    present = f"{today():%Y-%m}"
    bad: list[BadRow] = []
    for row in sheet.rows:
        code, month = row["agency_code"], row["month"]
        if code not in held:
            bad.append(sheet.bad(row, "agency_code", UNKNOWN_CODE, code=code))
        elif month >= present:
            bad.append(sheet.bad(row, "month", _NOT_OVER))
        elif not any(begins <= month <= ends for begins, ends in held[code]):
            bad.append(sheet.bad(row, "agency_code", _NOT_THERE, code=code))
    if bad:
        raise ImportRefused(bad)
