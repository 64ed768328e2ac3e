"""Reading single fields as people type them: dates, phones, e-mail, tax codes, yes or no.

Each reader takes the typed text and returns the value, or raises PortalError with a sentence for the person.
"""

import re
from datetime import date

from portal.foundation.errors import PortalError
from portal.foundation.text import N_, clean_line

EARLIEST = date(2000, 1, 1)
_DATE = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_EMAIL = re.compile(r"[^\s@<>\",;:()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,188}[A-Za-z0-9])?\.[A-Za-z]{2,63}")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def read_date(typed: str) -> date | None:
    """dd/mm/yyyy (blanks, dots and hyphens too) or yyyy-mm-dd; None for nothing."""
    typed = clean_line(typed)
    if not typed:
        return None
    day_first, iso = _DATE.fullmatch(typed), _ISO.fullmatch(typed)
    try:
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            return _sensible(date(year, month, day))
        if iso:
            return _sensible(date(*(int(part) for part in iso.groups())))
    except ValueError as error:
        raise PortalError(N_("Không có ngày này. Hãy viết như 31/12/2025.")) from error
    raise PortalError(N_("Hãy viết ngày như 31/12/2025."))


def _sensible(day: date) -> date:
    if not EARLIEST <= day <= date(2100, 12, 31):
        raise PortalError(N_("Hãy xem lại năm của ngày này."))
    return day


def read_phone(typed: str) -> str:
    """Ten digits of a mobile, ten or eleven of a landline, in form 0…; empty for nothing."""
    digits = re.sub(r"[\s().\-]", "", clean_line(typed))
    if not digits:
        return ""
    digits = re.sub(r"^(?:\+|00)84(?=\d)", "0", digits)
    if re.fullmatch(r"84\d{9,10}", digits):
        digits = "0" + digits[2:]
    if not re.fullmatch(r"0[35789]\d{8}|02\d{8,9}", digits):
        raise PortalError(N_("Số điện thoại này chưa đúng. Hãy viết như 0905 123 456 hoặc 0235 381 2345."))
    return digits


def read_email(typed: str) -> str:
    """An address in lower case; empty for nothing."""
    address = clean_line(typed).lower()
    if not address:
        return ""
    if len(address) > 254 or ".." in address or not _EMAIL.fullmatch(address):
        raise PortalError(N_("Địa chỉ thư điện tử này chưa đúng. Hãy viết như ten@example.com."))
    return address


def read_tax_code(typed: str) -> str:
    """Ten digits with a right check digit, optionally -nnn; or twelve (a household's citizen ID, since 07/2025)."""
    code = re.sub(r"[\s.]", "", clean_line(typed))
    if not code:
        return ""
    if re.fullmatch(r"\d{12}", code):
        return code
    match = re.fullmatch(r"(\d{10})(?:-?(\d{3}))?", code)
    if match is None or not _tax_check(match[1]):
        raise PortalError(N_("Mã số thuế này chưa đúng. Mã có 10 số, hoặc 10 số và 3 số chi nhánh, hoặc 12 số."))
    return match[1] + (f"-{match[2]}" if match[2] else "")


def _tax_check(digits: str) -> bool:
    """The tenth digit of a Vietnamese tax code is 10 - (weighted sum mod 11)."""
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits, strict=False))
    return 10 - total % 11 == int(digits[9])


def read_dossier_code(typed: str) -> str | None:
    """Any sensible code: letters, digits, dots, hyphens, slashes; None for nothing."""
    code = clean_line(typed)
    if not code:
        return None
    if len(code) > 80 or not re.fullmatch(r"[\w./\- ]*\d[\w./\- ]*", code):
        raise PortalError(N_("Mã hồ sơ này chưa đúng. Mã in trên giấy hẹn, ví dụ 000.00.35.H47-240909-0012."))
    return code.upper()
