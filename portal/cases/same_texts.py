"""How often a text was sent within a day, by a keyed hash of its letters: no text is kept for it, and none compared."""

from functools import lru_cache

from sqlalchemy import ColumnElement, Dialect, bindparam, delete, literal_column, select
from sqlalchemy.orm import Session

from portal.cases.quarantine_models import Quarantine, TextSent
from portal.cases.suspect import MOST_ALIKE, WITHIN, bare_text
from portal.foundation.codes import keyed_hash
from portal.foundation.ready import Ready
from portal.foundation.time import now

_NONE: ColumnElement[int] = literal_column("0")  # written out, or SQLite's dialect asks for a value


def text_mark(key: bytes, narrative: str) -> bytes | None:
    """What a narrative is known by; None for a short one, which several people may write alike."""
    bare = bare_text(narrative)
    return keyed_hash(key, "same-text/1", bare.encode()) if bare else None


def times_sent(session: Session, mark: bytes | None) -> int:
    """How often the text was sent within a day, counted as far as the rule asks.

    0 for one of which an inspector has said that it is no spam: a letter that many people send is one of those.
    """
    if mark is None:
        return 0
    connection = session.connection()
    found = _sent(connection.dialect).run(connection, [mark, now() - WITHIN]).fetchall()
    if len(found) < MOST_ALIKE or _released(connection.dialect).run(connection, [mark]).fetchone() is not None:
        return 0
    return len(found)


@lru_cache(maxsize=8)
def _sent(dialect: Dialect) -> Ready:
    query = select(TextSent.id).where(TextSent.mark == bindparam("mark"), TextSent.at > bindparam("since"))
    return Ready(query.limit(literal_column(str(MOST_ALIKE))).offset(_NONE), dialect)


@lru_cache(maxsize=8)
def _released(dialect: Dialect) -> Ready:
    is_released = Quarantine.released_at.is_not(None)
    query = select(Quarantine.case_id).where(Quarantine.text_mark == bindparam("mark"), is_released)
    return Ready(query.limit(literal_column("1")).offset(_NONE), dialect)


def forget_texts(session: Session) -> None:
    """Deletes what is older than the rule looks back."""
    session.execute(delete(TextSent).where(TextSent.at <= now() - WITHIN))
