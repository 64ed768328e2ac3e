"""Fields as people type them: what is read, and what is sent back with a sentence."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.errors import PortalError
from portal.foundation.phones import former, renewed
from portal.intake.fields import read_dossier_code, read_email, read_phone, read_tax_code


@pytest.mark.parametrize(
    ("read", "typed", "value"),
    [
        (read_phone, "", ""),
        (read_phone, "0905 123 456", "0905123456"),
        (read_phone, "+84 905.123.456", "0905123456"),
        (read_phone, "0084905123456", "0905123456"),
        (read_phone, "84905123456", "0905123456"),
        (read_phone, "(0235) 381-2345", "02353812345"),
        (read_phone, "(0235)3812345", "02353812345"),
        (read_phone, "0905.123.456", "0905123456"),
        (read_phone, "0905‑123–456", "0905123456"),
        (read_phone, "+84 (0)905 123 456", "0905123456"),
        (read_phone, "84 0905 123 456", "0905123456"),
        (read_phone, "905123456", "0905123456"),
        (read_phone, "O9O5 123 456", "0905123456"),
        (read_phone, "\u202a+84905123456\u202c", "0905123456"),
        (read_phone, "０９０５１２３４５６", "0905123456"),
        (read_phone, "٠٩٠٥١٢٣٤٥٦", "0905123456"),
        (read_phone, "SĐT: 0905 123 456.", "0905123456"),
        (read_phone, "Số điện thoại của tôi là 0905123456", "0905123456"),
        (read_phone, "Zalo 0905123456", "0905123456"),
        (read_phone, "0905123456 (zalo)", "0905123456"),
        (read_phone, "0168 812 3456", "0388123456"),
        (read_phone, "+84 126 812 3456", "0768123456"),
        (read_phone, "0841234567", "0841234567"),
        (read_email, "", ""),
        (read_email, " Lan@Thu.VN ", "lan@thu.vn"),
        (read_email, "lan.nguyen+tin@thu.com.vn", "lan.nguyen+tin@thu.com.vn"),
        (read_email, "lan@thu.vn.", "lan@thu.vn"),
        (read_email, "lan@thu.vn ,", "lan@thu.vn"),
        (read_email, "lan @ thu . vn", "lan@thu.vn"),
        (read_email, "lan＠thu.vn", "lan@thu.vn"),
        (read_email, "mailto:lan@thu.vn", "lan@thu.vn"),
        (read_email, "Email: LAN@THU.VN", "lan@thu.vn"),
        (read_email, "Lan Nguyễn <lan@thu.vn>", "lan@thu.vn"),
        (read_email, "lan@\u200bthu.vn\ufeff", "lan@thu.vn"),
        (read_tax_code, "", ""),
        (read_tax_code, "0100109106", "0100109106"),
        (read_tax_code, "0100 109 106", "0100109106"),
        (read_tax_code, "0100109106-001", "0100109106-001"),
        (read_tax_code, "0100109106001", "0100109106-001"),
        (read_tax_code, "049090000123", "049090000123"),
        (read_tax_code, "MST: 0100.109.106", "0100109106"),
        (read_tax_code, "0100-109-106 – 001", "0100109106-001"),
        (read_tax_code, "O1OO1O91O6", "0100109106"),
        (read_tax_code, "049 090 000 123", "049090000123"),
        (read_dossier_code, "", None),
        (read_dossier_code, " 000.00.35.h47-240909-0012 ", "000.00.35.H47-240909-0012"),
        (read_dossier_code, "BNV/2026-17", "BNV/2026-17"),
        (read_dossier_code, "Mã hồ sơ: 000.00.35.H47–240909–0012.", "000.00.35.H47-240909-0012"),
        (read_dossier_code, "Số 17", "17"),
        (read_dossier_code, "HS-17", "HS-17"),
    ],
)
def test_read(read: Callable[[str], object], typed: str, value: object) -> None:
    assert read(typed) == value


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (read_phone, "0905"),
        (read_phone, "0105123456"),
        (read_phone, "0905123456789"),
        (read_phone, "gọi tôi"),
        (read_phone, "0905123456 gặp Lan"),
        (read_phone, "0905 123 456 hoặc 0905 123 457"),
        (read_phone, "01505123456"),
        (read_phone, "113"),
        (read_phone, "+1 202 555 0100"),
        (read_email, "nguyễn@thu.vn"),
        (read_email, "lan nguyen@thu.vn"),
        (read_email, "lan@gmail,com"),
        (read_email, "lan"),
        (read_email, "lan@thu"),
        (read_email, "lan@@thu.vn"),
        (read_email, "lan..n@thu.vn"),
        (read_email, "lan@thu.vn, minh@thu.vn"),
        (read_email, "lan@thu.vn\nBcc: ai@thu.vn"),
        (read_email, f"{'l' * 65}@thu.vn"),
        (read_tax_code, "0100109107"),
        (read_tax_code, "12345"),
        (read_tax_code, "0100109106-01"),
        (read_dossier_code, "không có số"),
        (read_dossier_code, "1" * 81),
        (read_dossier_code, "17; DROP"),
    ],
)
def test_sent_back(read: Callable[[str], object], typed: str) -> None:
    with pytest.raises(PortalError) as refused:
        read(typed)
    assert refused.value.message.endswith(".")


@given(st.text(max_size=60))
def test_anything_typed_is_read_or_sent_back(typed: str) -> None:
    for read in (read_phone, read_email, read_tax_code, read_dossier_code):
        try:
            value = read(typed)
        except PortalError:
            continue
        assert value is None or str(value) == "" or not set("\n\r\0<>") & set(str(value))


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from(["", "+84", "84", "0084", "+84 (0)"]))
def test_a_number_is_one_number_however_it_is_written(number: str, country: str) -> None:
    written = f"{country} {number[1:4]}.{number[4:7]}-{number[7:]}" if country else f"{number[:4]} {number[4:]}"
    assert read_phone(written) == number == read_phone(f"ĐT: {written}\u200b")
    assert read_phone(number) == read_phone(former(number) or number)


def test_old_numbers_and_new_ones_go_in_pairs() -> None:
    assert (renewed("01688123456"), former("0388123456")) == ("0388123456", "01688123456")
    assert (renewed("0905123456"), former("0905123456")) == ("0905123456", "")
    assert (renewed("02353812345"), former("0235381234")) == ("02353812345", "")


def test_marks_in_an_address_have_a_message_of_their_own() -> None:
    with pytest.raises(PortalError, match="không dấu"):
        read_email("nguyễn@thu.vn")
    with pytest.raises(PortalError, match="chưa đúng"):
        read_email("nguyễn@thu")
