"""Every page behind the sign-in, and the states of it that look otherwise: one line each, by whose work it is.

sweeps/test_no_staff_page_is_missing.py fails if a page that only accounts may open has none, or a move, or a role.
"""

import secrets
from collections.abc import Mapping

from portal.foundation.time import today
from tests.journeys.sweep_pages import OLD_TOKEN, Going, press, say, then, unfold
from tests.journeys.sweeping import Stop, Walker

BUTTON = "#main-button button"
OLD_VERSION = say("() => { document.querySelector('[name=version]').value = 'old' }")
RETOLD = say("() => { document.querySelector('[name=text]').value = 'Một người ở quầy thu sai phí.' }")
# The moves: from which told case, and who makes them.
MOVES_OF: Mapping[str, Mapping[str, str]] = {
    "minh": {
        "accept": "received",
        "ask": "accepted",
        "ask_new_code": "named",
        "assign": "accepted",
        "change_track": "accepted",
        "clear": "accepted",
        "close": "reopened",
        "conclude": "verifying",
        "declare_conflict": "accepted",
        "extend": "accepted",
        "hear": "accepted",
        "let_head_support": "cleared",
        "end_head_support": "head_asked",
        "forward": "received",
        "lift_wall": "walled",
        "merge": "received",
        "note": "accepted",
        "record_form": "accepted",
        "record_step": "lodged",
        "refer": "cleared",
        "refuse": "received",
        "remind": "referred",
        "send_outside": "cleared",
        "split": "accepted",
        "send_answer": "concluded",
        "take_back": "forwarded",
        "undo_merge": "merged",
        "verify": "accepted",
        "wall_off": "accepted",
    },
    "hanh": {
        "approve": "concluded",
        "give_new_code": "code_lost",
        "go_on": "withdrawn",
        "let_stand": "not_put_right",
        "refuse_new_code": "code_lost",
        "reopen": "answered",
        "send_back": "concluded",
    },
    "quy": {"answer": "delayed", "answer_referral": "referred"},
}
# Those who read no case, and the page on which each of them begins.
BEGINS = {
    "ba": "/staff",
    "khoa": "/staff/oversight",
    "hoa": "/staff/oversight",
    "long": "/staff/oversight",
    "yen": "/staff/oversight",
    "phuc": "/staff/oversight",
    "loc": "/staff/oversight",
}
ALL_FILTERS = "/staff/queue?due=late&status=accepted&track=feedback&agency=hoi+an&from=31/02/2026&order=newest"
SAVED = "/staff/queue?due=late&order=newest"
SAVE, REMOVE = "form[action='/staff/queue/views']", "form[action='/staff/queue/views/remove']"
INVITED = "H-HA,moi.{0},Trần Thị Mới,agency_officer\nUBKT,moi.{0}.hai,Lê Văn Hai,inspector"
INVITED_WRONGLY = "H-KHONG,minh,,agency_officer\nVP,quan.tri,Lê Văn Hai,administrator inspector\nhai cột, thôi"
INVITE, CONFIRMED = "/staff/admin/invite", "/staff/admin/invite/confirmed"
STAND_IN, SEND = "form[action$='/substitute'] .govuk-button", "main .govuk-button"


def goes(address: str) -> Going:
    """Opens an address in which told cases stand in braces."""
    return lambda walker: walker.opens(address.format(**walker.codes))


def as_account(login: str) -> Going:
    """Signs in, once."""

    def go(walker: Walker) -> None:
        if walker.is_signed_in:
            return
        walker.opens("/staff/sign-in")
        walker.fills({"login": login, "password": f"thu-nghiem-{login}"})
        walker.presses()
        walker.is_signed_in = True

    return go


def desk(login: str, name: str, path: str, *more: Going, opens: str = "", status: int = 200) -> Stop:
    """A page as an account sees it: opened at its path or elsewhere, and what is done there."""
    return Stop(f"{login}-{name}", path, then(as_account(login), goes(opens or path), *more), status, login)


def case(login: str, name: str, *more: Going) -> Stop:
    """A told case's page."""
    return desk(login, f"case-{name}", f"/staff/cases/{{{name}}}", *more)


def open_if_closed(walker: Walker) -> None:
    """Presses the button by which a restricted case is opened, where it is still closed."""
    button = "form[action$='/open'] button"
    if walker.page.locator(button).count():
        walker.presses(button)


def move(login: str, name: str, of: str, *more: Going, status: int = 200, state: str = "") -> Stop:
    """The page of a move with a told case; a restricted one is opened on the way."""
    path = f"/staff/cases/{{{of}}}/{name}"
    on_the_way = (open_if_closed, goes(path)) if of == "withdrawn" else ()
    return desk(login, f"move-{name}{state}", path, *on_the_way, *more, status=status)


def somebody_notes(walker: Walker) -> None:
    """In another window something is written beside the same case."""
    other = Walker(walker.page.context.new_page(), walker.watch, walker.language, walker.codes)
    other.opens("/staff/cases/{accepted}/note".format(**walker.codes))
    other.answers({"text": "Đã hẹn gặp sáng thứ Tư."})
    other.presses(BUTTON)
    other.page.close()


def several(name: str, do: str, *more: Going, status: int = 200) -> Stop:
    """Every case of the queue's first page at once."""
    path = "/staff/bulk/confirmed" if more else "/staff/bulk"
    going = (press(f"button[form=bulk][value={do}]"), *more)
    return desk("minh", name, path, *going, opens="/staff/queue?picked=all", status=status)


def give_two(walker: Walker) -> None:
    """Gives two cases to whoever has not got them from the round before."""
    walker.page.locator("input[name=case]").evaluate_all("all => all.slice(2).forEach(one => { one.checked = false })")
    walker.answers({"assignee": {"vi": "vinh", "en": "dung"}[walker.language]})
    walker.presses(BUTTON)


def invite(lines: str) -> Going:
    """Pastes lines, some with a login that nobody had yet, and asks to see them."""

    def go(walker: Walker) -> None:
        walker.answers({"lines": lines.format(secrets.token_hex(3))})
        walker.presses(f"form[action='{INVITE}'] button")

    return go


def write(**answers: str) -> Going:
    """Fills in and presses the one button of the page."""

    def go(walker: Walker) -> None:
        walker.answers(answers)
        walker.presses(BUTTON)

    return go


def hearing_previewed(walker: Walker) -> None:
    """Writes what may not be sent and what has to be looked at, and asks to see it."""
    walker.fills(
        {"person": "Cán bộ ở quầy số 3", "statement": "Ông đã nói trống không và quát tôi trước mặt mọi người."}
    )
    walker.presses("button[value=preview]")


def own_day(walker: Walker) -> None:
    """Asks for a day that is none."""
    walker.fills({"own_date": "hôm nào đó"})
    walker.presses("form.own button")


def wrong_mail(walker: Walker) -> None:
    """Leaves an address that is none."""
    walker.fills({"email": "quy.hoian"})
    walker.presses(SEND)


def standard_text(code: str, **answers: str) -> Going:
    """Puts a standard text into the field of a move."""

    def go(walker: Walker) -> None:
        walker.answers({**answers, "standard_text": code})
        walker.presses("button[name=use]")

    return go


def new_text(text: str, body: str) -> Going:
    """Writes a Vietnamese text anew and asks to see it, and saves nothing."""

    def go(walker: Walker) -> None:
        walker.fills({"body_vi": body})
        walker.presses("button[value=preview]")

    return then(goes(f"{text}/edit"), go)


def this_year(walker: Walker) -> None:
    """Asks for the figures of the year so far, by months."""
    on = today()
    walker.fills({"first": f"01/{on.year}", "last": f"{on:%m/%Y}"})


def hand_over(walker: Walker) -> None:
    """Asks what would happen if Minh handed everything to Vinh."""
    walker.chooses({"leaver": "minh", "successor": "vinh"})
    walker.presses("form[action='/staff/handover'] button")


def nameless(walker: Walker) -> None:
    """Takes the name out of an account."""
    walker.fills({"name": ""})
    walker.presses(SEND)


def name_taken_out(walker: Walker) -> None:
    """Saves a body without a name."""
    walker.fills({"name_vi": ""})
    walker.presses(SEND)


def take_out(walker: Walker) -> None:
    """Takes a day out of the calendar, unless the round before did."""
    if walker.page.locator(REMOVE_DAY).count():
        walker.presses(REMOVE_DAY)


TEXTS, TEXT = "/staff/texts", "/staff/texts/refused.before_court"
INSPECTOR: tuple[Stop, ...] = (
    desk("minh", "start", "/staff/queue", opens="/staff"),
    desk("minh", "queue-filtered", "/staff/queue", opens="/staff/queue?status=accepted&agency=H-TK-MC&below=1"),
    desk("minh", "queue-errors", "/staff/queue", opens=ALL_FILTERS, status=422),
    desk("minh", "queue-nothing", "/staff/queue", opens="/staff/queue?category=praise.person&due=late"),
    desk("minh", "hits", "/staff/queue", opens="/staff/queue?q=quay"),
    desk("minh", "hits-none", "/staff/queue", opens="/staff/queue?q=khong+co+chu+nay"),
    desk("minh", "view-errors", "/staff/queue/views", unfold(SAVE), press(f"{SAVE} button"), opens=SAVED, status=422),
    desk(
        "minh",
        "view-saved",
        "/staff/queue",
        unfold(SAVE),
        lambda walker: walker.fills({"name": "Quá hạn, mới nhất trước"}, SAVE),
        press(f"{SAVE} button"),
        opens=SAVED,
    ),
    desk("minh", "view-removed", "/staff/queue", unfold(REMOVE), press(f"{REMOVE} button"), opens="/staff/queue"),
    several("bulk-assign", "assign"),
    several("bulk-refer", "refer"),
    several("bulk-refuse", "refuse"),
    several("bulk-errors", "refuse", press(BUTTON), status=422),
    several("bulk-done", "assign", give_two),
    desk("minh", "workload", "/staff/workload"),
    desk("minh", "patterns", "/staff/patterns"),
    desk("quy", "apology", "/staff/cases/{delayed}/apology"),
    desk(
        "minh",
        "next-full",
        "/staff/next",
        press("form[action='/staff/next'] button"),
        opens="/staff/workload",
        status=409,
    ),
    *(
        case("minh", name)
        for name in (
            "heard",
            "head_asked",
            "accepted",
            "lodged",
            "asked",
            "referred",
            "urged",
            "concluded",
            "answered",
            "closed",
            "merged",
        )
    ),
    *(move("minh", name, of) for name, of in MOVES_OF["minh"].items()),
    move("minh", "ask", "accepted", write(text=""), status=422, state="-errors"),
    move("minh", "clear", "accepted", write(more="không đâu có chữ này"), status=422, state="-errors"),
    move("minh", "clear", "accepted", RETOLD, press(BUTTON), status=409, state="-changed"),
    move("minh", "refer", "cleared", press(BUTTON), status=422, state="-errors"),
    move("minh", "hear", "accepted", hearing_previewed, state="-preview"),
    move("minh", "refuse", "received", press(BUTTON), status=422, state="-errors"),
    move("minh", "extend", "delayed", state="-barred"),
    move("minh", "conclude", "verifying", press(BUTTON), status=422, state="-errors"),
    move("minh", "ask", "accepted", somebody_notes, OLD_VERSION, write(text="Mấy giờ?"), status=409, state="-conflict"),
    move("minh", "accept", "closed", status=409, state="-too-late"),
    move("minh", "note", "accepted", OLD_TOKEN, write(text="Gọi lại."), status=400, state="-session-lost"),
    desk("minh", "error-403", "/staff/handover", status=403),
    desk("minh", "error-404", "/staff/cases/VV-AAAAAA", status=404),
    move("minh", "refuse", "received", standard_text("refused.before_court"), state="-text"),
    move("minh", "ask", "accepted", standard_text("question.reporter"), write(), status=422, state="-text-gap"),
    desk("minh", "texts", TEXTS),
    desk("minh", "texts-one", TEXT),
    desk("minh", "own", "/staff/cases/{accepted}/own"),
    desk("minh", "own-errors", "/staff/cases/{accepted}/own", own_day, opens="/staff/cases/{accepted}", status=422),
)

FIGURES, ASK = "/staff/oversight/figures", "form[action='/staff/oversight/figures'] button"
EXACT: tuple[Stop, ...] = (
    desk("minh", "figures-form", FIGURES),
    desk("hanh", "figures", FIGURES, this_year, press(ASK)),
    desk("hanh", "figures-errors", FIGURES, press(ASK), status=422),
)
CHIEF: tuple[Stop, ...] = (
    desk("minh", "quarantine", "/staff/quarantine"),
    desk("hanh", "queue", "/staff/queue"),
    *(case("hanh", name) for name in ("concluded", "code_lost", "not_put_right")),
    desk("hanh", "case-open", "/staff/cases/{denounced}", open_if_closed),
    *(move("hanh", name, of) for name, of in MOVES_OF["hanh"].items()),
    desk("hanh", "workload", "/staff/workload"),
    desk("hanh", "handover", "/staff/handover"),
    desk("hanh", "handover-errors", "/staff/handover", press("form[action='/staff/handover'] button"), status=422),
    desk("hanh", "handover-confirm", "/staff/handover", hand_over),
    desk("hanh", "text", TEXT),
    desk("hanh", "text-edit", f"{TEXT}/edit"),
    desk("hanh", "text-preview", f"{TEXT}/edit", new_text(TEXT, "Việc này do {court_name} xem xét ({citation}).")),
    desk("hanh", "text-errors", f"{TEXT}/edit", new_text(TEXT, "Việc này do {toa_an} xem xét."), status=422),
    desk("dung", "case-closed", "/staff/cases/{denounced}"),
    desk("dung", "case-to-open", "/staff/cases/{denounced}", opens="/staff/cases/{denounced}/open"),
)
OFFICER: tuple[Stop, ...] = (
    desk("quy", "queue", "/staff/queue"),
    desk("quy", "queue-errors", "/staff/queue", opens="/staff/queue?from=31/02/2026", status=422),
    desk("quy", "hits", "/staff/queue", opens="/staff/queue?q=ho+so"),
    *(case("quy", name) for name in ("delayed", "asked", "referred", "urged", "answered", "closed")),
    desk("quy", "late-below", "/staff/late-below"),
    desk("quy", "hearings", "/staff/hearings"),
    desk("quy", "hearing", "/staff/hearings/{hearing}"),
    desk("quy", "hearing-errors", "/staff/hearings/{hearing}", press(SEND), status=422),
    desk("quy", "exports", "/staff/exports"),
    *(move("quy", name, of) for name, of in MOVES_OF["quy"].items()),
    move("quy", "answer", "delayed", press(BUTTON), status=422, state="-errors"),
    case("tam", "referred"),
    desk("thu", "start", "/staff/queue", opens="/staff"),
    case("thu", "delayed"),
    desk("thu", "head-supports", "/staff/head-support"),
    desk("thu", "head-support", "/staff/head-support/{head_asked}"),
    desk("thu", "head-support-errors", "/staff/head-support/{head_asked}", press(SEND), status=422),
    desk(
        "thu",
        "head-support-leave",
        "/staff/head-support/{head_asked}/leave",
        unfold("form[action$='/leave']"),
        press("form[action$='/leave'] button"),
        opens="/staff/head-support/{head_asked}",
        status=422,
    ),
)
ACCOUNT = "/staff/admin/accounts/{vinh}"
ADMINISTRATOR: tuple[Stop, ...] = (
    desk("an", "accounts", "/staff/admin", opens="/staff"),
    desk("an", "accounts-none", "/staff/admin", opens="/staff/admin?q=khong+ai&role=leader"),
    desk("an", "notices", "/staff/admin/notices"),
    desk("an", "new", "/staff/admin/new"),
    desk("an", "new-errors", "/staff/admin/new", press(SEND), status=422),
    desk("an", "account", ACCOUNT),
    desk("an", "account-errors", ACCOUNT, nameless, status=422),
    desk("an", "substitute-errors", f"{ACCOUNT}/substitute", press(STAND_IN), opens=ACCOUNT, status=422),
    desk("an", "link", "/staff/admin/reset-password", press("aside [formaction]"), opens=ACCOUNT),
    desk("an", "invite", "/staff/admin/invite"),
    desk("an", "invite-preview", "/staff/admin/invite", invite(INVITED)),
    desk("an", "invite-errors", "/staff/admin/invite", invite(INVITED_WRONGLY), status=422),
    desk("an", "invite-done", CONFIRMED, invite(INVITED), press(f"form[action='{CONFIRMED}'] button"), opens=INVITE),
)
CATALOGUE, REMOVE_DAY = "/staff/admin/catalogue", "form[action$='/remove'] button"
BODY, DAY = f"{CATALOGUE}/agencies/{{body}}", f"{CATALOGUE}/calendar/2027-09-02"
CATALOGUE_PAGES: tuple[Stop, ...] = (
    desk("an", "bodies", f"{CATALOGUE}/agencies", opens=CATALOGUE),
    desk("an", "bodies-found", f"{CATALOGUE}/agencies", opens=f"{CATALOGUE}/agencies?q=hoi+an"),
    desk("an", "body", BODY),
    desk("an", "body-errors", BODY, name_taken_out, status=422),
    desk("an", "categories", f"{CATALOGUE}/categories"),
    desk("an", "category", f"{CATALOGUE}/categories/attitude.rude"),
    desk("an", "calendar", f"{CATALOGUE}/calendar"),
    desk("an", "day-removed", DAY, take_out),
    desk("an", "day", f"{CATALOGUE}/calendar/2027-09-03"),
    desk("an", "day-new", f"{CATALOGUE}/calendar/new"),
    desk("an", "day-new-errors", f"{CATALOGUE}/calendar/new", press(SEND), status=422),
    desk("an", "announcements", f"{CATALOGUE}/announcements"),
    desk("an", "announcement-new-errors", f"{CATALOGUE}/announcements/new", press(SEND), status=422),
    desk("an", "reorganisations", f"{CATALOGUE}/reorganisations"),
)
ROUTING, ASSIST = "/staff/admin/routing", "/staff/assist"
TRIED = f"{ROUTING}/test?category=delay.late_result&agency=H-HA-MC&dossier=yes"


def sheet(walker: Walker) -> None:
    """Fills in a sheet for somebody at the counter, about the officer's own office."""
    for name, value in {"category": "attitude.rude", "agency": "H-HA-MC", "accused_role": "officer"}.items():
        walker.page.locator(f"select[name={name}]").select_option(value)
    walker.answers({"channel": "counter"})
    walker.answers({"narrative": "Bị to tiếng ở quầy số 3.", "reporter_type": "citizen", "disclosure": "anonymous"})
    walker.presses(SEND)


ROUTING_PAGES: tuple[Stop, ...] = (
    desk("an", "routing", ROUTING),
    desk("an", "routing-errors", ROUTING, opens=f"{ROUTING}?on=31/02/2026", status=422),
    desk("an", "routing-rule", f"{ROUTING}/rules/delay_direct"),
    desk("an", "routing-new", f"{ROUTING}/new"),
    desk("an", "routing-new-errors", f"{ROUTING}/new", press(SEND), status=422),
    desk("an", "routing-change", f"{ROUTING}/rules/delay_direct/change"),
    desk("an", "routing-proposal", f"{ROUTING}/proposals/{{proposal}}"),
    desk("an", "routing-test", f"{ROUTING}/test"),
    desk("an", "routing-tried", f"{ROUTING}/test", opens=TRIED),
)
ASSISTING: tuple[Stop, ...] = (
    desk("ba", "assist", ASSIST),
    desk("ba", "assist-new", f"{ASSIST}/new"),
    desk("ba", "assist-new-errors", f"{ASSIST}/new", press(SEND)),
    desk("ba", "assist-check", f"{ASSIST}/check", sheet, opens=f"{ASSIST}/new"),
    desk("ba", "assist-receipt", f"{ASSIST}/receipt", sheet, press(SEND), opens=f"{ASSIST}/new"),
    desk("ba", "assist-gone", f"{ASSIST}/receipt", status=410),
)
# Those who read no case begin here.
ROLES: tuple[Stop, ...] = tuple(
    desk(login, "role", "/staff/role") for login in ("minh", "hanh", "quy", "thu", "an", "khoa")
)
MAIL: tuple[Stop, ...] = (
    desk("quy", "mail", "/staff/mail"),
    desk("quy", "mail-errors", "/staff/mail", wrong_mail, status=422),
)
BEGINNERS: tuple[Stop, ...] = tuple(desk(login, "start", path, opens="/staff") for login, path in BEGINS.items())
SIGNING_IN: tuple[Stop, ...] = (
    Stop("sign-in-wrong", "/staff/sign-in", then(goes("/staff/sign-in"), press(SEND)), 422, "nobody"),
    Stop("sign-in-first", "/staff/sign-in", goes("/staff/workload"), 200, "nobody"),
    Stop("welcome-wrong", "/staff/welcome", then(goes("/staff/welcome"), press(SEND)), 422, "nobody"),
)
OTHER_STAFF = (
    *(*EXACT, *CHIEF, *OFFICER, *ADMINISTRATOR, *CATALOGUE_PAGES, *ROUTING_PAGES, *ASSISTING),
    *(*ROLES, *MAIL, *BEGINNERS, *SIGNING_IN),
)
STAFF = (*INSPECTOR, *OTHER_STAFF)
