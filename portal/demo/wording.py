"""Texts with choices in them, [one|another], so that no two demo reports read alike."""

import re
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")

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
    return text


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
