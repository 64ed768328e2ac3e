"""Texts with choices in them, [one|another], and {places}, so that no two demo reports read alike."""

import re
from collections.abc import Callable
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)

from portal.foundation.text import fold

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_PLACE = re.compile(r"\{([a-z]+)(-?)\}")  # {street}; {street-} in a text without marks

STREETS = (
    "Phan Châu Trinh", "Huỳnh Thúc Kháng", "Trần Cao Vân", "Hùng Vương", "Nguyễn Duy Hiệu", "Lý Thường Kiệt",
    "Phan Bội Châu", "Trưng Nữ Vương", "Nguyễn Hoàng", "Lê Lợi", "Tiểu La", "Cửa Đại", "Trần Hưng Đạo",
)  # fmt: skip
VILLAGES = (
    "thôn Đông", "thôn Tây", "thôn Trung", "thôn Bàu Tròn", "thôn Gò Dài", "xóm Cồn", "xóm Bãi", "thôn Hạ",
    "khối phố 2", "khối phố 5", "thôn Phước Lộc", "thôn An Bình", "xóm Chợ", "thôn Cây Sanh", "thôn Hòa Đông",
)  # fmt: skip
BUSINESSES = (
    "một công ty gạch", "một xưởng may", "nhà xe gần bến", "công ty thủy sản", "một lò bún", "trại giống", "xưởng mộc",
)  # fmt: skip

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
MIDDLE = ("Văn", "Thị", "Đức", "Ngọc", "Quang", "Minh", "Thanh", "Hữu", "Xuân", "Kim", "Công", "Bích")
GIVEN = (
    "Lan",
    "Hùng",
    "Hoa",
    "Dũng",
    "Hương",
    "Tuấn",
    "Thảo",
    "Phúc",
    "Mai",
    "Sơn",
    "Yến",
    "Khánh",
    "Bình",
    "Nhung",
)


def spelled_out(text: str, draw: Random) -> str:
    """The text with each choice made."""
    while match := _CHOICE.search(text):
        text = text[: match.start()] + draw.choice(match[1].split("|")) + text[match.end() :]
    return _PLACE.sub(lambda place: _named(place[1], draw, is_bare=bool(place[2])), text)


def _named(place: str, draw: Random, *, is_bare: bool) -> str:
    name = PLACES[place](draw)
    return fold(name) if is_bare else name


def some_name(draw: Random) -> str:
    """A full name."""
    return f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"


def some_phone(draw: Random) -> str:
    """A mobile number in a range that is used for nobody (090 0000 …)."""
    return f"09000{draw.randrange(100_000):05d}"


def some_dossier(draw: Random) -> str:
    """A dossier code of the usual form."""
    office, month, day = draw.randrange(10, 60), draw.randrange(1, 13), draw.randrange(1, 29)
    return f"000.00.{office}.H47-24{month:02d}{day:02d}-{draw.randrange(10_000):04d}"


PLACES: dict[str, Callable[[Random], str]] = {
    "street": lambda draw: f"đường {draw.choice(STREETS)}",
    "village": lambda draw: draw.choice(VILLAGES),
    "business": lambda draw: draw.choice(BUSINESSES),
    "person": some_name,
    "phone": some_phone,
}
