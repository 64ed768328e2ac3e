"""A body's key: made once, shared out, opened by a passphrase or by the recovery key."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation.time import now
from portal.identity.errors import KeyExists, NoShare, WeakPassphrase, WrongPassphrase, WrongRecoveryKey
from portal.identity.models import BodyKey, BodyKeyShare
from portal.identity.recipients import body_recipient
from portal.identity.vault import add_share, create_body_key, current_body_key, unlock, unlock_with_recovery
from portal.identity.wrapping import LOWEST
from tests.makers.cast import Cast

OF_HANH, OF_MINH = "bốn con mèo ngủ trưa", "sông dài cá lội"


@pytest.fixture
def committee(cast: Cast) -> int:
    return cast.hanh.agency_id


@pytest.fixture
def city(cast: Cast) -> int:
    return cast.quy.agency_id


@pytest.fixture
def secrets(cast: Cast) -> dict[int, str]:
    return {cast.hanh.id: OF_HANH, cast.minh.id: OF_MINH}


def test_each_holder_opens_with_their_own_passphrase(
    session: Session, cast: Cast, committee: int, secrets: dict[int, str]
) -> None:
    body_key, _ = create_body_key(session, committee, secrets, LOWEST)
    private = unlock(session, body_key, cast.hanh.id, OF_HANH)
    assert bytes(private.public_key) == body_key.public
    assert bytes(unlock(session, body_key, cast.minh.id, OF_MINH)) == bytes(private)
    with pytest.raises(WrongPassphrase):
        unlock(session, body_key, cast.hanh.id, OF_MINH)


def test_who_has_no_share_opens_nothing(session: Session, cast: Cast, committee: int) -> None:
    body_key, _ = create_body_key(session, committee, {cast.hanh.id: OF_HANH}, LOWEST)
    with pytest.raises(NoShare):
        unlock(session, body_key, cast.minh.id, OF_HANH)


def test_the_recovery_key_opens_and_gives_new_shares(session: Session, cast: Cast, committee: int) -> None:
    body_key, recovery_key = create_body_key(session, committee, {}, LOWEST)
    private = unlock_with_recovery(session, body_key, recovery_key.lower())
    add_share(session, body_key, private, cast.minh.id, OF_MINH, LOWEST)
    assert bytes(unlock(session, body_key, cast.minh.id, OF_MINH)) == bytes(private)


def test_another_bodys_recovery_key_opens_nothing(session: Session, committee: int, city: int) -> None:
    body_key, _ = create_body_key(session, committee, {}, LOWEST)
    _, theirs = create_body_key(session, city, {}, LOWEST)
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery(session, body_key, theirs)


def test_a_forgotten_passphrase_is_replaced(
    session: Session, cast: Cast, committee: int, secrets: dict[int, str]
) -> None:
    body_key, _ = create_body_key(session, committee, secrets, LOWEST)
    private = unlock(session, body_key, cast.minh.id, OF_MINH)
    add_share(session, body_key, private, cast.hanh.id, "một cụm mật khẩu mới", LOWEST)
    assert bytes(unlock(session, body_key, cast.hanh.id, "một cụm mật khẩu mới")) == bytes(private)
    with pytest.raises(WrongPassphrase):
        unlock(session, body_key, cast.hanh.id, OF_HANH)


@pytest.mark.both
def test_a_body_has_one_key(session: Session, committee: int, city: int) -> None:
    assert current_body_key(session, committee) is None
    body_key, _ = create_body_key(session, committee, {}, LOWEST)
    assert current_body_key(session, committee) is body_key
    assert current_body_key(session, city) is None
    with pytest.raises(KeyExists):
        create_body_key(session, committee, {}, LOWEST)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(BodyKey(agency_id=committee, public=b"p" * 32, created_at=now()))


def test_a_retired_key_gives_way(session: Session, committee: int) -> None:
    first, _ = create_body_key(session, committee, {}, LOWEST)
    first.retired_at = now()
    second, _ = create_body_key(session, committee, {}, LOWEST)
    assert current_body_key(session, committee) is second


def test_a_weak_passphrase_makes_no_share(session: Session, cast: Cast, committee: int) -> None:
    with pytest.raises(WeakPassphrase):
        create_body_key(session, committee, {cast.hanh.id: "ngắn"}, LOWEST)
    shares = select(func.count()).select_from(BodyKeyShare).where(BodyKeyShare.staff_id == cast.hanh.id)
    assert session.scalar(shares) == 0


@pytest.mark.both
@pytest.mark.parametrize(("somebody", "is_recovery"), [(False, False), (True, True), (False, True)])
def test_a_share_belongs_to_one_account_or_to_recovery(
    session: Session, cast: Cast, committee: int, somebody: bool, is_recovery: bool
) -> None:
    body_key, _ = create_body_key(session, committee, {}, LOWEST)
    staff_id = cast.hanh.id if somebody else None
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(BodyKeyShare(key_id=body_key.id, staff_id=staff_id, is_recovery=is_recovery, wrapped=b""))


def test_no_secret_is_stored(session: Session, cast: Cast, committee: int, secrets: dict[int, str]) -> None:
    body_key, recovery_key = create_body_key(session, committee, secrets, LOWEST)
    private = bytes(unlock(session, body_key, cast.hanh.id, OF_HANH))
    stored = b"".join(session.scalars(select(BodyKeyShare.wrapped))) + body_key.public
    assert private not in stored
    assert recovery_key.encode() not in stored


def test_a_recipient_is_named_after_its_public_key() -> None:
    assert body_recipient(bytes(range(32))) == "body:5c52920a7263e39d"
    assert body_recipient(b"a" * 32) != body_recipient(b"b" * 32)
