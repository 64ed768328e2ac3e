"""Sixty people whose names, numbers and addresses stand nowhere else, and what each of them writes."""

from dataclasses import dataclass

from portal.cases.words import Disclosure
from portal.foundation.text import fold

COUNT = 60
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
_MIDDLE = ("Thị Hoàng", "Văn Đức", "Ngọc Quỳnh", "Đình Trọng", "Thị Mỹ", "Xuân Phước")
_GIVEN = ("Yến", "Khánh", "Trúc", "Thảo", "Duyên", "Hiếu", "Nhật", "Ưng", "Ấn", "Ổn")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True)
class Canary:
    """One person: what they give, how they write it, from which address they file."""

    number: int
    name: str
    phone: str
    email: str
    tax_code: str
    notify: str  # another e-mail address, to be told that there is news
    address: str

    @property
    def disclosure(self) -> Disclosure:
        """Every other one is named."""
        return (Disclosure.CONFIDENTIAL, Disclosure.NAMED)[self.number % 2]

    @property
    def texts(self) -> dict[str, str]:
        """Narrative, wish and elsewhere, with their own data in forms that people use."""
        spaced = f"{self.phone[:4]} {self.phone[4:7]} {self.phone[7:]}"
        abroad = f"+84 {self.phone[1:4]} {self.phone[4:7]} {self.phone[7:]}"
        dotted = f"{self.phone[:4]}.{self.phone[4:7]}.{self.phone[7:]}"
        code = f"{self.tax_code[:4]} {self.tax_code[4:7]} {self.tax_code[7:]}"
        return {
            "narrative": f"Tôi là {self.name}, số {self.phone} ({spaced}), thư {self.email}. Quầy trễ hẹn nhiều ngày."
            f" Ở quầy họ ghi {fold(self.name)}, {dotted}. MST {self.tax_code}.",
            "wish": f"Trả lời cho {self.name.upper()}, {self.email.upper()}; gọi {abroad}; mã số thuế {code}.",
            "elsewhere": f"Đã gọi tổng đài từ {abroad}, tên {self.name.lower()}, và để lại {self.notify}.",
        }

    @property
    def words(self) -> tuple[str, ...]:
        """What must be found nowhere, in every form in which it is written."""
        phone = f"{self.phone[:4]} {self.phone[4:7]} {self.phone[7:]}"
        code = f"{self.tax_code[:4]} {self.tax_code[4:7]} {self.tax_code[7:]}"
        names = (self.name, self.name.lower(), self.name.upper(), fold(self.name))
        numbers = (self.phone, self.phone[1:], f"+84{self.phone[1:]}", phone, phone.replace(" ", "."), phone[1:])
        mails = (self.email, self.email.upper(), self.notify)
        return (*names, *numbers, *mails, self.tax_code, code, self.address)

    @property
    def given(self) -> tuple[str, ...]:
        """What they gave, as the portal writes it."""
        return self.name, self.phone, self.email, self.tax_code, self.notify


def _tax_code(number: int) -> str:
    """The first tax code after a number whose check digit there can be."""
    for start in range(number, number + 20):
        digits = f"{start:09d}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
        if 0 <= check <= 9:
            return f"{digits}{check}"
    raise AssertionError("no tax code there")


def canary(number: int) -> Canary:
    """The person of that number."""
    name = f"{_FAMILY[number % 10]} {_MIDDLE[number // 10]} {_GIVEN[(number * 7) % 10]}"
    mail = fold(name).replace(" ", ".")
    return Canary(
        number=number,
        name=name,
        phone=f"09{3 + number % 7}{7_318_205 + number * 9_973:07d}",
        email=f"{mail}.{number}@canary-mail.vn",
        tax_code=_tax_code(400_137_000 + number * 37),
        notify=f"tin-cho-{number}-{mail}@canary-notice.vn",
        address=f"203.113.{100 + number}.{7 + number}",
    )


CANARIES = tuple(canary(number) for number in range(COUNT))
