"""One row of the catalogue changed by an administrator, with its row of history in the same transaction.

What is written is checked here; `changing_rows` says for each list what may be changed and what must hold. Whoever
changes says which state they saw (`state_mark`): who comes second is refused, and nothing is overwritten unseen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.change_models import CatalogueChange
from portal.catalogue.models import Agency, Announcement, CalendarDay, Category
from portal.foundation.errors import Conflict, FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now

Changeable = Agency | Category | CalendarDay | Announcement

NAMES = ("name_vi", "name_en")
EDITABLE: Mapping[type[Changeable], tuple[str, ...]] = {
    Agency: (*NAMES, "phone", "address", "valid_from", "valid_to", "successor_id"),
    Category: (*NAMES, "example_vi", "example_en", "severity"),
    CalendarDay: ("is_working", *NAMES, "sure", "source"),
    Announcement: ("agency_code", "category", "text_vi", "text_en", "valid_from", "valid_to"),
}
MOST_SHOWN = 200

LOOK_AGAIN = N_("Còn chỗ cần xem lại.")
SEEN_OTHERWISE = N_("Trong lúc anh/chị sửa, mục này đã có thay đổi khác. Hãy đối chiếu rồi lưu lại.")


def state(row: Changeable) -> dict[str, Any]:
    """What a row holds of all that can be changed, as its history keeps it."""
    return {name: _plain(getattr(row, name)) for name in EDITABLE[type(row)]}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def state_mark(row: Changeable) -> str:
    """Names a row's state; another state has another mark."""
    return hashlib.sha256(json.dumps(state(row), sort_keys=True).encode()).hexdigest()[:16]


def history_key(row: Changeable) -> tuple[str, str]:
    """Under which list and code a row's history stands. (Bodies' codes come back, so their row's number is in it.)"""
    table = row.__tablename__
    if isinstance(row, Agency):
        return table, f"{row.code}/{row.id}"
    return table, row.on.isoformat() if isinstance(row, CalendarDay) else row.code


def check_seen(row: Changeable, seen: str) -> None:
    """Raises Conflict when a row is not any more what somebody saw."""
    if state_mark(row) != seen:
        raise Conflict(SEEN_OTHERWISE)


def apply(session: Session, row: Changeable, values: Mapping[str, Any], by_login: str | None) -> bool:
    """Writes checked values into a row that is there already; says whether anything changed."""
    before = state(row)
    for name in EDITABLE[type(row)]:
        if name in values:
            setattr(row, name, values[name])
    after = state(row)
    if after != before:
        note_change(session, history_key(row), before, after, by_login)
    return after != before


def add(session: Session, row: Changeable, by_login: str | None) -> None:
    """Stores a new row."""
    session.add(row)
    session.flush()
    note_change(session, history_key(row), {}, state(row), by_login)


def remove(session: Session, row: CalendarDay, by_login: str | None) -> None:
    """Takes a day out of the calendar; its history stays. (Nothing else is ever taken away.)"""
    note_change(session, history_key(row), state(row), {}, by_login)
    session.delete(row)
    session.flush()


States = Mapping[Changeable, dict[str, Any]]


def all_states(session: Session) -> States:
    """What every row holds that can be changed, so that a file's changes get their history too."""
    rows = (row for table in EDITABLE for row in cast(Iterable[Changeable], session.scalars(select(table))))
    return {row: state(row) for row in rows}


def note_differences(session: Session, before: States) -> None:
    """Adds the history of rows that were there before and hold something else now, changed from the command line."""
    for row, held in before.items():
        after = state(row)
        if after != held:
            note_change(session, history_key(row), held, after, None)


def note_change(
    session: Session, key: tuple[str, str], before: Mapping[str, Any], after: Mapping[str, Any], by_login: str | None
) -> None:
    """Adds one row of history. No login: the command line."""
    table, code = key
    session.add(
        CatalogueChange(list=table, code=code, at=now(), by_login=by_login, before=dict(before), after=dict(after))
    )
    session.flush()


def changes_of(session: Session, key: tuple[str, str]) -> Sequence[CatalogueChange]:
    """What was changed of a row, the newest first; at most 200 changes."""
    table, code = key
    query = select(CatalogueChange).where(CatalogueChange.list == table, CatalogueChange.code == code)
    return session.scalars(query.order_by(CatalogueChange.id.desc()).limit(MOST_SHOWN)).all()


def refuse(errors: Mapping[str, PortalError]) -> None:
    """Raises FieldErrors if there are any."""
    if errors:
        raise FieldErrors(LOOK_AGAIN, errors)


def refuse_field(name: str, message: str, **values: object) -> NoReturn:
    """Raises FieldErrors for one field."""
    raise FieldErrors(LOOK_AGAIN, {name: PortalError(message, **values)})
