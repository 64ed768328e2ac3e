"""Filing by plain pages, from the first question to the receipt, and everything that can happen on the way."""

import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, Referral, Report
from portal.cases.words import Disclosure, Status
from portal.catalogue.models import Agency
from portal.catalogue.words import ReferralRole, Track
from portal.foundation.time import at, now
from portal.identity.keystore import data_key
from portal.identity.models import Identity, NoticeContact
from portal.intake.models import Draft
from portal.web.public.drafting import COOKIE
from tests.makers.cast import CITY, COMMITTEE, OFFICE
from tests.web.conftest import NewPortal
from tests.web.hygiene import Languages, ReadPage
from tests.web.installing import Portal
from tests.web.visiting import ANONYMOUS, CHECK, Seen, Visit, filed, handle_of, written
from tests.web.worlds import HOST

DELAY = {
    "category": "delay.late_result",
    "agency": OFFICE,
    "narrative": "Quá hẹn mười hai hôm mà chưa ai gọi.\n\nTôi đã đến hai lần.",
    "dossier_code": "000.00.35.H47-260212-0012",
    "promised_on": "25/02/2026",
    "committee_first": "no",
    "wish": "Xin trả giấy phép sớm.",
}
RUDE = {
    "category": "attitude.rude",
    "agency": OFFICE,
    "narrative": "Người ở quầy số 3 nói trống không và quát tôi.",
    "accused_role": "officer",
}
PRAISE = {"category": "praise.person", "agency": OFFICE, "narrative": "Cô ở quầy ở lại đến sáu giờ chiều."}
PROPOSAL = {"category": "proposal.simplify", "agency": OFFICE, "narrative": "Nên bỏ bản sao có chứng thực."}
DECISION = {"category": "decision.disagree", "agency": CITY, "narrative": "Giấy báo thu tiền tính hai lần."}
UNKNOWN_OFFICE = {**RUDE, "agency": "", "area": "503"}
LAN = {"disclosure": "confidential", "name": "Nguyễn Thị Lan", "phone": "0905 123 456"}


def only_case(portal: Portal) -> tuple[Case, Report, dict[str, ReferralRole]]:
    """The one case there is, its report, and who has a share of it."""
    with portal.place.session() as session:
        case, report = session.scalars(select(Case)).one(), session.scalars(select(Report)).one()
        shares = session.scalars(select(Referral)).all()
        codes = {one.id: code for code, one in _agencies(portal).items()}
        return case, report, {codes[share.agency_id]: share.role for share in shares}


def _agencies(portal: Portal) -> dict[str, Agency]:
    with portal.place.session() as session:
        return {row.code: row for row in session.scalars(select(Agency))}


def as_sent(typed: str) -> str:
    """Lines as browsers send them."""
    return typed.replace("\n", "\r\n")


def keys_stored(portal: Portal) -> int:
    """How many data keys lie in the key store."""
    with portal.place.key_store.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(data_key)) or 0


# From the first page to the receipt.


def test_a_late_dossier_goes_to_its_agency_at_once(visit: Visit, portal: Portal) -> None:
    receipt = filed(visit, DELAY)
    case, report, shares = only_case(portal)
    assert (case.status, case.is_direct, case.track) == (Status.ACCEPTED, True, Track.FEEDBACK)
    assert shares[CITY] is ReferralRole.LEAD
    assert shares[COMMITTEE] is ReferralRole.OVERSEE
    assert (report.dossier_code, str(report.promised_on)) == ("000.00.35.H47-260212-0012", "2026-02-25")
    assert report.narrative == DELAY["narrative"]
    assert report.wish == DELAY["wish"]
    assert len(receipt.code.replace("-", "")) == 25
    assert "proof-of-filing/1" in receipt.html
    assert visit.fill(visit("/track"), {"receipt_code": receipt.code}).address == "/track"


def test_a_late_dossier_waits_when_the_committee_is_to_see_it_first(visit: Visit, portal: Portal) -> None:
    filed(visit, {**DELAY, "committee_first": "yes"})
    case, report, shares = only_case(portal)
    assert (case.status, case.is_direct, report.committee_first) == (Status.RECEIVED, False, True)
    assert shares == {COMMITTEE: ReferralRole.LEAD}


def test_a_delay_without_code_and_date_is_not_asked_who_sees_it_first(visit: Visit, portal: Portal) -> None:
    filed(visit, {name: DELAY[name] for name in ("category", "agency", "narrative")})
    case, _, shares = only_case(portal)
    assert (case.status, case.is_direct) == (Status.RECEIVED, False)
    assert shares == {COMMITTEE: ReferralRole.LEAD}


def test_nobody_at_the_office_hears_of_conduct(visit: Visit, portal: Portal) -> None:
    filed(visit, RUDE)
    case, report, shares = only_case(portal)
    assert (case.status, case.is_direct) == (Status.RECEIVED, False)
    assert shares == {COMMITTEE: ReferralRole.LEAD}
    assert report.accused_role == "officer"


@pytest.mark.parametrize(("answers", "track"), [(PRAISE, Track.COMMENDATION), (PROPOSAL, Track.PROPOSAL)])
def test_good_words_and_ideas(visit: Visit, portal: Portal, answers: dict[str, str], track: Track) -> None:
    filed(visit, answers)
    case, report, _ = only_case(portal)
    assert case.track is track
    assert report.accused_role == "none"


def test_a_decision(visit: Visit, portal: Portal) -> None:
    filed(visit, DECISION)
    case, _, shares = only_case(portal)
    assert (case.track, case.status) == (Track.FEEDBACK, Status.RECEIVED)
    assert shares == {COMMITTEE: ReferralRole.LEAD}


def test_an_office_that_is_not_known(visit: Visit, portal: Portal) -> None:
    area = next(
        value for value in written(visit, RUDE, "/report/where").form().choices["area"] if value not in ("", "province")
    )
    check = written(visit, {**UNKNOWN_OFFICE, "area": area})
    visit.fill(check, {})
    _, report, shares = only_case(portal)
    assert (report.agency_id, report.area_code) == (None, area)
    assert shares == {COMMITTEE: ReferralRole.LEAD}


def test_in_english_with_a_name_and_a_place_for_news(portal: Portal, languages: Languages) -> None:
    visit = Visit(portal, languages, "en")
    notify = {"notify_email": "Tin.Lan@thu.vn"}
    receipt = filed(visit, {**RUDE, **LAN, **notify, "narrative": "Tôi là Nguyễn Thị Lan, 0905123456. Họ quát tôi."})
    _, report, _ = only_case(portal)
    assert (report.language, report.disclosure) == ("en", Disclosure.CONFIDENTIAL)
    assert "Lan" not in report.narrative
    assert "0905" not in report.narrative
    assert portal.count(Identity) == portal.count(NoticeContact) == 1
    stored = portal.stored()
    for word in ("Nguyễn Thị Lan", "0905123456", "tin.lan@thu.vn"):
        assert word.encode() not in stored
    assert receipt.code.replace("-", "").encode() not in stored


def test_a_business(visit: Visit, portal: Portal) -> None:
    about = {"reporter_type": "business", "disclosure": "named", "name": "Xưởng mộc", "tax_code": "4000100002"}
    page = written(visit, {**DELAY, **about}, "/report/about")
    wrong = visit.fill(page, about, 422)
    assert list(wrong.errors) == ["tax_code"]
    visit.fill(visit.fill(wrong, {**about, "tax_code": "400100001-00"}, 422), {**about, "tax_code": ""})
    visit.fill(visit(f"{CHECK}?draft={handle_of(page)}"), {})
    _, report, _ = only_case(portal)
    assert (report.reporter_type, report.disclosure) == ("business", Disclosure.NAMED)
    assert keys_stored(portal) == 1, "the city has no key to be given a share with"


@pytest.mark.parametrize("category", ["harassment.bribe", "harassment.refusal", "retaliation"])
def test_what_would_be_a_complaint_or_denunciation_says_why_it_is_feedback(visit: Visit, category: str) -> None:
    page = written(visit, {**RUDE, "category": category})
    assert "Vì sao bắt đầu như phản ánh?" in page.text
    assert "do chính anh/chị ký tên" in page.text
    assert "Vì sao bắt đầu như phản ánh?" not in written(visit.another(), RUDE).text
    visit.fill(page, {})
    assert only_case(visit.portal)[0].track is Track.FEEDBACK


# What is missing or wrong.

WRONG: list[tuple[str, dict[str, str], list[str]]] = [
    ("/report", {}, ["category"]),
    ("/report/where", {"agency_name": "nơi nào đó"}, ["agency"]),
    ("/report/where", {"agency": "unknown", "area": ""}, ["area"]),
    ("/report/where", {"agency": "unknown", "area": "province"}, ["area"]),
    ("/report/happened", {"narrative": " \n", "accused_role": "head"}, ["narrative"]),
    ("/report/happened", {"narrative": "a" * 10_001, "wish": "b" * 2_001}, ["narrative", "accused_role", "wish"]),
    ("/report/happened", {"narrative": "Việc.", "occurred_on": "10/03/2026"}, ["occurred_on", "accused_role"]),
    (
        "/report/happened",
        {"narrative": "Việc.", "accused_role": "officer", "occurred_on": "5/3/2026", "occurred_until": "4/3/2026"},
        ["occurred_until"],
    ),
    (
        "/report/happened",
        {"narrative": "Việc.", "accused_role": "unknown", "occurred_on": "31/02/2026", "elsewhere": "c" * 2_001},
        ["occurred_on", "elsewhere"],
    ),
    ("/report/about", {"reporter_type": "business"}, ["disclosure"]),
    ("/report/about", {"disclosure": "named", "reporter_type": "citizen"}, ["name"]),
    (
        "/report/about",
        {"disclosure": "named", "name": "d" * 201, "phone": "12", "email": "a@b", "tax_code": "1"},
        ["reporter_type", "name", "phone", "email", "tax_code"],
    ),
    (
        "/report/about",
        {**ANONYMOUS, "notify_email": "tin@thu.vn", "notify_phone": "0905123456"},
        ["notify_phone"],
    ),
    ("/report/about", {**ANONYMOUS, "notify_email": "tin"}, ["notify_email"]),
]


@pytest.mark.parametrize(("address", "typed", "wrong"), WRONG)
def test_what_was_typed_stays_and_the_error_leads_to_its_field(
    visit: Visit, address: str, typed: dict[str, str], wrong: list[str]
) -> None:
    page = written(visit, RUDE, address)
    page = visit.fill(page, typed, 422)
    assert page.address == address
    assert sorted(page.errors) == sorted(wrong)
    fields = {tag.has.get("id") for tag in page.page.fields()}
    assert set(page.errors) <= fields
    for name, value in typed.items():
        assert page.held(name) == as_sent(value), name
    again = visit(f"{address}?draft={handle_of(page)}")
    for name, value in typed.items():
        assert again.held(name) == as_sent(value), f"{name}, when the page is opened again"


def test_a_delay_with_a_code_must_say_who_sees_it_first(visit: Visit) -> None:
    page = written(visit, DELAY, "/report/where")
    page = visit.fill(page, {"agency_name": OFFICE, "agency": "unknown"}, press=("find", "agency"))
    page = visit.fill(page, {"agency": OFFICE, "dossier_code": "không số", "promised_on": "hôm nào"}, 422)
    assert set(page.errors) == {"dossier_code", "promised_on"}
    page = visit.fill(page, {"dossier_code": "H47-1", "promised_on": ""}, 422)
    assert set(page.errors) == {"committee_first"}
    assert visit.fill(page, {"committee_first": "yes"}).address == "/report/happened"


def test_what_no_page_offers_is_refused(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE)
    draft = {"draft": handle_of(page)}
    forged: dict[str, dict[str, str]] = {
        "/report": {"category": "no.such"},
        "/report/where": {"agency": "NOPE", "area": "999", "procedure": "nothing"},
        "/report/happened": {"accused_role": "mayor", "narrative": "x"},
        "/report/about": {"reporter_type": "robot", "disclosure": "public"},
    }
    for address, typed in forged.items():
        assert set(visit.post(address, {**draft, **typed}, 422).errors) == set(typed) - {"narrative"}
    assert list(visit.fill(page, {}, 422).errors) == ["category"], "what is wrong on any page is asked again"
    assert portal.count(Report) == 0


def test_check_leads_back_to_what_is_missing(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE, "/report/where")
    assert visit(f"{CHECK}?draft={handle_of(page)}", 422).errors
    assert visit.post(CHECK, {"draft": handle_of(page)}, 422).address == CHECK
    assert portal.count(Report) == 0


def test_a_later_page_without_a_draft_begins_at_the_first(visit: Visit) -> None:
    for address in ("/report/where", "/report/happened", "/report/about", CHECK):
        assert visit(address).address == "/report"


def test_check_shows_everything_and_each_line_can_be_changed(visit: Visit) -> None:
    answers = {**DELAY, **LAN, "elsewhere": "Đã hỏi tổng đài.", "occurred_on": "1/3/2026", "occurred_until": "3/3/2026"}
    page = written(visit, answers)
    for word in ("25/02/2026", "từ 01/03/2026 đến 03/03/2026", "Đã hỏi tổng đài.", "0905123456", "Nguyễn Thị Lan"):
        assert word in page.text
    links = [str(tag.has["href"]) for tag in page.page.all("a") if "govuk-link" in str(tag.has.get("class"))]
    assert {link.partition("?")[0] for link in links} == {
        "/report",
        "/report/where",
        "/report/happened",
        "/report/about",
    }
    for link in set(links):
        assert visit(link).held("draft") == handle_of(page)
    changed = visit.fill(visit(next(link for link in links if "happened" in link)), {"wish": "Điều khác."})
    assert "Điều khác." in visit.fill(changed, {}).text


# Posters, languages, sessions that are gone.


def test_a_poster_fills_the_office_in(visit: Visit, portal: Portal) -> None:
    page = visit(f"/report?agency={OFFICE}")
    where = visit.fill(page, {"category": "attitude.rude"})
    assert where.held("agency") == OFFICE
    filed(
        visit.another(), {name: value for name, value in RUDE.items() if name != "agency"}, f"/report?agency={OFFICE}"
    )
    _, report, _ = only_case(portal)
    assert report.agency_id == _agencies(portal)[OFFICE].id


def test_a_poster_of_an_office_that_is_gone_asks(visit: Visit) -> None:
    where = visit.fill(visit('/report?agency="><b>NOPE'), {"category": "attitude.rude"})
    assert where.held("agency") == ""
    found = visit.fill(where, {"agency_name": "mot cua hoi an"}, press=("find", "agency"))
    assert visit.fill(found, {"agency": OFFICE}).address == "/report/happened"


def test_a_poster_does_not_change_what_was_chosen(visit: Visit) -> None:
    page = written(visit, {**RUDE, "agency": CITY}, "/report/happened")
    handle = handle_of(page)
    assert visit(f"/report?agency={OFFICE}&draft={handle}").held("agency") == CITY


@pytest.mark.parametrize(("address", "typed"), [(row[0], row[1]) for row in WRONG])
def test_another_language_keeps_what_was_typed(visit: Visit, address: str, typed: dict[str, str]) -> None:
    page = written(visit, RUDE, address)
    english = visit.fill(page, typed, press=("lang", "en"))
    assert english.address == address
    assert english.errors == {}
    for name, value in typed.items():
        assert english.held(name) == as_sent(value)
    assert visit.fill(english, {}, press=("lang", "vi")).held("draft") == handle_of(english)


def test_another_language_on_the_last_page_sends_nothing(visit: Visit, portal: Portal) -> None:
    page = visit.fill(written(visit, RUDE), {}, press=("lang", "en"))
    assert page.address == CHECK
    assert portal.count(Report) == 0
    receipt = visit.fill(page, {})
    link = next(str(tag.has["href"]) for tag in receipt.page.all("a") if "lang=vi" in str(tag.has.get("href")))
    assert visit(f"{receipt.address}{link}").code == receipt.code


@pytest.mark.parametrize(("address", "typed"), [(row[0], row[1]) for row in WRONG])
def test_a_session_that_is_gone_costs_one_more_press(visit: Visit, address: str, typed: dict[str, str]) -> None:
    page = written(visit, RUDE, address)
    visit.client.delete_cookie("__Host-session", domain="portal.test")
    again = visit.fill(page, typed, 400)
    assert list(again.errors) == ["main"]
    if address != "/report":  # the first page has no draft yet
        assert again.held("draft") == handle_of(page)
    for name, value in typed.items():
        assert again.held(name) == as_sent(value)
    assert visit.fill(again, {}, 422).errors.keys() == visit.fill(again, typed, 422).errors.keys()


def test_a_session_that_is_gone_at_the_end(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE)
    visit.client.delete_cookie("__Host-session", domain="portal.test")
    again = visit.fill(page, {}, 400)
    assert "Những gì anh/chị viết vẫn còn đây." in again.text
    assert portal.count(Report) == 0
    assert visit.fill(again, {}).address == "/report/receipt"


# Drafts.


def test_erased_is_gone_at_once(visit: Visit, portal: Portal) -> None:
    for address in ("/report/where", "/report/about", CHECK):
        page = written(visit, RUDE, address)
        assert portal.count(Draft) == 1
        assert visit.fill(page, {}, press=("do", "erase")).address == "/report/erased"
        assert portal.count(Draft) == 0
        assert visit(f"/report/where?draft={handle_of(page)}", 410).address == "/report/where"


def test_a_draft_is_gone_after_a_day(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE)
    handle = handle_of(page)
    with at(now() + timedelta(hours=23, minutes=59)):
        assert visit(f"{CHECK}?draft={handle}").address == CHECK
    with at(now() + timedelta(hours=24)):
        for address in ("/report/where", "/report/happened", "/report/about", CHECK):
            visit(f"{address}?draft={handle}", 410)
        assert visit.post(CHECK, {"draft": handle}, 410).address == CHECK
    assert portal.count(Report) == 0


def test_another_browser_opens_no_draft(visit: Visit, portal: Portal) -> None:
    own = written(visit, RUDE)
    handle = handle_of(own)
    other = visit.another()
    written(other, PRAISE, "/report/about")
    for address in ("/report/where", "/report/happened", "/report/about", CHECK):
        assert RUDE["narrative"] not in other(f"{address}?draft={handle}", 410).html
    assert RUDE["narrative"] not in other(f"/report?draft={handle}").html
    assert other.post(CHECK, {"draft": handle}, 410).address == CHECK
    assert RUDE["narrative"] not in other.post("/report/happened", {"draft": handle, "narrative": "Khác."}).html
    other.post("/report/happened", {"draft": handle, "do": "erase"})
    assert RUDE["narrative"] in visit(f"{CHECK}?draft={handle}").text
    assert portal.count(Report) == 0


def test_what_a_draft_holds_cannot_be_read_on_the_server(visit: Visit, portal: Portal) -> None:
    page = written(visit, {**RUDE, **LAN})
    stored = portal.stored()
    for word in (RUDE["narrative"], LAN["name"], LAN["phone"]):
        assert word.encode() not in stored
    assert handle_of(page).encode() not in stored
    assert visit.cookie(COOKIE).encode() not in stored


def test_two_tabs_are_two_drafts(visit: Visit, portal: Portal) -> None:
    first, second = written(visit, RUDE), written(visit, PRAISE)
    assert handle_of(first) != handle_of(second)
    assert visit.fill(first, {}).code != visit.fill(second, {}).code
    assert portal.count(Report) == 2


# Sent.


def test_a_sent_draft_answers_with_its_first_receipt(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE)
    first = visit.fill(page, {})
    draft = {"draft": handle_of(page)}
    assert visit.fill(page, {}).code == first.code
    for address in ("/report", "/report/where", "/report/happened", "/report/about", CHECK):
        edited = visit.post(address, {**draft, "narrative": "Sửa lại.", "category": "other", "agency": CITY})
        assert (edited.address, edited.code) == ("/report/receipt", first.code)
    for address in ("/report/where", "/report/happened", "/report/about", CHECK):
        assert visit(f"{address}?draft={draft['draft']}").code == first.code
    assert portal.count(Report) == 1
    assert only_case(portal)[1].narrative == RUDE["narrative"]


def test_twenty_presses_make_one_report(visit: Visit, portal: Portal) -> None:
    form = written(visit, RUDE).form().held
    gate = threading.Barrier(20)
    cookies = [(name, visit.cookie(name)) for name in (COOKIE, "__Host-session")]

    def press() -> tuple[int, str]:
        client = portal.app.test_client()
        for name, value in cookies:
            client.set_cookie(name, value, domain="portal.test")
        gate.wait()
        sent = client.post(CHECK, base_url=HOST, data=form)
        shown = client.get(sent.headers["Location"], base_url=HOST)
        return sent.status_code, Seen("", 0, shown.text, ReadPage(shown.text), shown.headers).code

    with ThreadPoolExecutor(20) as threads:
        waiting = [threads.submit(contextvars.copy_context().run, press) for _ in range(20)]
        answers = {one.result() for one in waiting}
    assert len(answers) == 1
    assert next(iter(answers))[0] == 302
    assert portal.count(Report) == portal.count(Case) == 1


def test_the_receipt_is_shown_for_ten_minutes_to_this_browser(visit: Visit) -> None:
    page = written(visit, RUDE)
    first = visit.fill(page, {})
    address = first.through[-1]
    assert "09:10, 09/03/2026" in first.text
    with at(now() + timedelta(minutes=9, seconds=59)):
        assert visit(address).code == first.code
    visit.another()(address, 410)
    with at(now() + timedelta(minutes=10)):
        assert first.code.partition("-")[0] not in visit(address, 410).html
        assert visit(f"{CHECK}?draft={handle_of(page)}", 410).status == 410


def test_the_receipt_names_its_code_in_no_address(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    receipt = filed(visit, RUDE)
    group = receipt.code.partition("-")[0]
    assert not [address for address in receipt.through if group in address]
    assert group not in str(receipt.headers)
    assert group not in caplog.text


# Whom it must not reach, and who must not be known.


@pytest.mark.parametrize("agency", ["TU", "BTVTU"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_party_committee_is_for_the_central_level(
    portal: Portal, languages: Languages, agency: str, language: str
) -> None:
    visit = Visit(portal, languages, language)
    answers = {**RUDE, **LAN, "agency": agency, "accused_role": "head"}
    about = written(visit, answers, "/report/about")
    page = visit.fill(about, {**ANONYMOUS, **LAN})
    assert page.address == CHECK
    assert visit.post(CHECK, {"draft": handle_of(page)}).heading == page.heading
    assert portal.count(Report) == portal.count(Case) == keys_stored(portal) == 0
    assert [tag for tag in page.page.all("a") if tag.has.get("href") == "/help#elsewhere"]
    other = visit.fill(page, {}, press=("lang", "en" if language == "vi" else "vi"))
    assert other.address == CHECK
    visit.fill(page, {}, press=("do", "erase"))
    assert portal.count(Draft) == 0


def test_whoever_is_not_named_has_given_no_name(visit: Visit, portal: Portal) -> None:
    typed = {**LAN, "email": "lan@thu.vn", "tax_code": "4000100001", "disclosure": "anonymous"}
    check = written(visit, {**RUDE, **typed})
    for value in ("Nguyễn Thị Lan", "0905", "lan@thu.vn", "4000100001"):
        assert value not in check.text
    filed(visit, {**RUDE, **typed})
    assert only_case(portal)[1].disclosure is Disclosure.ANONYMOUS
    stored = portal.stored()
    for value in ("Nguyễn Thị Lan", "0905123456", "0905 123 456", "lan@thu.vn", "4000100001"):
        assert value.encode() not in stored


def test_before_the_vault_nobody_can_be_named(new_portal: NewPortal, languages: Languages) -> None:
    portal = new_portal(vault=False)
    visit = Visit(portal, languages)
    page = written(visit, RUDE, "/report/about")
    assert page.form().choices["disclosure"] == ["anonymous"]
    assert not {"name", "phone", "email", "tax_code"} & set(page.form().held)
    assert "Lúc này Cổng chỉ nhận phản ánh không nêu tên" in page.text
    draft = {"draft": handle_of(page), "reporter_type": "citizen"}
    for disclosure in ("confidential", "named"):
        refused = visit.post("/report/about", {**draft, "disclosure": disclosure, "name": "Lan"}, 422)
        assert list(refused.errors) == ["disclosure"]
        assert refused.held("name") == "Lan", "what was typed is there to be taken back"
    assert visit.post(CHECK, draft, 422).address == CHECK
    assert portal.count(Report) == 0
    assert visit.fill(page, ANONYMOUS).address == CHECK
    assert visit.fill(visit(f"{CHECK}?draft={draft['draft']}"), {}).code


def test_the_vault_that_goes_while_somebody_writes(visit: Visit, portal: Portal) -> None:
    page = written(visit, {**RUDE, **LAN})
    with portal.place.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE body_key SET retired_at = created_at")
    assert list(visit.fill(page, {}, 422).errors) == ["disclosure"]
    assert portal.count(Report) == 0


def test_texts_are_shown_as_typed(visit: Visit, portal: Portal) -> None:
    typed = "<script>alert(1)</script> & ${7*7} '\"\n\n  Hai   dòng\u200b."
    page = written(visit, {**RUDE, "narrative": typed}, "/report/about")
    happened = visit(f"/report/happened?draft={handle_of(page)}")
    assert happened.held("narrative") == typed.replace("\n", "\r\n")
    check = visit.fill(page, ANONYMOUS)
    assert "<script>alert(1)</script> & ${7*7} '\"" in check.text
    visit.fill(check, {})
    assert only_case(portal)[1].narrative == typed.replace("\u200b", "")
