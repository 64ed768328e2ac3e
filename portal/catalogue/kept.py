"""What a process keeps of the catalogue between two requests: until something in it changes, or the next day.

The catalogue is read at every page and filing, and changes a few times a year. A trigger renews its mark with every
write, by whatever hand and in whatever process (migration 0007); whoever asks compares marks first.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import CatalogueVersion
from portal.foundation.database import reading

MOST = 64
T = TypeVar("T")

_MARK = select(CatalogueVersion.__table__.c.mark)
_ASKED = "catalogue_mark"

_lock = Lock()
_kept: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()


def mark_of(session: Session) -> str:
    """The mark of the catalogue as this session's transaction sees it; asked for once a transaction that only reads."""
    session.flush()
    connection = reading(session)
    writes = connection.get_execution_options().get("portal_writes")
    asked: tuple[object, str] | None = session.info.get(_ASKED)
    if asked is None or writes or asked[0] is not session.get_transaction():
        session.info[_ASKED] = asked = (session.get_transaction(), connection.scalar(_MARK) or "")
    return asked[1]


def kept(session: Session, on: date, build: Callable[[Session, date], T]) -> T:
    """What `build` makes of the catalogue of a day. It must hold no row of the session, and nobody may change it."""
    key = (mark_of(session), on, build)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]  # type: ignore[no-any-return]
    made = build(session, on)
    with _lock:
        _kept[key] = made
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
