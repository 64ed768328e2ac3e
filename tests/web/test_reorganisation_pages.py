"""Reorganising by its page: a dry run first, and only what it showed is ordered. The case's page says what happened."""

from datetime import timedelta

from sqlalchemy import func, select

from portal.cases import reorganising
from portal.cases.reorganisation_models import Reorganisation
from portal.foundation.time import today
from tests.makers.cast import CITY, OTHER_CITY
from tests.makers.days import on
from tests.makers.filings import a_conduct_report
from tests.web.installing import Portal
from tests.web.stages import delay
from tests.web.test_staff_pages import case, staff
from tests.web.visiting import Typed, Visit

PAGE = "/staff/admin/catalogue/reorganisations"


def orders(portal: Portal) -> int:
    """How many orders there are."""
    with portal.place.session() as session:
        return session.scalar(select(func.count(Reorganisation.id))) or 0


def test_a_dry_run_first_then_the_order_then_the_worker(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    tam, day = staff(visit, "tam"), today() + timedelta(days=1)
    typed: Typed = {"old": CITY, "new": OTHER_CITY, "from_on": day.isoformat()}
    shown = tam.fill(tam(PAGE), typed, press=("do", "try"))
    assert "Phiếu chuyển đang mở1" in shown.text
    assert orders(portal) == 0
    sent = {"old": CITY, "new": OTHER_CITY, "from_on": day.isoformat(), "do": "take"}
    assert "Số liệu vừa đổi" in tam.post(PAGE, {**sent, "shown": "1/2/other"}, 409).text
    assert orders(portal) == 0
    taken = tam.post(PAGE, {**sent, "shown": str(shown_mark(shown.html))})
    assert "chờ đến ngày" in taken.text
    assert orders(portal) == 1
    with on(day):
        with portal.place.session() as session:
            for number in reorganising.due(session):
                reorganising.carry_out(session, number)
        assert "đã chuyển xong" in staff(visit, "tam")(PAGE).text
        seen = staff(visit, "minh")(case(portal, code))
        assert "Phiếu chuyển sang cơ quan kế thừa do sắp xếp" in seen.text
        quy = staff(visit, "quy")(case(portal, code))
        assert "Phiếu chuyển sang cơ quan kế thừa do sắp xếp" in quy.text


def shown_mark(html: str) -> str:
    """What the dry run calls itself."""
    return html.split('name="shown" value="')[1].split('"')[0]


def test_the_dry_run_counts_hearings_and_says_what_becomes_of_those_that_cannot_move(
    visit: Visit, portal: Portal
) -> None:
    tam, day = staff(visit, "tam"), today() + timedelta(days=1)
    typed: Typed = {"old": CITY, "new": OTHER_CITY, "from_on": day.isoformat()}
    none = tam.fill(tam(PAGE), typed, press=("do", "try"))
    assert "Việc nghe giải trình đang chờ0" in none.text
    code = portal.file(a_conduct_report())
    portal.staff(code, "minh", "accept")
    portal.staff(code, "minh", "hear", agency=CITY, person="Cán bộ ở quầy", statement="Đề nghị giải trình.")
    shown = tam.fill(tam(PAGE), typed, press=("do", "try"))
    assert "Việc nghe giải trình đang chờ1. Việc nào nơi kế thừa không được nhận thì không chuyển" in shown.text
    sent = {"old": CITY, "new": OTHER_CITY, "from_on": day.isoformat(), "do": "take"}
    assert "Số liệu vừa đổi" in tam.post(PAGE, {**sent, "shown": str(shown_mark(none.html))}, 409).text
    tam.post(PAGE, {**sent, "shown": str(shown_mark(shown.html))})
    with on(day):
        with portal.place.session() as session:
            for number in reorganising.due(session):
                reorganising.carry_out(session, number)
        seen = staff(visit, "minh")(case(portal, code))
        assert "Việc nghe giải trình chuyển sang cơ quan kế thừa do sắp xếp" in seen.text
        assert "Cán bộ ở quầy" in staff(visit, "quy")("/staff/hearings").text


def test_a_wrong_code_or_day_is_said(visit: Visit, portal: Portal) -> None:
    tam = staff(visit, "tam")
    for typed, wrong in (
        ({"old": "X", "new": CITY, "from_on": "2026-05-01"}, {"old"}),
        ({"old": CITY, "new": "X", "from_on": "1/5/2026"}, {"new"}),
        ({"old": CITY, "new": OTHER_CITY, "from_on": "rằm"}, {"from_on"}),
        ({"old": "", "new": "", "from_on": ""}, {"old", "new", "from_on"}),
    ):
        seen = tam.fill(tam(PAGE), typed, 422, press=("do", "try"))
        assert seen.errors.keys() == wrong
        assert {name: seen.held(name) for name in typed} == typed
    staff(visit, "quy")(PAGE, 403)


def test_the_command_shows_and_orders_nothing_before_it_is_told_to(portal: Portal) -> None:
    day = (today() + timedelta(days=1)).isoformat()
    said = portal.app.test_cli_runner().invoke
    wrong = said(args=["catalogue", "reorganise", "NOBODY", "NOBODY", "--from", day])
    assert (wrong.exit_code, wrong.output.count("NOBODY")) == (1, 2)
    shown = said(args=["catalogue", "reorganise", CITY, OTHER_CITY, "--from", day])
    assert (shown.exit_code, orders(portal)) == (0, 0)
    assert "--take" in shown.output
    assert said(args=["catalogue", "reorganise", CITY, OTHER_CITY, "--from", day, "--take"]).exit_code == 0
    assert orders(portal) == 1
