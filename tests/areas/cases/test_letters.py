"""Filling letters: known values where they may stand, room to write everywhere else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.letters import ERASED, Blank, Letter, Line, Size, fill
from portal.catalogue.letter_texts import BY_HAND, FILLED, may_show, variables_in
from tests.areas.catalogue.files import cells

ROWS = {row["code"]: row for row in cells("next_steps")}
BODY = (
    "Kính gửi: {committee_name}\n\nTôi là: {reporter_name}\nĐịa chỉ: {reporter_address}\n\n"
    "Ngày {filed_on}, về: {subject}.\n\n[ ] sửa: {correction}\n[ ] xóa\n\nLý do: {reason}.\n\n"
    "{place}, ngày ..... tháng ..... năm ........\n\nNgười làm đơn\n(ký)\n\n{reporter_name}"
)


def written(letter: Letter) -> str:
    """A letter as text, each blank as an underscore for each of its lines."""
    return "\n\n".join("\n".join(map(line_written, paragraph)) for paragraph in letter.paragraphs)


def line_written(line: Line) -> str:
    """One line as text."""
    pieces = [piece if isinstance(piece, str) else "_" * piece.lines for piece in line.pieces]
    return ("[ ] " if line.has_box else "") + "".join(pieces)


def test_a_letter_has_its_parts() -> None:
    letter = fill("Đơn", BODY, "feedback", {"committee_name": "Ủy ban Kiểm tra", "filed_on": "09/03/2026"})
    assert letter.title == "Đơn"
    assert [line_written(line) for line in letter.to] == ["Kính gửi: Ủy ban Kiểm tra"]
    assert [[line_written(line) for line in paragraph] for paragraph in letter.body] == [
        ["Tôi là: _", "Địa chỉ: _"],
        ["Ngày 09/03/2026, về: _"],
        ["[ ] sửa: _", "[ ] xóa"],
        ["Lý do: ___"],
    ]
    assert [line_written(line) for line in letter.place] == ["_, ngày ..... tháng ..... năm ........"]
    assert [[line_written(line) for line in one] for one in letter.signature] == [["Người làm đơn", "(ký)"], ["_"]]


def test_blanks_leave_the_room_that_is_needed() -> None:
    letter = fill("Đơn", BODY, "feedback", {})
    assert letter.body[0][0].field == Blank(Size.LINE)
    assert letter.body[3][0].field == Blank(Size.LINES, 3)
    assert letter.body[1][0].field is None, "there is a blank before"
    assert letter.place[0].pieces[0] == Blank(Size.SHORT)
    (line,) = fill("Đơn", f"{BODY}\n\n{'Giấy tờ ' * 9}: {{attachments}}", "all", {}).signature[-1]
    assert line.field is None, "its label is too long to stand beside it"


def test_what_was_cut_out_of_somebodys_words_makes_no_letter() -> None:
    for value in (f"gọi cho {ERASED}{ERASED}", "", "   "):
        assert "gọi" not in written(fill("Đơn", BODY, "feedback", {"subject": value}))
        assert "về: _" in written(fill("Đơn", BODY, "feedback", {"subject": value}))
    assert "về: hai dòng." in written(fill("Đơn", BODY, "feedback", {"subject": "hai\n\n dòng"}))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", ROWS)
def test_every_letter_of_the_data_can_be_filled(code: str, language: str) -> None:
    row = ROWS[code]
    body = row[f"letter_body_{language}"]
    values = {name: f"«{name}»" for name in FILLED | BY_HAND}
    said = written(fill(row[f"letter_title_{language}"], body, row["track"], values))
    shown = set(re.findall("«(.+?)»", said))
    assert shown == {name for name in variables_in(body) if may_show(name, body, row["track"])}
    assert not shown & BY_HAND
    bare = re.sub(r"\{\w+\}|_+|«.+?»|[. ]", "", said)
    assert bare == re.sub(r"\{\w+\}|[. ]", "", body), "nothing else was changed"


@given(st.dictionaries(st.sampled_from(sorted(FILLED)), st.text(max_size=40)))
def test_a_value_is_only_ever_text(values: dict[str, str]) -> None:
    for row in ROWS.values():
        letter = fill("", row["letter_body_vi"], row["track"], values)
        lines = [line for paragraph in letter.paragraphs for line in paragraph]
        assert len(lines) == len([line for line in row["letter_body_vi"].split("\n") if line])
