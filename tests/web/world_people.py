"""Who files in the worlds, and how each writes what is their own into the same story."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from portal.cases.filing import Filing
from portal.cases.words import Channel, Disclosure, Language, ReporterType
from portal.identity.contact import Contact
from portal.identity.envelope import PersonalData
from tests.makers.cast import LAN
from tests.makers.filings import CONTACT


@dataclass(frozen=True)
class Person:
    """A reporter, and how they write what is their own."""

    identity: PersonalData
    disclosure: Disclosure
    writes: Mapping[str, str]
    wish: str
    contact: Contact | None = None
    type: ReporterType = ReporterType.CITIZEN
    language: Language = Language.VI
    channel: Channel = Channel.WEB

    def filing(self, made: Callable[..., Filing], narrative: str, **more: object) -> Filing:
        """What this person files. Wish and elsewhere are read by no agency, so there they write as they like."""
        return made(
            **more,
            narrative=narrative.format(**self.writes),
            wish=self.wish.format(**self.writes),
            elsewhere=f"Đã gọi tổng đài, {self.writes['name']} nghe máy, {self.writes['phone']}.",
            disclosure=self.disclosure,
            identity=self.identity,
            contact=self.contact,
            reporter_type=self.type,
            language=self.language,
            channel=self.channel,
        )


LAN_CONFIDENTIAL = Person(
    identity=replace(LAN, tax_code="4000987650"),
    disclosure=Disclosure.CONFIDENTIAL,
    writes={
        "name": "Nguyễn Thị Lan",
        "sloppy": "nguyen thi lan",
        "short": "Thị Lan",
        "phone": "0905123456",
        "spaced": "+84 905 123 456",
        "email": "LAN@thu.vn",
        "tax": "4000987650",
    },
    wish="Xin trả kết quả sớm cho {name}.",
)
# Another name, number, address and code, of other lengths, written in other ways; a business that left a contact.
BINH_CONFIDENTIAL = Person(
    identity=PersonalData(
        name="Công ty TNHH Xây dựng Bình Minh Phương Đông",
        phone="02353812345",
        email="van-phong.binh-minh@phuong-dong.com.vn",
        tax_code="4001234567-001",
    ),
    disclosure=Disclosure.CONFIDENTIAL,
    writes={
        "name": "Công ty TNHH Xây dựng Bình Minh Phương Đông",
        "sloppy": "CONG TY TNHH XAY DUNG BINH MINH PHUONG DONG",
        "short": "công ty tnhh xây dựng bình minh phương đông",
        "phone": "(0235) 381 2345",
        "spaced": "0235.3812345",
        "email": "van-phong.binh-minh@phuong-dong.com.vn",
        "tax": "4001234567-001",
    },
    wish="Trả lời {email} cho {name}, mã số thuế {tax}. Việc này làm chúng tôi thiệt hại nhiều.",
    contact=CONTACT,
    type=ReporterType.BUSINESS,
    language=Language.EN,
    channel=Channel.API,
)
# Gives no identity, and writes the same story with numbers that are nobody's in particular.
NOBODY = Person(
    identity=PersonalData(),
    disclosure=Disclosure.ANONYMOUS,
    writes={
        "name": "0912345678",
        "sloppy": "0987 654 321",
        "short": "ai-do@hop.vn",
        "phone": "0388112233",
        "spaced": "091 234 5678",
        "email": "mot.nguoi@hop.vn",
        "tax": "079123456789",
    },
    wish="",
    contact=Contact(phone="0388112233"),
)
LAN_NAMED = replace(LAN_CONFIDENTIAL, disclosure=Disclosure.NAMED)
BINH_NAMED = replace(BINH_CONFIDENTIAL, disclosure=Disclosure.NAMED)

TOLD = (
    "Tôi là {name}, số điện thoại {phone}, thư {email}. Hồ sơ xây dựng quá hẹn mười hai ngày mà chưa ai báo lý do.\n\n"
    "Ở quầy họ ghi “{sloppy}” và {spaced}; tôi có gọi thêm 0905 777 888. Mã số thuế {tax}. ({short})"
)
SAID = "Xin gọi {phone} hoặc {spaced}, viết {email}; số khác của nhà tôi: 0777 888 999."
