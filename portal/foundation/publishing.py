"""Reading as the public may: on PostgreSQL under a role that has no right on any case (decision 0032).

SQLite has no roles; there the import contracts alone keep the public half from cases.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

ROLE = "portal_publication"  # made by migration 0025, with SELECT on what is published and on the catalogue

_TAKE = text("SET LOCAL ROLE portal_publication")


@contextmanager
def publishing(session: Session) -> Iterator[None]:
    """What is read inside is read under the role, in one transaction that is rolled back at the end.

    The role belongs to the transaction, so however it ends, the connection is its own again. Raises RuntimeError when
    the session is writing, or holds changes.
    """
    if session.info.get("writing") or session.new or session.dirty or session.deleted:
        raise RuntimeError("what is published is read by a session that does not write")
    if session.get_bind().dialect.name != "postgresql" or session.info.get("publishing"):
        yield
        return
    session.rollback()
    session.info["publishing"] = True
    try:
        session.execute(_TAKE)
        yield
    finally:
        session.info["publishing"] = False
        session.rollback()
