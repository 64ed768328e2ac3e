"""A day as people say it, on Monday 9 March 2026: what is understood, and what is asked again."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.errors import PortalError
from portal.foundation.text import fold
from portal.intake.dates import (
    ASK,
    NO_SUCH_DAY,
    NOT_LUNAR,
    NOT_THAT_WEEKDAY,
    WHICH_YEAR,
    WHOLE_YEAR,
    is_settled,
    read_date,
)
from tests.makers.days import MONDAY

NOVEMBER = date(2025, 11, 3)  # a Monday
READ: dict[date, tuple[str, ...]] = {
    NOVEMBER: (
        *("3/11", "3-11", "3.11", "3 11", "3,11", "03/11/25", "3-11-25", "03/11/2025.", "3, 11, 2025", "03112025"),
        *("ngày 3/11", "vào ngày 3 tháng 11", "3 tháng 11 năm 2025", "3tháng11", "3 thg 11, 2025", "Ngày 3-11"),
        *("Thứ Hai, 3 tháng 11, 2025", "thứ hai ngày 3/11", "thứ 2 (3/11)", "T2 3/11", "từ 3/11", "hôm 3/11"),
        *("sáng 3/11", "lúc 9 giờ 30 ngày 3/11", "9h30 3/11/2025", "9:30 ngày 3/11", "3/11 dương lịch"),
        *("ngày ba tháng mười một", "ba tháng mười một năm 2025", "mùng 3 tháng 11", "mồng ba tháng mười một"),
        *("2025-11-03", "2025/11/3", "20251103", "3 Nov 2025", "Nov 3, 2025", "November 3rd", "3rd of November"),
        *(
            "٣/١١/٢٠٢٥",
            "３／１１／２０２５",
            "O3/11/2025",
            "\u200e3/11/2025\u200e",
            "3\u201311\u20132025",
            "3⁄11",
        ),
        *("ngafy 3 thasng 11", "3 tha1ng 11", "ngày 3 thangs 11 namw 2025"),
    ),
    MONDAY: ("hôm nay", "bữa nay", "sáng nay", "Today", "hoom nay", "9/3"),
    date(2026, 3, 8): (
        *(
            "hôm qua",
            "HÔM QUA",
            "hom qua",
            "ngày hôm qua",
            "bữa qua",
            "chiều qua",
            "tối hôm qua",
            "hồi hôm",
            "yesterday",
        ),
        *("hoom qua", "ho6m qua", "9h sáng hôm qua", "mới hôm qua", "cách đây 1 ngày", "1 day ago", "chủ nhật", "CN"),
        *("chủ nhật tuần trước", "chur nhaajt", "Sunday", "yesterday morning"),
    ),
    date(2026, 3, 7): (
        "hôm kia",
        "bữa kia",
        "bữa tê",
        "day before yesterday",
        "hai ngày trước",
        "2 days ago",
        "thứ bảy",
    ),
    date(2026, 3, 6): (
        "hôm kìa",
        "sáng hôm kìa",
        "ba hôm trước",
        "thứ sáu",
        "thứ sáu vừa rồi",
        "T6 tuần trước",
        "last Friday",
    ),
    date(2026, 3, 2): ("thứ hai tuần trước", "thu 2 tuan truoc", "thứ hai vừa rồi", "last Monday", "Monday last week"),
    date(2026, 2, 21): ("hai mươi mốt tháng hai", "hai mốt tháng hai", "21 February"),
    date(2024, 2, 29): ("29/2/2024", "29/02/24"),
    date(2025, 12, 31): ("31/12", "31/12/2025"),
    date(2025, 3, 10): ("10/3",),
    date(2025, 5, 5): ("ngày năm tháng năm năm 2025",),
}
ASKED: dict[str, tuple[str, ...]] = {
    ASK: (
        *("tuần trước", "tháng trước", "đầu tháng 9", "tháng 11", "11/2025", "2025", "hôm nọ", "lâu rồi", "last week"),
        *("3", "3/", "/11", "3/11/202", "3/11/20255", "3//11", "không nhớ", "?", "3 tháng 123", "123456", "x" * 81),
        *(
            "từ 3/11 đến 5/11",
            "3/11 hoặc 4/11",
            "9" * 5000,
            "1e3/1/2025",
            "3/11/2025; DROP TABLE",
        ),
    ),
    NO_SUCH_DAY: (
        "31/02/2025",
        "29/2/2025",
        "29/2",
        "0/1/2025",
        "32/1/2025",
        "12/25/2025",
        "1/13",
        "31 tháng 4",
        "00/00/0000",
    ),
    WHICH_YEAR: ("01/01/1999", "31/12/1999", "01/01/2101", "03/11/0025", "1/1/9999"),
    WHOLE_YEAR: ("03/11/99", "26/11/03", "1/1/00"),
    NOT_LUNAR: ("mùng 3 Tết", "rằm tháng giêng", "3/11 âm lịch", "23 tháng chạp", "3/11 ÂL"),
    NOT_THAT_WEEKDAY: ("thứ ba 3/11", "Sunday, 3 Nov 2025"),
}


@pytest.mark.parametrize(("day", "typed"), [(day, typed) for day, all_typed in READ.items() for typed in all_typed])
def test_read(day: date, typed: str) -> None:
    for form in ("NFC", "NFD"):
        assert read_date(unicodedata.normalize(form, typed), MONDAY) == day, form
    assert read_date(f"\ufeff {typed.upper()}\u00a0", MONDAY) == day


@pytest.mark.parametrize(("says", "typed"), [(says, typed) for says, all_typed in ASKED.items() for typed in all_typed])
def test_asked_again(says: str, typed: str) -> None:
    with pytest.raises(PortalError) as refused:
        read_date(typed, MONDAY)
    assert refused.value.message == says


def test_without_marks_it_is_the_same_day() -> None:
    for day, all_typed in READ.items():
        for typed in all_typed:
            if "kìa" not in typed:
                assert read_date(fold(typed), MONDAY) == day, typed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20/3", date(2026, 3, 20)),
        ("5/3", date(2026, 3, 5)),
        ("31/12", date(2025, 12, 31)),
        ("thứ sáu tuần này", date(2026, 3, 13)),
        ("thứ sáu tuần sau", date(2026, 3, 20)),
        ("thứ sáu tuần tới", date(2026, 3, 20)),
        ("Friday next week", date(2026, 3, 20)),
        ("ngày mai", date(2026, 3, 10)),
        ("tomorrow", date(2026, 3, 10)),
        ("thứ sáu vừa rồi", date(2026, 3, 6)),
    ],
)
def test_a_promised_day_may_lie_ahead_and_is_the_nearest(typed: str, day: date) -> None:
    assert read_date(typed, MONDAY, may_lie_ahead=True) == day


def test_a_weekday_alone_may_be_before_or_ahead_so_it_is_asked() -> None:
    with pytest.raises(PortalError, match="Hãy ghi một ngày"):
        read_date("thứ sáu", MONDAY, may_lie_ahead=True)


def test_at_the_turn_of_the_year() -> None:
    assert read_date("31/12", date(2026, 1, 1)) == date(2025, 12, 31)
    assert read_date("5/1", date(2025, 12, 28)) == date(2025, 1, 5)
    assert read_date("5/1", date(2025, 12, 28), may_lie_ahead=True) == date(2026, 1, 5)
    assert read_date("29/2", date(2024, 12, 1)) == date(2024, 2, 29)


def test_nothing() -> None:
    for typed in ("", " ", "\u200b\u00a0\n", "\ufeff"):
        assert read_date(typed, MONDAY) is None


def test_settled_is_what_no_midnight_changes() -> None:
    for typed in ("3/11/2025", " 03-11-2025 ", "2025-11-03", "3.11.2025", "31/02/2025"):
        assert is_settled(typed), typed
    for typed in ("", "3/11", "03/11/25", "hôm qua", "thứ hai 3/11/2025", "3 tháng 11 năm 2025"):
        assert not is_settled(typed), typed


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_day_as_it_is_shown(day: date, today: date) -> None:
    written = (day.strftime("%d/%m/%Y"), day.isoformat(), f"{day.day} tháng {day.month} năm {day.year}")
    assert {read_date(typed, today) for typed in written} == {day}
    assert {read_date(typed, today, may_lie_ahead=True) for typed in written} == {day}


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 364))
def test_a_day_of_the_last_year_needs_no_year(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    assert read_date(f"{day.day}/{day.month}", today) == day
    assert read_date(f"ngày {day.day} tháng {day.month}", today) == day


def check_any(typed: str, ahead: bool) -> None:
    """A day within bounds, nothing, or a sentence."""
    try:
        day = read_date(typed, MONDAY, may_lie_ahead=ahead)
    except PortalError:
        return
    assert day is None or date(2000, 1, 1) <= day <= date(2100, 12, 31)


@given(st.text(max_size=90), st.booleans())
def test_anything_typed_is_a_day_or_sent_back(typed: str, ahead: bool) -> None:
    check_any(typed, ahead)


WORDS = [
    *(
        "hôm",
        "qua",
        "kia",
        "nay",
        "ngày",
        "tháng",
        "năm",
        "thứ",
        "hai",
        "ba",
        "tuần",
        "trước",
        "cách",
        "đây",
        "3",
        "11",
    ),
    *("25", "2025", "/", "-", ".", ",", "9h", "sáng", "last", "Nov", "3rd", "o", "l"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from(["", " "]), st.booleans())
def test_any_heap_of_such_words_is_a_day_or_sent_back(words: list[str], gap: str, ahead: bool) -> None:
    check_any(gap.join(words), ahead)
