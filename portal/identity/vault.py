"""A body's key pair: made once, its private half shared out to the people who may open identities.

Each passphrase takes half a second on purpose. What is unlocked lives in memory, as long as it is needed.
"""

from collections.abc import Mapping

from nacl.public import PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.time import now
from portal.identity import recovery
from portal.identity.errors import KeyExists, NoShare
from portal.identity.models import BodyKey, BodyKeyShare
from portal.identity.wrapping import (
    MODERATE,
    BodyPrivateKey,
    Cost,
    unwrap,
    unwrap_for_recovery,
    wrap,
    wrap_for_recovery,
)

_KEY = BodyKey.__table__.c
_LIVE_KEYS = select(_KEY.agency_id, _KEY.public).where(_KEY.retired_at.is_(None))


def current_body_key(session: Session, agency_id: int) -> BodyKey | None:
    """The key to which new reports are sealed for that body."""
    return session.scalar(select(BodyKey).where(BodyKey.agency_id == agency_id, BodyKey.retired_at.is_(None)))


def public_keys(session: Session) -> dict[int, bytes]:
    """The public keys to which new reports are sealed, of all bodies that have one."""
    return {row.agency_id: row.public for row in session.connection().execute(_LIVE_KEYS)}


def create_body_key(
    session: Session, agency_id: int, shares: Mapping[int, str], cost: Cost = MODERATE
) -> tuple[BodyKey, str]:
    """A new key pair, a share for each account (staff id → passphrase), and the recovery key to show once.

    Raises KeyExists when the body has a key, WeakPassphrase for a short passphrase.
    """
    if current_body_key(session, agency_id) is not None:
        raise KeyExists
    private, recovery_key = BodyPrivateKey.generate(), recovery.new_recovery_key()
    body_key = BodyKey(agency_id=agency_id, public=bytes(private.public_key), created_at=now())
    session.add(body_key)
    session.flush()
    wrapped = wrap_for_recovery(private, recovery_key)
    session.add(BodyKeyShare(key_id=body_key.id, is_recovery=True, wrapped=wrapped))
    for staff_id, passphrase in shares.items():
        add_share(session, body_key, private, staff_id, passphrase, cost)
    session.flush()
    return body_key, recovery.written(recovery_key)


def add_share(
    session: Session,
    body_key: BodyKey,
    private_key: PrivateKey,
    staff_id: int,
    passphrase: str,
    cost: Cost = MODERATE,
) -> BodyKeyShare:
    """Gives an account a share, or a new passphrase to the share it has."""
    wrapped = wrap(private_key, passphrase, cost)
    share = _share_of(session, body_key, staff_id)
    if share is None:
        share = BodyKeyShare(key_id=body_key.id, staff_id=staff_id, is_recovery=False, wrapped=wrapped)
        session.add(share)
    else:
        share.wrapped = wrapped
    session.flush()
    return share


def unlock(session: Session, body_key: BodyKey, staff_id: int, passphrase: str) -> BodyPrivateKey:
    """The body's private key by an account's passphrase. Raises NoShare or WrongPassphrase."""
    share = _share_of(session, body_key, staff_id)
    if share is None:
        raise NoShare
    return unwrap(share.wrapped, body_key.public, passphrase)


def unlock_with_recovery(session: Session, body_key: BodyKey, typed: str) -> BodyPrivateKey:
    """The body's private key by the recovery key as it was written down. Raises WrongRecoveryKey."""
    recovery_key = recovery.read(typed)
    share = session.scalars(
        select(BodyKeyShare).where(BodyKeyShare.key_id == body_key.id, BodyKeyShare.is_recovery)
    ).one()
    return unwrap_for_recovery(share.wrapped, body_key.public, recovery_key)


def _share_of(session: Session, body_key: BodyKey, staff_id: int) -> BodyKeyShare | None:
    return session.scalar(
        select(BodyKeyShare).where(BodyKeyShare.key_id == body_key.id, BodyKeyShare.staff_id == staff_id)
    )
