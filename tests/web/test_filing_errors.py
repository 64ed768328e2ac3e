"""Every field of the filing pages, wrong, in both languages: told on top and at the field, with what was typed kept.

The prefix of the title, and that nothing is in the wrong language, is checked of every page that a Visit gets.
"""

import pytest

from portal.intake.answers import FIELDS
from tests.makers.cast import OFFICE
from tests.web.hygiene import Languages, flat
from tests.web.installing import Portal
from tests.web.markup import Tag
from tests.web.visiting import CHECK, STEPS, Seen, Visit, handle_of, written

RUDE = {
    "category": "attitude.rude",
    "agency": OFFICE,
    "narrative": "Người ở quầy quát tôi.",
    "accused_role": "officer",
}
DELAY = {
    "category": "delay.late_result",
    "agency": OFFICE,
    "narrative": "Hồ sơ quá hẹn.",
    "dossier_code": "H47-12",
    "committee_first": "no",
}
ADDRESS = {name: address for address, names in STEPS.items() for name in names}
# Field, what is typed into the page (the others stay as they are), and whether a browser's page can hold it.
WRONG: tuple[tuple[str, dict[str, str], bool], ...] = (
    ("category", {}, True),
    ("category", {"category": "no.such"}, False),
    ("agency", {"agency_name": "nơi nào đó"}, True),
    ("agency", {"agency": "NOPE"}, False),
    ("area", {"agency": "unknown", "area": ""}, True),
    ("area", {"agency": "unknown", "area": "province"}, True),
    ("area", {"agency": "", "area": "999"}, False),
    ("procedure", {"agency": OFFICE, "procedure": "no.such"}, False),
    ("narrative", {"narrative": " \n\u200b"}, True),
    ("narrative", {"narrative": "đ" * 10_001}, True),
    ("occurred_on", {"occurred_on": "31/02/2026"}, True),
    ("occurred_on", {"occurred_on": "ngày mai"}, True),
    ("occurred_on", {"occurred_on": "rằm tháng giêng"}, True),
    ("occurred_on", {"occurred_on": "1/1/1950"}, True),
    ("occurred_on", {"occurred_on": "1/1/50"}, True),
    ("occurred_on", {"occurred_on": "thứ ba 3/11"}, True),
    ("occurred_on", {"occurred_on": "tuần trước"}, True),
    ("occurred_until", {"occurred_until": "hôm nọ"}, True),
    ("occurred_until", {"occurred_on": "hôm qua", "occurred_until": "hôm kia"}, True),
    ("accused_role", {"accused_role": "mayor"}, False),
    ("dossier_code", {"dossier_code": "không có số"}, True),
    ("promised_on", {"promised_on": "thứ sáu"}, True),
    ("committee_first", {"committee_first": "maybe"}, False),
    ("wish", {"wish": "b" * 2_001}, True),
    ("elsewhere", {"elsewhere": "c" * 2_001}, True),
    ("first_code", {"first_code": "12345", "protection": "no"}, True),
    ("fears", {"fears": "c" * 2_001}, True),
    ("reporter_type", {"disclosure": "anonymous"}, True),
    ("disclosure", {"reporter_type": "citizen"}, True),
    ("name", {"reporter_type": "citizen", "disclosure": "named"}, True),
    ("name", {"reporter_type": "citizen", "disclosure": "named", "name": "d" * 201}, True),
    ("phone", {"reporter_type": "citizen", "disclosure": "named", "phone": "0905"}, True),
    ("email", {"reporter_type": "citizen", "disclosure": "confidential", "email": "lan@"}, True),
    ("email", {"reporter_type": "citizen", "disclosure": "confidential", "email": "nguyễn@thu.vn"}, True),
    ("tax_code", {"reporter_type": "business", "disclosure": "named", "tax_code": "123"}, True),
    ("notify_email", {"reporter_type": "citizen", "disclosure": "anonymous", "notify_email": "tin"}, True),
    ("notify_phone", {"reporter_type": "citizen", "disclosure": "anonymous", "notify_phone": "113"}, True),
    (
        "notify_phone",
        {
            "reporter_type": "citizen",
            "disclosure": "anonymous",
            "notify_email": "tin@thu.vn",
            "notify_phone": "0905123456",
        },
        True,
    ),
)


def with_id(page: Seen, wanted: str) -> Tag:
    """The one tag of the page with this id."""
    found = [tag for tag in page.page.tags if tag.has.get("id") == wanted]
    assert len(found) == 1, f"{len(found)} tags with the id {wanted}"
    return found[0]


def check_told(page: Seen, name: str) -> str:
    """The field is named on top, and says the same beside itself, to those who look and to those who listen."""
    said = page.errors[name]
    assert said.endswith("."), said
    beside = with_id(page, f"{name}-error")
    assert flat(beside.words).endswith(said), beside.words
    control = with_id(page, name)
    question = [control, *(tag for tag in control.within if tag.name == "fieldset")]
    assert any(f"{name}-error" in (tag.has.get("aria-describedby") or "").split() for tag in question), name
    if control.has.get("type") != "radio":
        assert control.has.get("aria-invalid") == "true", name
    return said


def on_its_page(portal: Portal, languages: Languages, language: str, name: str) -> tuple[Visit, Seen]:
    """A browser on the page of a field, with everything before it answered."""
    visit = Visit(portal, languages, language)
    if name not in ("dossier_code", "promised_on", "committee_first"):
        return visit, written(visit, RUDE, ADDRESS[name])
    page = written(visit, DELAY, ADDRESS[name])
    return visit, visit.fill(page, {"agency_name": OFFICE}, press=("find", "agency"))


@pytest.mark.parametrize(("name", "typed", "by_hand"), WRONG)
def test_the_field_says_it_and_what_was_typed_stays(
    portal: Portal, languages: Languages, name: str, typed: dict[str, str], by_hand: bool
) -> None:
    said: set[str] = set()
    for language in ("vi", "en"):
        visit, page = on_its_page(portal, languages, language, name)
        whole = {**{one: value[0] for one, value in page.form().held.items() if value}, **typed}
        if ADDRESS[name] == "/report/happened":
            whole = {**whole, **{one: RUDE[one] for one in ("narrative", "accused_role")}, **typed}
        whole |= {"dossier_code": "H47-12"} if name == "committee_first" else {}
        refused = visit.fill(page, whole, 422) if by_hand else visit.post(page.form().action, whole, 422)
        assert list(refused.errors) == [name]
        said.add(check_told(refused, name))
        if by_hand:
            again = visit(f"{ADDRESS[name]}?draft={handle_of(refused)}")
            for one, value in typed.items():
                assert refused.held(one) == again.held(one) == value.replace("\n", "\r\n"), one
    assert len(said) == 2, "said in each language"


def test_each_field_is_in_the_table() -> None:
    assert {name for name, _, _ in WRONG} == set(FIELDS) - {"protection"}  # asked of who gives a code that is one


@pytest.mark.parametrize("language", ["vi", "en"])
def test_errors_come_in_the_order_of_the_page(portal: Portal, languages: Languages, language: str) -> None:
    """All at once: the summary leads down the page, not up and down."""
    wrong = {
        "/report/where": {"agency_name": "x", "dossier_code": "x", "promised_on": "x"},
        "/report/happened": {
            "narrative": "",
            "occurred_on": "hôm nọ",
            "occurred_until": "hôm nọ",
            "wish": "b" * 2_001,
            "elsewhere": "c" * 2_001,
        },
        "/report/about": {
            "disclosure": "named",
            "name": "d" * 201,
            "phone": "1",
            "email": "x",
            "notify_email": "x",
            "notify_phone": "1",
        },
    }
    for address, typed in wrong.items():
        visit = Visit(portal, languages, language)
        refused = visit.fill(written(visit, DELAY, address), typed, 422)
        places = [str(tag.has.get("id")) for tag in refused.page.tags]
        assert len(refused.errors) >= len(typed)
        assert list(refused.errors) == sorted(refused.errors, key=places.index)
        for name in refused.errors:
            check_told(refused, name)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_check_leads_to_the_field_that_became_wrong(portal: Portal, languages: Languages, language: str) -> None:
    visit = Visit(portal, languages, language)
    page = written(visit, RUDE)
    visit.post("/report/happened", {"draft": handle_of(page), "narrative": ""}, 422)
    check_told(visit(f"{CHECK}?draft={handle_of(page)}", 422), "narrative")
