"""A month over a handful of cases, each of which meets something that no ticket system has.

The portal is served on seven of the month's days, web and worker. In between nobody is there: the
worker catches up.
At the end what the pages say is what the events alone tell of each case.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import events
from portal.cases.casefile import events_of, load_file
from portal.cases.models import Case, Event
from portal.cases.words import Audience, Status
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.journeys.browsing import browser
from tests.journeys.installing import open_accounts
from tests.journeys.served_days import ServedDays
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report, a_delay

TAM_KY = "H-TK-MC"
RUDE, LATE = "người ở quầy ném trả hồ sơ của tôi", "hồ sơ của tôi quá hẹn mà không ai báo"
TWIN, SAME = "hai người ở quầy gợi ý bồi dưỡng", "hôm đó quầy gợi ý bồi dưỡng cả hai người"
KIN, OWN = "người trực bỏ quầy cả buổi sáng", "Người trực ở quầy hôm đó là em gái tôi."
QUESTION, REPLY = "Tòa có đang thụ lý việc này không?", "Tòa chưa thụ lý vụ nào về việc này."
CLEARED = "Người ở một quầy ném trả hồ sơ của người dân."
EXPLAINED = "Chúng tôi đã làm việc với người ở quầy. Người này nhận là có ném trả hồ sơ."
PERSON, STATEMENT = "Cán bộ trực", "Đề nghị giải trình về thái độ khi tiếp nhận hồ sơ của người dân."
EXPLANATION = "Hôm ấy tôi mệt, tôi có lỡ tay, tôi xin lỗi."
FINDING = "Phản ánh của anh/chị là đúng. Người ở quầy đã được nhắc nhở và sẽ xin lỗi anh/chị."
REMARK = "Xin nói rõ ai xin lỗi và vào ngày nào."
BETTER = FINDING + " Ngày 3/4 trưởng bộ phận sẽ gọi cho anh/chị."
WAITS = 30.0


@dataclass
class Told:
    """The installation of one month and the codes that its reporters hold."""

    days: ServedDays
    codes: dict[str, str]

    def waits_for(self, kind: str, reference: str) -> None:
        """Until the worker has done something about a case: once for a body, whatever it had to catch up with."""
        until = time.monotonic() + WAITS
        while not (told := self._told(kind, reference)):
            assert time.monotonic() < until, f"{kind} did not happen to {reference}"
            time.sleep(0.1)
        assert len({one.agency_id for one in told}) == len(told)

    def _told(self, kind: str, reference: str) -> Sequence[Event]:
        with self.days.place.session() as session:
            of_case = select(Event).join(Case, Case.id == Event.case_id).where(Case.reference == reference)
            return session.scalars(of_case.where(Event.kind == kind)).all()


@pytest.fixture
def month(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """What people filed on the Friday before."""
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), tmp_path_factory.mktemp("month"))
    open_accounts(place)
    filings = {
        "rude": a_conduct_report(agency=TAM_KY, narrative=f"Sáng thứ Ba {RUDE}."),
        "late": a_delay(narrative=f"Tôi nộp từ tháng Một, {LATE}."),
        "twin": a_conduct_report(agency=TAM_KY, narrative=f"Tôi thấy {TWIN} cho nhanh."),
        "kin": a_conduct_report(agency=TAM_KY, narrative=f"Hôm thứ Hai {KIN}."),
        "same": a_conduct_report(agency=TAM_KY, narrative=f"Tôi cũng ở đó: {SAME}."),
    }
    with on(MONDAY - timedelta(days=3), 10):
        codes = {name: place.file(filing, f"the key of the report {name}").code for name, filing in filings.items()}
    with browser() as chromium:
        yield Told(ServedDays(place, chromium), codes)
    place.close()


def test_a_month_of_handling(month: Told) -> None:
    with month.days.day(1) as team:
        rude, late = team.minh.finds(RUDE), team.quy.finds(LATE)
        twin, same, kin = team.minh.finds(TWIN), team.minh.finds(SAME), team.minh.finds(KIN)
        team.minh.steps_aside(kin, OWN)
        team.minh.cannot_see(kin, KIN)
        assert OWN in team.hanh.opens_case(kin)
        team.minh.accepts(rude)
        team.minh.clears(rude, CLEARED)
        team.quy.asks(late, "Anh/chị nộp hồ sơ ở quầy nào?")
        assert "Anh/chị nộp hồ sơ ở quầy nào?" in team.lan.tracks(month.codes["late"])
        team.minh.makes("merge", same, {"into": twin})

    with month.days.day(2) as team:
        team.lan.tracks(month.codes["late"])
        team.lan.replies("Ở quầy số 3.")
        assert "Ở quầy số 3." in team.quy.opens_case(late)
        team.minh.refers(rude, "H-TK")
        assert "undo_merge" in team.minh.may(same)
        team.minh.makes("undo_merge", same)
        assert "Đã tiếp nhận" in team.minh.opens_case(same)

        link = team.minh.asks_outside(rude, "court", QUESTION)
        team.clerk.answers_by(link, QUESTION, REPLY)
        assert REPLY in team.minh.opens_case(rude)

    with month.days.day(8) as team:
        team.minh.makes(
            "extend", rude, {"text": "Cần nghe cả hai người trực.", "request": "Công văn 45/UBND"}, clock="H-TK"
        )
        assert "Công văn 45/UBND" in team.minh.opens_case(rude)
        team.minh.has_heard(rude, "H-TK", PERSON, STATEMENT)

    month.days.command("catalogue", "reorganise", "H-TK", "H-PN", "--from", "2026-03-23", "--take", on_day=8)
    with month.days.day(15) as team:
        month.waits_for(events.REFERRAL_MOVED, rude)
        month.waits_for(events.HEARING_MOVED, rude)
        assert "Phú Ninh" in team.minh.opens_case(rude)
        team.quy.cannot_see(rude, RUDE)

    with month.days.day(22) as team:
        month.waits_for(events.REFERRAL_LATE, late)
        month.waits_for(events.OVERDUE_LISTED, late)
        assert late in team.minh.cases_of("/staff/queue?listed=1")
        month.waits_for(events.HEARING_LATE, rude)
        assert "gửi giải trình của người bị phản ánh, chậm nhất" in team.minh.opens_case(rude)
        team.tam.explains(PERSON, STATEMENT, EXPLANATION)
        assert EXPLANATION in team.minh.opens_case(rude)
        team.tam.answers_the_inspectors(rude, EXPLAINED)
        team.minh.concludes(rude, FINDING)

    with month.days.day(23) as team:
        team.hanh.makes("send_back", rude, {"text": REMARK})
        assert REMARK in team.minh.opens_case(rude)
        team.minh.concludes(rude, BETTER)
        team.hanh.approves(rude)
        assert "trưởng bộ phận sẽ gọi" in team.lan.tracks(month.codes["rude"])

    with month.days.day(29) as team:
        team.lan.tracks(month.codes["rude"])
        team.lan.asks_again("Không ai gọi cho tôi.")
        assert "Không ai gọi cho tôi." in team.hanh.opens_case(rude)

    told_by_events(month.days.place)


def told_by_events(place: Committed) -> None:
    """Each case is what its events tell, after all that happened to it."""
    with place.session() as session, on(MONDAY + timedelta(days=28)):
        cases = session.scalars(select(Case).order_by(Case.id)).all()
        for case in cases:
            file = load_file(session, case)
            told = events_of(session, case, frozenset(Audience))
            assert replayed_case(told) == stored_case(session, file)
            assert replayed_clocks(told) == stored_clocks(file)
        assert [case.status for case in cases][:1] == [Status.REOPENED]
