"""Finds addresses and the days on which somebody was somewhere: in a small commune either tells who it was.

Pure. It reads composed text (NFC). Communes and districts stay: the agency knows its own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portal.cases.identifiers import Sort, Span

_CAP = (
    r"(?:(?!(?i:UBND|CCCD|CMND|HĐND)\b)[^\W\d_a-zà-öø-ýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^\W\d_]*)"
)
_NAMED = rf"{_CAP}(?:[ \u00a0]{_CAP}){{0,3}}"
_NUMBER = r"\d{1,4}(?:[A-Za-z](?![^\W_]))?(?:[/.-]\d{1,4}[A-Za-z]?){0,3}"
_S = r"[ \t\u00a0]{1,3}"
_END = r"(?![^\W_])"
_BEGIN = r"(?<![^\W_])"
_FAMILY = r"(?:trần|lê|nguyễn|phan|huỳnh|hùng|lý|trưng|hoàng|phạm|tran|le|nguyen|phan|huynh|hung|ly|trung|hoang|pham)"
_STREET = r"(?i:đường|(?<!thành )phố|duong|đại lộ|quốc lộ)"
_LAST = rf"(?:{_S}(?i:châu|trỗi|thiệp|đạo|vương|diệu|kháng|cao|chau))"
_QUIET_STREET = rf"(?i:{_FAMILY}){_S}\w+{_LAST}?"
_AFTER_A_DAY = r"\d{1,2} tháng \d{1,2}|\d{1,2}/\d{1,2}"
_LANE = r"(?i:kiệt|hẻm|ngõ|ngách|kiet|hem)"
_HAMLET = (
    r"(?i:thôn|xóm|ấp|tổ dân phố|khối phố|khu phố|khu vực|khối|khóm|buôn|nóc|thon|xom|khoi pho|khu pho|to dan pho)"
)
_GROUP = r"(?i:tổ|lô|đội sản xuất|to|nhóm hộ|cụm)"
_QUARTER = r"(?i:khu dân cư|khu tái định cư|khu đô thị|khu tập thể|chung cư|kdc|kđt|tđc|khu phố chợ)"
_QUIET_END = r"(?=\s*[,.;]|\s*$|\s+(?i:xã|phường|huyện|thị|thành|xa|phuong|huyen|tp|o|ở)\b)"

_NUMBERS = r"\d"
_HAMLETS = "thôn|xóm|ấp|tổ dân phố|khối|khu phố|khu vực|khóm|buôn|nóc|thon|xom|khoi pho|khu pho|to dan pho"
_WEEKDAYS = "thứ|thu"
# What `(?i:…)` takes for a letter of such a word though lower case does not make it one.
_ODD = re.compile("[\u0130\u0131\u017f\u1c80-\u1c8a\u1e9b\u1e9e\u212a\u212b]")


class _Clue(NamedTuple):
    """What is looked for, and the words or else the digits that a text must hold, or nothing can be found."""

    words: Sequence[str]
    digits: re.Pattern[str] | None
    pattern: re.Pattern[str]

    def may_be_in(self, text: str, lower: str) -> bool:
        """Whether it is worth a look."""
        return any(word in lower for word in self.words) if self.digits is None else bool(self.digits.search(text))


def _clues(*known: tuple[str, str]) -> Sequence[_Clue]:
    """Patterns behind what each needs: the patterns are slow, and most texts have little of that."""
    return [
        _Clue((), re.compile(needed), re.compile(pattern))
        if r"\d" in needed
        else _Clue(needed.split("|"), None, re.compile(pattern))
        for needed, pattern in known
    ]


_ADDRESSES = _clues(
    (
        "kiệt|hẻm|ngõ|ngách|kiet|hem",
        rf"{_BEGIN}(?:(?i:số|so|nhà|nha|căn|can){_S}){{0,3}}{_LANE}{_S}{_NUMBER}(?:,?{_S}(?:{_STREET}{_S})?{_NAMED})?{_END}",
    ),
    (_NUMBERS, rf"{_BEGIN}K\d{{1,4}}(?:/\d{{1,4}}\w?)*{_S}{_NAMED}"),
    ("số|so", rf"{_BEGIN}(?i:số nhà|nhà số|so nha|nha so|số|so){_S}{_NUMBER},?{_S}(?:{_STREET}{_S})?{_NAMED}"),
    (_NUMBERS, rf"(?i:ở|tại|chỉ:?|chỉ là){_S}(?P<part>{_NUMBER}{_S}{_NAMED})"),
    (
        r"\d[A-Za-z]?/\d",
        rf"(?<![^\W_])(?<!/)\d{{1,4}}[A-Za-z]?(?:/\d{{1,4}}[A-Za-z]?){{1,3}}{_S}(?:{_STREET}{_S})?{_NAMED}",
    ),
    (
        "số|so",
        rf"{_BEGIN}(?i:số|so){_S}{_NUMBER},?{_S}{_STREET}{_S}(?:{_NAMED}|\w+(?:{_S}(?!(?i:tp|xa|phuong)\b)\w+)?)",
    ),
    ("số|so", rf"{_BEGIN}(?i:số nhà|nhà số|so nha|nha so){_S}?:?{_S}?{_NUMBER}{_END}"),
    ("số|so", rf"(?i:(?:ở|tại|nhà|đất|chỉ|chi|o|nha){_S}?:?{_S}?(?:ở{_S})?)(?i:số|so){_S}(?P<part>{_NUMBER}){_END}"),
    (
        "đường|phố|duong|đại lộ|quốc lộ",
        rf"{_BEGIN}{_STREET}{_S}(?:(?i:số){_S})?(?:{_NAMED}|{_AFTER_A_DAY}|{_QUIET_STREET})",
    ),
    (_HAMLETS, rf"{_BEGIN}{_HAMLET}{_S}(?:(?i:số){_S})?(?:\d{{1,3}}[A-Za-z]?{_END}|{_NAMED})"),
    (
        _HAMLETS,
        rf"{_BEGIN}(?i:ở|tại|trú|ngụ|quê|o|tai|tru|ngu|que){_S}(?P<part>{_HAMLET}{_S}[^\W\d_]+(?:{_S}[^\W\d_]+)?){_QUIET_END}",
    ),
    ("tổ|to", rf"{_BEGIN}(?i:tổ|to){_S}(?:(?i:số){_S})?\d{{1,3}}[A-Za-z]?{_END}"),
    ("lô", rf"{_BEGIN}(?i:lô){_S}(?:(?i:số){_S})?[A-Z]?\d{{1,3}}[A-Za-z]?{_END}"),
    ("bản|làng|buôn", rf"{_BEGIN}(?:bản|làng|buôn){_S}{_NAMED}"),
    ("khu |chung cư|kdc|kđt|tđc", rf"{_BEGIN}{_QUARTER}{_S}(?:{_NAMED}|\d{{1,3}})"),
)

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d|\d\d"
_WHEN = r"(?i:ngày|hôm|sáng|chiều|tối|trưa|đêm|nộp|hẹn|mùng|mồng|từ|đến|tới|lúc|ngay|hom|sang|chieu|hen|nop)"
_LUNAR = r"(?i:giêng|chạp)"
_WEEKDAY = r"(?i:thứ|thu)" + _S + r"(?:(?i:hai|ba|tư|năm|sáu|bảy|bẩy|bay)|[2-7])" + _END
_PAST = r"(?i:tuần|tuan)" + _S + r"(?i:trước|rồi|này|qua|vừa rồi|sau|truoc|roi)"
_DATES = _clues(
    (
        r"\d\s?[/-]\s?\d",
        rf"(?<![\d/.,-])(?:(?i:ngày|ngay){_S})?{_DAY}\s?([/-])\s?{_MONTH}(?:\s?\1\s?(?:{_YEAR}))?(?![\d/-]|[.,]\d)",
    ),
    ("ngày|ngay", rf"{_BEGIN}(?i:ngày|ngay){_S}{_DAY}\.{_MONTH}(?![\d/-]|[.,]\d)"),
    (r"\d\.\d\d?\.\d", rf"(?<![\d/.,-])(?:(?i:ngày|ngay){_S})?{_DAY}\.{_MONTH}\.(?:{_YEAR})(?![\d/-]|[.,]\d)"),
    (
        r"\d\.\d",
        rf"{_BEGIN}{_WHEN}{_S}(?P<part>{_DAY}\.{_MONTH})(?![\d/-]|[.,]\d|{_S}(?i:triệu|tỷ|tỉ|nghìn|ngàn|km|m2|ha|%|trieu))",
    ),
    (
        "tháng|thang",
        rf"{_BEGIN}(?:(?i:ngày|ngay){_S})?{_DAY}{_S}(?i:tháng|thang){_S}(?:{_MONTH}(?!\d)(?!{_S}(?i:lần|ngày|tuần))(?:{_S}(?i:năm|nam){_S}\d{{4}}|/\d{{4}})?|{_LUNAR})",
    ),
    (
        "ngày|ngay",
        rf"{_BEGIN}(?i:ngày|ngay){_S}(?:(?i:mùng|mồng){_S})?{_DAY}(?![\d/.%]\d|\d|{_S}?(?i:đồng|triệu|nghìn|người|lần))",
    ),
    (
        "mùng|mồng|mung",
        rf"{_BEGIN}(?i:mùng|mồng|mung){_S}(?:\d{{1,2}}|(?i:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)){_END}(?:{_S}(?i:tháng){_S}(?:\d{{1,2}}|{_LUNAR}))?",
    ),
    ("rằm|ram", rf"{_BEGIN}(?i:rằm|ram)(?:{_S}(?i:tháng|thang){_S}(?:\d{{1,2}}|{_LUNAR}|(?i:bảy|tám)))?"),
    (
        _WEEKDAYS,
        rf"{_BEGIN}(?i:sáng|chiều|tối|trưa|đêm|hôm|ngày|vào|từ|đến|tới|sang|chieu|hom){_S}(?P<part>{_WEEKDAY}(?:{_S}{_PAST})?)",
    ),
    (_WEEKDAYS, rf"(?:\A|[.!?\n]\s*)(?P<part>{_WEEKDAY}(?:{_S}{_PAST})?)"),
    (_WEEKDAYS, rf"{_BEGIN}(?P<part>{_WEEKDAY}{_S}{_PAST})"),
    (_WEEKDAYS, rf"{_BEGIN}(?P<part>{_WEEKDAY})(?={_S}(?i:vừa rồi|vừa qua|ngày|tuần))"),
)
_FRACTION = re.compile(r"[1-5]/[2-5]")
_BEFORE_A_DAY = re.compile(rf"{_BEGIN}{_WHEN}{_S}$")
# The day of a law or decision says nothing of who reports.
_OF_A_LAW = re.compile(r"(?:/|\b)(?:NĐ-CP|NQ-\w+|TT-\w+|QĐ-\w+|QH\d+|CT-\w+)[^.;\n]{0,40}$")


def address_spans(text: str) -> Iterator[Span]:
    """Houses, streets, lanes, hamlets and groups."""
    yield from _found(_ADDRESSES, text, Sort.ADDRESS)


def date_spans(text: str) -> Iterator[Span]:
    """Days with a month, days of the week, days of the old calendar."""
    for span in _found(_DATES, text, Sort.DATE):
        if _FRACTION.fullmatch(text, *span[:2]) and not _BEFORE_A_DAY.search(text, max(0, span.start - 12), span.start):
            continue
        if _OF_A_LAW.search(text, max(0, span.start - 60), span.start) is None:
            yield span


def _found(clues: Sequence[_Clue], text: str, sort: Sort) -> Iterator[Span]:
    lower, is_odd = text.lower(), _ODD.search(text) is not None
    for clue in clues:
        if is_odd or clue.may_be_in(text, lower):
            group = "part" if "part" in clue.pattern.groupindex else 0
            yield from (Span(*match.span(group), sort) for match in clue.pattern.finditer(text))
