"""What the API tells: one's own case by its code, what can be reported, health, and what will come later."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions import reply
from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash
from portal.demo.models import DemoLoad
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.jobs.queue import note_seen
from tests.makers.cast import CITY, OFFICE
from tests.makers.days import on
from tests.makers.filings import a_conduct_report, a_delay
from tests.makers.settings import CODE_KEY
from tests.web.installing import Portal
from tests.web.program import DELAY, TRACK, Program
from tests.web.worlds import HOST

ANSWER = {"finding": "upheld", "remedy": "apology_letter", "text": "Văn phòng xin lỗi chị."}


@pytest.fixture
def program(portal: Portal) -> Program:
    """A program that asks in Vietnamese."""
    return Program(portal.app)


def test_a_case_from_filing_to_answer(program: Program, portal: Portal) -> None:
    receipt = program.file(DELAY)
    code = receipt["receipt_code"]
    told = program.track(code)
    assert told.keys() >= {"status", "status_label", "filed_at", "due_on", "overdue", "timeline", "messages"}
    assert (told["status"], told["status_label"]) == ("accepted", "Đã thụ lý")
    assert (told["filed_at"], told["due_on"], told["overdue"]) == (receipt["filed_at"], "2026-03-16", False)
    assert [line["kind"] for line in told["timeline"]] == ["report_filed", "case_accepted"]
    assert [one["from"] for one in told["messages"]] == ["reporter"]
    assert told["answer"] is None
    with on(date(2026, 3, 17)):
        assert program.track(code)["overdue"] is True
    portal.staff(code, "quy", "ask", text="Hồ sơ nộp ngày nào?")
    told = program.track(code)
    assert told["status"] == "waiting_for_reporter"
    assert (told["messages"][-1]["kind"], told["messages"][-1]["text"]) == ("question", "Hồ sơ nộp ngày nào?")
    with portal.place.session() as session, transaction(session):
        file = file_by_code(session, code_hash(CODE_KEY, code))
        assert file is not None
        reply(session, file, text="Ngày mùng 3.")
    portal.staff(code, "quy", "answer", **ANSWER)
    told = program.track(code)
    assert (told["status"], told["due_on"]) == ("answered", "2026-03-30")
    assert told["answer"]["text"] == ANSWER["text"]
    assert "Hội An" in told["answer"]["from"]
    assert told["timeline"][-1]["kind"] == "case_answered"


def test_in_english(portal: Portal) -> None:
    code = portal.file(a_conduct_report())
    told = Program(portal.app, "en").track(code)
    assert told["status_label"] == "Received"
    assert [clock["state"] for clock in told["clocks"]] == ["running"]
    assert all(clock["law"] and clock["what"] for clock in told["clocks"])


def test_a_refusal_says_why_and_where_to_go(program: Program, portal: Portal) -> None:
    code = portal.file(a_conduct_report())
    portal.staff(code, "minh", "refuse", ground="not_competent", text="Việc này do nơi khác giải quyết.")
    guidance = program.track(code)["guidance"]
    assert guidance["text"] == "Việc này do nơi khác giải quyết."
    assert guidance["name"]
    assert guidance["citation"]


def test_what_staff_say_among_themselves_is_not_told(program: Program, portal: Portal) -> None:
    code = portal.file(a_conduct_report())
    portal.staff(code, "minh", "accept")
    portal.staff(code, "minh", "clear", text="Bản che riêng cho cơ quan.")
    portal.staff(code, "minh", "verify")
    portal.staff(code, "minh", "conclude", **ANSWER)
    portal.staff(code, "hanh", "send_back", text="Chưa được, sửa lại.")
    told = json.dumps(program.track(code), ensure_ascii=False)
    for secret in (
        "Bản che riêng",
        ANSWER["text"],
        "sửa lại",
        portal.reference(code),
        "Trần Quang Minh",
        "Lê Thị Hạnh",
    ):
        assert secret not in told


def test_a_code_as_people_type_it(program: Program, portal: Portal) -> None:
    code = portal.file(a_delay())
    groups = [code[at_ : at_ + 5] for at_ in range(0, 25, 5)]
    for typed in (code, code.lower(), " ".join(groups), " – ".join(groups), code.replace("0", "o").replace("1", "l")):
        assert program.track(typed)["status"] == "accepted"


def test_an_unknown_code(portal: Portal) -> None:
    vietnamese, english = Program(portal.app, "vi"), Program(portal.app, "en")
    for code in ("", "7" * 25, "7" * 24, "đ" * 25, "'; DROP TABLE report; --"):
        assert vietnamese.track(code, 404)["title"] != english.track(code, 404)["title"]
    for wrong in (None, 5, ["7" * 25], {"a": 1}, "7" * 201):
        assert vietnamese.track(wrong, 422)["errors"].keys() == {"receipt_code"}


def test_a_code_in_the_address_is_not_looked_at(program: Program, portal: Portal) -> None:
    code = portal.file(a_delay())
    answer = program.send(f"{TRACK}?receipt_code={code}", {})
    assert answer.status_code == 422
    assert program.client.get(f"{TRACK}?receipt_code={code}", base_url=HOST).status_code == 405


def test_what_can_be_reported(program: Program) -> None:
    listed = program.get("/api/v1/categories")
    assert listed.keys() == {"items", "next"}
    assert listed["next"] is None
    by_code = {item["code"]: item for item in listed["items"]}
    assert len(by_code) == len(listed["items"]) == 25
    rude = by_code["attitude.rude"]
    assert (rude["kind"], rude["track"]) == ("conduct", "feedback")
    assert rude["name"] == {"vi": "Thái độ hách dịch, thiếu tôn trọng", "en": "Rude or overbearing attitude"}


def test_the_bodies_of_today(program: Program) -> None:
    listed = program.get("/api/v1/agencies")
    by_code = {item["code"]: item for item in listed["items"]}
    assert (len(listed["items"]), listed["next"]) == (307, None)
    assert by_code[OFFICE]["parent"] == CITY
    assert by_code[OFFICE]["area"] == "503"
    after = program.get(f"/api/v1/agencies?after={listed['items'][299]['code']}")
    assert after["items"] == listed["items"][300:]
    program.get("/api/v1/agencies?after=NOWHERE", 404)


def test_pages_of_bodies_join(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = program.get("/api/v1/agencies")["items"]
    monkeypatch.setattr("portal.web.api.lists.PAGE", 100)
    found, page = [], program.get("/api/v1/agencies")
    while True:
        found += page["items"]
        if page["next"] is None:
            break
        assert len(page["items"]) == 100
        page = program.get(f"/api/v1/agencies?after={page['next']}")
    assert found == everything


def test_the_process_is_up(program: Program) -> None:
    assert program.get("/healthz") == {"status": "ok"}


@pytest.fixture
def ready(program: Program, portal: Portal) -> Program:
    """A portal with everything that serving needs."""
    with portal.place.session() as session:
        note_seen(session)
    assert program.get("/readyz")["status"] == "ready"
    return program


def test_not_ready_without_a_worker(ready: Program) -> None:
    with at(now() + timedelta(minutes=2)):
        checks = ready.get("/readyz", 503)["checks"]
    assert {name for name, passed in checks.items() if not passed} == {"worker"}


def test_not_ready_while_demo_data_are_loading(ready: Program, portal: Portal) -> None:
    with portal.place.session() as session, transaction(session):
        session.add(DemoLoad(reports=10, seed=1, started_at=now()))
    assert ready.get("/readyz", 503)["checks"]["demo"] is False
    with portal.place.session() as session, transaction(session):
        session.scalars(select(DemoLoad)).one().finished_at = now()
    assert ready.get("/readyz")["checks"]["demo"] is True


def test_not_ready_before_the_newest_migration(ready: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.web.api.health.HEADS", {"9999"})
    assert ready.get("/readyz", 503)["checks"]["migrations"] is False


def test_not_ready_without_the_key_store(ready: Program, portal: Portal) -> None:
    with portal.place.key_store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE key_store_version")
    assert ready.get("/readyz", 503)["checks"]["key_store"] is False


def test_no_release_is_frozen_yet(program: Program) -> None:
    assert program.get("/open-data/releases.json") == {"items": [], "next": None}


def test_the_ledger_says_honestly_that_it_is_not_published(program: Program) -> None:
    for address in ("checkpoint?", "entries?from=0&to=9&", "proof/inclusion?", "proof/consistency?"):
        assert "sổ" in program.get(f"/transparency/{address}", 404)["detail"]
        answer = program.client.get(f"/transparency/{address}lang=en", base_url=HOST)
        assert "log" in answer.get_json()["detail"]


def test_the_description_names_every_address_and_fits(program: Program, portal: Portal) -> None:
    described = program.get("/api/openapi.json")
    assert described["openapi"] == "3.1.0"
    served = {
        (rule.rule, method.lower())
        for rule in portal.app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
        if rule.rule.startswith("/api/v1/")
    }
    assert {(path, method) for path, methods in described["paths"].items() for method in methods} >= served
    example = described["paths"]["/api/v1/reports"]["post"]["requestBody"]["content"]["application/json"]["example"]
    program.file(example)
