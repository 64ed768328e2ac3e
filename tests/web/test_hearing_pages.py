"""Hearing somebody by pages: only what was previewed goes out, the body reads the statement and nothing else."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.escalation import escalate_batch
from portal.cases.hearing_models import Hearing
from portal.cases.models import Wall
from portal.foundation.database import transaction
from portal.foundation.time import now
from portal.jobs.models import Job
from portal.notices.models import Notice, NoticeAddress
from portal.notices.staff_notices import tell_staff
from portal.staff.models import Staff
from tests.makers.cast import CITY
from tests.makers.days import on
from tests.makers.filings import a_conduct_report
from tests.web.installing import Portal
from tests.web.test_staff_pages import case, somebody_changes, staff
from tests.web.test_tracking_pages import look_up
from tests.web.visiting import Seen, Visit
from tests.web.worlds import HOST, token_in

CLEAN = "Ông bị phản ánh đã lớn tiếng với người dân tại nơi tiếp nhận hồ sơ. Đề nghị giải trình."
LITERAL = "Ông đã nói trống không và quát tôi trước mặt mọi người."
FACT = "Xin gọi 0912 345 678 để biết thêm."
EXPLAINED = "Tôi không nhớ đã nói như vậy."
FORM = {"agency": CITY, "person": "Cán bộ ở quầy số 3"}
SEND, PREVIEW = ("do", "hear"), ("do", "preview")


def of_the_office(portal: Portal) -> str:
    """Somebody of the city's own office was rude; Minh has taken it up."""
    code = portal.file(a_conduct_report())
    portal.staff(code, "minh", "accept")
    return code


def previewed(minh: Visit, address: str, statement: str = CLEAN, **more: str) -> Seen:
    return minh.fill(minh(address), {**FORM, "statement": statement, **more}, to=address, press=PREVIEW)


def sent(visit: Visit, portal: Portal, code: str, **more: str) -> tuple[Visit, str]:
    """Minh has sent it: her browser, and the path of the body's page."""
    minh, address = staff(visit, "minh"), case(portal, code, "hear")
    done = minh.fill(previewed(minh, address, **more), {}, to=address, press=SEND)
    assert "Đã gửi văn bản" in done.text
    with portal.place.session() as session:
        return minh, f"/staff/hearings/{session.scalars(select(Hearing.key)).one()}"


def rows(portal: Portal) -> list[str]:
    with portal.place.session() as session:
        return list(session.scalars(select(Hearing.statement).order_by(Hearing.id)))


def test_the_body_above_reads_the_statement_and_nothing_else(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    minh, path = sent(visit, portal, code)
    quy = staff(visit, "quy")
    assert "Chờ giải trình" in quy("/staff/queue").text
    with portal.look(code) as (_, file):
        reference, narrative = file.case.reference, file.report.narrative
    listed = quy("/staff/hearings")
    assert path in listed.html
    page = quy(path)
    assert CLEAN in page.text
    assert reference in page.text
    assert "18/03/2026" in page.text
    assert narrative not in page.html
    assert quy(case(portal, code), 404).status == 404, "of the case it has no part"
    assert quy.fill(page, {"explanation": " "}, 422, to=path).errors.keys() == {"explanation"}
    done = quy.fill(page, {"explanation": EXPLAINED}, to=path)
    assert EXPLAINED in done.text
    late = quy.fill(page, {"explanation": "Khác."}, 409, to=path)
    assert "Khác." not in late.text
    assert path not in quy("/staff/hearings").html
    seen = minh(case(portal, code))
    assert EXPLAINED in seen.text
    reporter = look_up(visit.another(), code)
    assert EXPLAINED not in reporter.html
    assert CLEAN not in reporter.html
    assert "giải trình" not in reporter.text


def test_a_preview_says_what_is_left_out(visit: Visit, portal: Portal) -> None:
    minh, address = staff(visit, "minh"), case(portal, of_the_office(portal), "hear")
    seen = minh.fill(minh(address), {"agency": "", "person": " ", "statement": CLEAN}, 422, to=address, press=PREVIEW)
    assert seen.errors.keys() == {"agency", "person"}
    assert seen.held("statement") == CLEAN


def test_nobody_else_sees_it(visit: Visit, portal: Portal) -> None:
    _, path = sent(visit, portal, of_the_office(portal))
    for login in ("nga", "thao"):
        other = staff(visit, login)
        assert path not in other("/staff/hearings").html
        assert "Chờ giải trình" not in other("/staff/queue").text
        assert other(path, 404).status == 404
    with portal.place.session() as session, transaction(session):
        case_id = session.scalars(select(Hearing.case_id)).one()
        session.add(Wall(case_id=case_id, staff_id=portal.account(session, "quy").id, reason="relative"))
    quy = staff(visit, "quy")
    assert "Chờ giải trình" not in quy("/staff/queue").text
    assert quy(path, 404).status == 404


def test_the_accused_office_cannot_be_chosen_and_the_body_above_is(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    minh, address = staff(visit, "minh"), case(portal, code, "hear")
    page = minh(address)
    assert page.held("agency", address) == CITY
    assert "H-HA-MC" not in page.html


@pytest.mark.parametrize("words", [FACT, "Việc của hồ sơ H17.25-260215-0042."])
def test_a_fact_cannot_be_sent(visit: Visit, portal: Portal, words: str) -> None:
    code = of_the_office(portal)
    minh, address = staff(visit, "minh"), case(portal, code, "hear")
    page = previewed(minh, address, words)
    assert "<mark>" in page.html
    assert 'value="hear"' not in page.html
    form = {**FORM, "statement": words, "do": "hear", "is_seen": "yes", "csrf_token": token_in(page.html)}
    form |= {name: page.held(name, address) for name in ("shown", "version")}
    assert minh.client.post(address, base_url=HOST, data=form).status_code == 422
    assert rows(portal) == []


def test_words_like_the_reports_need_a_tick(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    minh, address = staff(visit, "minh"), case(portal, code, "hear")
    page = previewed(minh, address, LITERAL)
    assert '<mark class="left-open">' in page.html
    assert "statement" in minh.fill(page, {}, 422, to=address, press=SEND).errors
    assert rows(portal) == []
    minh.fill(page, {"is_seen": "yes"}, to=address, press=SEND)
    assert rows(portal) == [LITERAL]


def test_only_what_was_previewed_is_sent(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    minh, address = staff(visit, "minh"), case(portal, code, "hear")
    page = previewed(minh, address)
    other = minh.fill(page, {"statement": "Một lời khác hẳn."}, 409, to=address, press=SEND)
    assert "bản xem trước vừa được làm lại" in other.text
    somebody_changes(portal, code)
    late = minh.fill(other, {}, 409, to=address, press=SEND)
    assert "Vụ việc đã đổi" in late.text
    assert rows(portal) == []
    minh.fill(late, {}, to=address, press=SEND)
    assert rows(portal) == ["Một lời khác hẳn."]
    assert minh(address, 409).status == 409, "one after the other"


def test_the_reporter_reads_one_line_if_it_is_ticked(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    sent(visit, portal, code, tells="yes")
    reporter = look_up(visit.another(), code)
    assert "Người bị phản ánh đang được nghe giải trình" in reporter.text
    assert CLEAN not in reporter.html


def test_a_conclusion_without_a_hearing_is_warned_of(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    portal.staff(code, "minh", "verify")
    minh, address = staff(visit, "minh"), case(portal, code, "conclude")
    warned = "Người bị phản ánh chưa được nghe giải trình"
    assert warned in minh(address).text
    _, path = sent(visit, portal, code)
    assert warned in minh(address).text
    quy = staff(visit, "quy")
    quy.fill(quy(path), {"explanation": EXPLAINED}, to=path)
    assert warned not in minh(address).text


def test_a_late_hearing_stands_on_top_of_the_case_and_in_the_queue(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    portal.staff(code, "minh", "verify")
    sent(visit, portal, code)
    with on(date(2026, 3, 20)):
        with portal.place.session() as session, transaction(session):
            escalate_batch(session, {})
        minh = staff(visit, "minh")
        page = minh(case(portal, code))
        top = page.text.partition("Nơi được giao gửi giải trình của người bị phản ánh, chậm nhất")[2]
        assert top.lstrip().startswith("thứ Tư 18/03/2026: quá hạn 2 ngày")
        assert "quá hạn giải trình, hạn 18/03/2026" in page.text
        for line in ("Đã nhắc: giải trình sắp đến hạn", "Giải trình đã quá hạn"):
            assert line in page.text
        assert portal.reference(code) in minh("/staff/queue?due=late").html
        quy = staff(visit, "quy")
        assert "Quá hạn 2 ngày" in quy("/staff/hearings").text
        assert "Giải trình đã quá hạn" not in look_up(visit.another(), code).text


def test_while_the_reporter_is_asked_a_late_hearing_is_not_told_as_their_lapse(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    portal.staff(code, "minh", "verify")
    sent(visit, portal, code)
    portal.staff(code, "minh", "ask", text="Anh/chị đến quầy lúc mấy giờ?")
    with on(date(2026, 3, 20)):
        minh = staff(visit, "minh")
        assert portal.reference(code) not in minh("/staff/queue?due=lapsed").html
        late = minh("/staff/queue?due=late")
        assert portal.reference(code) in late.html
        assert "Quá hạn 2 ngày" in late.text


def test_the_accounts_of_the_body_hear_of_it_blandly(visit: Visit, portal: Portal) -> None:
    code = of_the_office(portal)
    with portal.place.session() as session, transaction(session):
        for login in ("quy", "nga"):
            address = NoticeAddress(
                staff_id=portal.account(session, login).id, email=f"{login}@example.vn", language="vi", changed_at=now()
            )
            session.add(address)
    sent(visit, portal, code)
    with portal.place.session() as session:
        for job in session.scalars(select(Job).where(Job.kind == "notices.tell_staff")).all():
            tell_staff(session, None, job.payload)
        told = session.execute(select(Staff.login, Notice.kind).join(Notice, Notice.staff_id == Staff.id)).all()
        assert [tuple(one) for one in told] == [("quy", "referral_new")]
