"""What people type, and how it must read once masked. The numbers are invented."""

M = "█████"

# As typed, and as masked.
MASKED = (
    # phones: mobile, landline, with the country's number, and as people group them
    ("gọi 0905123456 nhé", f"gọi {M} nhé"),
    ("gọi 0905 123 456.", f"gọi {M}."),
    ("gọi 0905.123.456, cảm ơn", f"gọi {M}, cảm ơn"),
    ("gọi 090-512-3456", f"gọi {M}"),
    ("gọi 0905  123  456", f"gọi {M}"),
    ("gọi 0905 - 123 - 456", f"gọi {M}"),
    ("gọi 09 05 12 34 56", f"gọi {M}"),
    ("gọi (0905) 123 456 hoặc (0914 555 666)", f"gọi {M} hoặc ({M})"),
    ("gọi +84905123456", f"gọi {M}"),
    ("gọi +84 905-123-456", f"gọi {M}"),
    ("gọi (+84) 905.123.456", f"gọi {M}"),
    ("gọi (84) 905.123.000", f"gọi {M}"),
    ("gọi +84 (0)905 123 456", f"gọi {M}"),
    ("gọi 84905123456", f"gọi {M}"),
    ("gọi 0084 905 123 456", f"gọi {M}"),
    ("sđt:0235 381 2345", f"sđt:{M}"),
    ("sđt 02353812345", f"sđt {M}"),
    ("sđt0905123456", f"sđt{M}"),
    ("0905123456/0914555666", f"{M}/{M}"),
    ("0905 123 456 - 0914 555 666", f"{M} - {M}"),
    ("0905123456,0914555666", f"{M},{M}"),
    # e-mail
    ("thư Lan.Nguyen+hs@Gmail.com.", f"thư {M}."),
    ("(lan_1@mail.example.com.vn)", f"({M})"),
    ("lan@example.vn.Tôi chờ", f"{M}.Tôi chờ"),
    # citizen ID, old ID, tax code
    ("CCCD 049085001234", f"CCCD {M}"),
    ("số 049 085 001234", f"số {M}"),
    ("CMND 205123456", f"CMND {M}"),
    ("cmnd: 205 123 456", f"cmnd: {M}"),
    ("mã số thuế 4000123456", f"mã số thuế {M}"),
    ("MST 4000123456-001", f"MST {M}"),
    ("MST 4000 123 456", f"MST {M}"),
    # accounts, near the words that announce them
    ("STK 12345678 ngân hàng A", f"STK {M} ngân hàng A"),
    ("stk: 0011 0042 1234 567", f"stk: {M}"),
    ("số tài khoản của tôi tại ngân hàng A là 19031234567012", f"số tài khoản của tôi tại ngân hàng A là {M}"),
    ("so tai khoan 123-456-789", f"so tai khoan {M}"),
    # plates
    ("xe 43A-123.45", f"xe {M}"),
    ("xe 92-B1 123.45", f"xe {M}"),
    ("xe 92H1-2345", f"xe {M}"),
    ("xe 43a-12345", f"xe {M}"),
    ("xe 92 C1 12345", f"xe {M}"),
    ("xe 29LD-123.45", f"xe {M}"),
    # dossier codes, old and new
    ("hồ sơ 000.00.35.H47-240909-0012", f"hồ sơ {M}"),
    ("hồ sơ H47.12.4-250909-0012", f"hồ sơ {M}"),
    ("hồ sơ 000.22.17.H17 - 250909 - 00123", f"hồ sơ {M}"),
    # what is masked already stays, and two masks that touch are one
    (f"anh {M} có hẹn", f"anh {M} có hẹn"),
    (f"{M}{M} và ██", f"{M}{M} và ██"),
    (f"{M}0905123456", M),
    ("0905123456lan@example.vn", M),
)

LEFT_ALONE = (
    "Phí 150.000 đồng, họ thu 1.500.000 đồng.",
    "Nộp 150000000 đồng rồi 1 500 000 đồng",
    "từ 05 - 10.000.000 đồng",
    "đền bù 84.905.123.000 đồng",
    "ngày 15/10/2024, 15.10.2024 và 15-10-2024",
    "ngày 08.10.2024 15 giờ",
    "từ 05 - 10.10.2024",
    "tháng 08-2024 12 hộ",
    "các năm 2019 2020 2021 2022",
    "Nghị định 61/2018/NĐ-CP, Quyết định 1847/QĐ-TTg, số 12A-2024",
    "lúc 07.30 - 11.30, 13.30 - 17.00",
    "gọi 1022, 113, 1900 9068, 18001096",
    "tổng đài khóa tài khoản 18001096",
    "chuyển vào tài khoản 150.000.000 đồng ngày 15-10-2024",
    "tài khoản bị trừ 12000000 đồng",
    "thửa đất số 123, tờ bản đồ 45, diện tích 1.250,5 m2",
    "điều 12 khoản 3, mục 2.1.3",
    "email của tôi @ nhà",
    "",
)
