"""What is suspect and what is not: the pure rule, with hostile examples and with what people really write."""

from random import Random  # noqa: TID251 (which words, not a secret)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.suspect import Suspicion, suspicion
from portal.demo.situations import SITUATIONS
from portal.demo.wording import spelled_out

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
