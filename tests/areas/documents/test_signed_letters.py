"""Letters on paper: every word of them, nothing obeyed that somebody wrote, and readable by a screen reader."""

import re
from datetime import UTC, datetime

import pytest

from portal.cases.letters import Blank, fill
from portal.documents.letters import HEAD, letter_pdf
from tests.areas.catalogue.files import cells
from tests.areas.documents.reading import fonts_of, opened, tags_of, words_of

ROWS = {row["code"]: row for row in cells("next_steps")}
AT = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
MARKUP = '#strong[x] *đậm* $1$ @ref "trích" \\ // ghi chú'


def squeezed(text: str) -> str:
    """A text without blanks: lines are broken elsewhere on paper."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("code", ROWS)
def test_every_word_of_a_letter_is_on_the_paper(code: str) -> None:
    row = ROWS[code]
    letter = fill(row["letter_title_vi"], row["letter_body_vi"], row["track"], {"committee_name": "Ủy ban Kiểm tra"})
    pdf = letter_pdf(letter, AT)
    said = squeezed(words_of(pdf))
    assert all(squeezed(head) in said for head in HEAD)
    assert squeezed(letter.title.upper()) in said
    for paragraph in letter.paragraphs:
        for line in paragraph:
            for piece in line.pieces:
                assert isinstance(piece, Blank) or squeezed(piece) in said, piece
    assert len(opened(pdf).pages) <= 2
    assert fonts_of(pdf) <= {"NotoSans-Regular", "NotoSans-Bold"}


def test_what_somebody_wrote_is_printed_and_not_obeyed() -> None:
    row = ROWS["late.feedback"]
    values = {"subject": MARKUP, "committee_name": MARKUP}
    pdf = letter_pdf(fill(MARKUP, row["letter_body_vi"], row["track"], values), AT)
    assert squeezed(words_of(pdf)).count(squeezed(MARKUP)) >= 3
    assert opened(pdf).metadata.title == MARKUP  # type: ignore[union-attr]


def test_a_screen_reader_is_told_title_and_language_and_nothing_of_the_portal() -> None:
    row = ROWS["wants_denunciation.form"]
    pdf = letter_pdf(fill(row["letter_title_vi"], row["letter_body_vi"], row["track"], {"portal_name": "Cổng"}), AT)
    file = opened(pdf)
    assert file.trailer["/Root"]["/Lang"] == "vi"  # type: ignore[index]
    assert file.metadata is not None
    assert file.metadata.title == "Đơn tố cáo"
    assert file.xmp_metadata is not None
    about = file.xmp_metadata.stream.get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about
    assert "/P" in tags_of(pdf)
    assert "Cổng" not in words_of(pdf) + about.decode()
    assert letter_pdf(fill(row["letter_title_vi"], row["letter_body_vi"], row["track"], {}), AT) == pdf
