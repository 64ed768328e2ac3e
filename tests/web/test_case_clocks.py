"""The clocks of a case, drawn in each of their states, and the line on top that says what the law asks of whom."""

from collections.abc import Callable
from datetime import date

import pytest

from portal.cases import actions
from portal.cases.casefile import events_of
from portal.cases.status import Starts
from portal.cases.story import clock_views
from portal.cases.words import Audience, Status
from portal.catalogue import queries as catalogue
from portal.catalogue.words import ReferralRole
from portal.foundation.database import transaction
from portal.web.desk.due_words import ClockLine, clock_line
from portal.web.desk.next_line import NOTHING_RUNS, OWES, next_line, next_line_to_agency
from tests.makers.days import on
from tests.makers.filings import a_delay
from tests.web.installing import Portal
from tests.web.stages import (
    WORDS,
    answered,
    asked,
    closed,
    delay,
    forwarded,
    received,
    referred,
    refused,
    reopened,
    withdrawn,
)
from tests.web.test_staff_pages import case, opened, staff
from tests.web.visiting import Visit

HOI_AN = "Ủy ban nhân dân thành phố Hội An"
NEXT_DAYS = {"day after": date(2026, 3, 10), "due": date(2026, 3, 16), "late": date(2026, 3, 18)}


def lines(portal: Portal, code: str) -> dict[Starts, ClockLine]:
    """The clocks of a case as its page draws them; of its bodies' the city's."""
    with portal.look(code) as (session, file), portal.app.test_request_context():
        events = events_of(session, file.case, frozenset(Audience))
        views = clock_views(file, events, catalogue.calendar(session), "vi")
        return {view.starts: clock_line(view) for view in views if view.agency in ("", HOI_AN)}


def test_one_that_runs_then_is_due_then_late(portal: Portal) -> None:
    code, left, marks = delay(portal), {}, {}
    for name, day in NEXT_DAYS.items():
        with on(day):
            line = lines(portal, code)[Starts.REFERRAL]
        assert not line.is_over
        assert line.is_late is (name == "late")
        left[name], marks[name] = line.left, " ".join(line.marks)
    assert left == {"day after": "Còn 4 ngày", "due": "Hôm nay", "late": "Quá hạn 2 ngày"}
    assert marks == {
        "day after": "today left left left left",
        "due": "gone gone gone gone today",
        "late": "gone gone gone gone gone late late",
    }


def test_one_that_stands_still_and_the_days_of_it_afterwards(portal: Portal) -> None:
    code = asked(portal)
    with on(NEXT_DAYS["day after"]):
        line = lines(portal, code)[Starts.REFERRAL]
        assert (line.left, line.marks[0]) == ("Tạm dừng", "paused")
    with on(date(2026, 3, 11)):
        from_reporter(portal, code)
    with on(date(2026, 3, 12)):
        line = lines(portal, code)[Starts.REFERRAL]
        assert line.left == "Còn 4 ngày"
        assert " ".join(line.marks) == "paused paused today left left left left"
        assert "Đã tạm dừng 2 ngày làm việc." in line.note
        question = lines(portal, code)[Starts.QUESTION]
        assert (question.is_over, question.is_late, question.left) == (True, False, "đúng hạn")
        assert "Xong 11/03/2026." in question.note
        assert question.marks


def from_reporter(portal: Portal, code: str) -> None:
    """The reporter replies to the question."""
    with portal.look(code) as (session, file), transaction(session):
        actions.reply(session, file, text="Tôi nộp hôm thứ Ba.")


def test_met_missed_and_stopped_ones_stay_drawn(portal: Portal) -> None:
    met = lines(portal, answered(portal))[Starts.REFERRAL]
    assert (met.left, met.is_over, met.is_late) == ("đúng hạn", True, False)
    assert met.note.startswith("Xong 09/03/2026.")
    late = portal.file(a_delay(), "a second case")
    with on(NEXT_DAYS["late"]):
        portal.staff(late, "quy", "answer", finding="upheld", remedy="result_handed_out", text=WORDS)
        missed = lines(portal, late)[Starts.REFERRAL]
    assert (missed.left, missed.is_over, missed.marks.count("late")) == ("xong nhưng quá hạn", True, 2)
    assert "đến 16/03/2026" in missed.note
    assert missed.note.startswith("Xong 18/03/2026.")
    stopped = lines(portal, withdrawn(portal))[Starts.TRIAGE]
    assert (stopped.left, stopped.is_over, stopped.is_late) == ("đã dừng", True, False)
    assert stopped.note.startswith("Dừng 09/03/2026.")


def test_one_that_was_extended_says_from_when(portal: Portal) -> None:
    code = delay(portal)
    with portal.look(code) as (session, file), transaction(session):
        [referral] = [one for one in file.referrals if one.role is ReferralRole.LEAD]
        [row] = [clock for clock, _ in file.clocks if clock.referral_id == referral.id]
        row.extended_by, row.extensions, row.due_on = 4, 1, date(2026, 3, 20)
    line = lines(portal, code)[Starts.REFERRAL]
    assert (line.left, len(line.marks)) == ("Còn 9 ngày", 9)
    assert "Đã gia hạn, hạn ban đầu 16/03/2026." in line.note


def test_the_reporters_own_time_is_never_red(portal: Portal) -> None:
    code = answered(portal)
    with on(date(2026, 6, 1)):
        line = lines(portal, code)[Starts.REOPEN_WINDOW]
    assert not line.is_late
    assert "late" not in line.marks


def test_an_ended_clock_is_drawn_on_the_page_under_what_is_over(visit: Visit, portal: Portal) -> None:
    seen = staff(visit, "minh")(case(portal, answered(portal)))
    over = seen.html.partition("Đã xong</h3>")[2].partition("</section>")[0]
    assert over.count('class="days') >= 1
    assert "Xong 09/03/2026." in over


def looked_into(portal: Portal) -> str:
    """The city has answered what it was asked, and an inspector looks into it."""
    code = referred(portal)
    portal.staff(code, "quy", "answer_referral", text=WORDS)
    return code


def found_out(portal: Portal) -> str:
    """Minh has written a conclusion."""
    code = looked_into(portal)
    portal.staff(code, "minh", "conclude", finding="upheld", remedy="apology_letter", text=WORDS)
    return code


TRIAGE = "Kiểm tra viên xem và phân loại, chậm nhất thứ Tư 11/03/2026: còn 2 ngày"
CITY_ANSWERS = f"{HOI_AN} trả lời, chậm nhất thứ Hai 16/03/2026: còn 5 ngày"
ON_TOP: dict[Status, tuple[Callable[[Portal], str], str, str]] = {
    Status.RECEIVED: (received, "minh", TRIAGE),
    Status.ACCEPTED: (delay, "minh", CITY_ANSWERS),
    Status.WAITING_FOR_REPORTER: (asked, "minh", "Người phản ánh trả lời câu hỏi, chậm nhất "),
    Status.VERIFYING: (looked_into, "minh", " trả lời người phản ánh, chậm nhất "),
    Status.CONCLUDED: (found_out, "hanh", " trả lời người phản ánh, chậm nhất "),
    Status.ANSWERED: (answered, "minh", "Người phản ánh chấm điểm hoặc đề nghị xem lại, chậm nhất "),
    Status.CLOSED: (closed, "minh", "Đã kết thúc: không còn việc nào phải làm"),
    Status.REFUSED: (refused, "minh", "Người phản ánh đề nghị xem lại việc không thụ lý, chậm nhất "),
    Status.FORWARDED: (forwarded, "minh", "Đã chuyển cơ quan khác: nơi nhận trả lời theo thẩm quyền"),
    Status.WITHDRAWN: (withdrawn, "hanh", "Người phản ánh đã rút: không còn việc nào phải làm"),
    Status.REOPENED: (reopened, "hanh", " trả lời người phản ánh, chậm nhất "),
}


@pytest.mark.parametrize("status", ON_TOP)
def test_the_top_line_says_who_owes_what(visit: Visit, portal: Portal, status: Status) -> None:
    stage, login, expected = ON_TOP[status]
    code = stage(portal)
    seen = opened(staff(visit, login), case(portal, code))
    with portal.look(code) as (_, file):
        assert file.case.status is status
    band = [tag for tag in seen.page.all("h2") if tag.has.get("id") == "law"]
    assert len(band) == 1
    assert expected in " ".join(band[0].words.split())


def test_every_status_and_every_clock_has_its_words(portal: Portal) -> None:
    assert NOTHING_RUNS.keys() == set(Status)
    assert OWES.keys() == set(Starts)
    with portal.app.test_request_context():
        without = {status: next_line(status, [], "Trần Quang Minh") for status in Status}
        assert all(line.title and not line.law and line.clock is None for line in without.values())
        assert len({line.title for line in without.values()}) == len(Status)
        assert "Trần Quang Minh xác minh" in without[Status.VERIFYING].title
        assert next_line(Status.VERIFYING, [], "").title.startswith("Kiểm tra viên xác minh")
        assert "%(" not in "".join(line.title for line in without.values())


def test_an_agency_reads_its_own_line(visit: Visit, portal: Portal) -> None:
    quy, code = staff(visit, "quy"), referred(portal)
    assert f"{CITY_ANSWERS[:40]}" in quy(case(portal, code)).text
    portal.staff(code, "quy", "answer_referral", text=WORDS)
    assert "không còn việc nào phải làm theo phiếu chuyển này" in quy(case(portal, code)).text
    with portal.app.test_request_context():
        assert not next_line_to_agency([]).law
