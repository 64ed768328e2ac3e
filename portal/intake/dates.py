"""Reading a day as people write and say it: 3/11, 03/11/26, ngày 3 tháng 11, hôm qua, thứ hai tuần trước.

Pure: the day on which it was typed is passed in. What could mean two days is not guessed at but asked for again.
A typing method that was off leaves its keys behind ("hoom qua", "tha1ng 11"): these are looked through, last.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from portal.foundation.errors import PortalError
from portal.foundation.text import N_, clean_line, fold, plain_line

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
LONGEST = 80
SHORT_YEARS = 10  # a year of two digits is taken for one no further away than this

ASK = N_("Hãy ghi một ngày, như 31/12/2025, 31/12 hoặc hôm qua. Không nhớ rõ thì để trống.")
NO_SUCH_DAY = N_("Không có ngày này. Hãy viết như 31/12/2025.")
WHICH_YEAR = N_("Hãy xem lại năm của ngày này.")
WHOLE_YEAR = N_("Hãy viết cả năm, như 31/12/2025.")
NOT_LUNAR = N_("Hãy viết ngày dương lịch, như 31/12/2025.")
NOT_THAT_WEEKDAY = N_("Thứ và ngày không khớp nhau. Hãy xem lại.")

_UNITS = ("", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")


def _number_words() -> Iterator[tuple[str, int]]:
    for number in range(1, 32):
        tens, unit = divmod(number, 10)
        if tens < 2:
            yield f"{'muoi ' if tens else ''}{_UNITS[unit]}".strip(), number
            continue
        for ten in ("hai muoi", "hai") if tens == 2 else ("ba muoi", "ba"):
            if unit or "muoi" in ten:
                yield f"{ten} {_UNITS[unit]}".strip(), number
    yield from {"tu": 4, "muoi lam": 15, "hai muoi lam": 25, "hai lam": 25, "hai muoi tu": 24, "hai tu": 24}.items()


_NUMBERS = dict(_number_words())
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {word: place for place, name in enumerate(_MONTH_NAMES, 1) for word in (name, name[:3], name[:4])}
_WEEKDAYS: dict[str, int] = {
    **{f"{thu}{word}": day for thu in ("thu ", "thu", "t") for word, day in zip("234567", range(6), strict=True)},
    **{f"thu {word}": day for day, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    "thu bon": 2,
    "thu bay": 5,
    "chu nhat": 6,
    "cn": 6,
    **{
        word: day
        for day, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
        for word in (name, name[:3])
    },
}
_DAYS_AWAY = {
    **dict.fromkeys(("hom nay", "bua nay", "nay", "today"), 0),
    **dict.fromkeys(("hom qua", "bua qua", "qua", "hoi hom", "yesterday"), -1),
    **dict.fromkeys(("hom kia", "bua kia", "hom te", "bua te", "day before yesterday"), -2),
    **dict.fromkeys(("mai", "hom mai", "bua mai", "tomorrow"), 1),
}
_WEEKS = {
    **dict.fromkeys(("tuan nay", "this week"), 0),
    **dict.fromkeys(("tuan truoc", "tuan roi", "tuan vua roi", "tuan qua", "tuan vua qua", "last week"), -1),
    **dict.fromkeys(("tuan sau", "tuan toi", "next week"), 1),
}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_N = rf"\d{{1,2}}|{_any(_NUMBERS)}"
_GAP = r" ?[/.,-] ?| "
_YEAR = r"\d{4}|\d{2}"
_DAY_MONTH = re.compile(rf"(?P<d>\d{{1,2}})(?:{_GAP})(?P<m>\d{{1,2}})(?:(?:{_GAP})(?:nam )?(?P<y>{_YEAR}))?")
_IN_WORDS = re.compile(
    rf"(?:mung |mong )?(?P<d>{_N})(?:{_GAP})?(?:thang|thg) ?(?P<m>{_N})(?:(?:{_GAP})(?:nam )?(?P<y>{_YEAR}))?"
)
_YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}})(?:{_GAP})(?P<m>\d{{1,2}})(?:{_GAP})(?P<d>\d{{1,2}})")
_TOGETHER = (re.compile(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>20\d\d)"), re.compile(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)"))
_MONTH = rf"(?P<month>{_any(_MONTHS)})"
_ENGLISH = (
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -]?{_MONTH}(?:[ ,.-]*(?P<y>{_YEAR}))?"),
    re.compile(rf"{_MONTH}[ .-]?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:[ ,]+(?P<y>\d{{4}}))?"),
)
_AGO = re.compile(rf"(?:cach (?:day|nay) )?(?P<n>\d{{1,3}}|{_any(_NUMBERS)}) (?:ngay|bua|hom|days?)(?: truoc| ago)?")
_WEEKDAY = re.compile(
    rf"(?P<last>last )?(?P<w>{_any(_WEEKDAYS)})(?: (?P<week>{_any(_WEEKS)})|(?P<just> vua roi| vua qua| roi))?"
)
_WEEKDAY_BEFORE = re.compile(rf"(?P<w>{_any(_WEEKDAYS)})\b(?: ?[,(-] ?| )(?P<rest>.*\d.*)")

_LUNAR = re.compile(r"\b(?:am lich|al|tet|gieng|chap|ram)\b")
_HOUR = re.compile(r"\b\d{1,2} ?(?:h|g|gio|:) ?\d{0,2}(?: ?(?:phut|p))?\b")
_FILLING = re.compile(
    r"\b(?:luc|vao|khoang|buoi|sang|trua|chieu|(?<!tuan )toi|dem|duong lich|dl|on|the|of|at|in|am|pm|morning"
    r"|afternoon|evening)\b"
)
_BEFORE = re.compile(
    rf"^(?:(?:tu|den|hoi|hom|bua|ngay|moi)\b ?)*(?=\d|hom|bua|thu|chu|cn|t\d|mai|qua|nay|mung|mong|{_any(_NUMBERS)})"
)
_THREE_DAYS = re.compile("(?:(?:sáng|trưa|chiều|tối) )?(?:ngày )?hôm kìa")


def read_date(typed: str, today: date, *, may_lie_ahead: bool = False) -> date | None:
    """The day that was typed on the day `today`; None for nothing. Raises PortalError when it is none, or several.

    Without a year it is the last such day that is over; where it may lie ahead, the nearest one.
    """
    line = clean_line(typed)
    if not line:
        return None
    if len(line) > LONGEST:
        raise PortalError(ASK)
    if _THREE_DAYS.fullmatch(line.casefold()):  # without its mark it is the day before yesterday
        return today - timedelta(days=3)
    text = fold(plain_line(line)).strip(" .,;:-")
    if _LUNAR.search(text):
        raise PortalError(NOT_LUNAR)
    for reading in (text, _with_zeros(text), _without_keys(text)):
        day = _read(reading, today, may_lie_ahead)
        if day is not None:
            return _sensible(day)
    raise PortalError(ASK)


def is_settled(typed: str) -> bool:
    """Whether it means the same day on whatever day it is read: day, month and all digits of the year."""
    text = plain_line(typed)
    match = _DAY_MONTH.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    return match is not None and len(match["y"] or "") == 4


def _sensible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PortalError(WHICH_YEAR)
    return day


def _with_zeros(text: str) -> str:
    return re.sub(r"(?<=\d)o|\bo(?=\d)", "0", text)


def _without_keys(text: str) -> str:
    """The words without the keys that Telex (hoom, thasng) and VNI (tha1ng) put marks on with."""
    return re.sub(r"[a-z][a-z0-9]{2,}", lambda word: _without_keys_of(word[0]), text)


def _without_keys_of(word: str) -> str:
    word = re.sub(r"\d", "", word).replace("w", "")
    for twice in ("dd", "aa", "ee", "oo"):
        word = word.replace(twice, twice[0])
    first = re.search("[aeiouy]", word)
    return word if first is None else word[: first.end()] + re.sub("[sfrxjz]", "", word[first.end() :])


def _read(text: str, today: date, may_lie_ahead: bool) -> date | None:
    ago = _AGO.fullmatch(text)
    if ago and ("truoc" in text or "ago" in text or "cach" in text):
        return today - timedelta(days=_number(ago["n"]))
    text = " ".join(_FILLING.sub(" ", _HOUR.sub(" ", text)).split()).strip(" .,;:-")
    for one in (text, _BEFORE.sub("", text)):
        away = _DAYS_AWAY.get(one)
        if away is not None:
            return today + timedelta(days=away)
        for read in (_weekday, _dated):
            day = read(one, today, may_lie_ahead)
            if day is not None:
                return day
    return None


def _weekday(text: str, today: date, may_lie_ahead: bool) -> date | None:
    """A day of the week; alone it is the last one, where it cannot lie ahead."""
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return None
    wanted = _WEEKDAYS[match["w"]]
    if match["week"]:
        return today + timedelta(days=wanted - today.weekday() + 7 * _WEEKS[match["week"]])
    is_over = bool(match["last"] or match["just"])
    if may_lie_ahead and not is_over:
        raise PortalError(ASK)
    days = (today.weekday() - wanted) % 7
    return today - timedelta(days=7 if is_over and not days else days)


def _dated(text: str, today: date, may_lie_ahead: bool) -> date | None:
    """A day with its month; a day of the week that stands before it must be the right one."""
    named = _WEEKDAY_BEFORE.fullmatch(text)
    rest = _BEFORE.sub("", named["rest"].strip(" )")) if named else text
    for pattern in (_DAY_MONTH, _YEAR_FIRST, *_TOGETHER, _IN_WORDS, *_ENGLISH):
        match = pattern.fullmatch(rest)
        if match is None:
            continue
        day = _of_match(match, today, may_lie_ahead)
        if named and day.weekday() != _WEEKDAYS[named["w"]]:
            raise PortalError(NOT_THAT_WEEKDAY)
        return day
    return None


def _of_match(match: re.Match[str], today: date, may_lie_ahead: bool) -> date:
    parts = match.groupdict()
    day, year = _number(parts["d"]), parts["y"]
    month = _MONTHS[parts["month"]] if parts.get("month") else _number(parts["m"])
    try:
        if year is None:
            return _without_year(day, month, today, may_lie_ahead)
        return date(int(year) if len(year) == 4 else _short_year(int(year), today), month, day)
    except ValueError as error:
        raise PortalError(NO_SUCH_DAY) from error


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word]


def _short_year(year: int, today: date) -> int:
    if abs(2000 + year - today.year) > SHORT_YEARS:
        raise PortalError(WHOLE_YEAR)
    return 2000 + year


def _without_year(day: int, month: int, today: date, may_lie_ahead: bool) -> date:
    """Raises ValueError when no year at hand has such a day."""
    days = [one for year in (today.year - 1, today.year, today.year + 1) if (one := _day(year, month, day))]
    if may_lie_ahead:
        return min(days, key=lambda one: abs(one - today))
    return max(one for one in days if one <= today)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
