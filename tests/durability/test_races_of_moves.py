"""Two inspectors make moves that bear on each other in the same instant: on one case, and crosswise on two.

A few of each on each server; `test_races.py` has the thousand. One is done, the other is told so, and nothing is done
twice or by halves.
"""

from collections.abc import Mapping
from functools import partial

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.cases.hearing_models import Hearing
from portal.cases.models import Case, CaseReport, Event
from portal.foundation.time import at
from tests.durability.desks import Desk, at_once, form_of
from tests.makers.cast import CITY
from tests.makers.days import MONDAY, instant
from tests.makers.filings import a_delay
from tests.web.worlds import HOST

RACES = 3
WHY = "Người bị phản ánh là anh rể tôi."
STATEMENT = {"agency": CITY, "person": "Cán bộ ở quầy", "statement": "Đã lớn tiếng với người dân."}


def opened(desk: Desk, login: str, address: str, **typed: str) -> dict[str, str]:
    """A move's form as somebody has filled it in."""
    with at(instant(MONDAY)):
        return {**form_of(desk.clients[login].get(address, base_url=HOST).text), **typed}


def sent(desk: Desk, login: str, address: str, form: Mapping[str, str]) -> TestResponse:
    """The form is sent."""
    with at(instant(MONDAY)):
        return desk.clients[login].post(address, base_url=HOST, data=form)


def raced(desk: Desk, forms: Mapping[str, tuple[str, Mapping[str, str]]]) -> dict[str, TestResponse]:
    """Each sends an own form to an own address, all at once. Returns the answers, the one that was first first."""
    presses = {login: partial(sent, desk, login, address, form) for login, (address, form) in forms.items()}
    answers = at_once(presses)
    codes = sorted(one.status_code for one in answers.values())
    assert codes == [302, 409], codes
    return dict(sorted(answers.items(), key=lambda one: one[1].status_code))


def told(desk: Desk, kind: str) -> int:
    """How many events of a kind there are."""
    with desk.place.session() as session:
        return session.scalar(select(func.count()).select_from(Event).where(Event.kind == kind)) or 0


def test_one_report_is_split_once(desk: Desk) -> None:
    for number in range(1, RACES + 1):
        address = f"/staff/cases/{desk.new_case(number)}/split"
        topics = {"minh": "harassment.extra_papers", "hanh": "delay.late_result"}
        forms = {login: (address, opened(desk, login, address, category=one)) for login, one in topics.items()}
        raced(desk, forms)
        assert told(desk, "report_split") == told(desk, "part_opened") == number
    with desk.place.session() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 2 * RACES
        assert session.scalar(select(func.count()).select_from(CaseReport)) == 2 * RACES


def test_two_cases_are_not_merged_into_each_other(desk: Desk) -> None:
    for number in range(1, RACES + 1):
        one, other = desk.new_case(f"{number} one"), desk.new_case(f"{number} other")
        forms = {}
        for login, this, into in (("minh", one, other), ("hanh", other, one)):
            address = f"/staff/cases/{this}/merge"
            forms[login] = (address, opened(desk, login, address, into=into))
        presses = {login: partial(sent, desk, login, address, form) for login, (address, form) in forms.items()}
        codes = sorted(answer.status_code for answer in at_once(presses).values())
        assert codes in ([302, 409], [302, 422]), codes
        with desk.place.session() as session:
            pair = session.scalars(select(Case).where(Case.reference.in_((one, other)))).all()
            assert sorted(case.status.value for case in pair) == ["merged", "received"]
        assert told(desk, "case_merged") == told(desk, "case_joined") == number


def test_a_case_is_not_merged_into_one_that_is_refused_just_then(desk: Desk) -> None:
    for number in range(1, RACES + 1):
        one, other = desk.new_case(f"{number} one"), desk.new_case(f"{number} other")
        merging, refusing = f"/staff/cases/{one}/merge", f"/staff/cases/{other}/refuse"
        refusal = {"ground": "not_competent", "text": f"Lần {number}: không thuộc thẩm quyền.", "do": "send"}
        presses = {
            "minh": partial(sent, desk, "minh", merging, opened(desk, "minh", merging, into=other)),
            "hanh": partial(sent, desk, "hanh", refusing, opened(desk, "hanh", refusing, **refusal)),
        }
        answers = at_once(presses)
        if answers["hanh"].status_code == 409:
            assert refusal["text"] in answers["hanh"].text, "whoever was second has lost what they typed"
        assert {one.status_code for one in answers.values()} <= {302, 409, 422}
        with desk.place.session() as session:
            joined, into = (session.scalars(select(Case).where(Case.reference == code)).one() for code in (one, other))
            assert (joined.status.value, into.status.value) in {
                ("received", "refused"),  # the refusal was first, or gave back what had just been joined
                ("merged", "received"),
            }


def test_one_of_two_statements_is_sent(desk: Desk) -> None:
    for number in range(1, RACES + 1):
        reference = desk.new_case(number)
        accepting, hearing = f"/staff/cases/{reference}/accept", f"/staff/cases/{reference}/hear"
        assert sent(desk, "minh", accepting, opened(desk, "minh", accepting)).status_code == 302
        forms = {}
        for login in desk.clients:
            seen = sent(desk, login, hearing, opened(desk, login, hearing, **STATEMENT, do="preview"))
            assert seen.status_code == 200
            forms[login] = (hearing, {**form_of(seen.text), **STATEMENT, "do": "hear"})
        second = list(raced(desk, forms).values())[1]
        assert STATEMENT["statement"] in second.text
        with desk.place.session() as session:
            assert session.scalar(select(func.count()).select_from(Hearing)) == number


def test_who_steps_aside_does_so_beside_another_move(desk: Desk) -> None:
    for number in range(1, RACES + 1):
        reference = desk.new_case(number)
        aside, accepting = f"/staff/cases/{reference}/declare_conflict", f"/staff/cases/{reference}/accept"
        forms = {
            "minh": (aside, opened(desk, "minh", aside, text=WHY)),
            "hanh": (accepting, opened(desk, "hanh", accepting)),
        }
        first = next(iter(raced(desk, forms)))
        with desk.place.session() as session:
            case = session.scalars(select(Case).where(Case.reference == reference)).one()
            assert case.status.value == ("received" if first == "minh" else "accepted")
        assert told(desk, "conflict_declared") + told(desk, "case_accepted") == number


def test_a_held_report_is_released_once(desk: Desk) -> None:
    for number in range(1, RACES + 1):
        desk.place.file(a_delay(narrative="spam spam spam spam spam"), f"the key of held report {number}")
        with desk.place.session() as session:
            reference = session.scalars(select(Case.reference).order_by(Case.id.desc()).limit(1)).one()
        address, forms = f"/staff/quarantine/{reference}", {}
        for login in desk.clients:
            with at(instant(MONDAY)):
                page = desk.clients[login].get("/staff/quarantine", base_url=HOST).text
            forms[login] = {"csrf_token": page.partition('name="csrf_token" value="')[2].partition('"')[0]}
        answers = at_once({login: partial(sent, desk, login, address, form) for login, form in forms.items()})
        assert {one.status_code for one in answers.values()} == {302}
        assert told(desk, "released_from_quarantine") == number
