"""Filing for somebody at the counter: the sheet, reading back, out of sight, and the code that must be replaced."""

import json

import pytest
from sqlalchemy import select

from portal.cases.models import Report
from portal.cases.words import Channel
from portal.foundation.database import transaction
from portal.intake.models import AssistedFiling, Draft
from portal.staff.accounts import staff_by_login
from tests.web.installing import Portal
from tests.web.naughty import TEXTS
from tests.web.test_staff_pages import staff
from tests.web.visiting import Seen, Visit, handle_of
from tests.web.worlds import HOST

ROOT = "/staff/assist"
NAME, PHONE, STORY = "Võ Thị Sáu Bảy", "0905 777 888", "Cán bộ hẹn ba lần mà vẫn chưa trả sổ, lần nào cũng bảo chờ."
SHEET = {
    "channel": "counter",
    "category": "delay.late_result",
    "agency": "H-TK-MC",
    "dossier_code": "000.00.35.H47-260101-0012",
    "committee_first": "yes",
    "narrative": STORY,
    "reporter_type": "citizen",
    "disclosure": "confidential",
    "name": NAME,
    "phone": PHONE,
    "language": "vi",
}


@pytest.fixture
def officer(visit: Visit) -> Visit:
    """The counter officer of the city."""
    return staff(visit, "counter_officer")


def sheet(officer: Visit, **changes: str) -> Seen:
    """The sheet filled in and kept."""
    return officer.post(f"{ROOT}/new", {"csrf_token": officer.token(), **SHEET, **changes})


def sent(officer: Visit, **changes: str) -> tuple[Seen, str]:
    """The receipt of a sheet that was read back and sent, and its handle."""
    check = sheet(officer, **changes)
    handle = handle_of(check)
    return officer.post(f"{ROOT}/check", {"csrf_token": officer.token(), "draft": handle}), handle


def test_read_back_sent_and_out_of_sight(officer: Visit, portal: Portal) -> None:
    check = sheet(officer)
    assert check.heading == "Đọc lại cho người đó nghe"
    assert STORY in check.text
    assert NAME in check.text
    handle = handle_of(check)
    receipt = officer.post(f"{ROOT}/check", {"csrf_token": officer.token(), "draft": handle})
    assert receipt.address.startswith(f"{ROOT}/receipt")
    for page in (
        receipt,
        officer(f"{ROOT}/check?draft={handle}"),
        officer(f"{ROOT}/new?draft={handle}"),
        officer(ROOT),
    ):
        for secret in (STORY, NAME, PHONE, "0905777888", "H47-260101"):
            assert secret not in page.html
    again = officer.post(f"{ROOT}/check", {"csrf_token": officer.token(), "draft": handle})
    assert again.code == receipt.code
    assert portal.count(Report) == 1
    done = officer.post(f"{ROOT}/done", {"csrf_token": officer.token(), "draft": handle})
    assert "Hôm nay anh/chị đã ghi giúp 1 phản ánh" in done.text
    assert portal.count(Draft) == 0
    assert receipt.code not in officer(f"{ROOT}/receipt?draft={handle}", 410).html
    officer(f"{ROOT}/check?draft={handle}", 410)
    with portal.place.session() as session:
        assert session.scalar(select(Report.channel)) is Channel.COUNTER
        filed = session.scalars(select(AssistedFiling)).one()
        assert session.get_one(Report, filed.report_id).channel is filed.channel


def test_the_code_shows_nothing_until_its_reporter_has_replaced_it(officer: Visit, portal: Portal) -> None:
    code = sent(officer)[0].code
    reporter = officer.another()
    first = reporter.post("/track", {"csrf_token": reporter.token(), "receipt_code": code})
    assert first.heading == "Xin đổi lấy mã của riêng mình"
    assert "Trễ hẹn" not in first.html
    for action in ("facts", "withdraw", "reply", "rate"):
        refused = reporter.post(f"/track/{action}", {"csrf_token": reporter.token(), "text": "Thêm."}, 404)
        assert "Trễ hẹn" not in refused.html
    assert "Trễ hẹn" not in reporter("/track/letter/complaint").html
    answer = reporter.client.post("/api/v1/track", base_url=HOST, json={"receipt_code": code})
    assert answer.status_code == 409
    assert "Trễ hẹn" not in json.dumps(answer.get_json(), ensure_ascii=False)
    given = {"receipt_code": code, "answer": "yes"}
    assert reporter.client.post("/api/v1/track/follow-up", base_url=HOST, json=given).status_code == 409
    shown = reporter.post("/track/new-code", {"csrf_token": reporter.token()})
    own = shown.code
    assert own != code
    typed = {"csrf_token": reporter.token(), "last_group": own[-5:]}
    reporter.post("/track/replace_code", typed)
    assert "Trễ hẹn" in reporter("/track").text
    nosy = officer.another()
    nosy.post("/track", {"csrf_token": nosy.token(), "receipt_code": code}, 404)
    page = nosy.post("/track", {"csrf_token": nosy.token(), "receipt_code": own})
    assert "Trễ hẹn" in page.text


def test_what_is_missing_is_said_and_nothing_typed_is_lost(officer: Visit, portal: Portal) -> None:
    page = sheet(officer, category="", narrative="", channel="web", phone="12")
    assert page.errors.keys() == {"category", "narrative", "channel", "phone"}
    assert page.held("name") == NAME
    assert portal.count(Report) == 0
    unnamed = sheet(officer, disclosure="anonymous")
    assert "name" in unnamed.errors


def test_about_the_own_office_the_page_warns(officer: Visit) -> None:
    assert "về chính cơ quan của anh/chị" in sheet(officer, agency="H-HA-MC").text
    assert "về chính cơ quan của anh/chị" in sheet(officer, agency="UBND").text
    assert "về chính cơ quan của anh/chị" not in sheet(officer, agency="H-TK-MC").text
    praise = sheet(officer, agency="H-HA-MC", category="praise.person", committee_first="")
    assert "về chính cơ quan của anh/chị" not in praise.text


def test_what_nobody_here_may_handle_is_not_stored(officer: Visit, portal: Portal) -> None:
    page, _ = sent(officer, agency="TU")
    assert "Cổng này không nhận được việc này" in page.text
    assert portal.count(Report) == 0


def test_another_account_on_the_same_machine_finds_nothing(officer: Visit, portal: Portal) -> None:
    handle = handle_of(sheet(officer))
    with portal.place.session() as session, transaction(session):
        account = staff_by_login(session, "quy")
        assert account is not None
    officer.post("/staff/sign-out", {"csrf_token": officer.token()})
    officer.sign_in("quy")
    officer(f"{ROOT}/check?draft={handle}", 403)
    officer(ROOT, 403)


def test_a_sheet_is_erased_at_once(officer: Visit, portal: Portal) -> None:
    handle = handle_of(sheet(officer))
    page = officer.post(f"{ROOT}/check", {"csrf_token": officer.token(), "draft": handle, "do": "erase"})
    assert "Đã xóa phiếu" in page.text
    assert portal.count(Draft) == 0
    officer(f"{ROOT}/check?draft={handle}", 410)


def test_each_officer_sees_their_own_number(officer: Visit, portal: Portal) -> None:
    sent(officer)
    sent(officer, channel="hotline")
    page = officer(ROOT)
    assert "đã ghi giúp 2 phản ánh" in page.text
    assert "Qua điện thoại" in page.text
    assert "VV-" not in page.html


def test_naughty_sheets(officer: Visit, portal: Portal) -> None:
    for text in TEXTS:
        sheet(officer, category=text[:900], agency=text[:900], name=text[:900], disclosure="named")
    assert portal.count(Report) == 0
