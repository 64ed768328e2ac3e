"""Whether it was really put right, by the API: asked and answered as on the page, in the same words, by one rule."""

from datetime import timedelta

import pytest

from portal.cases import actions
from portal.cases.story_parts import Asking
from portal.cases.words import FollowUpAnswer
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from tests.web.installing import Portal
from tests.web.program import TRACK, Program
from tests.web.stages import answered
from tests.web.test_tracking_pages import look_up
from tests.web.visiting import Visit

ANSWERING = f"{TRACK}/follow-up"
ASKED_AFTER, OVER_AFTER = timedelta(days=28), timedelta(days=80)


@pytest.fixture
def code(portal: Portal) -> str:
    """A case that was answered today."""
    return answered(portal)


def ask(portal: Portal, code: str) -> None:
    """The day has come."""
    with portal.look(code) as (session, file), transaction(session):
        assert actions.ask_follow_up(session, file)


def test_it_goes_from_to_come_to_answered_as_on_the_page(visit: Visit, portal: Portal, code: str) -> None:
    program = Program(portal.app, "vi")
    told = program.track(code)["follow_up"]
    assert (told["state"], told["choices"], told["answer"]) == ("to_come", [], None)
    shown = "/".join(reversed(told["asks_on"].split("-")))
    assert f"{shown} chúng tôi hỏi lại" in look_up(visit, code).text
    with at(now() + ASKED_AFTER):
        ask(portal, code)
        told, page = program.track(code)["follow_up"], look_up(visit.another(), code)
        assert told["state"] == "open"
        assert told["question"] in page.text
        assert [one["value"] for one in told["choices"]] == list(FollowUpAnswer)
        assert [one["value"] for one in told["choices"]] == page.form("/track/follow_up").choices["answer"]
        assert all(one["label"] in page.text for one in told["choices"])
        given = {"receipt_code": code, "answer": "no", "text": "Giấy vẫn sai tên."}
        answer = program.send(ANSWERING, given)
        assert answer.status_code == 200
        assert answer.json == program.track(code)
        told = program.track(code)["follow_up"]
        assert (told["state"], told["answer"], told["text"]) == ("answered", "no", "Giấy vẫn sai tên.")
        page = look_up(visit.another(), code)
        assert f"{told['answer_label']} Giấy vẫn sai tên." in page.text
        again = program.send(ANSWERING, given)
        assert (again.status_code, again.content_type) == (409, "application/problem+json")
    with portal.look(code) as (_, file):
        assert file.follow_up is not None
        assert file.follow_up.is_waiting, "a chief inspector reads it"


def test_what_is_wrong_is_said_as_on_the_page(visit: Visit, portal: Portal, code: str) -> None:
    program = Program(portal.app, "vi")
    with at(now() + ASKED_AFTER):
        ask(portal, code)
        page = look_up(visit, code)
        for typed in ({}, {"answer": "no"}, {"answer": "no", "text": "a" * 10_001}):
            refused = program.send(ANSWERING, {"receipt_code": code, **typed})
            seen = visit.fill(page, {"text": "", **typed}, 422, to="/track/follow_up")
            assert refused.status_code == 422
            said = {f"follow_up-{name}": words for name, words in refused.get_json()["errors"].items()}
            assert said == seen.errors
        for given, wrong in (
            ({"answer": "maybe"}, {"answer"}),
            ({"answer": 1, "text": ["x"]}, {"answer", "text"}),
            ({"answer": "yes", "mark": 5}, {"mark"}),
        ):
            refused = program.send(ANSWERING, {"receipt_code": code, **given})
            assert refused.status_code == 422
            assert refused.get_json()["errors"].keys() == wrong
        assert program.track(code)["follow_up"]["state"] == "open"


def test_nobody_answers_before_it_is_asked_nor_after_its_last_day(portal: Portal, code: str) -> None:
    program = Program(portal.app, "en")
    given = {"receipt_code": code, "answer": "yes"}
    refused = program.send(ANSWERING, given)
    assert (refused.status_code, refused.content_type) == (409, "application/problem+json")
    with at(now() + ASKED_AFTER):
        ask(portal, code)
    with at(now() + OVER_AFTER):
        assert program.track(code)["follow_up"]["state"] == "over"
        assert program.track(code)["follow_up"]["choices"] == []
        assert program.send(ANSWERING, given).status_code == 409


@pytest.mark.parametrize(("body", "status"), [({}, 422), ({"receipt_code": "7" * 25, "answer": "yes"}, 404), ([], 400)])
def test_without_a_code_nothing_is_answered(portal: Portal, body: object, status: int) -> None:
    answer = Program(portal.app).send(ANSWERING, body)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_the_description_knows_each_state_and_answer(portal: Portal) -> None:
    described = Program(portal.app).get("/api/openapi.json")
    told = described["components"]["schemas"]["Case"]["properties"]["follow_up"]["properties"]
    body = described["paths"][ANSWERING]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert told["state"]["enum"] == list(Asking)
    assert told.keys() == Program(portal.app).track(answered(portal))["follow_up"].keys()
    assert body["properties"]["answer"]["enum"] == list(FollowUpAnswer)
