"""Drafts: sealed under a key that only the browser has; ten minutes after sending they still answer."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.foundation.time import at, now
from portal.intake import drafts
from portal.intake.drafts import DraftContent
from portal.intake.models import Draft

pytestmark = pytest.mark.both
SECRET = "Người ở quầy quát tôi."


def test_only_the_browser_that_wrote_it_reads_it(session: Session) -> None:
    handle, key = drafts.new_handle(), drafts.new_key()
    drafts.save(session, handle, key, DraftContent({"narrative": SECRET}))
    kept = drafts.load(session, handle, key)
    assert kept is not None
    assert (kept.answers, kept.receipt) == ({"narrative": SECRET}, None)
    assert drafts.load(session, handle, drafts.new_key()) is None
    assert drafts.load(session, drafts.new_handle(), key) is None
    row = session.scalars(select(Draft)).one()
    assert SECRET.encode() not in row.ciphertext
    assert handle.encode() not in row.token_hash


def test_one_drafts_words_do_not_open_as_anothers(session: Session) -> None:
    key, first, second = drafts.new_key(), drafts.new_handle(), drafts.new_handle()
    for handle in (first, second):
        drafts.save(session, handle, key, DraftContent({"narrative": handle}))
    one, other = session.scalars(select(Draft).order_by(Draft.token_hash))
    one.ciphertext, other.ciphertext = other.ciphertext, one.ciphertext
    session.flush()
    assert drafts.load(session, first, key) is None


def test_saving_again_changes_the_row_and_gives_another_day(session: Session) -> None:
    handle, key, start = drafts.new_handle(), drafts.new_key(), now()
    drafts.save(session, handle, key, DraftContent({"category": "other"}))
    with at(start + timedelta(hours=23)):
        drafts.save(session, handle, key, DraftContent({"category": "attitude.rude"}))
    assert session.scalar(select(func.count()).select_from(Draft)) == 1
    with at(start + timedelta(hours=46, minutes=59)):
        kept = drafts.load(session, handle, key)
        assert kept is not None
        assert kept.answers == {"category": "attitude.rude"}
        assert drafts.purge(session) == 0
    with at(start + timedelta(hours=47)):
        assert drafts.load(session, handle, key) is None
        assert drafts.purge(session) == 1
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_once_sent_it_lives_ten_minutes(session: Session) -> None:
    handle, key, start = drafts.new_handle(), drafts.new_key(), now()
    drafts.save(session, handle, key, DraftContent({}, {"code": "7" * 25}))
    with at(start + timedelta(minutes=9, seconds=59)):
        kept = drafts.load(session, handle, key)
        assert kept is not None
        assert kept.receipt == {"code": "7" * 25}
    with at(start + timedelta(minutes=10)):
        assert drafts.load(session, handle, key) is None


def test_erased_at_once(session: Session) -> None:
    handle, key = drafts.new_handle(), drafts.new_key()
    drafts.save(session, handle, key, DraftContent({"narrative": SECRET}))
    drafts.erase(session, handle)
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_changed_row_opens_to_nobody(session: Session) -> None:
    handle, key = drafts.new_handle(), drafts.new_key()
    drafts.save(session, handle, key, DraftContent({"narrative": SECRET}))
    row = session.scalars(select(Draft)).one()
    row.ciphertext = bytes([row.ciphertext[0] ^ 1]) + row.ciphertext[1:]
    session.flush()
    assert drafts.load(session, handle, key) is None


def test_handles_and_keys_are_long_and_never_alike() -> None:
    assert len({drafts.new_handle() for _ in range(200)}) == 200
    assert min(len(drafts.new_handle()) for _ in range(50)) == 32
    assert len({drafts.new_key() for _ in range(200)}) == 200
    assert len(drafts.new_key()) == 32


def test_a_draft_is_not_printed() -> None:
    assert SECRET not in repr(DraftContent({"narrative": SECRET}, {"code": SECRET}))
