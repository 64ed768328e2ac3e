"""Every staff address × method × role × kind of case, as it answers; compared with a file that people read.

PRIVILEGES=write writes the file anew: the difference then shows what somebody may who could not before.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.cases.models import Wall
from portal.foundation.database import transaction
from portal.staff.models import Staff
from portal.staff.roles import Role
from portal.web.desk.move_pages import MOVE_PAGES
from tests.makers.filings import a_delay
from tests.web.conftest import NewPortal
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, closed
from tests.web.visiting import Visit
from tests.web.worlds import HOST

FILE = Path(__file__).with_name("privileges.txt")
SIGNED_OUT = "signed_out"
LOGINS = {
    Role.AGENCY_OFFICER: "quy",
    Role.INSPECTOR: "minh",
    Role.CHIEF_INSPECTOR: "hanh",
    Role.ADMINISTRATOR: "tam",
}
WHO = (SIGNED_OUT, *(role.value for role in Role))
ENDS_THE_SESSION = {"desk.sign_out"}


def cases_of(portal: Portal) -> dict[str, str]:
    """One case of each kind: the city's own, another city's, one with a wall for every account, a closed one."""
    own = portal.file(a_delay(), "an own case")
    others = portal.file(a_delay(agency=OTHER_OFFICE), "another city's case")
    walled = portal.file(a_delay(), "a walled case")
    with portal.look(walled) as (_, file):
        number = file.case.id
    with portal.place.session() as session, transaction(session):
        for staff_id in session.scalars(select(Staff.id)).all():
            session.add(Wall(case_id=number, staff_id=staff_id, reason="relative"))
    with portal.look(own) as (_, file):
        first = file.case.id
    codes = {"own": own, "other": others, "walled": walled, "closed": closed(portal)}
    with portal.look(codes["closed"]) as (_, file):
        assert file.case.id != first
        assert not file.case.is_open
    return {kind: portal.reference(code) for kind, code in codes.items()}


def requests(portal: Portal) -> Iterator[tuple[str, str, str, dict[str, str], str]]:
    """Method, rule, endpoint, values, kind of case: everything that the map has for staff, signing out last."""
    rules = [rule for rule in portal.app.url_map.iter_rules() if str(rule).startswith("/staff")]
    for rule in sorted(rules, key=lambda one: (one.endpoint in ENDS_THE_SESSION, str(one))):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for values in _values(rule):
                for kind in ("own", "other", "walled", "closed") if "reference" in rule.arguments else ("",):
                    yield method, str(rule), rule.endpoint, values, kind


def _values(rule: Rule) -> list[dict[str, str]]:
    unknown = rule.arguments - {"reference", "move", "number", "section", "key", "cluster", "what", "text"}
    assert not unknown, f"{rule}: no example for {unknown} stands here"
    if "text" in rule.arguments:
        return [{"text": "refused.before_court"}]
    if "what" in rule.arguments:
        return [{"cluster": "CV-000000", "what": what} for what in ("close", "fill")]
    if "cluster" in rule.arguments:
        return [{"cluster": "CV-000000"}]
    if "section" in rule.arguments:
        keys = {"agencies": "1", "announcements": "A-1", "calendar": "2026-04-30", "categories": "delay.late_result"}
        return [
            {name: value for name, value in (("section", one), ("key", key)) if name in rule.arguments}
            for one, key in keys.items()
        ]
    if "key" in rule.arguments:
        return [{"key": "nobodys" if "hearings" in rule.rule else "decision"}]  # a hearing's, or a routing rule's
    return [{"move": move} for move in MOVE_PAGES] if "move" in rule.arguments else [{}]


def walk(visit: Visit, who: str) -> dict[str, int]:
    """What one account is answered at every address, with a right token and nothing filled in."""
    portal, client = visit.portal, visit.client
    references = cases_of(portal)
    if who != SIGNED_OUT:
        visit.sign_in(LOGINS.get(Role(who), who))
    with portal.place.session() as session:
        number = portal.account(session, "quy").id
    token, found = visit.token(), {}
    for method, rule, _endpoint, values, kind in requests(portal):
        address = rule.replace("<reference>", references.get(kind, "")).replace("<int:number>", str(number))
        for name, value in values.items():
            address = re.sub(rf"<(?:any\([^>]*\):)?{name}>", value, address)
        named = re.sub(r"<any\([^>]*\):section>", values.get("section", ""), rule)
        shown = " ".join(filter(None, (method, named.replace("<move>", values.get("move", "")), kind and f"({kind})")))
        found[shown] = _status(client, method, address, token)
    return found


def _status(client: FlaskClient, method: str, address: str, token: str) -> int:
    assert "<" not in address, address
    form = {"csrf_token": token} if method == "POST" else None
    answer = client.open(address, method=method, base_url=HOST, data=form)
    answer.close()
    assert answer.status_code < 500, f"{method} {address}: {answer.status_code}"
    return answer.status_code


def test_every_role_gets_what_the_file_says(new_portal: NewPortal, languages: Languages) -> None:
    answers = {who: walk(Visit(new_portal(), languages), who) for who in WHO}
    width = max(map(len, answers[SIGNED_OUT]))
    lines = [f"{'':{width}}  {'  '.join(WHO)}"]
    for shown in answers[SIGNED_OUT]:
        cells = (f"{answers[who][shown]:<{len(who)}}" for who in WHO)
        lines.append(f"{shown:{width}}  {'  '.join(cells)}".rstrip())
    lines[1:] = sorted(lines[1:])
    text = "\n".join(lines) + "\n"
    if os.environ.get("PRIVILEGES") == "write":
        FILE.write_text(text, encoding="utf-8")
    assert text.splitlines() == FILE.read_text(encoding="utf-8").splitlines()
    for shown in answers[SIGNED_OUT]:
        if "(walled)" in shown:  # whatever the file says: nobody sees past a wall
            assert {answers[who][shown] for who in WHO} <= {302, 403, 404}, shown
