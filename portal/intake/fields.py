"""Reading single fields as people type them: phones, e-mail, tax codes, dossier codes. (Dates: `dates`.)

Each reader takes the typed text and returns the value, or raises PortalError with a sentence for the person.
What stands around a number and cannot be meant (a word before it, dots, an O for a 0) is looked through.
"""

import re

from portal.foundation.errors import PortalError
from portal.foundation.phones import renewed
from portal.foundation.text import N_, fold, plain_line

LONGEST = 254

_EMAIL = re.compile(r"[^\s@<>\",;:()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,188}[A-Za-z0-9])?\.[A-Za-z]{2,63}")
_BRACKETS = re.compile(r"[^<>@]*<([^<>]*)>")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_BETWEEN_DIGITS = re.compile(r"[\s().,_·\-]")
_PHONE_WORDS = re.compile(
    r"(?:so|dien thoai|dtdd|sdt|dt|dd|di dong|co dinh|may ban|lien he|lh|goi|tel|telephone|phone|mobile|cell|zalo"
    r"|viber|no|number|my|is|la|cua toi|toi|[\s.:()-])*"
)
_AFTER_PHONE = re.compile(r"[\s.,;:]*(?:\(?(?:zalo|viber)\)?[\s.,;]*)?$")
_TAX_WORDS = re.compile(r"(?:ma so thue|ma so|so|mst|msdn|tax code|tax|code|tin|[\s.:#-])*")
_DOSSIER_WORDS = re.compile(
    r"(?:ma so ho so|ma ho so|so ho so|so bien nhan|bien nhan|ho so so|ho so|ma hs|mhs|ma so|ma|so|hs"
    r"|dossier|code|number|no)(?:[\s.:#]+|$)"
)


def read_phone(typed: str) -> str:
    """Ten digits of a mobile, ten or eleven of a landline, in form 0…; empty for nothing."""
    line = plain_line(typed)
    if not line:
        return ""
    digits = _phone_digits(line[: LONGEST + 1])
    if not re.fullmatch(r"0[35789]\d{8}|02\d{8,9}", digits):
        raise PortalError(N_("Số điện thoại này chưa đúng. Hãy viết như 0905 123 456 hoặc 0235 381 2345."))
    return digits


def _phone_digits(line: str) -> str:
    """In form 0…; anything else where it is none."""
    text = _AFTER_PHONE.sub("", fold(line))
    digits = _BETWEEN_DIGITS.sub("", text[_end(_PHONE_WORDS, text) :]).replace("o", "0")
    digits = re.sub(r"^(?:\+|00)840?(?=[1-9])", "0", digits)
    if re.fullmatch(r"840?[1-9]\d{8,9}", digits):
        digits = re.sub(r"^840?", "0", digits)
    if re.fullmatch(r"[35789]\d{8}", digits):
        digits = f"0{digits}"  # a table of numbers has eaten the 0
    return renewed(digits)


def _end(words: re.Pattern[str], text: str) -> int:
    match = words.match(text)
    return match.end() if match else 0


def read_email(typed: str) -> str:
    """An address in lower case; empty for nothing."""
    line = plain_line(typed).lower()
    if not line:
        return ""
    bracketed = _BRACKETS.fullmatch(line)
    address = (bracketed[1] if bracketed else line).strip(" .,;:<>\"'()")
    address = re.sub(r"\s*([@.])\s*", r"\1", re.sub(r"^(?:mailto|e-?mail|thư)\s*:\s*", "", address))
    if len(address) <= LONGEST and ".." not in address and _EMAIL.fullmatch(address):
        if address.isascii():
            return address
        raise PortalError(N_("Địa chỉ thư điện tử viết không dấu. Xin tắt bộ gõ tiếng Việt rồi viết lại."))
    raise PortalError(N_("Địa chỉ thư điện tử này chưa đúng. Hãy viết như ten@example.com."))


def read_tax_code(typed: str) -> str:
    """Ten digits with a right check digit, optionally -nnn; or twelve (a household's citizen ID, since 07/2025)."""
    text = fold(plain_line(typed))
    if not text:
        return ""
    written = re.sub(r"[\s.,/_]", "", text[_end(_TAX_WORDS, text) :]).replace("o", "0")
    code = written.replace("-", "")
    if re.fullmatch(r"\d{12}", code) and not re.fullmatch(r"\d{10}-\d\d", written):
        return code
    match = re.fullmatch(r"(\d{10})(\d{3})?", code)
    if match is None or not _tax_check(match[1]):
        raise PortalError(N_("Mã số thuế này chưa đúng. Mã có 10 số, hoặc 10 số và 3 số chi nhánh, hoặc 12 số."))
    return match[1] + (f"-{match[2]}" if match[2] else "")


def _tax_check(digits: str) -> bool:
    """The tenth digit of a Vietnamese tax code is 10 - (weighted sum mod 11)."""
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits, strict=False))
    return 10 - total % 11 == int(digits[9])


def read_dossier_code(typed: str) -> str | None:
    """Any sensible code: letters, digits, dots, hyphens, slashes; None for nothing."""
    code = plain_line(typed).strip(" .,;:")
    if not code:
        return None
    folded = fold(code)
    if len(folded) == len(code):
        code = code[_end(_DOSSIER_WORDS, folded) :]
    if len(code) > 80 or not re.fullmatch(r"[\w./\- ]*\d[\w./\- ]*", code):
        raise PortalError(N_("Mã hồ sơ này chưa đúng. Mã in trên giấy hẹn, ví dụ 000.00.35.H47-240909-0012."))
    return code.upper()
