"""Writing and reading what happened to an account."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.time import now
from portal.staff.history_models import AccountChange, AccountChangeKind
from portal.staff.models import Staff

MOST_SHOWN = 200


def note_change(
    session: Session,
    account: Staff,
    kind: AccountChangeKind,
    *,
    by: Staff | None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Adds one row to the account's history. `by` is None for the command line."""
    row = AccountChange(
        staff_id=account.id, at=now(), by_id=by.id if by else None, kind=kind, detail=dict(detail or {})
    )
    session.add(row)
    session.flush()


def changes_of(session: Session, account: Staff) -> Sequence[AccountChange]:
    """What happened to an account, the newest first; at most 200 rows."""
    query = select(AccountChange).where(AccountChange.staff_id == account.id).order_by(AccountChange.id.desc())
    return session.scalars(query.limit(MOST_SHOWN)).all()
