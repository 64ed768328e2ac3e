"""The key store: durable, never written over, and what is destroyed stays destroyed."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from portal.foundation import time
from portal.foundation.database import make_engine, write_queue
from portal.identity.errors import KeyAlreadyStored, KeysGone
from portal.identity.keystore import KeyStore, StoredKey, Tombstone, open_key_store
from portal.identity.keystore_schema import MIGRATION_LOCK, is_up_to_date, missing_changes, upgrade_key_store

A, B, C = (bytes([number]) * 16 for number in (1, 2, 3))
BODY, OTHER = "body:0123456789abcdef", "body:fedcba9876543210"
THEN = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)  # the third of March in the province


@pytest.mark.both
def test_gives_what_was_put(key_store: KeyStore) -> None:
    key_store.put(A, {BODY: b"one", "notices": b"two"})
    assert key_store.get(A, BODY) == b"one"
    assert key_store.get(A, "notices") == b"two"
    assert key_store.get(A, OTHER) is None
    assert key_store.get(B, BODY) is None


@pytest.mark.both
def test_putting_nothing_is_nothing(key_store: KeyStore) -> None:
    key_store.put(A, {})
    assert key_store.get(A, BODY) is None


@pytest.mark.both
def test_a_key_is_never_written_over(key_store: KeyStore) -> None:
    key_store.put(A, {BODY: b"one"})
    with pytest.raises(KeyAlreadyStored):
        key_store.put(A, {OTHER: b"new", BODY: b"changed"})
    assert key_store.get(A, BODY) == b"one"
    assert key_store.get(A, OTHER) is None
    key_store.put(A, {OTHER: b"added"})
    assert key_store.get(A, OTHER) == b"added"


@pytest.mark.both
def test_destroyed_keys_are_gone_and_stay_gone(key_store: KeyStore) -> None:
    key_store.put(A, {BODY: b"one", "notices": b"two"})
    key_store.put(B, {BODY: b"theirs"})
    key_store.destroy(A, THEN)
    assert key_store.get(A, BODY) is None
    assert key_store.get(A, "notices") is None
    assert key_store.get(B, BODY) == b"theirs"
    assert key_store.has_tombstone(A)
    assert not key_store.has_tombstone(B)
    with pytest.raises(KeysGone):
        key_store.put(A, {BODY: b"back"})
    assert key_store.get(A, BODY) is None


@pytest.mark.both
def test_a_restored_store_is_told_again_what_was_destroyed(key_store: KeyStore) -> None:
    key_store.put_many([StoredKey(uid, BODY, b"key", date(2026, 3, 3)) for uid in (A, B, C)])
    key_store.destroy(C, THEN)
    key_store.replay([Tombstone(A, THEN), Tombstone(C, THEN + timedelta(days=9)), Tombstone(A, THEN + timedelta(1))])
    assert [key_store.get(uid, BODY) for uid in (A, B, C)] == [None, b"key", None]
    assert key_store.tombstones() == [Tombstone(A, THEN), Tombstone(C, THEN)]
    key_store.replay(key_store.tombstones())
    assert key_store.tombstones() == [Tombstone(A, THEN), Tombstone(C, THEN)]


@pytest.mark.both
def test_one_recipient_loses_its_key(key_store: KeyStore) -> None:
    key_store.put(A, {BODY: b"one", "notices": b"two"})
    key_store.drop_recipient(A, "notices")
    key_store.drop_recipient(A, "notices")
    assert key_store.get(A, "notices") is None
    assert key_store.get(A, BODY) == b"one"
    assert not key_store.has_tombstone(A)


@pytest.mark.both
def test_orphans_are_found_by_local_day_and_dropped_without_a_tombstone(key_store: KeyStore) -> None:
    with time.at(THEN):
        key_store.put(A, {BODY: b"one", "notices": b"two"})
    with time.at(THEN + timedelta(days=1)):
        key_store.put(B, {BODY: b"one"})
    assert key_store.stored_between(date(2026, 3, 3), date(2026, 3, 3)) == [A]
    assert set(key_store.stored_between(date(2026, 3, 3), date(2026, 3, 4))) == {A, B}
    assert key_store.stored_between(date(2026, 3, 1), date(2026, 3, 2)) == []
    key_store.drop([A])
    assert key_store.get(A, "notices") is None
    assert key_store.get(B, BODY) == b"one"
    key_store.put(A, {BODY: b"filed after all"})


@pytest.mark.both
def test_many_keys_at_once(key_store: KeyStore) -> None:
    uids = [number.to_bytes(16, "big") for number in range(1_234)]
    key_store.put_many(StoredKey(uid, BODY, uid, date(2026, 1, 5)) for uid in uids)
    assert set(key_store.stored_between(date(2026, 1, 5), date(2026, 1, 5))) == set(uids)
    key_store.drop(uids[:-1])
    assert key_store.stored_between(date(2026, 1, 5), date(2026, 1, 5)) == uids[-1:]
    with pytest.raises(KeyAlreadyStored):
        key_store.put_many(StoredKey(uid, BODY, uid, date(2026, 1, 5)) for uid in uids)
    assert key_store.get(uids[0], BODY) is None


@pytest.mark.both
def test_writers_queue(key_store: KeyStore) -> None:
    uids = [number.to_bytes(16, "big") for number in range(80)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda uid: key_store.put(uid, {BODY: uid}), uids))
    assert all(key_store.get(uid, BODY) == uid for uid in uids)


@pytest.mark.both
def test_a_key_put_while_a_report_is_erased_does_not_survive(key_store: KeyStore) -> None:
    for number in range(15):
        uid = number.to_bytes(16, "big")
        key_store.put(uid, {BODY: b"first"})
        start = threading.Barrier(2)

        def share(uid: bytes = uid, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                key_store.put(uid, {OTHER: b"second"})
            except KeysGone:
                return

        sharing = threading.Thread(target=share)
        sharing.start()
        start.wait()
        key_store.destroy(uid)
        sharing.join()
        assert key_store.get(uid, BODY) is None
        assert key_store.get(uid, OTHER) is None


@pytest.mark.both
def test_another_process_sees_it_at_once(key_store: KeyStore, key_store_url: str) -> None:
    other = open_key_store(key_store_url)
    key_store.put(A, {BODY: b"one"})
    assert other.get(A, BODY) == b"one"
    other.destroy(A)
    assert key_store.get(A, BODY) is None
    other.close()


@pytest.mark.both
def test_the_migrated_store_is_what_the_code_says(empty_url: str) -> None:
    engine = make_engine(empty_url)
    assert not is_up_to_date(engine)
    upgrade_key_store(empty_url)
    upgrade_key_store(empty_url)
    assert is_up_to_date(engine)
    assert missing_changes(engine) == []
    engine.dispose()


@contextmanager
def _another_process_migrates(engine: Engine) -> Iterator[None]:
    with write_queue(engine), engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        yield


@pytest.mark.both
def test_processes_that_start_at_once_migrate_one_after_another(empty_url: str) -> None:
    engine = make_engine(empty_url)
    second = threading.Thread(target=upgrade_key_store, args=(empty_url,))
    with _another_process_migrates(engine):
        second.start()
        second.join(0.5)
        assert second.is_alive()
    second.join()
    assert is_up_to_date(engine)
    engine.dispose()


def test_the_file_is_durable_and_overwrites(key_store: KeyStore) -> None:
    folder = Path(str(key_store.engine.url.database)).parent
    secret = b"a sealed key that must not stay " * 3
    key_store.put(A, {BODY: secret})
    key_store.put(B, {BODY: b"another"})
    assert any(secret in path.read_bytes() for path in folder.iterdir())
    key_store.destroy(A)
    assert not any(secret in path.read_bytes() for path in folder.iterdir())
    with key_store.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        assert connection.scalar(text("PRAGMA secure_delete")) == 1


def test_a_stored_key_does_not_show_itself() -> None:
    assert "secret" not in repr(StoredKey(A, BODY, b"secret", date(2026, 1, 1)))
