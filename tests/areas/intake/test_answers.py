"""When answers are complete, what is missing, and what comes out as a filing."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.cases.filing import Filing, prepare
from portal.cases.masking import MASK
from portal.cases.words import Channel, Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole
from portal.foundation.errors import FieldErrors
from portal.identity.contact import Contact
from portal.identity.envelope import PersonalData
from portal.intake.answers import FIELDS, STEPS, collect, errors_of_step, to_filing
from tests.makers.cast import OFFICE

CONDUCT = {
    "category": "attitude.rude",
    "agency": OFFICE,
    "accused_role": "officer",
    "narrative": "Người ở quầy quát tôi.",
    "reporter_type": "citizen",
    "disclosure": "anonymous",
}
DELAY = CONDUCT | {
    "category": "delay.late_result",
    "accused_role": "none",
    "dossier_code": "000.00.35.H47-260212-0012",
    "committee_first": "no",
}


def filing(session: Session, answers: dict[str, str], *, identity_allowed: bool = True) -> Filing:
    """The filing of complete answers."""
    return to_filing(session, answers, channel=Channel.WEB, language=Language.VI, identity_allowed=identity_allowed)


def wrong(session: Session, answers: dict[str, str], *, identity_allowed: bool = True) -> set[str]:
    """The fields that are sent back; pages and the whole must agree on them."""
    with pytest.raises(FieldErrors) as refused:
        filing(session, answers, identity_allowed=identity_allowed)
    by_step: set[str] = set()
    for step in STEPS:
        by_step |= errors_of_step(session, step, answers, identity_allowed=identity_allowed).keys()
    assert refused.value.fields.keys() == by_step
    return by_step


def test_nothing_at_all(session: Session) -> None:
    assert wrong(session, {}) == {"category", "agency", "narrative", "reporter_type", "disclosure"}


def test_complete(session: Session) -> None:
    made = filing(session, DELAY | {"promised_on": "25/02/2026", "wish": " Xin sớm. ", "occurred_on": "2/3/2026"})
    assert (made.category, made.agency, made.dossier_code) == (
        "delay.late_result",
        OFFICE,
        "000.00.35.H47-260212-0012",
    )
    assert (made.promised_on, made.occurred_on, made.wish) == (date(2026, 2, 25), date(2026, 3, 2), "Xin sớm.")
    assert (made.committee_first, made.accused_role, made.contact) == (False, AccusedRole.NONE, None)
    assert (made.disclosure, made.reporter_type) == (Disclosure.ANONYMOUS, ReporterType.CITIZEN)
    assert made.identity.is_empty()


def test_with_a_name_and_a_contact(session: Session) -> None:
    more = {
        "reporter_type": "business",
        "disclosure": "confidential",
        "name": " Nguyễn  Thị Lan ",
        "phone": "+84905123456",
        "email": "LAN@thu.vn",
        "tax_code": "0100109106",
        "notify_email": "Tin@thu.vn",
    }
    made = filing(session, CONDUCT | more)
    assert made.identity == PersonalData("Nguyễn Thị Lan", "0905123456", "lan@thu.vn", "0100109106")
    assert made.contact == Contact(email="tin@thu.vn")
    assert made.reporter_type is ReporterType.BUSINESS


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"category": "nonsense"}, {"category"}),
        ({"agency": "NOWHERE"}, {"agency"}),
        ({"agency": ""}, {"agency"}),
        ({"agency": "", "area": "999"}, {"area"}),
        ({"area": "999"}, {"area"}),
        ({"procedure": "nonsense"}, {"procedure"}),
        ({"narrative": " \u200b\n "}, {"narrative"}),
        ({"narrative": "d" * 10_001}, {"narrative"}),
        ({"wish": "d" * 2_001}, {"wish"}),
        ({"elsewhere": "d" * 2_001}, {"elsewhere"}),
        ({"accused_role": ""}, {"accused_role"}),
        ({"accused_role": "king"}, {"accused_role"}),
        ({"occurred_on": "10/03/2026"}, {"occurred_on"}),  # tomorrow
        ({"occurred_on": "07/03/2026", "occurred_until": "06/03/2026"}, {"occurred_until"}),
        ({"occurred_until": "hôm nọ"}, {"occurred_until"}),
        ({"promised_on": "31/02/2026"}, {"promised_on"}),
        ({"dossier_code": "không có"}, {"dossier_code"}),
        ({"reporter_type": ""}, {"reporter_type"}),
        ({"disclosure": "secret"}, {"disclosure"}),
        ({"disclosure": "named"}, {"name"}),
        ({"disclosure": "confidential", "phone": "0905"}, {"phone"}),
        ({"name": "Lan"}, {"name"}),
        (
            {"name": "Lan", "phone": "0905123456", "email": "l@t.vn", "tax_code": "0100109106"},
            {"name", "phone", "email", "tax_code"},
        ),
        ({"disclosure": "named", "name": "d" * 201}, {"name"}),
        ({"disclosure": "named", "tax_code": "0100109107"}, {"tax_code"}),
        ({"notify_email": "tin"}, {"notify_email"}),
        ({"notify_email": "tin@thu.vn", "notify_phone": "0905123456"}, {"notify_phone"}),
    ],
)
def test_sent_back(session: Session, changes: dict[str, str], expected: set[str]) -> None:
    assert wrong(session, CONDUCT | changes) == expected


def test_ones_own_number_is_cut_out_in_its_old_form_too(session: Session) -> None:
    typed = {"disclosure": "named", "phone": "0168 812 3456", "narrative": "Gọi 01688123456, 0388 123 456 hoặc 113."}
    made = filing(session, CONDUCT | typed)
    assert made.identity.phone == "0388123456"
    assert prepare(made).narrative == f"Gọi {MASK}, {MASK} hoặc 113."


def test_the_longest_narrative_is_counted_after_cleaning(session: Session) -> None:
    made = filing(session, CONDUCT | {"narrative": " " * 500 + "đ\u200b" * 10_000 + "\n"})
    assert made.narrative == "đ" * 10_000


def test_text_is_kept_in_one_form(session: Session) -> None:
    made = filing(session, CONDUCT | {"narrative": "Nguye\u0302\u0303n\r\nkế"})
    assert made.narrative == "Nguyễn\nkế"


def test_who_goes_first_is_asked_when_it_could_go_at_once(session: Session) -> None:
    for answer in ("", "maybe"):
        assert wrong(session, DELAY | {"committee_first": answer}) == {"committee_first"}
    assert filing(session, CONDUCT | {"committee_first": "maybe"}).committee_first is False  # not asked there
    bare = {name: value for name, value in DELAY.items() if name not in ("dossier_code", "committee_first")}
    assert filing(session, bare).committee_first is False
    by_area = DELAY | {"agency": "", "area": "503", "committee_first": ""}
    assert filing(session, by_area).area == "503"
    assert filing(session, DELAY | {"committee_first": "yes"}).committee_first is True


def test_praise_accuses_nobody(session: Session) -> None:
    for category in ("praise.person", "proposal.simplify"):
        assert filing(session, CONDUCT | {"category": category}).accused_role is AccusedRole.NONE
    assert filing(session, CONDUCT | {"category": "decision.disagree", "accused_role": ""}).accused_role == "none"


def test_before_there_is_a_vault(session: Session) -> None:
    named = CONDUCT | {"disclosure": "named", "name": "Lan"}
    assert wrong(session, named, identity_allowed=False) == {"disclosure"}
    assert filing(session, CONDUCT, identity_allowed=False).identity.is_empty()


def test_every_field_belongs_to_one_page(session: Session) -> None:
    assert len(FIELDS) == len(set(FIELDS))
    assert collect(session, {}, identity_allowed=True).values.keys() == set(FIELDS)


def test_what_was_collected_is_not_printed(session: Session) -> None:
    collected = collect(session, CONDUCT | {"name": "Nguyễn Thị Lan"}, identity_allowed=True)
    assert "Lan" not in repr(collected)
