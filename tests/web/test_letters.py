"""What the reporter can do next, and the letters: open where they apply, and telling nobody what they must not know."""

import re
from datetime import date

import pytest

from portal.cases.words import Status
from portal.catalogue.words import AccusedRole
from portal.foundation.codes import in_groups
from tests.areas.catalogue.files import cells
from tests.areas.documents.reading import words_of
from tests.makers.cast import COMMITTEE
from tests.makers.days import MONDAY, on
from tests.makers.filings import DOSSIER, a_conduct_report, a_delay, a_denunciation, praise
from tests.web.hygiene import check_headers
from tests.web.installing import Portal
from tests.web.stages import ANSWER, answered, closed, received, refused
from tests.web.test_tracking_pages import STAGES, look_up
from tests.web.visiting import Seen, Visit
from tests.web.worlds import HOST

ROWS = {row["code"]: row for row in cells("next_steps")}
LETTER = "/track/letter/"
EVERY_CASE = {"data_request.form"}


def offered(seen: Seen) -> dict[str, str]:
    """The letters that a page leads to, and whether at once ("now") or only unfolded ("fold")."""
    links = [tag for tag in seen.page.all("a") if str(tag.has["href"]).startswith(LETTER)]
    folded = {str(tag.has["href"]): any(one.name == "details" for one in tag.within) for tag in links}
    assert len(folded) == len(links), "a letter is offered once"
    return {href.removeprefix(LETTER): "fold" if inside else "now" for href, inside in folded.items()}


def paper(seen: Seen, language: str = "vi") -> str:
    """What stands on the paper."""
    (sheet,) = [tag for tag in seen.page.all("section") if tag.has.get("class") == f"letter letter--{language}"]
    return " ".join(sheet.words.split())


@pytest.mark.parametrize("stage", STAGES)
def test_every_letter_that_is_offered_opens_in_both_languages(visit: Visit, portal: Portal, stage: Status) -> None:
    code = STAGES[stage][0](portal)
    reference = portal.reference(code)
    steps = offered(look_up(visit, code))
    assert set(steps) >= EVERY_CASE
    for letter in steps:
        row = ROWS[letter]
        for language in ("vi", "en"):
            seen = visit(f"{LETTER}{letter}?lang={language}")
            assert seen.heading == row[f"letter_title_{language}"]
            assert seen.text.count(row[f"letter_title_{language}"]) > 1, "on the page and on the paper"
            _check_paper(seen, letter, code, reference)
            translations = [tag for tag in seen.page.all("section") if tag.has.get("class") == "letter letter--en"]
            assert [tag.has["lang"] for tag in translations] == (["en"] if language == "en" else [])


def _check_paper(seen: Seen, letter: str, code: str, reference: str) -> None:
    on_paper = paper(seen)
    assert on_paper.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc")
    assert not re.search(r"[{}█]|\bNone\b", seen.text)
    for secret in (code, "-".join(in_groups(code)), *in_groups(code)):
        assert secret not in seen.html
    row = ROWS[letter]
    if "{reference}" in row["letter_body_vi"]:
        assert reference in on_paper
    else:
        assert reference not in seen.html, "not even beside the paper"
    if row["track"] == "denunciation":
        assert not re.search(r"Cổng|\d{2}/\d{2}/\d{4}", on_paper), "neither portal nor any date"


def test_what_is_not_offered_is_not_there(visit: Visit, portal: Portal) -> None:
    look_up(visit, portal.file(a_delay()))
    unknown = visit(f"{LETTER}nonsense", 404)
    for letter in ("refused.feedback", "late.denunciation", "closed_not_put_right.feedback", "VV-AAAAAA", "%7B%7D"):
        seen = visit(f"{LETTER}{letter}", 404)
        assert (seen.heading, seen.text) == (unknown.heading, unknown.text)


def test_another_browser_gets_nothing(visit: Visit, portal: Portal) -> None:
    steps = offered(look_up(visit, answered(portal)))
    other = visit.another()
    for letter in (*steps, "nonsense"):
        seen = other(f"{LETTER}{letter}")
        assert seen.through == ("/track",)
        assert "receipt_code" in seen.form("/track").held
    visit.fill(visit("/track"), {}, to="/track/close")
    assert visit(f"{LETTER}{next(iter(steps))}").through == ("/track",)


def test_whoever_lost_the_code_needs_no_case(visit: Visit, portal: Portal) -> None:
    assert f"{LETTER}lost_code.new_code" in {tag.has["href"] for tag in visit("/help").page.all("a")}
    blank = visit(f"{LETTER}lost_code.new_code")
    assert "Ủy ban Kiểm tra" in paper(blank)
    assert "tôi gửi phản ánh qua Cổng Phản ánh tỉnh Quảng Nam về việc" in paper(blank)
    assert "lost_code.new_code" not in offered(look_up(visit, answered(portal)))
    assert paper(visit(f"{LETTER}lost_code.new_code")) == paper(blank), "whatever this browser has open"
    assert paper(visit(f"{LETTER}lost_code.new_code?lang=en"), "en").startswith("SOCIALIST")


def test_letters_to_the_committee_are_filled_in(visit: Visit, portal: Portal) -> None:
    code = answered(portal)
    look_up(visit, code)
    said = paper(visit(f"{LETTER}answered_not_satisfied.feedback"))
    today = f"{MONDAY:%d/%m/%Y}"
    assert f"Ngày {today}, tôi nhận được trả lời của Ủy ban nhân dân thành phố Hội An" in said
    assert f"về phản ánh ngày {today}: Trễ hẹn trả kết quả (vụ việc {portal.reference(code)})" in said
    assert "xem xét: Xin trả kết quả sớm." in said
    assert ANSWER not in said
    english = visit(f"{LETTER}answered_not_satisfied.feedback?lang=en")
    assert "Result later than promised" in paper(english, "en")
    assert "Trễ hẹn trả kết quả" in paper(english)


def test_a_letter_on_a_refusal_names_its_ground(visit: Visit, portal: Portal) -> None:
    look_up(visit, refused(portal))
    said = paper(visit(f"{LETTER}refused.feedback"))
    assert f"Ngày {MONDAY:%d/%m/%Y}, tôi nhận được thông báo không thụ lý với lý do: Không thuộc thẩm quyền." in said


def test_a_letter_to_an_office_says_what_only_its_dossier_is(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay())
    steps = offered(look_up(visit, code))
    assert (steps["filed_delay.ask_office"], steps["dossier_late_no_apology.request"]) == ("now", "now")
    said = paper(visit(f"{LETTER}dossier_late_no_apology.request"))
    assert f"tôi nộp hồ sơ {DOSSIER} về" in said
    assert "hẹn trả kết quả ngày 25/02/2026" in said
    assert "quá hẹn 8 ngày làm việc" in said
    assert "Căn cứ: Nghị định 118/2025/NĐ-CP" in said
    for hidden in (portal.reference(code), f"{MONDAY:%d/%m/%Y}", "Cổng Phản ánh", "Xin trả kết quả sớm"):
        assert hidden not in said


def test_what_was_told_is_on_no_paper_to_an_office(visit: Visit, portal: Portal) -> None:
    wish = "Xin trả lại tiền và đổi người ở quầy đó"
    look_up(visit, portal.file(a_denunciation(wish=wish)))
    for letter in ("wants_denunciation.form", "wants_formal_complaint.form"):
        assert wish not in visit(f"{LETTER}{letter}").html


def test_the_last_day_is_the_clocks(visit: Visit, portal: Portal) -> None:
    code = answered(portal)
    seen = look_up(visit, code)
    assert "15 ngày làm việc từ ngày có trả lời: chậm nhất thứ Hai 30/03/2026." in seen.text
    with portal.look(code) as (_, file):
        (clock,) = [one for one, _ in file.clocks if one.starts == "reopen_window"]
        assert clock.due_on == date(2026, 3, 30)
    with on(date(2026, 3, 30)):
        assert "answered_not_satisfied.feedback" in offered(visit("/track"))
    with on(date(2026, 3, 31)):
        steps = offered(visit("/track"))
        visit(f"{LETTER}answered_not_satisfied.feedback", 404)
    assert steps["closed_not_put_right.feedback"] == "now"


def test_when_something_is_late_the_letter_says_how_late(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay())
    assert "late.feedback" not in offered(look_up(visit, code))
    with on(date(2026, 3, 19)):  # due on the 16th: five working days
        assert offered(visit("/track"))["late.feedback"] == "now"
        said = paper(visit(f"{LETTER}late.feedback"))
    assert "Hạn trả lời là ngày 16/03/2026, đến nay đã quá 3 ngày làm việc" in said


def test_closed_and_not_put_right_has_no_last_day(visit: Visit, portal: Portal) -> None:
    steps = offered(look_up(visit, closed(portal)))
    assert steps["closed_not_put_right.feedback"] == "now"
    said = paper(visit(f"{LETTER}closed_not_put_right.feedback"))
    assert "cho biết sẽ: " in said
    assert "answered_not_satisfied.feedback" not in steps


def test_of_a_case_that_accuses_the_committee_another_gets_the_letters(visit: Visit, portal: Portal) -> None:
    filing = a_conduct_report(agency=COMMITTEE, accused_role=AccusedRole.HEAD)
    code = portal.file(filing)
    seen = look_up(visit, code)
    for letter in offered(seen):
        if "{committee_name}" in ROWS[letter]["letter_body_vi"]:
            opened = visit(f"{LETTER}{letter}")
            assert paper(opened).count("Ban Tổ chức Tỉnh ủy") >= 1
            assert "Ủy ban Kiểm tra" not in paper(opened)
            assert portal.reference(code) not in paper(opened)
            assert "Ban Tổ chức Tỉnh ủy" in opened.text.replace(paper(opened), "")


def test_praise_has_no_remedies_but_the_right_to_ones_data(visit: Visit, portal: Portal) -> None:
    assert set(offered(look_up(visit, portal.file(praise())))) == EVERY_CASE


def test_a_page_after_an_error_has_them_too(visit: Visit, portal: Portal) -> None:
    seen = look_up(visit, received(portal))
    again = visit.fill(seen, {"text": " "}, 422, to="/track/facts")
    assert offered(again) == offered(seen)


def test_the_file_is_for_the_same_browser_and_says_nothing_by_its_name(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_denunciation())
    page = look_up(visit, code)
    for letter in offered(page):
        assert f"{LETTER}{letter}/pdf" in {tag.has["href"] for tag in visit(f"{LETTER}{letter}").page.all("a")}
        answer = visit.client.get(f"{LETTER}{letter}/pdf", base_url=HOST)
        assert (answer.status_code, answer.content_type) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="thu.pdf"'
        check_headers(answer.headers, is_kept=False)
        assert answer.data.startswith(b"%PDF")
        assert visit.another().client.get(f"{LETTER}{letter}/pdf", base_url=HOST).headers["Location"] == "/track"
    assert visit.client.get(f"{LETTER}late.denunciation/pdf", base_url=HOST).status_code == 404
    english = visit.client.get(f"{LETTER}wants_denunciation.form/pdf?lang=en", base_url=HOST)
    assert english.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert "ĐƠN TỐ CÁO" in words_of(english.data), "what is signed is Vietnamese"
    lost = visit.another().client.get(f"{LETTER}lost_code.new_code/pdf", base_url=HOST)
    assert lost.status_code == 200
