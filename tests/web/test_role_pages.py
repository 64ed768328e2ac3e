"""Where each role begins: what the directive asks of it, what it can do here, and that every way shown is open."""

import pytest

from portal.staff.roles import LABELS, Role
from portal.web.frame.duties import DUTIES
from tests.web.installing import Portal
from tests.web.test_staff_pages import staff
from tests.web.visiting import Visit

# One account for each role; where the first page after signing in is not the one that tells of the role.
LOGINS = {
    Role.INSPECTOR: "minh",
    Role.CHIEF_INSPECTOR: "hanh",
    Role.AGENCY_OFFICER: "quy",
    Role.ADMINISTRATOR: "tam",
}
BEGINS = {
    Role.INSPECTOR: "/staff/queue",
    Role.CHIEF_INSPECTOR: "/staff/queue",
    Role.AGENCY_OFFICER: "/staff/queue",
    Role.AGENCY_HEAD: "/staff/queue",
    Role.ADMINISTRATOR: "/staff/admin",
    Role.COUNTER_OFFICER: "/staff",
}


def test_every_role_has_a_duty() -> None:
    assert DUTIES.keys() == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_what_it_is_and_every_way_is_open(role: Role, visit: Visit) -> None:
    browser = staff(visit, LOGINS.get(role, role.value))
    assert browser("/staff").address == BEGINS.get(role, "/staff/oversight")
    page = browser("/staff/role")
    assert LABELS[role].lower() in page.text.lower()
    for words in (DUTIES[role].by_directive, DUTIES[role].not_yet):
        assert words.lower() in page.text.lower()
    links = {str(tag.has.get("href")): tag.words.strip() for tag in page.page.all("a")}
    for address, words in DUTIES[role].here:
        assert links[address] == words
        assert browser(address).address == address


@pytest.mark.parametrize("role", list(Role))
def test_in_english_too(role: Role, visit: Visit) -> None:
    browser = visit.another("en")
    browser.sign_in(LOGINS.get(role, role.value))
    assert browser("/staff/role").heading == "My role"


def test_two_roles_two_duties(visit: Visit, portal: Portal) -> None:
    admin = staff(visit, "tam")
    with portal.place.session() as session:
        number = portal.account(session, "editor").id
    page = admin(f"/staff/admin/accounts/{number}")
    admin.fill(page, {"roles": ["editor", "assessor"]}, to=page.address)
    shown = staff(visit, "editor")("/staff/oversight").text
    for role in (Role.EDITOR, Role.ASSESSOR):
        assert DUTIES[role].by_directive in shown
    assert DUTIES[Role.LEADER].by_directive not in shown
