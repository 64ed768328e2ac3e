"""Administrators' pages of the routing: looking, trying, proposing, the dry run, taking, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.cases.routing_changes import DRY_RUN
from portal.cases.words import Disclosure
from portal.catalogue.models import RoutingRule
from portal.catalogue.queries import routing_rules
from portal.catalogue.routing_models import ProposalState, RoutingProposal
from portal.foundation.time import at, now, today
from portal.jobs.queue import run_once
from portal.notices.channels import Console
from portal.notices.sending import Sender
from portal.schedule import HANDLERS
from tests.makers.filings import a_conduct_report, a_delay
from tests.web.installing import Portal
from tests.web.naughty import DATES, TEXTS, WORDS
from tests.web.test_staff_pages import staff
from tests.web.visiting import Seen, Typed, Visit

ROOT = "/staff/admin/routing"


@pytest.fixture
def admin(visit: Visit) -> Visit:
    """Tâm, the administrator."""
    return staff(visit, "tam")


def shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def soon() -> date:
    return today() + timedelta(days=10)


def to_the_committee(changes: Typed) -> dict[str, str | list[str]]:
    """A rule that keeps every delay with the Inspection Committee."""
    return {
        "valid_from": shown(soon()),
        "rank": "95",
        "kinds": ["delay"],
        "lead": "inspection_committee",
        "release": "after_clearing",
        "reason_vi": "Thử: mọi hồ sơ chậm do Ủy ban Kiểm tra xem trước.",
        "reason_en": "A trial: the Inspection Committee looks at every delay first.",
        **changes,
    }


def work(portal: Portal) -> None:
    """Lets the worker do what is queued."""
    sender = Sender(portal.place.key_store, portal.place.secrets, Console(), Console())
    with portal.place.session() as session:
        while run_once(session, HANDLERS, sender):
            pass


def propose(admin: Visit, address: str = f"{ROOT}/new", status: int = 200, **changes: str | list[str]) -> Seen:
    return admin.post(address, {"csrf_token": admin.token(), **to_the_committee(changes)}, status)


def proposal(portal: Portal) -> RoutingProposal:
    with portal.place.session() as session:
        return session.scalars(select(RoutingProposal).order_by(RoutingProposal.id.desc())).first()  # type: ignore[return-value]


def rules(portal: Portal, on: date) -> dict[str, tuple[int, str]]:
    with portal.place.session() as session:
        return {row.code: (row.rank, row.lead.value) for row in routing_rules(session, on)}


def press(admin: Visit, portal: Portal, what: str, status: int = 200) -> Seen:
    return admin.post(f"{ROOT}/proposals/{proposal(portal).id}/{what}", {"csrf_token": admin.token()}, status)


def test_the_list_says_each_rule_in_words(admin: Visit) -> None:
    page = admin(ROOT)
    assert "Quy tắc 100" in page.text
    assert "Nhóm: Chậm trễ" in page.text
    assert "có mã hồ sơ hoặc ngày hẹn trả" in page.text
    assert "Cơ quan có bộ phận một cửa" in page.text
    assert "Quy tắc 100" not in admin(f"{ROOT}?on=01/01/2020").text
    assert "on" in admin(f"{ROOT}?on=31/02/2026", 422).errors
    assert "delay_direct" in admin(f"{ROOT}/rules/delay_direct").text
    admin(f"{ROOT}/rules/no_such_rule", 404)


def test_a_report_is_tried_and_each_earlier_rule_says_why_not(admin: Visit) -> None:
    way = admin(f"{ROOT}/test?category=delay.late_result&agency=H-HA-MC&dossier=yes").text
    assert "Quy tắc 100" in way
    assert "Ủy ban nhân dân thành phố Hội An" in way or "Hội An" in way
    assert "Quy tắc 80" in way
    assert "Người bị phản ánh: Cán bộ, nhân viên" in way
    first = admin(f"{ROOT}/test?category=delay.late_result&agency=H-HA-MC&dossier=yes&committee_first=yes").text
    assert "người gửi không chọn Ủy ban Kiểm tra xem trước" in first
    accused = admin(f"{ROOT}/test?category=attitude.rude&agency=H-HA&accused_role=head").text
    assert "Không bao giờ đọc được" in accused
    central = admin(f"{ROOT}/test?category=delay.late_result&agency=TU").text
    assert "Từ chối và chỉ nơi gửi" in central
    assert "category" in admin(f"{ROOT}/test?category=no.such", 422).errors


def test_a_change_is_proposed_tried_and_taken(admin: Visit, portal: Portal) -> None:
    for number in range(6):
        portal.file(a_delay(), f"a delay to be tried {number}")
    portal.file(a_conduct_report(), "a conduct report")
    page = propose(admin)
    assert "Đã xem 0 trong 7 phản ánh" in page.text
    press(admin, portal, "take", 409)
    assert len(rules(portal, soon())) == 17
    work(portal)
    ready = admin(page.address)
    assert "Đã xem 7 phản ánh" in ready.text
    assert "khoảng 5" in ready.text
    assert "Quy tắc 100" in ready.text
    assert "VV-" not in ready.html
    taken = press(admin, portal, "take")
    assert "Quy tắc 95" in taken.text
    assert "thêm" in taken.text
    code = proposal(portal).code
    assert rules(portal, soon())[code] == (95, "inspection_committee")
    assert code not in rules(portal, soon() - timedelta(days=1))
    press(admin, portal, "take", 409)


def test_few_reports_are_not_counted_out(admin: Visit, portal: Portal) -> None:
    portal.file(a_delay(), "one delay")
    page = propose(admin)
    work(portal)
    text = admin(page.address).text
    assert "ít hơn 5" in text
    assert "khoảng" not in text


def test_a_new_version_closes_the_old_one_and_can_be_called_off(admin: Visit, portal: Portal) -> None:
    before = rules(portal, soon())
    changed: dict[str, Any] = {
        "needs": ["agency_named", "nobody_accused"],
        "lead": "agency",
        "release": "at_once",
        "rank": "100",
    }
    propose(admin, f"{ROOT}/rules/delay_direct/change", **changed)
    work(portal)
    press(admin, portal, "take")
    with portal.place.session() as session:
        old, new = session.scalars(
            select(RoutingRule).where(RoutingRule.code == "delay_direct").order_by(RoutingRule.id)
        )
        assert (old.valid_to, new.valid_from, new.valid_to) == (soon() - timedelta(days=1), soon(), None)
    assert rules(portal, soon())["delay_direct"] == (100, "agency")
    assert rules(portal, today()) == before
    again = propose(admin, f"{ROOT}/rules/delay_direct/change", 422, **changed)
    assert "valid_from" in again.errors
    page = admin.post(f"{ROOT}/rules/delay_direct/call-off", {"csrf_token": admin.token()})
    assert "Đã bỏ thay đổi sắp tới" in page.text
    assert rules(portal, soon()) == before
    admin.post(f"{ROOT}/rules/delay_direct/call-off", {"csrf_token": admin.token()}, 409)
    history = admin(f"{ROOT}/rules/delay_direct").text
    assert "xóa" in history
    assert "thêm" in history


def test_a_rule_ends_on_a_day(admin: Visit, portal: Portal) -> None:
    form = {"csrf_token": admin.token(), "valid_from": shown(soon())}
    page = admin.post(f"{ROOT}/rules/online_service/end", form)
    assert "Thôi dùng quy tắc" in page.text
    work(portal)
    press(admin, portal, "take")
    assert "online_service" not in rules(portal, soon())
    assert "online_service" in rules(portal, today())
    assert "valid_from" in admin.post(f"{ROOT}/rules/proposal/end", {**form, "valid_from": shown(today())}, 422).errors
    assert "valid_from" in admin.post(f"{ROOT}/rules/proposal/end", {**form, "valid_from": ""}, 422).errors


def test_what_must_hold_is_refused_before_it_is_tried(admin: Visit, portal: Portal) -> None:
    early = propose(admin, status=422, lead="agency")
    assert "chỉ Ủy ban Kiểm tra hoặc Ban Tổ chức" in early.errors["lead"]
    at_once = propose(admin, status=422, release="at_once")
    assert "không ai bị phản ánh" in at_once.errors["release"]
    nowhere = propose(admin, status=422, lead="none")
    assert "refused_to" in nowhere.errors
    away = propose(admin, status=422, lead="none", refused_to="central_inspection")
    assert "lẽ ra phải nhận" in away.errors["lead"]
    form = {"csrf_token": admin.token(), "valid_from": shown(soon())}
    admin.post(f"{ROOT}/rules/party_bodies_accused/end", form)  # the other row still refuses
    work(portal)
    press(admin, portal, "take")
    last = admin.post(f"{ROOT}/rules/party_bodies_reported/end", form, 422)
    assert "không ai được chủ trì" in last.errors["valid_from"]
    assert portal.count(RoutingProposal) == 1


def test_a_proposal_is_worth_nothing_once_other_rules_changed(admin: Visit, portal: Portal) -> None:
    propose(admin)
    first = proposal(portal).id
    propose(admin, rank="96")
    work(portal)
    press(admin, portal, "take")
    assert "Hãy đề nghị và chạy thử lại" in admin(f"{ROOT}/proposals/{first}").text
    stale = admin.post(f"{ROOT}/proposals/{first}/take", {"csrf_token": admin.token()}, 409)
    assert "chạy thử lại" in stale.text
    dropped = admin.post(f"{ROOT}/proposals/{first}/drop", {"csrf_token": admin.token()})
    assert "Đã bỏ đề nghị" in dropped.text
    admin.post(f"{ROOT}/proposals/{first}/drop", {"csrf_token": admin.token()}, 409)


def test_a_proposal_is_too_late_on_its_day(admin: Visit, portal: Portal) -> None:
    propose(admin, valid_from=shown(today() + timedelta(days=1)))
    work(portal)
    with at(now() + timedelta(days=1)):
        later = staff(admin.another(), "tam")
        assert "không còn ở phía trước" in later(f"{ROOT}/proposals/{proposal(portal).id}").text
        press(later, portal, "take", 409)


def test_a_batch_that_is_done_twice_counts_once(admin: Visit, portal: Portal) -> None:
    for number in range(6):
        portal.file(a_delay(disclosure=Disclosure.ANONYMOUS), f"a delay {number}")
    propose(admin)
    one = proposal(portal)
    sender = Sender(portal.place.key_store, portal.place.secrets, Console(), Console())
    for _ in range(2):
        with portal.place.session() as session:
            HANDLERS[DRY_RUN](session, sender, {"proposal": one.id, "seen": 0})
    again = proposal(portal)
    assert (again.state, again.seen, [line[-1] for line in again.moved]) == (ProposalState.READY, 6, [6])


def test_naughty_forms_change_nothing(admin: Visit, portal: Portal) -> None:
    for text in (*TEXTS, *WORDS):
        propose(admin, status=422, lead=text[:900], kinds=[text[:900]], rank=text[:900])
    for text in DATES:
        admin.post(f"{ROOT}/rules/proposal/end", {"csrf_token": admin.token(), "valid_from": text}, 422)
    assert portal.count(RoutingProposal) == 0
    admin(f"{ROOT}/proposals/99999999999999999999", 404)


def test_the_pages_in_english(admin: Visit) -> None:
    assert admin(f"{ROOT}?lang=en").heading == "Routing rules"
    assert "Rule 100" in admin(f"{ROOT}/test?lang=en&category=delay.late_result&agency=H-HA-MC&dossier=yes").text


def test_nobody_but_the_administrator_gets_in(visit: Visit) -> None:
    inspector = staff(visit, "minh")
    for address in (ROOT, f"{ROOT}/test", f"{ROOT}/new", f"{ROOT}/rules/decision"):
        inspector(address, 403)
