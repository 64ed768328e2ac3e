"""Own day and checklist by pages: one form, saved together or not at all, read by nobody else."""

from datetime import timedelta

import pytest

from portal.foundation.time import at, now
from tests.makers.filings import a_denunciation
from tests.web.installing import Portal
from tests.web.stages import delay
from tests.web.test_staff_pages import case, come_in, somebody_changes, staff
from tests.web.visiting import Seen, Visit
from tests.web.worlds import HOST

TASKS = ("Gọi một cửa", "Đọc lại hồ sơ")


def own(seen: Seen, address: str) -> tuple[str, dict[str, bool]]:
    """The day that the form holds, and each line with whether it is ticked."""
    held = seen.form(f"{address}/own").held
    boxes = [tag for tag in seen.page.all("input") if tag.has.get("name") == "done"]
    words = [next(one for one in tag.within if one.name == "label").words for tag in boxes]
    return "".join(held["own_date"]), {
        text.strip(): "checked" in tag.has for text, tag in zip(words, boxes, strict=True)
    }


@pytest.mark.parametrize("login", ["minh", "quy"])
def test_a_day_and_a_list(visit: Visit, portal: Portal, login: str) -> None:
    address = case(portal, delay(portal))
    come_in(visit, login)
    page = visit(address)
    for text in TASKS:
        page = visit.fill(page, {"own_task": text, "own_date": "13/3"}, to=f"{address}/own")
        assert page.through == (address,)
    assert own(page, address) == ("13/03/2026", dict.fromkeys(TASKS, False))
    assert "thứ Sáu 13/03/2026" in page.text
    page = visit.fill(page, {"done": ["1"]}, to=f"{address}/own")
    assert own(page, address)[1] == {"Gọi một cửa (xong 09/03)": True, TASKS[1]: False}
    with at(now() + timedelta(days=4)):
        visit.client.get("/staff", base_url=HOST)  # the session of four days ago ends
        come_in(visit, login)
        assert "(đến hẹn)" in visit(address).text
        page = visit.fill(visit(address), {"own_date": ""}, to=f"{address}/own", press=("drop", "done"))
        assert own(page, address) == ("", {TASKS[1]: False})


def test_nobody_else_reads_it(visit: Visit, portal: Portal) -> None:
    address = case(portal, delay(portal))
    minh = staff(visit, "minh")
    minh.fill(minh(address), {"own_task": TASKS[0], "own_date": "13/3"}, to=f"{address}/own")
    for login in ("hanh", "khang", "quy", "nga"):
        for page in (address, f"{address}/own"):
            seen = staff(visit, login)(page)
            assert TASKS[0] not in seen.text
            assert own(seen, address) == ("", {})


def test_what_is_wrong_comes_back_with_what_was_typed(visit: Visit, portal: Portal) -> None:
    address = case(portal, delay(portal))
    come_in(visit, "minh")
    page = visit(address)
    for typed, wrong in (
        ({"own_date": "31/02", "own_task": TASKS[0]}, "own_date"),
        ({"own_date": "08/03/2026", "own_task": TASKS[0]}, "own_date"),
        ({"own_date": "", "own_task": "a" * 301}, "own_task"),
    ):
        page = visit.fill(page, typed, 422, to=f"{address}/own")
        assert list(page.errors) == [wrong]
        assert {name: page.held(name, f"{address}/own") for name in typed} == typed
    assert own(visit(address), address) == ("", {}), "so far nothing is kept"
    somebody_changes(portal, delay(portal))
    done = visit.fill(page, {"own_task": TASKS[0], "own_date": "hôm nay"}, to=f"{address}/own")
    assert own(done, address) == ("09/03/2026", {TASKS[0]: False})


def test_only_for_cases_that_one_sees(visit: Visit, portal: Portal) -> None:
    address = case(portal, portal.file(a_denunciation()), "own")
    for login, status in (("minh", 404), ("son", 404), ("tam", 403), ("hanh", 200)):
        somebody = staff(visit, login)
        somebody(address, status)
        if status != 200:
            somebody.post(address, {"own_task": TASKS[0]}, status)
