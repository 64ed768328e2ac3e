"""Sessions: who is signed in and for how long, what a link or another hand can do, and that looking changes nothing."""

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import quote, urljoin, urlsplit

import pytest
from sqlalchemy import select
from werkzeug.routing import AnyConverter, Rule

from portal.cases.models import Case
from portal.cases.words import Status
from portal.catalogue.words import ReferralRole
from portal.foundation.time import at, now
from portal.web.desk.move_pages import MOVE_PAGES
from portal.web.desk.opened_on import version_mark
from portal.web.frame import limits
from portal.web.public.drafting import COOKIE as DRAFT
from tests.makers.cast import CITY, OFFICE
from tests.makers.filings import a_conduct_report, a_delay
from tests.web.conftest import NewPortal
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.visiting import Seen, Visit, handle_of, written
from tests.web.walking import LEAVE
from tests.web.worlds import HOST, PASSWORD, token_in

SESSION = "__Host-session"
HOST_NAME = HOST.partition("://")[2]
ANOTHER_PASSWORD = "một mật khẩu khác cũng dài"
OTHER_OFFICE = "H-TK-MC"


def is_signed_in(visit: Visit) -> bool:
    """Whether this browser gets behind the sign-in."""
    return visit("/staff").address != "/staff/sign-in"


def with_cookie(visit: Visit, session: str) -> Visit:
    """Another browser, into which somebody copied a session."""
    other = visit.another()
    other.client.set_cookie(SESSION, session, domain=HOST_NAME, secure=True, httponly=True, samesite="Lax")
    return other


def digest(portal: Portal) -> str:
    """What the two databases hold, as something that can be compared."""
    return hashlib.sha256(portal.stored()).hexdigest()


def less_token(seen: Seen) -> str:
    """A page without what is drawn for each session."""
    return seen.html.replace(token_in(seen.html), "-")


# Signing out, and other ends.


def test_a_session_copied_before_signing_out_is_worth_nothing_afterwards(visit: Visit) -> None:
    visit.sign_in("minh")
    copied = visit.cookie(SESSION)
    assert is_signed_in(with_cookie(visit, copied)), "the copy is as good as the session while that lasts"
    out = visit.fill(visit("/staff/queue"), {}, to="/staff/sign-out")
    assert out.address == "/staff/sign-in"
    assert not is_signed_in(visit)
    thief = with_cookie(visit, copied)
    assert thief("/staff/queue").address == "/staff/sign-in"
    assert "Trần Quang Minh" not in thief("/").html


def test_signing_out_ends_this_accounts_sessions_everywhere_and_nobody_elses(visit: Visit) -> None:
    at_home, colleague = visit.another(), visit.another()
    visit.sign_in("minh")
    at_home.sign_in("minh")
    colleague.sign_in("hanh")
    visit.fill(visit("/staff/queue"), {}, to="/staff/sign-out")
    assert not is_signed_in(at_home)
    assert is_signed_in(colleague)
    assert at_home.sign_in("minh").address == "/staff/queue"


def test_signing_out_tells_the_browser_to_forget_pages(visit: Visit) -> None:
    visit.sign_in("minh")
    form = {"csrf_token": token_in(visit("/staff/queue").html)}
    answer = visit.client.post("/staff/sign-out", base_url=HOST, data=form)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Location"] == "/staff/sign-in"


def test_nobody_is_signed_out_by_a_link(visit: Visit) -> None:
    visit.sign_in("minh")
    visit("/staff/sign-out", 405)
    assert is_signed_in(visit)


def test_a_session_lasts_twelve_hours_however_busy(visit: Visit) -> None:
    visit.sign_in("minh")
    start = now()
    for hours in (4, 8):
        with at(start + timedelta(hours=hours)):
            assert visit("/staff/queue").address == "/staff/queue"
    with at(start + timedelta(hours=12, seconds=-1)):
        assert visit("/staff/queue").address == "/staff/queue"
    with at(start + timedelta(hours=12)):
        seen = visit("/staff/queue")
        assert seen.address == "/staff/sign-in"
        assert seen.held("next") == "/staff/queue"
        assert "Trần Quang Minh" not in visit("/").html
    assert not is_signed_in(visit), "an ended session stays ended when the clock is put right"


def test_the_public_pages_go_on_when_a_session_has_ended(visit: Visit, portal: Portal) -> None:
    portal.file(a_delay())
    visit.sign_in("minh")
    with at(now() + timedelta(hours=13)):
        assert visit("/report").address == "/report"
        assert not is_signed_in(visit)


# Signing in.


def test_signing_in_gives_a_new_session(visit: Visit) -> None:
    page = visit("/staff/sign-in")
    planted, token = visit.cookie(SESSION), token_in(page.html)
    assert planted
    assert visit.fill(page, {"login": "minh", "password": PASSWORD}).address == "/staff/queue"
    assert visit.cookie(SESSION) not in ("", planted)
    assert not is_signed_in(with_cookie(visit, planted)), "whoever planted the old one has gained nothing"
    visit.post("/staff/sign-out", {"csrf_token": token}, 400)
    assert is_signed_in(visit), "a token from before opens nothing either"


def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(visit: Visit) -> None:
    visit.sign_in("minh")
    first = visit.cookie(SESSION)
    form = {"login": "tam", "password": PASSWORD, "csrf_token": token_in(visit("/staff/queue").html)}
    assert visit.post("/staff/sign-in", form).address == "/staff/admin"
    visit("/staff/queue", 403)
    assert visit.cookie(SESSION) != first


def test_whoever_is_signed_in_is_not_asked_again(visit: Visit) -> None:
    visit.sign_in("minh")
    assert visit("/staff/sign-in").address == "/staff/queue"


def test_no_cookie_outlives_the_browser(visit: Visit) -> None:
    page = visit("/staff/sign-in")
    form = {"login": "minh", "password": PASSWORD, "csrf_token": token_in(page.html)}
    cookies = visit.client.post("/staff/sign-in", base_url=HOST, data=form).headers.getlist("Set-Cookie")
    assert [one.partition("=")[0] for one in cookies] == [SESSION]
    assert "expires" not in cookies[0].lower()
    assert "max-age" not in cookies[0].lower()


def refused(visit: Visit, login: str, password: str) -> tuple[str, list[tuple[str, str]]]:
    """What a browser that has never been here gets for this login and password, less what was typed."""
    seen = visit.another().sign_in(login, password, 422)
    assert list(seen.errors) == ["login"]
    assert (seen.held("login"), seen.held("password")) == (login, "")
    headers = [(name, value) for name, value in seen.headers if name not in ("Set-Cookie", "Content-Length")]
    return less_token(seen).replace(f'value="{login}"', 'value=""'), headers


def test_unknown_closed_and_wrong_read_alike(visit: Visit, portal: Portal) -> None:
    with portal.place.session() as session:
        portal.account(session, "khang").active = False
        portal.account(session, "vy").password = None
        session.commit()
    wrong = refused(visit, "minh", "không phải mật khẩu này")
    assert refused(visit, "khong.co.ai", "không phải mật khẩu này") == wrong
    assert refused(visit, "khong.co.ai", PASSWORD) == wrong
    assert refused(visit, "minh", "") == wrong
    assert refused(visit, "khang", PASSWORD) == wrong, "an account that is closed"
    assert refused(visit, "vy", PASSWORD) == wrong, "an account whose owner has set no password yet"


def test_a_login_is_read_however_it_is_typed(visit: Visit) -> None:
    for login in ("minh", " MINH ", "Minh"):
        assert visit.another().sign_in(login).address == "/staff/queue"


# Where signing in leads.

FOREIGN = (
    "https://evil.test",
    "https://evil.test/staff/queue",
    "HTTPS:evil.test/staff/",
    "//evil.test",
    "//evil.test/staff/queue",
    "/\\evil.test",
    "\\\\evil.test",
    "/staff/\\evil.test",
    "/staff//evil.test",
    "javascript:alert(1)",
    "JavaScript:/staff/",
    "data:text/html,/staff/",
    "\t//evil.test",
    "/staff/\r\nLocation: https://evil.test",
    "/\t/evil.test/staff/",
    "/staff/\u2028//evil.test",
    "@evil.test/staff/",
    ".evil.test/staff/",
    "/staff.evil.test/",
    "/staff/../..//evil.test",
)


def leads(address: str) -> tuple[str, str]:
    """Host and path to which a browser goes from the sign-in page, as browsers read an address."""
    plain = "".join(char for char in address if char not in "\t\r\n").strip().replace("\\", "/")
    parts = urlsplit(urljoin(f"{HOST}/staff/sign-in", plain))
    return f"{parts.scheme}://{parts.netloc}", parts.path


def test_next_never_leads_away(visit: Visit) -> None:
    for wanted in FOREIGN:
        page = visit(f"/staff/sign-in?next={quote(wanted)}")
        assert leads(page.held("next")) == (HOST, "/staff"), wanted
        form = {"login": "minh", "password": PASSWORD, "csrf_token": token_in(page.html), "next": wanted}
        client = with_cookie(visit, visit.cookie(SESSION)).client
        answers = [
            client.post("/staff/sign-in", base_url=HOST, data=form),
            client.get(f"/staff/sign-in?next={quote(wanted)}", base_url=HOST),
        ]
        for answer in answers:
            assert answer.status_code == 302
            assert leads(answer.headers["Location"]) == (HOST, "/staff"), wanted


def test_next_in_the_address_leads_away_no_more_than_in_the_form(visit: Visit) -> None:
    form = {"login": "minh", "password": PASSWORD, "csrf_token": token_in(visit("/staff/sign-in").html)}
    answer = visit.client.post("/staff/sign-in?next=//evil.test/staff/", base_url=HOST, data=form)
    assert answer.headers["Location"] == "/staff"


def test_signing_in_leads_to_the_page_that_was_asked_for(visit: Visit, portal: Portal) -> None:
    address = f"/staff/cases/{portal.reference(portal.file(a_delay()))}"
    page = visit(address)
    assert page.address == "/staff/sign-in"
    wrong = visit.fill(page, {"login": "minh", "password": "không phải"}, 422)
    assert visit.fill(wrong, {"login": "minh", "password": PASSWORD}).address == address


def test_a_form_sent_without_a_session_is_not_sent_again_after_signing_in(visit: Visit, portal: Portal) -> None:
    address = f"/staff/cases/{portal.reference(portal.file(a_delay()))}/verify"
    seen = visit.post(address, {})
    assert seen.address == "/staff/sign-in"
    assert seen.held("next") == "/staff"


# What ends sessions from elsewhere.


def one_time_link(seen: Seen) -> str:
    """The link that the administrator's page shows."""
    return next(tag.words for tag in seen.page.all("p") if "/staff/welcome#" in tag.words and not tag.has.get("id"))


def reset(admin: Visit, login: str) -> str:
    """A link for the owner of an account to set a new password."""
    page = admin(f"/staff/admin?q={login}")
    form = {"login": login, "csrf_token": token_in(page.html)}
    return one_time_link(admin.post("/staff/admin/reset-password", form))


@pytest.fixture
def admin(visit: Visit) -> Visit:
    """Tâm's browser: the administrator."""
    admin = visit.another()
    assert admin.sign_in("tam").address == "/staff/admin"
    return admin


def test_a_new_password_ends_every_session_of_the_account(visit: Visit, admin: Visit) -> None:
    visit.sign_in("minh")
    copied = visit.cookie(SESSION)
    link = reset(admin, "minh")
    assert is_signed_in(visit), "the old password holds until its owner has set the new one"
    owner = visit.another()
    typed = {"link": link, "password": ANOTHER_PASSWORD, "again": ANOTHER_PASSWORD}
    assert owner.fill(owner("/staff/welcome"), typed).address == "/staff/sign-in"
    assert not is_signed_in(visit)
    assert not is_signed_in(with_cookie(visit, copied))
    assert not is_signed_in(owner), "setting a password signs nobody in"
    owner.sign_in("minh", PASSWORD, 422)
    assert owner.sign_in("minh", ANOTHER_PASSWORD).address == "/staff/queue"
    assert is_signed_in(admin)


def test_a_link_is_used_once(visit: Visit, admin: Visit) -> None:
    link = reset(admin, "minh")
    typed = {"link": link, "password": ANOTHER_PASSWORD, "again": ANOTHER_PASSWORD}
    wrong = visit.fill(visit("/staff/welcome"), {**typed, "again": "khác"}, 422)
    assert list(wrong.errors) == ["again"]
    assert wrong.held("link") == link
    assert ANOTHER_PASSWORD not in wrong.html
    visit.fill(wrong, typed)
    again = visit.fill(visit("/staff/welcome"), {**typed, "password": PASSWORD, "again": PASSWORD}, 422)
    assert list(again.errors) == ["link"]
    assert visit.sign_in("minh", ANOTHER_PASSWORD).address == "/staff/queue"


def test_a_link_holds_three_days(visit: Visit, admin: Visit) -> None:
    link = reset(admin, "minh")
    typed = {"link": link, "password": ANOTHER_PASSWORD, "again": ANOTHER_PASSWORD}
    with at(now() + timedelta(days=3, seconds=1)):
        late = visit.fill(visit("/staff/welcome"), typed, 422)
    invented = visit.fill(visit("/staff/welcome"), {**typed, "link": "một mã tự nghĩ"}, 422)
    assert late.errors == invented.errors
    assert list(late.errors) == ["link"]


@pytest.mark.parametrize("password", ["mười một kt", "a" * 129, ""])
def test_a_password_too_short_or_too_long_is_not_set(visit: Visit, admin: Visit, password: str) -> None:
    typed = {"link": reset(admin, "minh"), "password": password, "again": password}
    assert list(visit.fill(visit("/staff/welcome"), typed, 422).errors) == ["password"]
    assert visit.sign_in("minh").address == "/staff/queue"


def test_a_closed_account_is_out_at_once_and_stays_out(visit: Visit, admin: Visit, portal: Portal) -> None:
    reference = portal.reference(portal.file(a_delay()))
    visit.sign_in("minh")
    page = visit(f"/staff/cases/{reference}/verify")
    copied, link = visit.cookie(SESSION), reset(admin, "minh")
    form = {"login": "minh", "csrf_token": token_in(admin("/staff/admin").html)}
    admin.post("/staff/admin/close-account", form)
    before = digest(portal)
    assert visit.fill(page, {}, to=f"/staff/cases/{reference}/verify").address == "/staff/sign-in"
    assert digest(portal) == before, "what was in the middle of being done is not done"
    visit.sign_in("minh", status=422)
    typed = {"link": link, "password": ANOTHER_PASSWORD, "again": ANOTHER_PASSWORD}
    assert list(visit.fill(visit("/staff/welcome"), typed, 422).errors) == ["link"]
    admin.post("/staff/admin/reset-password", form, 403)
    admin.post("/staff/admin/open-account", form)
    assert not is_signed_in(with_cookie(visit, copied)), "opening the account again wakes no old session"
    assert visit.sign_in("minh").address == "/staff/queue"


def test_an_administrator_cannot_lock_themselves_out(admin: Visit) -> None:
    admin.post("/staff/admin/close-account", {"login": "tam", "csrf_token": token_in(admin("/staff/admin").html)}, 403)
    assert is_signed_in(admin)


def test_nobody_but_an_administrator_manages_accounts(portal: Portal, visit: Visit) -> None:
    before = digest(portal)
    for login in ("minh", "hanh", "quy", "leader", "counter_officer"):
        other = visit.another()
        form = {"login": "thao", "name": "Ai", "csrf_token": token_in(other.sign_in(login).html)}
        for act in ("reset-password", "close-account", "open-account", "new"):
            other.post(f"/staff/admin/{act}", form, 403)
        other("/staff/admin", 403)
    assert digest(portal) == before


# Guessing.


@pytest.fixture
def counting(new_portal: NewPortal, languages: Languages) -> Iterator[Callable[[str], Visit]]:
    """Browsers at an address each, on a portal that counts."""
    portal = new_portal(PORTAL_LIMITS="on")

    def browser(address: str) -> Visit:
        visit = Visit(portal, languages)
        visit.client.environ_base["REMOTE_ADDR"] = address
        return visit

    yield browser
    limits.limiter.enabled = False


def test_guessing_one_password_is_stopped_wherever_it_comes_from(counting: Callable[[str], Visit]) -> None:
    for number in range(20):
        counting(f"198.51.100.{number}").sign_in(("minh", "MINH", " minh ")[number % 3], "sai", 422)
    elsewhere = counting("203.0.113.1")
    assert elsewhere.sign_in("minh", "sai", 429).heading
    elsewhere.sign_in("minh", PASSWORD, 429)
    assert counting("203.0.113.2").sign_in("hanh").address == "/staff/queue", "nobody else is kept out"


def test_guessing_logins_is_stopped_by_address(counting: Callable[[str], Visit]) -> None:
    guesser = counting("198.51.100.7")
    for number in range(20):
        guesser.sign_in(f"ai.do.{number}", PASSWORD, 422)
    guesser.sign_in("minh", PASSWORD, 429)
    assert counting("198.51.100.8").sign_in("minh").address == "/staff/queue"


def test_a_minute_later_one_may_try_again(counting: Callable[[str], Visit], monkeypatch: pytest.MonkeyPatch) -> None:
    visit = counting("198.51.100.7")
    for _ in range(20):
        visit.sign_in("minh", "sai", 422)
    visit.sign_in("minh", PASSWORD, 429)
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert visit.sign_in("minh").address == "/staff/queue"


def test_guessing_links_is_stopped_as_well(counting: Callable[[str], Visit]) -> None:
    visit = counting("198.51.100.7")
    typed = {"link": "một mã tự nghĩ", "password": ANOTHER_PASSWORD, "again": ANOTHER_PASSWORD}
    for _ in range(20):
        visit.fill(visit("/staff/welcome"), typed, 422)
    visit.fill(visit("/staff/welcome"), typed, 429)


# Who comes in, for what holds everywhere: no form without its token, no look that writes.


RUDE = {"category": "attitude.rude", "agency": OFFICE, "narrative": "Họ quát tôi.", "accused_role": "officer"}


@pytest.fixture
def code(portal: Portal) -> str:
    """A delay that the city has; beside it a conduct report that it got from an inspector."""
    code = portal.file(a_delay())
    other = portal.file(a_conduct_report(agency=OTHER_OFFICE), "the other report")
    portal.staff(other, "minh", "accept")
    portal.staff(other, "minh", "clear", text="Người ở quầy nói trống không.")
    portal.staff(other, "minh", "refer", agency=CITY, role=ReferralRole.LEAD, note="")
    portal.staff(other, "minh", "verify")
    portal.staff(other, "minh", "conclude", finding="upheld", remedy="", text="Đã nhắc nhở.")
    return code


def anonymous(visit: Visit, code: str) -> Visit:
    """Somebody from the street."""
    visit("/track")
    return visit


def reporter(visit: Visit, code: str) -> Visit:
    """Whoever filed the report."""
    assert visit.fill(visit("/track"), {"receipt_code": code}).heading
    return visit


def signed_in(login: str) -> Callable[[Visit, str], Visit]:
    """Somebody who works here."""

    def come(visit: Visit, code: str) -> Visit:
        assert visit.sign_in(login).address.startswith("/staff")
        return visit

    return come


STAFF = ("minh", "quy", "tam")
VISITORS = {"anonymous": anonymous, "reporter": reporter, **{login: signed_in(login) for login in STAFF}}


def addresses(portal: Portal, method: str, *references: str) -> Iterator[str]:
    """Every address that takes a method, less the programs' and the files'; of parameters every example."""
    for rule in sorted(portal.app.url_map.iter_rules(), key=lambda one: one.endpoint == LEAVE):  # which comes last
        is_for_programs = method == "POST" and rule.rule.startswith("/api/")
        if method not in (rule.methods or ()) or rule.endpoint == "static" or is_for_programs:
            continue
        names = sorted(rule.arguments - set(rule.defaults or ()))
        for values in itertools.product(*(examples(rule, name, references) for name in names)):
            _, address = rule.build(dict(zip(names, values, strict=True)), append_unknown=False) or ("", rule.rule)
            yield address.partition("|")[2] or address


def examples(rule: Rule, name: str, references: tuple[str, ...]) -> list[str]:
    """What can stand for a parameter."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    known = {
        "token": ["x" * 32, "nonsense"],
        "letter": ["late.feedback", "lost_code.new_code", "nonsense"],
        "move": [*MOVE_PAGES, "nonsense"],
        "number": ["1", "0", "99999999999999999999"],
        "key": ["1", "99999999999999999999", "2026-04-30", "delay.late_result", "decision", "nonsense"],
        "reference": list(references),
        "release": ["2026-10", "nonsense"],
        "table": ["province_month", "nonsense"],
        "code": ["H-HA", "nonsense"],
        "topic": ["delay", "nonsense"],
        "cluster": ["CV-000000"],
        "text": ["refused.before_court", "nonsense"],
    }
    return known[name]


def test_looking_writes_nothing(visit: Visit, portal: Portal, code: str) -> None:
    handle = handle_of(written(visit, RUDE))
    with portal.place.session() as session:
        references = session.scalars(select(Case.reference).order_by(Case.id)).all()
    assert len(references) == 2
    before = digest(portal)
    for who, come in VISITORS.items():
        looking, seen = come(visit.another(), code), set()
        looking.client.set_cookie(DRAFT, visit.cookie(DRAFT), domain=HOST_NAME)
        for address in addresses(portal, "GET", *references):
            is_of_a_case = address.startswith("/staff/cases/")
            for asked in ("",) if is_of_a_case else ("", f"?draft={handle}&q={references[0]}&after=x&lang=en"):
                answer = looking.client.get(address + asked, base_url=HOST)
                assert answer.status_code < 500 or address == "/readyz", address
                seen.add(answer.status_code)
        assert {200, 302, 404} <= seen, who
        assert digest(portal) == before, who
    visit.post("/report", {"draft": handle, "category": "attitude.rude"})
    assert digest(portal) != before, "what this test would find"


RIGHT = {
    "login": "minh",
    "password": PASSWORD,
    "name": "Một người",
    "agency": CITY,
    "roles": "inspector",
    "category": "attitude.rude",
    "narrative": "Việc đã xảy ra.",
    "text": "Một câu.",
    "score": "5",
    "finding": "upheld",
    "ground": "not_competent",
    "body": "court",
    "role": "inform",
    "assignee": "hanh",
    "do": "erase",
}


def test_no_form_is_taken_without_its_token(visit: Visit, portal: Portal, code: str) -> None:
    handle = handle_of(written(visit, RUDE))
    with portal.look(code) as (_, file), portal.app.app_context():
        form = {**RIGHT, "receipt_code": code, "draft": handle, "version": version_mark(file.case)}
    anothers = visit.another().token()
    for who, come in VISITORS.items():
        typing = come(visit.another(), code)
        typing.client.set_cookie(DRAFT, visit.cookie(DRAFT), domain=HOST_NAME)
        session, before, tried = typing.cookie(SESSION), digest(portal), set()
        for address in addresses(portal, "POST", portal.reference(code)):
            for token in ({}, {"csrf_token": anothers}):
                answer = typing.client.post(address, base_url=HOST, data={**form, **token})
                sent_back = address.startswith("/track") and answer.headers.get("Location") == "/track"
                assert answer.status_code == 400 or sent_back, f"{who}, {address}: {answer.status_code}"
                cookies = [one.partition("=")[0] for one in answer.headers.getlist("Set-Cookie")]
                assert set(cookies) <= {SESSION}, f"{who}, {address}"
            tried.add(address)
        assert {"/staff/sign-in", "/staff/sign-out", "/track/close", "/staff/admin/new", "/report/check"} <= tried
        assert digest(portal) == before, who
        assert is_signed_in(typing) == is_signed_in(with_cookie(visit, session)) == (who in STAFF), who


def test_with_its_token_it_is(visit: Visit, portal: Portal, code: str) -> None:
    """The forms of the test above are right but for that."""
    visit.sign_in("minh")
    with portal.look(code) as (_, file), portal.app.app_context():
        form = {**RIGHT, "version": version_mark(file.case)}
    seen = visit.post(f"/staff/cases/{portal.reference(code)}/verify", form)
    assert seen.address == f"/staff/cases/{portal.reference(code)}"
    with portal.look(code) as (_, file):
        assert file.case.status == Status.VERIFYING
    assert visit.post("/track", {**RIGHT, "receipt_code": code}).address == "/track"
    assert visit.cookie("__Host-track")
