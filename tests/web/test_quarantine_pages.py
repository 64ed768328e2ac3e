"""What looks like spam or like nothing, from the pages: the list, the release, the refusal, and what others see."""

from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash
from portal.cases.suspect import MOST_ALIKE
from portal.foundation.database import transaction
from tests.makers.cast import OFFICE, wall_off
from tests.makers.filings import DOSSIER, a_delay
from tests.makers.settings import CODE_KEY
from tests.web.installing import Portal
from tests.web.stages import delay
from tests.web.test_staff_pages import case, cases_on, staff
from tests.web.test_tracking_pages import look_up
from tests.web.visiting import Visit, filed, written

JUNK = "spam spam spam spam <b>spam</b> spam spam spam"
QUARANTINE = "/staff/quarantine"


def held(portal: Portal) -> str:
    """A late dossier that tells nothing."""
    return portal.file(a_delay(narrative=JUNK), "a held key of a test")


def test_the_queue_leads_to_the_list_only_when_something_waits(visit: Visit, portal: Portal) -> None:
    delay(portal)
    minh = staff(visit, "minh")
    assert "trong khu chờ" not in minh("/staff/queue").text
    assert "Không có vụ việc nào trong khu chờ." in minh(QUARANTINE).text
    held(portal)
    queue = minh("/staff/queue")
    assert "1 phản ánh trong khu chờ" in queue.text
    assert QUARANTINE in [tag.has.get("href") for tag in queue.page.all("a")]
    assert "trong khu chờ" not in minh("/staff/queue?due=late").text


def test_an_inspector_reads_it_and_says_that_it_is_no_spam(visit: Visit, portal: Portal) -> None:
    code = held(portal)
    reference, minh = portal.reference(code), staff(visit, "minh")
    page = minh(QUARANTINE)
    for words in (reference, JUNK, "Lặp đi lặp lại một chữ", "Còn 2 ngày"):
        assert words in page.text
    done = minh.fill(page, {}, to=f"{QUARANTINE}/{reference}")
    assert done.address == QUARANTINE
    assert f"{reference} đã ra khỏi khu chờ." in done.text
    assert "Không có vụ việc nào trong khu chờ." in done.text
    late = minh.fill(page, {}, to=f"{QUARANTINE}/{reference}")
    assert "Vụ việc này không còn trong khu chờ." in late.text
    seen = minh(case(portal, code))
    assert "Đã xem: không phải thư rác, ra khỏi khu chờ" in seen.text
    assert cases_on(minh("/staff/queue")) == [reference]


def test_it_is_refused_with_the_ground_chosen_beforehand(visit: Visit, portal: Portal) -> None:
    code = held(portal)
    address, minh = case(portal, code, "refuse"), staff(visit, "minh")
    page = minh(QUARANTINE)
    assert f"{address}?ground=empty_or_abusive" in [tag.has.get("href") for tag in page.page.all("a")]
    form = minh(f"{address}?ground=empty_or_abusive")
    assert form.held("ground", address) == "empty_or_abusive"
    minh.fill(form, {"text": "Xin kể lại sự việc."}, to=address)
    assert portal.reference(code) not in minh(QUARANTINE).text


def test_a_made_up_ground_chooses_nothing(visit: Visit, portal: Portal) -> None:
    address = case(portal, held(portal), "refuse")
    form = staff(visit, "minh")(f"{address}?ground=%22%3E%3Cscript%3E")
    assert not [tag for tag in form.page.all("input") if tag.has.get("name") == "ground" and "checked" in tag.has]


def test_no_agency_sees_it_and_its_reporter_sees_nothing_of_it(visit: Visit, portal: Portal) -> None:
    code = held(portal)
    officer = staff(visit, "quy")
    assert cases_on(officer("/staff/queue")) == []
    officer(case(portal, code), 404)
    officer(QUARANTINE, 403)
    told = look_up(visit.another(), code)
    assert "tiếp nhận" in told.text
    for word in ("khu chờ", "thư rác", "nghi"):
        assert word not in told.text.replace("đề nghị", "")


def test_walls_hold(visit: Visit, portal: Portal) -> None:
    code = held(portal)
    reference, minh = portal.reference(code), staff(visit, "minh")
    page = minh(QUARANTINE)
    with portal.place.session() as session, transaction(session):
        file = file_by_code(session, code_hash(CODE_KEY, code))
        assert file is not None
        wall_off(session, file, portal.account(session, "minh"))
    assert reference not in minh(QUARANTINE).text
    assert "trong khu chờ" not in minh("/staff/queue").text
    minh.fill(page, {}, 404, to=f"{QUARANTINE}/{reference}")


LETTER = "Cả xóm chúng tôi nộp hồ sơ đất từ năm ngoái, hẹn bảy lần mà chưa nhà nào có sổ, xin cấp trên xem xét giúp."


def test_one_letter_of_many_people_is_released_at_once(visit: Visit, portal: Portal) -> None:
    codes = [portal.file(a_delay(narrative=LETTER), f"a key of the letter {one}") for one in range(MOST_ALIKE + 3)]
    held(portal)
    waits = [portal.reference(code) for code in codes[MOST_ALIKE:]]
    minh = staff(visit, "minh")
    page = minh(QUARANTINE)
    assert page.text.count("Cùng một lời gửi nhiều lần trong ngày") == 3
    assert page.text.count("Cả 3 phản ánh cùng lời đều không phải thư rác") == 3
    done = minh.fill(page, {}, to=f"{QUARANTINE}/{waits[1]}", press=("all", "yes"))
    assert "3 phản ánh cùng lời đã ra khỏi khu chờ." in done.text
    assert not [one for one in waits if one in done.text]
    assert JUNK in done.text, "another text waits still"
    assert "Đã xem: không phải thư rác" in minh(case(portal, codes[-1])).text
    late = minh.fill(page, {}, to=f"{QUARANTINE}/{waits[0]}", press=("all", "yes"))
    assert "Vụ việc này không còn trong khu chờ." in late.text


def test_the_check_page_says_where_the_sixth_will_go(visit: Visit, portal: Portal) -> None:
    dossier = {"dossier_code": DOSSIER, "promised_on": "25/02/2026", "committee_first": "no"}
    answers = {"category": "delay.late_result", "agency": OFFICE, "narrative": LETTER, **dossier}
    assert "Chuyển ngay đến" in written(visit, answers).text
    for one in range(MOST_ALIKE):
        portal.file(a_delay(narrative=LETTER), f"a key of the letter {one}")
    assert "Chưa cơ quan nào khác đọc được." in written(visit.another(), answers).text
    receipt = filed(visit.another(), answers)
    assert receipt.code
    told = look_up(visit.another(), receipt.code).text
    for word in ("khu chờ", "thư rác", "nhiều lần trong ngày"):
        assert word not in told
