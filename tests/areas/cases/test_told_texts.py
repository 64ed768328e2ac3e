"""What the portal says by itself: from the events, by the version of the day, and no sentence with something open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.text_values import Place
from portal.cases.told_texts import MOMENT_OF, ToldText, told_texts
from portal.catalogue.standard_text_rows import versions_of, words_of, write_version
from portal.catalogue.standard_texts import SAID_BY_PORTAL, VARIABLES, gaps_in, said
from tests.areas.catalogue.files import cells
from tests.makers.cases import Story, again
from tests.makers.cast import PROVINCE, viewer_for
from tests.makers.days import MONDAY, on

PLACE = Place({"vi": "Cổng Phản ánh tỉnh Quảng Nam", "en": "Reporting portal, Quang Nam"}, "1022")
ROWS = {row["code"]: row for row in cells("standard_texts")}
OWN = [row for row in ROWS.values() if row["status_or_action"] in {one.value for one in SAID_BY_PORTAL}]


def told(session: Session, file: CaseFile, language: str = "vi") -> list[ToldText]:
    return told_texts(session, again(session, file), language, PLACE)


def test_every_such_moment_has_its_event() -> None:
    assert set(MOMENT_OF.values()) == SAID_BY_PORTAL


@given(st.sampled_from(OWN), st.sampled_from(["vi", "en"]), st.sets(st.sampled_from(sorted(VARIABLES))))
def test_no_sentence_is_said_with_something_open(row: dict[str, str], language: str, known: set[str]) -> None:
    text = said(row[f"body_{language}"], dict.fromkeys(known, "X"), language)
    assert "{" not in text
    assert gaps_in(text) == []
    whole = said(row[f"body_{language}"], dict.fromkeys(VARIABLES, "X"), language)
    assert len(text) <= len(whole)
    assert whole.count("\n\n") == row[f"body_{language}"].count("\n\n")


def test_receiving_accepting_and_the_form_each_have_their_text(story: Story) -> None:
    file = story.conduct_report()
    [first] = told(story.session, file)
    assert (first.title, first.is_now) == (ROWS["ack.feedback"]["title_vi"], True)
    assert "09/03/2026" in first.text
    assert "trước ngày" not in first.text.lower().partition("dự kiến")[2], "no answer is promised before its clock runs"
    file = story.minh_accepts(file)
    minh = story.cast.minh
    actions.record_form(
        story.session,
        file,
        minh,
        viewer_for(story.session, minh),
        form="complaint",
        body=PROVINCE,
        number="1",
        lodged_on=MONDAY,
        condition="remote",
    )
    texts = told(story.session, file, "en")
    assert [one.title for one in texts] == [
        ROWS[code]["title_en"] for code in ("ack.feedback", "accepted.feedback", "ack.complaint")
    ]
    assert "within 45 days" in texts[-1].text
    assert "identity" not in texts[1].text


def test_what_was_read_once_reads_the_same_later(story: Story) -> None:
    session = story.session
    file = story.conduct_report()
    before = told(session, file)[0].text
    with on(date(2026, 3, 12)):
        kept = words_of(versions_of(session, "ack.feedback")[0])
        words = {**kept, "body_vi": "Lời mới.", "body_en": "New words."}
        write_version(session, "ack.feedback", words, seen=1, by_login="hanh")
        assert told(session, file)[0].text == before
        assert told(session, story.conduct_report())[0].text == "Lời mới."


@pytest.mark.parametrize(("move", "code"), [("withdraw", "withdrawn")])
def test_a_withdrawal_is_noted_in_words(story: Story, move: str, code: str) -> None:
    file = story.conduct_report()
    getattr(actions, move)(story.session, file)
    last = told(story.session, file)[-1]
    assert (last.title, last.is_now) == (ROWS[code]["title_vi"], True)
    assert "rút phản ánh" in last.text
    assert "1022" in last.text
