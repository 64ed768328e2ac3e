"""What Lan reports, as complete filings."""

from dataclasses import replace
from datetime import date
from typing import Any

from portal.cases.filing import Filing
from portal.cases.words import Channel, Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole
from portal.identity.contact import Contact
from portal.identity.envelope import PersonalData
from tests.makers.cast import OFFICE

DOSSIER = "000.00.35.H47-260212-0012"
CONTACT = Contact(email="tin.lan@thu.vn")

_PLAIN = Filing(
    category="delay.late_result",
    agency=OFFICE,
    area=None,
    procedure=None,
    dossier_code=None,
    promised_on=None,
    committee_first=False,
    occurred_on=date(2026, 2, 27),
    occurred_until=None,
    accused_role=AccusedRole.NONE,
    narrative="Hồ sơ cấp giấy phép xây dựng quá hẹn mười hai ngày mà chưa ai báo lý do.",
    wish="Xin trả kết quả sớm.",
    elsewhere="",
    language=Language.VI,
    channel=Channel.WEB,
    disclosure=Disclosure.ANONYMOUS,
    reporter_type=ReporterType.CITIZEN,
    identity=PersonalData(),
    contact=None,
)


def a_delay(**changes: Any) -> Filing:
    """A late dossier with its code at Hội An's one-stop office: it goes to the city at once."""
    return replace(_PLAIN, **{"dossier_code": DOSSIER, "promised_on": date(2026, 2, 25), **changes})


def a_conduct_report(**changes: Any) -> Filing:
    """Somebody at that office was rude: nobody there hears of it before an inspector has cleared a text."""
    plain = {
        "category": "attitude.rude",
        "accused_role": AccusedRole.OFFICER,
        "narrative": "Người ở quầy số 3 nói trống không và quát tôi trước mặt mọi người.",
        "wish": "",
    }
    return replace(_PLAIN, **{**plain, **changes})


def a_denunciation(**changes: Any) -> Filing:
    """A hint that money would speed things up. It can become a denunciation once it is signed."""
    return a_conduct_report(category="harassment.bribe", **changes)


def praise(**changes: Any) -> Filing:
    """An official who stayed late."""
    return replace(_PLAIN, **{"category": "praise.person", "narrative": "Cô ở quầy ở lại trả kết quả.", **changes})


def a_proposal(**changes: Any) -> Filing:
    """A paper that nobody needs."""
    return replace(_PLAIN, **{"category": "proposal.simplify", "narrative": "Nên bỏ bản sao công chứng.", **changes})
