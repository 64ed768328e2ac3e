"""What a process keeps of the catalogue between two requests: until an import, or the next day.

The catalogue is read at every page and changes a few times a year. Each look asks for the version (one row by
its key) and builds anew what belongs to another one; so an import in any process holds from the next look on.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from portal.catalogue.queries import version

MOST = 64
_VERSION = "catalogue_version"
T = TypeVar("T")

_lock = Lock()
_kept: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()


def mark_of(session: Session) -> str:
    """The version of the catalogue, asked for once a transaction."""
    transaction = session.get_transaction()
    known: tuple[object, str] | None = session.info.get(_VERSION)
    if known is None or known[0] is not transaction or transaction is None:
        mark = version(session)
        session.info[_VERSION] = known = (session.get_transaction(), mark)
    return known[1]


def kept(session: Session, on: date, build: Callable[[Session, date], T]) -> T:
    """What `build` makes of the catalogue of a day. It must hold no row of the session, and nobody may change it."""
    mark = mark_of(session)
    if not mark:
        return build(session, on)
    key = (mark, on, build)
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
