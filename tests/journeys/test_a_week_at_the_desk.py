"""One week over thirty cases, day by day: an inspector, a chief inspector and two officers, and time that moves on.

Each morning the portal is started anew with its clock on that day. Nothing of the thirty gets lost on the way: what the
pages say at the end of the week is what the events alone tell of each case.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.casefile import events_of, load_file
from portal.cases.filing import Filing
from portal.cases.models import Case
from portal.cases.words import Audience, Status
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.journeys.browsing import browser
from tests.journeys.installing import open_accounts
from tests.journeys.served_days import ServedDays
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report, a_delay, a_denunciation

HOI_AN, TAM_KY = "H-HA-MC", "H-TK-MC"
CLEARED = "Người ở một quầy nói trống không với người dân."
EXPLAINED = "Chúng tôi đã làm việc với người ở quầy. Người này đã xin lỗi người dân."


@pytest.fixture
def week(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDays]:
    """Thirty reports of the week before and of this Monday morning."""
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), tmp_path_factory.mktemp("week"))
    open_accounts(place)
    for number in range(30):
        with on(MONDAY - timedelta(days=4 - number // 8), 7):
            place.file(_report(number), f"the key of report number {number}")
    with browser() as chromium:
        yield ServedDays(place, chromium)
    place.close()


def _report(number: int) -> Filing:
    said = f"Chuyện số {number}: "
    if number % 5 < 2:
        return a_delay(agency=HOI_AN if number % 2 else TAM_KY, narrative=said + "hồ sơ trễ hẹn mà không ai báo.")
    if number % 15 == 4:
        return a_denunciation(agency=TAM_KY, narrative=said + "người ở quầy gợi ý bồi dưỡng cho nhanh.")
    agency = HOI_AN if number % 2 else TAM_KY
    return a_conduct_report(agency=agency, narrative=said + "người ở quầy nói trống không với tôi.")


def test_a_week_over_thirty_cases(week: ServedDays) -> None:
    with week.day(1) as team:
        assert team.hanh.counts("Mới") == 18
        assert team.minh.counts("Mới") == 16, "two are restricted, and nobody has given them to Minh"
        team.hanh.picks("/staff/queue?status=received&order=severity", 2)
        team.hanh.does_with_the_picked("assign", assignee="minh")
        assert team.minh.counts("Của tôi") == 2
        first = team.minh.takes_the_next()
        assert team.minh.counts("Của tôi") == 3
        team.minh.accepts(first)
        team.minh.picks("/staff/queue?status=received&holder=nobody&track=feedback", 4)
        team.minh.does_with_the_picked("assign", assignee="minh")
        for case in team.quy.cases_of("/staff/queue?status=accepted")[:3]:
            team.quy.answers(case, "Hồ sơ đã có kết quả từ sáng nay. Chúng tôi xin lỗi anh/chị.")
        asked = team.tam.cases_of("/staff/queue")[0]
        team.tam.asks(asked, "Anh/chị nộp hồ sơ ngày nào?")
        assert team.minh.counts("Chờ người phản ánh") == 1

    with week.day(2) as team:
        mine = team.minh.cases_of("/staff/queue?holder=me&status=received")
        for case in mine[:3]:
            team.minh.accepts(case)
            team.minh.clears(case, CLEARED)
        referred = [case for case in mine[:3] if "H-HA" not in team.minh.opens_case(case)][:2]
        for case in referred:
            team.minh.refers(case, "H-TK" if "Hội An" in team.minh.reads() else "H-HA")
        team.minh.picks("/staff/queue?status=received&holder=nobody", 3)
        team.minh.does_with_the_picked("refuse", ground="not_competent", text="Xin anh/chị xem hướng dẫn bên dưới.")
        assert "3 vụ việc đã xong" in team.minh.reads()
        for case in team.quy.cases_of("/staff/queue?status=accepted")[:2]:
            team.quy.answers(case, "Kết quả đã sẵn sàng ở quầy số 4. Chúng tôi xin lỗi anh/chị.")

    with week.day(3) as team:
        assert team.minh.counts("Quá hạn") > 0, "what nobody took up is late by now"
        for officer in (team.quy, team.tam):
            for case in officer.cases_of("/staff/queue"):
                if "answer_referral" in officer.may(case):
                    officer.answers_the_inspectors(case, EXPLAINED)
        for _ in range(3):
            case = team.hanh.takes_the_next()
            team.hanh.accepts(case)

    with week.day(4) as team:
        ready = team.minh.cases_of("/staff/queue?status=verifying")
        assert ready
        for case in ready[:3]:
            team.minh.concludes(case, "Phản ánh của anh/chị là đúng. Người ở quầy đã được nhắc nhở.")
        assert team.hanh.counts("Chờ tôi duyệt") == len(ready[:3])
        waiting = team.hanh.cases_of("/staff/queue?status=concluded")
        team.hanh.approves(waiting[0])

    with week.day(5) as team:
        late = team.hanh.cases_of("/staff/queue?due=late&order=severity")
        assert len(late) == team.hanh.counts("Quá hạn")
        walked, address = [late[0]], team.hanh.next_within("/staff/queue?due=late&order=severity", late[0])
        while address:
            walked.append(address.rpartition("/")[2].partition("?")[0])
            address = team.hanh.next_of(address)
        assert walked == late, "from late case to late case, without a list in between"
        everything = team.hanh.cases_of("/staff/queue")

    check(week.place, set(everything), MONDAY + timedelta(days=4))


def check(place: Committed, open_ones: set[str], friday: date) -> None:
    """All thirty are there, and each is what its events tell."""
    with place.session() as session, on(friday):
        cases = session.scalars(select(Case).order_by(Case.id)).all()
        assert len(cases) == 30
        assert {case.reference for case in cases if case.is_open} == open_ones
        for case in cases:
            file = load_file(session, case)
            events = events_of(session, case, frozenset(Audience))
            assert replayed_case(events) == stored_case(session, file)
            assert replayed_clocks(events) == stored_clocks(file)
        statuses = Counter(case.status for case in cases)
    assert statuses[Status.REFUSED] == 3
    assert statuses[Status.ANSWERED] >= 6
    assert statuses[Status.WAITING_FOR_REPORTER] == 1
