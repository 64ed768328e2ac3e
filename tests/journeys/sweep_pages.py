"""Every page that anybody can get to, and every state of it: one line each. A new page or state gets its line here.

sweeps/test_no_public_page_is_missing.py fails if a route that everybody may GET has none.
"""

from collections.abc import Callable, Mapping

from tests.journeys.sweeping import Stop, Walker
from tests.makers.cast import OFFICE
from tests.makers.filings import DOSSIER

Answers = Mapping[str, str]
Going = Callable[[Walker], object]

NARRATIVE = (
    "Tôi nộp hồ sơ xin cấp giấy phép xây dựng ngày 12 tháng 2. Giấy hẹn ghi ngày 25 mà nay chưa ai gọi.\n\n"
    "Tôi lên hỏi hai lần, lần nào cũng bảo chờ. Tôi là Nguyễn Thị Lan."
)
PLACE = {"agency": OFFICE, "procedure": "build.permit_house"}
WHERE = {**PLACE, "dossier_code": DOSSIER, "promised_on": "25/02/2026", "committee_first": "no"}
LATE = {"narrative": NARRATIVE, "occurred_on": "27/02/2026"}
RUDE = {"narrative": "Người ở quầy số 3 quát tôi trước mặt mọi người.", "accused_role": "officer"}
LAN = {"reporter_type": "citizen", "disclosure": "confidential", "name": "Nguyễn Thị Lan", "phone": "0905123456"}
NOBODY = {"reporter_type": "citizen", "disclosure": "anonymous"}
FIRM = {"reporter_type": "business", "disclosure": "named", "name": "Công ty Đại Lộc", "tax_code": "12"}
WRONG = {"narrative": "Việc.", "occurred_on": "31/02/2026", "occurred_until": "hôm nào đó"}
WRONG_WHERE = {"agency": "unknown", "dossier_code": "không số", "promised_on": "hôm nào đó"}
SEARCH = {"agency_name": "hoi an", "procedure_name": "cấp phép", "promised_on": "25/02/2026", "find": "agency"}

# What somebody answers on each page, in the order of the pages.
DELAY: tuple[Answers, ...] = (
    {"category": "delay.late_result"},
    WHERE,
    {**LATE, "wish": "Xin trả kết quả sớm."},
    LAN,
)
CONDUCT: tuple[Answers, ...] = ({"category": "attitude.rude"}, {"agency": OFFICE}, RUDE, NOBODY)
PRAISE: tuple[Answers, ...] = ({"category": "praise.person"}, {"agency": OFFICE})
PROPOSAL: tuple[Answers, ...] = ({"category": "proposal.simplify"}, {"agency": OFFICE})
PARTY: tuple[Answers, ...] = (
    {"category": "attitude.rude"},
    {"agency": "TU"},
    {**RUDE, "accused_role": "head"},
    NOBODY,
)


def to(address: str) -> Going:
    """Opens an address."""
    return lambda walker: walker.opens(address)


def report(*pages: Answers, sent: bool = False) -> Going:
    """Opens the page that follows when so many have been answered; or the receipt."""

    def go(walker: Walker) -> None:
        address = "/report"
        for answers in (*pages, *([{}] if sent else ())):
            address = walker.posts(address, answers)
        walker.opens(address)

    return go


def then(going: Going, *more: Going) -> Going:
    """One thing after another."""

    def go(walker: Walker) -> None:
        for one in (going, *more):
            one(walker)

    return go


def answer(**answers: str) -> Going:
    """Writes into the page and sends it."""

    def go(walker: Walker) -> None:
        walker.answers(answers)
        walker.presses()

    return go


def press(button: str) -> Going:
    """Presses a button."""
    return lambda walker: walker.presses(button)


def unfold(place: str) -> Going:
    """Opens what is folded around a place."""
    return lambda walker: walker.unfolds(place)


def say(script: str) -> Going:
    """Changes a page as no visitor would; also where pages run no script."""
    return lambda walker: walker.page.evaluate(script)


def case(name: str) -> Going:
    """Opens a told case."""

    def go(walker: Walker) -> None:
        walker.opens(walker.posts("/track", {"receipt_code": walker.codes[name]}))

    return go


def code(typed: str) -> Going:
    """Looks a code up that is none."""

    def go(walker: Walker) -> None:
        walker.page.context.clear_cookies(name="__Host-track")
        walker.opens("/track")
        walker.fills({"receipt_code": typed})
        walker.presses()

    return go


def signed_in(login: str, address: str) -> Going:
    """Signs in, if it has to be, and opens an address."""

    def go(walker: Walker) -> None:
        walker.opens("/staff/sign-in")
        if walker.page.locator("[name=login]").count():
            walker.fills({"login": login, "password": f"thu-nghiem-{login}"})
            walker.presses()
        walker.opens(address)

    return go


def too_often(walker: Walker) -> None:
    """Tries codes until no more are taken."""
    walker.opens("/track")
    walker.posts("/track", {"receipt_code": "x"}, until=429)
    walker.answers({"receipt_code": "x"})
    walker.presses()


OLD_TOKEN = say("() => document.querySelectorAll('[name=csrf_token]').forEach(one => { one.value = 'old' })")
TOO_MUCH = say("() => { document.querySelector('[name=narrative]').value = 'Chờ mãi. '.repeat(15000) }")
NEW_CODE = "form[action='/track/new-code']"
KEPT_WRONG = then(
    lambda walker: walker.fills({"last_group": "00000"}), press("form[action='/report/receipt'] .govuk-button")
)
# One letter of each kind of reader, and the case in which it is open.
LETTERS = {"late.feedback": "late", "refused.feedback": "refused", "lost_code.new_code": "received"}
HAPPENED, CHECK, RECEIPT = "/report/happened", "/report/check", "/report/receipt"

PUBLIC: tuple[Stop, ...] = (
    Stop("home", "/", to("/")),
    *(Stop(name, f"/{name}", to(f"/{name}")) for name in ("help", "privacy", "accessibility", "statistics")),
    *(Stop(name, f"/{name}", to(f"/{name}")) for name in ("commendations", "decisions", "transparency", "open-data")),
    Stop("statistics-none", "/statistics", to("/statistics"), site="faulty"),
    Stop("statistics-method", "/statistics/method", to("/statistics/method")),
    Stop("statistics-portal", "/statistics/portal", to("/statistics/portal")),
    Stop("statistics-bodies", "/statistics/bodies", to("/statistics/bodies")),
    Stop("statistics-district", "/statistics/bodies/H-HA", to("/statistics/bodies/H-HA")),
    Stop("statistics-department", "/statistics/bodies/STNMT", to("/statistics/bodies/STNMT")),
    Stop("statistics-departments", "/statistics/bodies/departments", to("/statistics/bodies/departments")),
    Stop("statistics-topic", "/statistics/topics/delay", to("/statistics/topics/delay")),
    Stop("api", "/api/docs", to("/api/docs")),
    # Filing, page by page, with and without something wrong
    Stop("report-1", "/report", report()),
    Stop("report-1-poster", "/report", to(f"/report?agency={OFFICE}")),
    Stop("report-1-errors", "/report", then(report(), answer()), 422),
    Stop("report-2", "/report/where", report(*DELAY[:1])),
    Stop("report-2-found", "/report/where", report(*DELAY[:1], SEARCH)),
    Stop("report-2-conduct", "/report/where", report(*CONDUCT[:1])),
    Stop("report-2-errors", "/report/where", then(report(*DELAY[:1]), answer(**WRONG_WHERE)), 422),
    Stop("report-3", HAPPENED, report(*DELAY[:2])),
    Stop("report-3-conduct", HAPPENED, report(*CONDUCT[:2])),
    Stop("report-3-praise", HAPPENED, report(*PRAISE)),
    Stop("report-3-proposal", HAPPENED, report(*PROPOSAL)),
    Stop("report-3-errors", HAPPENED, then(report(*DELAY[:2]), answer(**WRONG)), 422),
    Stop("report-3-session-lost", HAPPENED, then(report(*DELAY[:2]), OLD_TOKEN, answer(**LATE)), 400),
    Stop("report-3-too-much", HAPPENED, then(report(*DELAY[:2]), TOO_MUCH, press("main .govuk-button")), 413),
    Stop("report-4", "/report/about", report(*DELAY[:3])),
    Stop("report-4-business", "/report/about", then(report(*DELAY[:3]), lambda walker: walker.answers(FIRM))),
    Stop("report-4-errors", "/report/about", then(report(*DELAY[:3]), answer(**FIRM)), 422),
    Stop("check", CHECK, report(*DELAY)),
    Stop("check-conduct", CHECK, report(*CONDUCT)),
    Stop("check-session-lost", CHECK, then(report(*DELAY), OLD_TOKEN, press("main .govuk-button")), 400),
    Stop("elsewhere", CHECK, report(*PARTY)),
    Stop("erased", "/report/erased", then(report(*DELAY[:2]), press("[name=do][value=erase]"))),
    Stop("draft-lost", HAPPENED, to("/report/happened?draft=somebody-elses"), 410),
    Stop("receipt", RECEIPT, report(*DELAY, sent=True)),
    Stop("receipt-conduct", RECEIPT, report(*CONDUCT, sent=True)),
    Stop("receipt-wrong", RECEIPT, then(report(*DELAY, sent=True), KEPT_WRONG), 422),
    Stop("receipt-kept", "/report/kept", to("/report/kept")),
    Stop("receipt-gone", RECEIPT, to("/report/receipt?draft=somebody-elses"), 410),
    # Tracking
    Stop("track", "/track", to("/track")),
    Stop("track-empty", "/track", code(""), 422),
    Stop("track-unknown", "/track", code("0000-1111"), 404),
    *(
        Stop(f"case-{name}", "/track", case(name))
        for name in ("received", "asked", "accepted", "late", "referred", "answered", "rated", "closed", "reopened")
    ),
    *(Stop(f"case-{name}", "/track", case(name)) for name in ("refused", "forwarded", "withdrawn", "merged")),
    Stop("case-reply-empty", "/track/reply", then(case("asked"), press("form[action='/track/reply'] button")), 422),
    Stop("case-rate-empty", "/track/rate", then(case("answered"), press("form[action='/track/rate'] button")), 422),
    Stop("case-new-code", "/track/new-code", then(case("accepted"), unfold(NEW_CODE), press(f"{NEW_CODE} button"))),
    *(
        Stop(f"letter-{name}", f"/track/letter/{name}", then(case(of), to(f"/track/letter/{name}")))
        for name, of in LETTERS.items()
    ),
    Stop("outside", "/outside/somebodys", to("/outside/somebodys")),
    Stop("outside-unknown", "/outside/somebodys", then(to("/outside/somebodys"), press("main .govuk-button")), 404),
    # What goes wrong
    Stop("error-400", "/staff/sign-in", then(to("/staff/sign-in"), OLD_TOKEN, press("main .govuk-button")), 400),
    Stop("error-403", "/staff/queue", signed_in("an", "/staff/queue"), 403, site="signed-in"),
    Stop("error-404", "/report/nothing", to("/report/nothing"), 404),
    Stop("error-404-staff", "/staff/cases/VV-AAAAAA", signed_in("minh", "/staff/cases/VV-AAAAAA"), 404, site="at-work"),
    Stop("error-405", "/track/close", to("/track/close"), 405),
    Stop("error-429", "/track", too_often, 429, site="faulty"),
    Stop("error-500", "/", to("/"), 500, site="faulty"),
    Stop("error-503", "/report", to("/report"), 503, site="faulty"),
    # The way in for those who work here
    Stop("sign-in", "/staff/sign-in", to("/staff/sign-in")),
    Stop("welcome", "/staff/welcome", to("/staff/welcome")),
    # The browser forgets everything there, the language too: a visit of its own
    Stop("leave", "/leave", to("/leave"), site="leaving"),
)

# Answers for programs: JSON, or nothing to look at.
NO_PAGES = frozenset(
    {
        "api.healthz",
        "api.list_agencies",
        "api.list_categories",
        "api.openapi",
        "api.readyz",
        "open_data.not_published",
        "open_data.releases",
        "open_data.show_catalogue",
        "open_data.show_example",
        "open_data.show_feed",
        "open_data.show_package",
        "open_data.show_table",
        "open_data.show_table_over_time",
        "public.download_letter",
        "public.download_receipt",
    }
)
