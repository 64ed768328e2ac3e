"""Filing by API: the same rules as the pages, the same receipt for the same key, errors by the name of their field."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
from nacl.signing import SigningKey
from sqlalchemy import select

from portal.cases.models import Case, Receipt, Report
from portal.cases.words import Channel, Disclosure, Language, ReporterType, Status
from portal.foundation.time import now
from portal.identity.models import NoticeContact
from portal.ledger.notes import verify_note
from tests.makers.cast import CITY, LAN
from tests.makers.settings import LEDGER_SEED, ORIGIN
from tests.web.conftest import NewPortal
from tests.web.installing import Portal
from tests.web.program import CODE, CONDUCT, DELAY, KEY, REPORTS, Program

PROCEDURE = "land.first_certificate"
NAMED: dict[str, Any] = {
    **DELAY,
    "disclosure": "named",
    "reporter": {"type": "citizen", "name": LAN.name, "phone": "+84 905 123 456", "email": LAN.email},
}


@pytest.fixture
def program(portal: Portal) -> Program:
    """A program that asks in Vietnamese."""
    return Program(portal.app)


def report(portal: Portal) -> Report:
    """The one report that there is."""
    with portal.place.session() as session:
        return session.scalars(select(Report)).one()


def test_the_receipt(program: Program, portal: Portal) -> None:
    receipt = program.file(DELAY)
    assert receipt.keys() == {"receipt_code", "filed_at", "due_on", "proof"}
    assert CODE.fullmatch(receipt["receipt_code"])
    assert datetime.fromisoformat(receipt["filed_at"]) == now()
    assert receipt["due_on"] == "2026-03-16"
    assert verify_note(receipt["proof"], ORIGIN, bytes(SigningKey(LEDGER_SEED).verify_key)) is not None
    with portal.look(receipt["receipt_code"]) as (_, file):
        assert (file.case.status, file.case.is_direct) == (Status.ACCEPTED, True)
        assert (file.report.channel, file.report.language) == (Channel.API, Language.VI)
        assert file.report.narrative == DELAY["narrative"]


def test_every_field_that_the_contract_names(program: Program, portal: Portal) -> None:
    body = {
        **NAMED,
        "agency": None,
        "area": "503",
        "procedure": PROCEDURE,
        "promised_on": "2026-02-25",
        "committee_first": True,
        "occurred_on": "2026-02-01",
        "occurred_until": "2026-03-01",
        "accused_role": "none",
        "wish": "Xin trả kết quả.",
        "elsewhere": "Đã hỏi tổng đài.",
        "language": "en",
        "notify": {"email": "tin.lan@thu.vn"},
        "reporter": {"type": "business", "name": "Cửa hàng Lan", "tax_code": "0100109106"},
    }
    program.file(body)
    made = report(portal)
    assert (made.agency_id, made.area_code, made.procedure) == (None, "503", PROCEDURE)
    assert (made.promised_on, made.occurred_on, made.occurred_until) == (
        date(2026, 2, 25),
        date(2026, 2, 1),
        date(2026, 3, 1),
    )
    assert (made.committee_first, made.wish, made.elsewhere) == (True, body["wish"], body["elsewhere"])
    assert (made.language, made.disclosure) == (Language.EN, Disclosure.NAMED)
    assert made.reporter_type is ReporterType.BUSINESS
    assert portal.count(NoticeContact) == 1


def test_the_least_that_is_enough(program: Program, portal: Portal) -> None:
    least = {name: DELAY[name] for name in ("category", "agency", "narrative", "disclosure")}
    program.file(least)
    assert (report(portal).accused_role, report(portal).reporter_type) == ("none", "citizen")


def test_sent_again_it_is_the_same_receipt(program: Program, portal: Portal) -> None:
    receipt = program.file(NAMED)
    assert program.file(dict(reversed(NAMED.items()))) == receipt
    assert program.file({**NAMED, "wish": None, "committee_first": False}) == receipt
    assert portal.count(Report) == portal.count(Receipt) == 1


def test_another_body_or_another_key_is_another_report(program: Program, portal: Portal) -> None:
    codes = {program.file(DELAY)["receipt_code"]}
    codes.add(program.file({**DELAY, "wish": "Xin sớm."})["receipt_code"])
    codes.add(program.file(DELAY, key=KEY + "2")["receipt_code"])
    assert len(codes) == portal.count(Report) == 3


def test_twenty_calls_at_once_make_one_report(portal: Portal) -> None:
    gate = threading.Barrier(20)

    def call() -> Any:
        program = Program(portal.app)
        gate.wait()
        return program.file(DELAY)

    with ThreadPoolExecutor(20) as threads:
        receipts = [future.result() for future in [threads.submit(call) for _ in range(20)]]
    assert all(receipt == receipts[0] for receipt in receipts)
    assert portal.count(Report) == portal.count(Case) == portal.count(Receipt) == 1


def test_without_a_key_nothing_is_filed(program: Program, portal: Portal) -> None:
    wrong = ("", "k" * 19, "k" * 256, "k" * 19 + " ", "k" * 19 + "é", "k" * 10 + "\t" + "k" * 10)
    for key in wrong:
        assert "Idempotency-Key" in program.file(DELAY, 400, key)["detail"], key
    assert portal.count(Report) == 0
    for key in ("k" * 20, "k" * 255, "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"):
        program.file(DELAY, key=key)
    assert portal.count(Report) == 3


WRONG: list[tuple[dict[str, Any], set[str]]] = [
    ({"category": "nonsense"}, {"category"}),
    ({"category": None}, {"category"}),
    ({"category": 5}, {"category"}),
    ({"agency": None}, {"agency"}),
    ({"agency": "NOWHERE"}, {"agency"}),
    ({"agency": None, "area": "999"}, {"area"}),
    ({"agency": ["H-HA"]}, {"agency"}),
    ({"procedure": "nonsense"}, {"procedure"}),
    ({"narrative": ""}, {"narrative"}),
    ({"narrative": "đ" * 10_001}, {"narrative"}),
    ({"wish": "đ" * 2_001}, {"wish"}),
    ({"promised_on": "31/02/2026"}, {"promised_on"}),
    ({"occurred_on": "2026-03-10"}, {"occurred_on"}),
    ({"occurred_on": 20260301}, {"occurred_on"}),
    ({"dossier_code": "không có"}, {"dossier_code"}),
    ({"accused_role": "king"}, {"accused_role"}),
    ({"committee_first": "yes"}, {"committee_first"}),
    ({"committee_first": None}, {"committee_first"}),
    ({"language": "fr"}, {"language"}),
    ({"disclosure": "secret"}, {"disclosure"}),
    ({"disclosure": "named"}, {"reporter.name"}),
    ({"disclosure": "confidential", "reporter": {"type": "citizen"}}, {"reporter.name"}),
    ({"reporter": {"type": "citizen", "name": "Lan"}}, {"reporter.name"}),
    ({"reporter": {"type": "king"}}, {"reporter.type"}),
    ({"reporter": "Lan"}, {"reporter"}),
    ({"reporter": {"age": 5}}, {"reporter.age"}),
    ({"disclosure": "named", "reporter": {"phone": "0905", "email": "lan"}}, {"reporter.phone", "reporter.email"}),
    ({"disclosure": "named", "reporter": {"tax_code": "0100109107"}}, {"reporter.tax_code"}),
    ({"notify": {"email": "tin"}}, {"notify.email"}),
    ({"notify": {"email": "tin@thu.vn", "phone": "0905123456"}}, {"notify.phone"}),
    ({"notify": ["tin@thu.vn"]}, {"notify"}),
    ({"severity": 1}, {"severity"}),
    ({"status": "closed", "case_id": 1}, {"status", "case_id"}),
]


def test_each_field_says_what_is_wrong_with_it(portal: Portal) -> None:
    vietnamese, english = Program(portal.app, "vi"), Program(portal.app, "en-GB,en;q=0.9")
    for changes, wrong in WRONG:
        one, other = vietnamese.file({**DELAY, **changes}, 422), english.file({**DELAY, **changes}, 422)
        assert one["errors"].keys() == other["errors"].keys() == wrong, changes
        for name in wrong:
            assert one["errors"][name], changes
            assert one["errors"][name] != other["errors"][name], changes
        assert one["title"] != other["title"]
    assert portal.count(Report) == 0


def test_everything_that_is_wrong_is_said_at_once(program: Program) -> None:
    problem = program.file({"narrative": 5, "agency": "NOWHERE", "colour": "red"}, 422)
    assert problem["errors"].keys() == {"category", "narrative", "agency", "disclosure", "colour"}


def test_what_is_no_object(program: Program, portal: Portal) -> None:
    for body in (b"", b"{", b"[]", b"null", b'"text"', b"5", b"\xff\xfe", b"[" * 100_000):
        program.send_bytes(REPORTS, body, "application/json", 400)
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        program.send_bytes(REPORTS, b"{}", content_type, 415)
    assert portal.count(Report) == 0


def test_too_large(program: Program, portal: Portal) -> None:
    program.send_bytes(REPORTS, b" " * (portal.app.config["MAX_CONTENT_LENGTH"] + 1), "application/json", 413)
    at_the_edge = b" " * portal.app.config["MAX_CONTENT_LENGTH"]
    program.send_bytes(REPORTS, at_the_edge, "application/json", 400)


def test_about_the_party_committee(portal: Portal) -> None:
    for language, says in (("vi", "cấp trung ương"), ("en", "the central level")):
        problem = Program(portal.app, language).file({**CONDUCT, "agency": "TU"}, 422)
        assert says in problem["detail"]
        assert problem["errors"].keys() == {"agency"}
        assert problem["elsewhere"]["code"] == "central_inspection"
        assert problem["elsewhere"]["guidance"]
    assert portal.count(Report) == 0


def test_an_identity_before_the_vault(new_portal: NewPortal) -> None:
    portal = new_portal(vault=False)
    program = Program(portal.app)
    assert program.file(NAMED, 409)["detail"]
    assert portal.count(Report) == 0
    wrong = program.file({**NAMED, "narrative": ""}, 422)
    assert wrong["errors"].keys() == {"narrative"}
    program.file(DELAY)


def test_no_identity_is_in_the_databases(program: Program, portal: Portal) -> None:
    program.file(
        {
            **NAMED,
            "narrative": f"Tôi là {LAN.name}, số 0905.123.456. Hồ sơ quá hẹn.",
            "notify": {"phone": "0935 765 432"},
        }
    )
    stored = portal.stored()
    for secret in (LAN.name, LAN.email, "0905123456", "905.123.456", "0935765432"):
        assert secret.encode() not in stored
    assert "Hồ sơ quá hẹn.".encode() in stored


def test_the_code_is_nowhere_in_the_databases(program: Program, portal: Portal) -> None:
    code = program.file(DELAY)["receipt_code"]
    stored = portal.stored()
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored


def test_conduct_waits_for_an_inspector(program: Program, portal: Portal) -> None:
    receipt = program.file(CONDUCT)
    assert receipt["due_on"] == "2026-03-11"
    with portal.look(receipt["receipt_code"]) as (_, file):
        assert file.case.status is Status.RECEIVED
        assert CITY not in {one.agency.code for one in file.referrals}
