"""The receipt: shown for ten minutes where it was filed, kept by whoever filed, explained to them alone."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from config import LOCAL_ORIGIN, ROOT
from portal.cases import receipts
from portal.cases.models import Case, Event, Receipt, Report
from portal.documents.qr import qr_code
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.intake.models import Draft
from tests.areas.documents.reading import opened, words_of
from tests.makers.cast import COMMITTEE
from tests.makers.settings import CODE_KEY
from tests.web.conftest import NewPortal
from tests.web.hygiene import Languages, flat
from tests.web.installing import Portal
from tests.web.test_filing_pages import DECISION, DELAY, LAN, PRAISE, PROPOSAL, RUDE
from tests.web.visiting import Seen, Visit, filed, handle_of, written
from tests.web.worlds import HOST

PAGE, KEPT = "/report/receipt", "/report/kept"
NAMED = {**LAN, "disclosure": "named"}
COUNTED = (Report, Case, Event, Receipt, Draft)
SCRIPT = ROOT / "static" / "js" / "receipt.js"
HEAD = "Người đứng đầu nơi bị phản ánh, nếu kiểm tra viên thấy cần"
FILE_AGAIN = "Xin gửi một phản ánh mới và nói là đã gửi một lần."
TWO_INSPECTORS = "Hai kiểm tra viên cùng mở thông tin đã khóa để đối chiếu, rồi cấp mã mới."


def paper(visit: Visit, handle: str, status: int = 200) -> TestResponse:
    """What comes when the PDF is asked for."""
    response = visit.client.get(f"{PAGE}.pdf?draft={handle}", base_url=HOST)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    return response


def table(seen: Seen) -> dict[str, tuple[str, ...]]:
    """Who reads what, as the page says it: by the first cell of each row the others."""
    rows = [row for row in seen.page.all("tr") if any(one.name == "tbody" for one in row.within)]
    cells = [[flat(one.words) for one in seen.page.all("th", "td") if row in one.within] for row in rows]
    return {first: tuple(others) for first, *others in cells}


def steps(seen: Seen) -> list[str]:
    """What happens next, in order."""
    lists = [one for one in seen.page.all("ol") if one.has.get("class") == "way"]
    return [flat(one.words) for one in seen.page.all("li") if lists[0] in one.within]


# Ten minutes, one browser.


def test_page_and_paper_come_for_ten_minutes_to_the_browser_that_filed(visit: Visit) -> None:
    first = filed(visit, RUDE)
    handle, address = handle_of(first), first.through[-1]
    with at(now() + timedelta(minutes=9, seconds=59)):
        assert visit(address).code == first.code
        assert paper(visit, handle).data.startswith(b"%PDF-")
    for other in (visit.another(), _with_a_draft(visit.another())):
        assert other(address, 410).heading
        paper(other, handle, 410)
        other.post(PAGE, {"draft": handle, "last_group": first.code[-5:]}, 410)
    with at(now() + timedelta(minutes=10)):
        gone = visit(address, 410)
        assert not _shows(gone.html, first.code)
        assert not _shows(paper(visit, handle, 410).text, first.code)
        again = visit.fill(first, {"last_group": first.code[-5:]}, 410)
        assert not _shows(again.html, first.code)


def _with_a_draft(visit: Visit) -> Visit:
    visit.fill(visit("/report"), {"category": RUDE["category"]})
    return visit


def _shows(text: str, code: str) -> bool:
    return any(group in text for group in code.split("-"))


def test_a_code_that_opens_nothing_any_more_is_not_shown(visit: Visit, portal: Portal) -> None:
    first = filed(visit, RUDE)
    with portal.place.session() as session, transaction(session):
        hashed = receipts.code_hash(CODE_KEY, first.code)
        assert hashed is not None
        session.get_one(Receipt, hashed).retired_at = now()
    assert not _shows(visit(first.through[-1], 410).html, first.code)
    paper(visit, handle_of(first), 410)


# "I have kept the code."


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_last_group_shows_that_the_code_was_kept(portal: Portal, languages: Languages, language: str) -> None:
    visit = Visit(portal, languages, language)
    receipt = filed(visit, RUDE)
    last, counted = receipt.code[-5:], [portal.count(table) for table in COUNTED]
    like_o_and_l = last.replace("0", "o").replace("1", "l")
    for typed in (last, f"  {last.lower()} ", "-".join(last), like_o_and_l, receipt.code, receipt.code.lower()):
        kept = visit.fill(receipt, {"last_group": typed})
        assert kept.address == KEPT
        assert not _shows(kept.html, receipt.code)
        assert {"/track", "/"} <= {tag.has.get("href") for tag in kept.page.all("a")}
    assert [portal.count(table) for table in COUNTED] == counted


@pytest.mark.parametrize("typed", ["", "  ", "ABCDE", "abcd", "Ậ ễ đ", "<b>x</b>", "5" * 500])
def test_a_wrong_group_is_said_at_its_field_and_the_code_stays(visit: Visit, typed: str) -> None:
    receipt = filed(visit, RUDE)
    wrong = visit.fill(receipt, {"last_group": typed}, 422)
    assert list(wrong.errors) == ["last_group"]
    assert wrong.code == receipt.code
    assert wrong.held("last_group") == typed[:60]
    assert visit.fill(wrong, {"last_group": receipt.code[-5:]}).address == KEPT


@pytest.mark.parametrize("place", range(4))
def test_another_group_is_not_the_last_one(visit: Visit, place: int) -> None:
    receipt = filed(visit, RUDE)
    assert visit.fill(receipt, {"last_group": receipt.code.split("-")[place]}, 422).errors


def test_the_step_can_be_left_out(visit: Visit) -> None:
    links = {flat(tag.words): tag.has.get("href") for tag in filed(visit, RUDE).page.all("a")}
    assert links["Bỏ qua"] == "/"


def test_a_form_that_was_open_too_long_shows_the_receipt_again(visit: Visit) -> None:
    receipt = filed(visit, RUDE)
    late = visit.post(PAGE, {"csrf_token": "old", "draft": handle_of(receipt), "last_group": "ABCDE"}, 400)
    assert late.code == receipt.code
    assert list(late.errors) == ["last_group"]
    assert visit.fill(late, {"last_group": receipt.code[-5:]}).address == KEPT


# What it says.


def test_the_qr_code_leads_to_the_tracking_page_and_holds_nothing_else(visit: Visit) -> None:
    seen = filed(visit, RUDE)
    assert qr_code("https://portal.test/track").path in [tag.has.get("d") for tag in seen.page.all("path")]
    assert "portal.test/track" in seen.text


def test_before_the_portal_has_a_public_name_it_leads_to_where_one_is(
    new_portal: NewPortal, languages: Languages
) -> None:
    seen = filed(Visit(new_portal(PORTAL_ORIGIN=LOCAL_ORIGIN), languages), RUDE)
    assert qr_code(f"{HOST}/track").path in [tag.has.get("d") for tag in seen.page.all("path")]


def test_what_happens_next_to_a_late_dossier(visit: Visit) -> None:
    received, answer, review = steps(filed(visit, DELAY))
    assert "09:00, 09/03/2026" in received
    assert "chuyển đến Ủy ban nhân dân thành phố Hội An" in received
    assert "thứ Ba 10/03/2026" in received
    assert answer.startswith("Chậm nhất thứ Hai 16/03/2026")
    assert "Trong 5 ngày làm việc." in answer
    assert "15 ngày làm việc" in review


def test_what_happens_next_to_conduct(visit: Visit) -> None:
    _, triage, answer, _ = steps(filed(visit, RUDE))
    assert triage.startswith("Chậm nhất thứ Tư 11/03/2026")
    assert "Trong 2 ngày làm việc." in triage
    assert "chậm nhất thứ Tư 01/04/2026" in answer  # 15 working days after 11 March
    assert "Trong 15 ngày làm việc" in answer


def test_who_reads_what_of_a_late_dossier(visit: Visit) -> None:
    body, city = "Ủy ban Kiểm tra Tỉnh ủy", "Ủy ban nhân dân thành phố Hội An"
    anonymous = table(filed(visit, DELAY))
    assert anonymous[body] == ("toàn bộ", "không có gì để mở")
    assert anonymous[city] == ("đã che thông tin riêng; thấy mã hồ sơ", "không có gì để mở")
    assert table(filed(visit.another(), {**DELAY, **LAN}))[city][1] == "không"
    named = table(filed(visit.another(), {**DELAY, **NAMED}))
    assert named[city][1] == "chỉ khi kiểm tra viên chuyển kèm"
    assert named[body][1] == "khi có lý do, có ghi lại"
    assert list(named)[-1] == "Nơi khác, công chúng"


def test_before_sending_the_same_is_said_of_who_learns_the_name(visit: Visit) -> None:
    check = written(visit, {**DELAY, **NAMED})
    promised = next(others[-1] for first, others in table(check).items() if "thành phố Hội An" in first)
    assert promised == table(visit.fill(check, {}))["Ủy ban nhân dân thành phố Hội An"][1]


@pytest.mark.parametrize(("role", "could_be_asked"), [("officer", True), ("unknown", True), ("head", False)])
def test_before_sending_the_same_is_said_of_the_head(visit: Visit, role: str, could_be_asked: bool) -> None:
    check = written(visit, {**RUDE, "accused_role": role})
    for page in (check, visit.fill(check, {})):
        assert (HEAD in table(page)) == could_be_asked


def test_who_reads_what_of_conduct(visit: Visit) -> None:
    told = table(filed(visit, {**RUDE, **LAN}))
    assert list(told.values()) == [
        ("toàn bộ", "khi có lý do, có ghi lại"),
        ("bản do kiểm tra viên soạn, đã che những gì có thể lộ anh/chị", "không"),
        ("chỉ nội dung đã che", "không"),
        ("không", "không"),
        ("không", "không"),
    ]
    assert list(told)[2] == HEAD
    accused = list(told)[3]
    assert accused.startswith("Người bị phản ánh và Bộ phận Tiếp nhận")
    about_them = table(filed(visit.another(), {**RUDE, "agency": COMMITTEE}))
    assert about_them["Ban Tổ chức Tỉnh ủy"][0] == "toàn bộ"
    assert about_them["Người bị phản ánh và Ủy ban Kiểm tra Tỉnh ủy"] == ("không", "không")


def test_only_what_fits_this_reporter_is_said_of_a_lost_code(visit: Visit) -> None:
    anonymous = filed(visit, RUDE)
    assert FILE_AGAIN in anonymous.text
    assert TWO_INSPECTORS not in anonymous.text
    for answers in (LAN, NAMED):
        known = filed(visit.another(), {**RUDE, **answers})
        assert TWO_INSPECTORS in known.text
        assert FILE_AGAIN not in known.text


def test_a_lost_code_is_explained_in_the_same_words_everywhere(visit: Visit) -> None:
    receipt = filed(visit, RUDE)
    with at(now() + timedelta(minutes=10)):
        gone = visit(receipt.through[-1], 410)
    for page in (gone, visit("/help")):
        assert FILE_AGAIN in page.text
        assert TWO_INSPECTORS in page.text
    assert 'id="lost-code"' in visit("/help").html


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "answers",
    [DELAY, {**DELAY, **NAMED}, {**RUDE, **LAN}, {**RUDE, "agency": COMMITTEE}, PRAISE, PROPOSAL, DECISION],
    ids=["delay", "named delay", "conduct", "the committee", "praise", "proposal", "decision"],
)
def test_the_paper_says_what_the_page_says_on_one_sheet(
    portal: Portal, languages: Languages, answers: dict[str, str], language: str
) -> None:
    visit = Visit(portal, languages, language)
    seen = filed(visit, answers)
    response = paper(visit, handle_of(seen))
    written = _unbroken(words_of(response.data))
    assert len(opened(response.data).pages) == 1
    headings = [tag.words for tag in seen.page.all("h2") if tag.has.get("id") != "kept"]
    cells = [cell for row, others in table(seen).items() for cell in (row, *others)]
    small = [tag.words for tag in seen.page.all("p") if tag.has.get("class") == "small"]
    assert small
    said = [seen.code.replace("-", " "), *headings, *cells, *steps(seen), *small]
    assert [one for one in said if _unbroken(one) not in written] == []


def _unbroken(text: str) -> str:
    """A text without its blanks: where lines break is the paper's own affair."""
    return "".join(text.split())


# The code is nowhere else.


def test_the_code_is_in_no_address_header_or_log(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    receipt = filed(visit, RUDE)
    response = paper(visit, handle_of(receipt))
    kept = visit.fill(receipt, {"last_group": receipt.code})
    wrong = visit.fill(receipt, {"last_group": receipt.code[:5]}, 422)
    said = [*receipt.through, *kept.through, str(receipt.headers), str(response.headers), str(kept.headers)]
    assert not [one for one in [*said, str(wrong.headers), caplog.text] if _shows(one, receipt.code)]
    addresses = [tag.has.get(name) or "" for tag in receipt.page.tags for name in ("href", "src", "action")]
    assert not [one for one in addresses if _shows(one, receipt.code)]
    disposition = response.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="bien-nhan.pdf"'
    assert response.content_type == "application/pdf"


def test_the_code_lies_on_no_disk_once_paper_and_page_were_made(visit: Visit, portal: Portal) -> None:
    receipt = filed(visit, RUDE)
    paper(visit, handle_of(receipt))
    visit.fill(receipt, {"last_group": receipt.code})
    files = [path for path in Path(portal.folder).rglob("*") if path.is_file()]
    assert files
    bare = receipt.code.replace("-", "")
    for one in (path.read_bytes() for path in files):
        assert bare.encode() not in one
        assert receipt.code.encode() not in one


# The script.


def test_a_script_of_a_kilobyte_stands_on_this_page_alone(visit: Visit) -> None:
    receipt = filed(visit, RUDE)
    (script,) = receipt.page.all("script")
    address = str(script.has["src"])
    assert re.fullmatch(r"/static/js/receipt\.js\?v=[0-9a-f]{12}", address)
    response = visit.client.get(address, base_url=HOST)
    assert response.status_code == 200
    assert len(response.data) == len(SCRIPT.read_bytes()) <= 1024
    response.close()
    for page in ("/", "/report", "/track", "/help", KEPT):
        assert visit(page).page.all("script") == []


def test_without_script_there_is_no_button_that_does_nothing(visit: Visit) -> None:
    receipt = filed(visit, RUDE)
    (button,) = [tag for tag in receipt.page.all("button") if tag.has.get("type") == "button"]
    assert "hidden" in button.has
    assert button.has["data-code"] == receipt.code
