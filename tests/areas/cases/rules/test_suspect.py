"""What is suspect and what is not: the pure rule, with hostile examples and with what people really write."""

from random import Random  # noqa: TID251 (which words, not a secret)
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.suspect import MOST_ALIKE, SHORTEST, Suspicion, bare_text, suspicion
from portal.demo.situations import SITUATIONS
from portal.demo.wording import spelled_out
from portal.foundation.text import fold

SENTENCE = "Hồ sơ nhà tôi trễ hẹn hai tuần mà chưa ai báo lý do."
HOSTILE = [
    ("", "empty"),
    ("   \n ", "empty"),
    (".", "empty"),
    ("!!!???!!!", "empty"),
    ("1234567890", "empty"),
    ("0912 345 678 0912 345 678", "empty"),
    ("_____ ----- =====", "empty"),
    ("😀😀😀😀 👍", "empty"),
    ("test", "empty"),
    ("asdfghjkl", "empty"),
    ("a 1 2 3", "empty"),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "empty"),
    ("aaaa aaaa aaaaa a", "repeated"),
    ("aaaaaaaaaaaaaaaaaaaaaa bb", "repeated"),
    ("AaAaAa aAaAa aaa", "repeated"),
    ("ko ko ko ko ko", "repeated"),
    ("Spam spam SPAM spam, spam!", "repeated"),
    ("ngu ngu ngu ngu ngu ngu quá", "repeated"),
    ("mua mua mua mua mua mua mua mua ngay đi", "repeated"),
    ("xấu xa\u0302\u0301u xấu XẤU", "repeated"),
    ("ㅋㅋㅋㅋㅋㅋㅋㅋ", "repeated"),
    ("哈哈哈哈哈哈哈哈", "repeated"),
    ("x" * 20_000 + " y", "repeated"),
    ("ha " * 20_000, "repeated"),
    ("https://example.com/khuyen-mai", "links"),
    ("http://a.vn http://b.vn/x?y=z", "links"),
    ("www.vay-nhanh.com www.vay-nhanh.com/1", "links"),
    ("xem: https://vay-nhanh.com/kh/1", "links"),
    ("vay-nhanh.com, bit.ly/3abcd", "links"),
    ("HTTPS://EXAMPLE.COM HTTPS://EXAMPLE.ORG", "links"),
]


@pytest.mark.parametrize(("narrative", "reason"), HOSTILE)
def test_hostile_texts_are_suspect(narrative: str, reason: str) -> None:
    assert suspicion(narrative) == Suspicion(reason)


@pytest.mark.parametrize(
    "narrative",
    [
        SENTENCE,
        "Cảm ơn!",
        "Trễ quá",
        "Chờ, chờ, chờ, chờ mãi mà quầy số ba vẫn không gọi tên ai.",
        "Xem ảnh ở https://example.com/anh: người ở quầy quát dân.",
        "ho so nha toi tre hen",
        "The counter was closed all morning.",
        "有人收钱了没有收据",
        "ນັກງານບໍ່ຮັບເອກະສານ",
        "Toàn một lũ ăn hại, dẹp hết đi cho rồi!!!",  # abuse is for an inspector to judge, not for a machine
    ],
)
def test_what_tells_anything_is_not_suspect(narrative: str) -> None:
    assert suspicion(narrative) is None


def test_no_told_situation_is_suspect() -> None:
    assert len(SITUATIONS) >= 150
    for one in SITUATIONS:
        for times in range(4):
            told = spelled_out(one.narrative, Random(times))  # noqa: S311 (which words, not a secret)
            assert suspicion(told) is None, told


@given(st.sampled_from([one for one, _ in HOSTILE]) | st.text(max_size=300), st.booleans())
def test_a_sentence_beside_it_is_always_enough(junk: str, is_first: bool) -> None:
    assert suspicion(f"{SENTENCE}\n{junk}" if is_first else f"{junk}\n{SENTENCE}") is None


@given(st.sampled_from("aă1.đ "), st.integers(1, 5000))
def test_one_character_however_often_is_suspect(letter: str, times: int) -> None:
    assert suspicion(letter * times) is not None


LETTER = "Nhà máy ở đầu thôn xả khói suốt đêm, trẻ con ho cả tháng nay, chúng tôi đề nghị kiểm tra và trả lời dân."


@pytest.mark.parametrize(
    "again",
    [
        LETTER.upper(),
        LETTER.replace(" ", "\n\t "),
        "\u200b".join(LETTER),
        "\ufeff" + LETTER.replace(",", " –") + "!!! 😀",
        normalize("NFD", LETTER),
        fold(LETTER),
        LETTER.translate({ord(one): ord(one) + 0xFEE0 for one in "abcdeghiklmnopqrstuvxy"}),
    ],
)
def test_a_text_is_the_same_in_another_dress(again: str) -> None:
    assert again != LETTER
    assert bare_text(again) == bare_text(LETTER) != ""


def test_another_text_is_another() -> None:
    others = [LETTER + " Xin cảm ơn.", LETTER.replace("đầu", "cuối"), LETTER + " 1", LETTER + " 2"]
    assert len({bare_text(one) for one in (LETTER, *others)}) == 5


def test_short_texts_do_not_count() -> None:
    assert bare_text("x" * (SHORTEST - 1) + " 123456789 " * 9) == ""
    assert bare_text("x" * SHORTEST) == "x" * SHORTEST
    assert bare_text(SENTENCE) == ""


def test_the_sixth_in_a_day_is_suspect_and_other_reasons_come_first() -> None:
    assert suspicion(LETTER, MOST_ALIKE - 1) is None
    assert suspicion(LETTER, MOST_ALIKE) is Suspicion.SAME_TEXT
    assert suspicion("spam " * 30, MOST_ALIKE) is Suspicion.REPEATED
