"""The case as one file to print: what its reader may read, numbered, with who took it; each copy is an event."""

import re

from sqlalchemy import select

from portal.cases import events
from portal.cases.models import Event
from portal.cases.words import Audience
from portal.catalogue.queries import agency_by_code
from portal.catalogue.words import ReferralRole
from portal.foundation.time import today
from tests.areas.documents.reading import opened, tags_of, words_of
from tests.makers.cast import CITY, OTHER_CITY
from tests.makers.filings import a_conduct_report, a_denunciation
from tests.web.installing import Portal
from tests.web.stages import CLEARED, OTHER_OFFICE
from tests.web.test_staff_pages import case, staff
from tests.web.visiting import Visit
from tests.web.worlds import HOST

NARRATIVE = "Chị Dương Mộc Lan ở quầy số 3 nói trống không, số của tôi là 0905123456."
MASKED = ("Mộc Lan", "0905123456")
CANARIES = ("CANARY-NOTE-SON", "CANARY-NOTE-MINH", "CANARY-TO-SON", "CANARY-ANSWER-SON")


def with_two_bodies(portal: Portal) -> str:
    """Two cities have a case, each with words of its own, and the inspectors have theirs."""
    code = portal.file(a_conduct_report(agency=OTHER_OFFICE, narrative=NARRATIVE))
    portal.staff(code, "minh", "accept")
    portal.staff(code, "minh", "clear", text=CLEARED)
    portal.staff(code, "minh", "refer", agency=CITY, role=ReferralRole.LEAD, note="Lời nhắn cho Hội An.")
    portal.staff(code, "minh", "refer", agency=OTHER_CITY, role=ReferralRole.SUPPORT, note="CANARY-TO-SON")
    portal.staff(code, "son", "note", text="CANARY-NOTE-SON")
    portal.staff(code, "minh", "note", text="CANARY-NOTE-MINH")
    portal.staff(code, "son", "answer_referral", text="CANARY-ANSWER-SON")
    portal.staff(code, "quy", "note", text="Ghi chú của Hội An.")
    return code


def printed(browser: Visit, address: str) -> bytes:
    """The file that the button on the case's page gives."""
    form = browser(address).form(f"{address}/print").held
    answer = browser.client.post(f"{address}/print", base_url=HOST, data={"csrf_token": form["csrf_token"]})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert re.fullmatch(r'attachment; filename="[\w-]+-VV-\w{6}\.pdf"', answer.headers["Content-Disposition"])
    assert "no-store" in answer.headers["Cache-Control"]
    return bytes(answer.data)


def copies(portal: Portal, code: str) -> list[tuple[str, int | None]]:
    """For whom each copy of a case is written down."""
    with portal.look(code) as (session, file):
        rows = select(Event.audience, Event.agency_id).where(
            Event.case_id == file.case.id, Event.kind == events.CASE_PRINTED
        )
        return [(audience, agency_id) for audience, agency_id in session.execute(rows.order_by(Event.id))]


def test_an_agencys_file_holds_its_own_share_and_nothing_else(visit: Visit, portal: Portal) -> None:
    code = with_two_bodies(portal)
    quy = staff(visit, "quy")
    words = words_of(printed(quy, case(portal, code)))
    for shown in (CLEARED, "Lời nhắn cho Hội An.", "Ghi chú của Hội An.", "Hồ Đăng Quý", portal.reference(code)):
        assert shown in words
    with portal.place.session() as session:
        other, own = (agency_by_code(session, one, today()) for one in (OTHER_CITY, CITY))
        assert other is not None
        assert own is not None
        assert own.name_vi in words
        hidden = (*MASKED, *CANARIES, other.name_vi, "Huỳnh Sơn", "Trần Quang Minh")
        assert [one for one in hidden if one in words] == []
        assert copies(portal, code) == [(Audience.AGENCY, own.id)]


def test_an_inspectors_file_holds_the_whole_case(visit: Visit, portal: Portal) -> None:
    code = with_two_bodies(portal)
    pdf = printed(staff(visit, "minh"), case(portal, code))
    words = words_of(pdf)
    assert "<span" not in words
    for shown in (NARRATIVE, CLEARED, "CANARY-NOTE-MINH", "CANARY-TO-SON", "CANARY-ANSWER-SON", "Hạn trả lời"):
        assert shown in words, shown
    assert [one for one in ("CANARY-NOTE-SON", "Ghi chú của Hội An.") if one in words] == []
    assert copies(portal, code) == [(Audience.INSPECTION, None)]
    assert "Đã in vụ việc ra tệp PDF (Trần Quang Minh)" in words  # the copy tells of itself
    pages = opened(pdf).pages
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        said = " ".join(page.extract_text().split())
        assert f"trang {number}/{len(pages)}" in said
        assert portal.reference(code) in said
        assert "Trần Quang Minh, " in said
    root = opened(pdf).trailer["/Root"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("vi", True)  # type: ignore[index]
    assert tags_of(pdf).count("/H1") >= 6


def test_inspectors_know_of_an_agencys_copy_and_another_agency_does_not(visit: Visit, portal: Portal) -> None:
    code = with_two_bodies(portal)
    address = case(portal, code)
    printed(staff(visit, "quy"), address)
    assert "Đã in vụ việc ra tệp PDF: " in staff(visit, "minh")(address).text
    assert "Đã in vụ việc" not in staff(visit, "son")(address).text


def test_a_denunciation_is_printed_only_once_it_is_open(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_denunciation(agency=OTHER_OFFICE))
    address, hanh = case(portal, code), staff(visit, "hanh")
    seen = hanh(address)
    assert "/print" not in seen.html
    token = seen.form(f"{address}/open").held["csrf_token"]
    refused = hanh.client.post(f"{address}/print", base_url=HOST, data={"csrf_token": token})
    assert (refused.status_code, refused.headers["Location"]) == (302, address)
    assert copies(portal, code) == []
    hanh.fill(seen, {}, to=f"{address}/open")
    with portal.look(code) as (_, file):
        narrative = " ".join(file.report.narrative.split())
    assert narrative in words_of(printed(hanh, address))
    assert copies(portal, code) == [(Audience.INSPECTION, None)]


def test_whoever_does_not_see_the_case_gets_no_file(visit: Visit, portal: Portal) -> None:
    code = with_two_bodies(portal)
    thao = staff(visit, "thao")
    token = thao("/staff/queue").held("csrf_token", "/staff/sign-out")
    answer = thao.client.post(f"{case(portal, code)}/print", base_url=HOST, data={"csrf_token": token})
    assert answer.status_code == 404
    assert copies(portal, code) == []
