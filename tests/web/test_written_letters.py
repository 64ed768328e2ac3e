"""Letters to print that are written from a standard text: filled with what their page says, printed as previewed."""

import pytest
from sqlalchemy import func, select

from portal.cases.models import Event
from tests.areas.documents.reading import words_of
from tests.web.installing import Portal
from tests.web.stages import accepted, delay, referred
from tests.web.test_pattern_pages import MANY, money
from tests.web.test_staff_pages import case, come_in, staff
from tests.web.visiting import Seen, Visit
from tests.web.worlds import HOST

PREVIEW, PRINT = ("do", "preview"), ("do", "print")
EXPLAIN = "/staff/patterns/explanation"

__all__ = ["money"]  # the fixture


def printed(visit: Visit, page: Seen, address: str, **typed: str) -> tuple[int, bytes]:
    """The status and the words of what a previewed form gives."""
    form = page.form(address)
    held = {name: values[0] for name, values in form.held.items()}
    answer = visit.client.post(address, base_url=HOST, data={**held, "do": "print", **typed})
    return answer.status_code, answer.get_data()


def whole(text: str) -> str:
    """The text with every gap written over."""
    while "[…" in text:
        before, _, rest = text.partition("[…")
        text = f"{before}NGUYỄN VĂN VÍ DỤ{rest.partition(']')[2]}"
    return text.replace("\r\n", "\n").strip()


def test_the_apology_is_printed_as_it_was_previewed_and_not_kept(visit: Visit, portal: Portal) -> None:
    code, quy = delay(portal), come_in(visit, "quy")
    address = case(portal, code, "apology")
    assert address in quy(case(portal, code)).html
    page = quy(address)
    text = page.held("text", address)
    assert "Kính gửi: […: tên người nộp hồ sơ]" in text
    assert "{" not in text
    refused = quy.fill(page, {}, 422, to=address, press=PREVIEW)
    assert "tên người nộp hồ sơ" in refused.errors["text"]
    seen = quy.fill(refused, {"text": whole(text)}, to=address, press=PREVIEW)
    status, pdf = printed(quy, seen, address)
    assert status == 200
    said = words_of(pdf)
    for word in ("NGUYỄN VĂN VÍ DỤ", "Thư xin lỗi và hẹn lại ngày trả kết quả", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
        assert word in said
    assert "VV-" not in said, "what is given to the applicant names no case"
    status, other = printed(quy, seen, address, text="Lời khác.")
    assert status == 409
    assert "Bản xem trước đã đổi" in other.decode()
    with portal.place.session() as session:
        told = session.scalar(select(func.count()).select_from(Event))
    assert quy(address).held("text", address) == text, "nothing of it was kept"
    with portal.place.session() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == told


@pytest.mark.parametrize("stage", [accepted, referred])
def test_only_a_late_dossier_of_ones_own_has_an_apology(visit: Visit, portal: Portal, stage: object) -> None:
    assert callable(stage)
    come_in(visit, "quy")(case(portal, stage(portal), "apology"), 404)


def test_inspectors_write_no_apology_for_others(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    staff(visit, "minh")(case(portal, code, "apology"), 403)
    staff(visit, "son")(case(portal, code, "apology"), 404)


@pytest.mark.usefixtures("money")
def test_an_explanation_is_asked_for_with_the_numbers_of_the_page(visit: Visit, portal: Portal) -> None:
    minh = come_in(visit, "minh")
    page = minh("/staff/patterns")
    address = page.html.partition(f'href="{EXPLAIN}')[2].partition('"')[0].replace("&amp;", "&")
    address = f"{EXPLAIN}{address}"
    text = minh(address).held("text", address)
    assert f"nhận {MANY:02} phản ánh về tiền, giấy tờ ngoài quy định" in text
    assert "[…: hạn trả lời]" in text
    seen = minh.fill(minh(address), {"text": whole(text)}, to=address, press=PREVIEW)
    status, pdf = printed(minh, seen, address)
    assert status == 200
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words_of(pdf)


@pytest.mark.usefixtures("money")
@pytest.mark.parametrize("asked", ["", "?agency=H-HA&topic=nonsense", "?agency=nowhere&topic=money"])
def test_nothing_that_does_not_stand_out_is_asked_about(visit: Visit, asked: str) -> None:
    come_in(visit, "minh")(f"{EXPLAIN}{asked}", 404)


def test_patterns_are_for_inspectors_alone(visit: Visit) -> None:
    staff(visit, "quy")(EXPLAIN, 403)
