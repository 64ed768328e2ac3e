"""The page "where": searching a body and a procedure without script, by place, by poster; how late a dossier is."""

from datetime import date

import pytest

from portal.catalogue.models import Agency, Announcement
from portal.foundation.database import transaction
from portal.foundation.time import today
from tests.makers.cast import CITY, OFFICE
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.test_filing_pages import DELAY, RUDE
from tests.web.visiting import Seen, Visit, handle_of, written
from tests.web.worlds import HOST, token_in

WHERE = "/report/where"


def searched(visit: Visit, typed: str, what: str = "agency", answers: dict[str, str] = RUDE) -> Seen:
    """The page after its search button was pressed."""
    return visit.fill(written(visit, answers, WHERE), {f"{what}_name": typed}, press=("find", what))


def choices(seen: Seen, name: str = "agency") -> list[str]:
    """What can be chosen."""
    return seen.form().choices.get(name, [])


@pytest.mark.parametrize("typed", ["hoi an", "Hội An", "ubnd hoi an", "hooij an", "HOI  AN "])
def test_a_body_is_found_by_part_of_its_name(visit: Visit, typed: str) -> None:
    seen = searched(visit, typed)
    assert seen.address == WHERE
    assert choices(seen)[0] == CITY
    assert choices(seen)[-1] == "unknown"
    assert seen.errors == {}
    assert visit.fill(seen, {"agency": CITY}).address == "/report/happened"


def test_what_is_not_found_says_so_and_keeps_what_was_typed(visit: Visit) -> None:
    seen = searched(visit, "nơi không có")
    assert choices(seen) == ["unknown"]
    assert "Không thấy nơi nào khớp" in seen.text
    assert seen.held("agency_name") == "nơi không có"


def test_the_only_one_found_is_chosen_and_another_search_keeps_what_was_chosen(visit: Visit) -> None:
    seen = searched(visit, "mot cua hoi an")
    assert seen.held("agency") == OFFICE
    again = visit.fill(seen, {"agency_name": "so y te"}, press=("find", "agency"))
    assert again.held("agency") == OFFICE
    assert choices(again)[0] == OFFICE


def test_bodies_of_a_place(visit: Visit) -> None:
    seen = visit.fill(written(visit, RUDE, WHERE), {"area": "503"}, press=("find", "area"))
    assert {CITY, OFFICE} <= set(choices(seen))
    assert all(code.startswith(("H-HA", "X-", "unknown")) for code in choices(seen))
    province = visit.fill(seen, {"area": "province"}, press=("find", "area"))
    assert "STNMT" in choices(province)


def test_a_place_is_enough(visit: Visit) -> None:
    page = written(visit, RUDE, WHERE)
    assert visit.fill(page, {"agency": "unknown", "area": "503"}).address == "/report/happened"


def test_procedures_of_the_body_only(visit: Visit) -> None:
    page = searched(visit, "so tai nguyen")
    page = visit.fill(page, {"agency": "STNMT", "procedure_name": "dat"}, press=("find", "procedure"))
    found = choices(page, "procedure")
    assert found
    assert all(code.startswith(("land.", "water.", "env.", "")) for code in found)
    birth = visit.fill(page, {"procedure_name": "khai sinh"}, press=("find", "procedure"))
    assert "civil.birth" in choices(birth, "procedure"), "what the body does not take is shown where nothing else fits"
    assert visit.fill(birth, {"procedure": "civil.birth"}).address == "/report/happened"


def test_how_late_it_is(visit: Visit, languages: Languages) -> None:
    page = written(visit, DELAY, WHERE)
    seen = visit.fill(page, {"promised_on": "25/02/2026"}, press=("find", "promised"))
    late = today() - date(2026, 2, 25)
    assert late.days > 0
    assert "ngày làm việc" in seen.text
    assert "Tính từ thứ Năm 26/02/2026" in seen.text
    english = visit.fill(seen, {}, press=("lang", "en"))
    assert "working day" in english.text
    ahead = visit.fill(english, {"promised_on": "1/1/2099"}, press=("find", "promised"))
    assert "it has not passed yet" in ahead.text


def test_the_fragments_hold_what_the_page_holds(visit: Visit) -> None:
    page = searched(visit, "hoi an")
    form = {"csrf_token": token_in(page.html), "draft": handle_of(page), "agency_name": "so y te", "agency": CITY}
    for what in ("agency", "procedure", "promised"):
        answer = visit.client.post(f"/report/find/{what}", base_url=HOST, data={**form, "promised_on": "25/02/2026"})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert ("Sở Y tế" in answer.text) is (what == "agency")
        assert ("26/02/2026" in answer.text) is (what == "promised")
    assert visit(f"{WHERE}?draft={handle_of(page)}").held("agency_name") == "hoi an", "nothing was stored"
    tokenless = visit.client.post("/report/find/agency", base_url=HOST, data={"agency_name": "hoi an"})
    assert tokenless.status_code == 400


def test_a_body_that_has_ended_leads_to_its_successor(visit: Visit, portal: Portal) -> None:
    with portal.place.session() as session, transaction(session):
        rows = {row.code: row for row in session.query(Agency)}
        rows["X-20410"].valid_to = date(2026, 1, 31)
        rows["X-20410"].successor_id = rows["X-20413"].id
        old, new = rows["X-20410"].name_vi, rows["X-20413"].code
    poster = visit.fill(visit("/report?agency=X-20410"), {"category": "attitude.rude"})
    assert poster.held("agency") == new
    assert f"Trước đây là {old}" in poster.text
    seen = searched(visit.another(), old)
    assert new in choices(seen)
    assert f"Trước đây là {old}" in seen.text


def test_announcements_on_their_days(visit: Visit, portal: Portal) -> None:
    def tell(code: str, agency: str | None, category: str | None, first: date, last: date) -> Announcement:
        words = {"text_vi": f"Tin {code}.", "text_en": f"News {code}."}
        return Announcement(
            code=code, position=0, agency_code=agency, category=category, valid_from=first, valid_to=last, **words
        )

    day = today()
    with portal.place.session() as session, transaction(session):
        session.add_all(
            [
                tell("here", OFFICE, None, day, day),
                tell("rude", None, RUDE["category"], day, day),
                tell("over", OFFICE, None, date(2026, 1, 1), date(2026, 1, 2)),
                tell("elsewhere", "STNMT", None, day, day),
            ]
        )
    happened = written(visit, RUDE, "/report/happened")
    assert "Tin here." in happened.text
    assert "Tin rude." in happened.text
    assert "Tin over." not in happened.text
    assert "Tin elsewhere." not in happened.text


@pytest.mark.parametrize(
    ("narrative", "seen"),
    [
        ("Họ quát tôi.", ""),
        ("Gọi tôi số 0905 123 456.", "một số điện thoại"),
        ("Viết cho lan@thu.vn.", "một địa chỉ thư điện tử"),
        ("Căn cước 049185001234.", "một dãy số dài"),
    ],
)
def test_what_looks_like_a_number_is_told(visit: Visit, narrative: str, seen: str) -> None:
    check = written(visit, {**RUDE, "narrative": narrative})
    assert seen in check.text
    assert ("Trong lời kể có vẻ có" in check.text) is bool(seen)
    told = visit(f"/report/happened?draft={handle_of(check)}")
    nudges = [one for one in told.page.all("div") if one.has.get("data-sort")]
    assert [one.has["data-sort"] for one in nudges] == ["phone", "email", "number"]
    shown = [one for one in nudges if "hidden" not in one.has]
    assert [seen in one.words for one in shown] == ([True] if seen else [])


def test_leaving_forgets_what_was_written(visit: Visit) -> None:
    page = written(visit, RUDE, "/report/happened")
    handle = handle_of(page)
    away = visit.client.get("/leave", base_url=HOST)
    assert away.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Phản ánh" not in away.text
    assert 'href="/"' not in away.text
    assert visit(f"/report/happened?draft={handle}", 410).heading


def test_no_other_site_makes_somebody_leave(visit: Visit) -> None:
    page = written(visit, RUDE, "/report/happened")
    foreign = visit.client.get("/leave", base_url=HOST, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Clear-Site-Data" not in foreign.headers
    assert "Set-Cookie" not in foreign.headers
    assert visit(f"/report/happened?draft={handle_of(page)}").heading == page.heading


def test_the_own_number_is_cut_and_not_told_twice(visit: Visit) -> None:
    lan = {"disclosure": "confidential", "name": "Nguyễn Thị Lan", "phone": "0905 123 456"}
    check = written(visit, {**RUDE, **lan, "narrative": "Họ quát tôi. Gọi tôi số 0905 123 456."})
    assert "Trong lời kể có vẻ có" not in check.text
    other = {**RUDE, **lan, "narrative": "Họ quát tôi. Gọi anh ấy số 0912 345 678."}
    assert "một số điện thoại" in written(visit.another(), other).text
