"""The receipt code: one for one form, another for another; typed as people type."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.actions import replace_code
from portal.cases.filing import Filing
from portal.cases.models import Receipt
from portal.cases.queries import file_by_code
from portal.cases.receipts import answers_digest, code_hash, find_receipt, new_code, receipt_code, shown
from portal.cases.words import Channel
from portal.foundation.codes import ALPHABET
from tests.makers.cases import Story, told
from tests.makers.filings import a_conduct_report, a_delay
from tests.makers.settings import CODE_KEY

KEY = "k" * 20


def code_of(filing: Filing, key: str = KEY, code_key: bytes = CODE_KEY) -> str:
    """The code of a filing under a key."""
    return receipt_code(code_key, key, answers_digest(filing.canonical()))


def test_five_groups_of_five() -> None:
    assert re.fullmatch(f"[{ALPHABET}]{{5}}(-[{ALPHABET}]{{5}}){{4}}", shown(code_of(a_delay())))
    assert len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_the_code_is_pinned() -> None:
    """It is never rotated, so it may never come out otherwise: a replay in ten years would file twice."""
    assert receipt_code(b"k" * 32, "a" * 20, b"d" * 32) == "P40K0J8RAV1E6GSHBM9F8ATNM"


def test_same_form_same_code_any_difference_another() -> None:
    filing = a_delay()
    assert code_of(filing) == code_of(replace(filing))
    assert code_of(filing) == code_of(replace(filing, channel=Channel.API))
    others = [
        code_of(filing, KEY + "k"),
        code_of(filing, KEY, b"another" + CODE_KEY[7:]),
        code_of(replace(filing, narrative=filing.narrative + ".")),
        code_of(replace(filing, promised_on=None)),
        code_of(replace(filing, committee_first=True)),
        code_of(a_conduct_report()),
    ]
    assert len({code_of(filing), *others}) == 7


def test_no_part_can_slip_into_its_neighbour() -> None:
    digest = b"d" * 32
    assert receipt_code(CODE_KEY, "ab", b"c" + digest) != receipt_code(CODE_KEY, "abc", digest)


@given(st.text(alphabet="oOiIlL", max_size=25), st.sampled_from(["", " ", "-", " – ", "\u00a0", "."]))
def test_as_people_type_it(confused: str, between: str) -> None:
    meant = confused.upper().replace("O", "0").replace("I", "1").replace("L", "1").ljust(25, "7")
    typed = between.join(confused.ljust(25, "7"))
    assert code_hash(CODE_KEY, typed) == code_hash(CODE_KEY, meant) is not None
    assert code_hash(CODE_KEY, meant.lower()) == code_hash(CODE_KEY, meant)


@pytest.mark.parametrize("typed", ["", "7" * 24, "7" * 26, "Ạ" * 25, "७" * 25, "7" * 200, "<script>"])
def test_what_cannot_be_a_code(typed: str) -> None:
    assert code_hash(CODE_KEY, typed) is None


def test_the_hash_is_not_the_code() -> None:
    code = code_of(a_delay())
    hashed = code_hash(CODE_KEY, code)
    assert hashed is not None
    assert len(hashed) == 32
    assert hashed != code_hash(b"o" * 32, code)


@pytest.mark.both
def test_a_retired_code_opens_nothing_and_still_stops_a_replay(session: Session, story: Story) -> None:
    file = story.accepted_delay()
    old = session.scalars(select(Receipt).where(Receipt.report_id == file.report.id)).one()
    assert file_by_code(session, old.code_hash) is not None
    old.retired_at = file.report.filed_at
    session.flush()
    fresh = Receipt(code_hash=b"n" * 32, report_id=file.report.id)
    session.add(fresh)
    session.flush()
    assert file_by_code(session, old.code_hash) is None
    by_new = file_by_code(session, fresh.code_hash)
    assert by_new is not None
    assert by_new.case is file.case
    assert find_receipt(session, old.code_hash, live_only=True) is None
    assert find_receipt(session, old.code_hash, live_only=False) is old
    assert file_by_code(session, None) is None


@pytest.mark.both
def test_a_replaced_code_opens_nothing_and_the_new_one_everything(session: Session, story: Story) -> None:
    file = story.accepted_delay()
    old = session.scalars(select(Receipt).where(Receipt.report_id == file.report.id)).one()
    version, code = file.case.version, new_code()
    hashed = code_hash(CODE_KEY, code)
    assert hashed is not None
    replace_code(session, file, hashed)
    assert file_by_code(session, old.code_hash) is None
    by_new = file_by_code(session, hashed)
    assert by_new is not None
    assert by_new.case is file.case
    assert find_receipt(session, old.code_hash, live_only=False) is old, "or a replay would file twice"
    assert file.case.version == version, "no agency can tell"
    (kind, actor, payload) = told(session, file)[-1]
    assert (kind, actor, payload) == ("code_replaced", None, {})
    assert len({new_code() for _ in range(100)}) == 100
    assert re.fullmatch(f"[{ALPHABET}]{{25}}", code)
