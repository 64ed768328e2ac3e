"""What the portal proposes to mask, measured on sentences that were labelled before the rules were written."""

import re
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from portal.cases.clear_choice import first_choice, hidden_in, key_of, masked_message, proposals, text_of
from portal.cases.clearing import cleared_by_rule, clearing_masks
from portal.cases.places import _ADDRESSES, _DATES, _ODD
from tests.areas.cases.clearing_sentences import HELD_OUT, TUNED, Sentence, measured, sentences

RECALL, PRECISION = 0.98, 0.9
Form = Literal["NFC", "NFD"]
M = "█████"


@pytest.mark.parametrize("file", [TUNED, HELD_OUT], ids=["tuned", "held_out"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_recall_and_precision(file: Path, form: Form, capsys: pytest.CaptureFixture[str]) -> None:
    read = [_in_form(one, form) for one in sentences(file)]
    found = measured(read)
    with capsys.disabled():
        print(
            f"\n{file.stem} ({form}): {len(read)} sentences, {found.labelled} places, "
            f"recall {found.recall:.3f}, precision {found.precision:.3f}"
        )
    assert len(read) == 150
    assert sum(not one.labels for one in read) == 50
    assert found.recall >= RECALL, found.missed
    assert found.precision >= PRECISION, found.needless


def _in_form(one: Sentence, form: Form) -> Sentence:
    """The sentence with its marks apart or together, and the labels moved along."""

    def moved(place: int) -> int:
        return len(unicodedata.normalize(form, one.text[:place]))

    text = unicodedata.normalize(form, one.text)
    return Sentence(text, tuple((moved(start), moved(end)) for start, end in one.labels))


def test_what_is_masked_says_nothing_of_its_length_or_sort() -> None:
    long = (
        "Tôi là Nguyễn Thị Ngọc Hạnh, ở thôn Vĩnh Phú Đông, số 0905 123 456. Sáng 12/10/2024 anh Khương Duy quát tôi."
    )
    short = "Tôi là Lê An, ở tổ 5, số lan@example.vn. Sáng thứ tư anh Tí quát tôi."
    assert cleared_by_rule(long) == cleared_by_rule(short) == f"Tôi là {M}, ở {M}, số {M}. Sáng {M} anh {M} quát tôi."


def test_a_name_is_masked_where_it_comes_again() -> None:
    typed = "Anh Khải ngồi quầy. Tôi chờ, Khải vẫn xem điện thoại. Xã Phước Khải thì khác."
    assert cleared_by_rule(typed) == f"Anh {M} ngồi quầy. Tôi chờ, {M} vẫn xem điện thoại. Xã Phước Khải thì khác."


def test_masking_twice_changes_nothing() -> None:
    for one in sentences(TUNED, HELD_OUT):
        once = cleared_by_rule(one.text)
        assert cleared_by_rule(once) == once


def test_the_longest_texts_are_read_to_the_end() -> None:
    for piece in (
        "anh ",
        "Anh Lê ",
        "tổ ",
        "số 1 ",
        "1/",
        "ngày 1 ",
        "thứ hai ",
        "đường ",
        "A ",
        "thôn a ",
        "ông chủ tịch ",
    ):
        text = piece * (20_000 // len(piece))
        spans = clearing_masks(text)  # a rule that tries every way would not come back
        assert all(0 <= span.start < span.end <= len(text) for span in spans), piece


def test_a_later_message_hides_what_the_report_hides() -> None:
    narrative = "Anh Khải ở quầy quát tôi. Tôi làm ruộng ở gần chợ."
    cleared = f"Anh {M} ở quầy quát tôi. {M} ở gần chợ."
    assert masked_message("Khải lại gọi, vì tôi làm ruộng.", narrative, cleared) == f"{M} lại gọi, vì {M}."
    assert masked_message("Khải lại gọi, vì tôi làm ruộng.", narrative, None) == f"{M} lại gọi, vì tôi làm ruộng."
    assert masked_message("Chị Lụa chứng kiến.", narrative, "Kể lại.") == f"Chị {M} chứng kiến."


def test_an_earlier_version_is_where_the_next_begins() -> None:
    for one in sentences(TUNED):
        proposed = proposals(one.text, [])
        everything = first_choice(one.text, proposed, None)
        assert everything.masked == {key_of(span) for span in proposed}
        cleared = text_of(one.text, proposed, everything)
        assert text_of(one.text, proposed, first_choice(one.text, proposed, cleared)) == cleared
        assert hidden_in(one.text, cleared) is not None
    told = first_choice("Tôi ra xã.", [], "Một người ra xã.")
    assert told.retold == "Một người ra xã."


def test_an_office_that_knows_the_dossier_reads_days_in_an_answer() -> None:
    """It asks when the dossier was handed in; another body learns the day from no message."""
    narrative = "Tôi nộp hồ sơ ngày 12/02/2026. Anh Khải hẹn hai lần."
    cleared = cleared_by_rule(narrative)
    assert "12/02" not in cleared
    said = "Tôi nộp ngày 12/02/2026, anh Khải hẹn lại 05/03/2026. Gọi tôi: 0905 123 456."
    read = masked_message(said, narrative, cleared, knows_dossier=True)
    assert read == f"Tôi nộp ngày 12/02/2026, anh {M} hẹn lại 05/03/2026. Gọi tôi: {M}."
    assert "12/02" not in masked_message(said, narrative, cleared)


def test_a_text_is_passed_over_only_if_no_letter_of_its_could_be_meant() -> None:
    letters = sorted({letter for clue in (*_ADDRESSES, *_DATES) for word in clue.words for letter in word})
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    taken = {(letter, found) for letter in letters for found in re.findall(f"(?i:{re.escape(letter)})", every)}
    assert len(taken) > len(letters)
    assert [one for one in taken if one[1].lower() != one[0] and not _ODD.search(one[1])] == []
