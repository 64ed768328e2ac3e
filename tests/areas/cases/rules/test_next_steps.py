"""Which remedies are open: an example for every situation of the data, and what holds for any case at all."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases import deadlines
from portal.cases.next_steps import (
    COMPLAINT_LACKED_FORM,
    DENUNCIATION_LACKED_FORM,
    NO_COMPLAINT,
    TO_COURT,
    Fit,
    Standing,
    fit,
    last_day,
)
from portal.cases.words import Status
from portal.catalogue.words import Kind, Situation, Track, Unit
from tests.areas.cases.rules.deadline_checks import Rule, listed_calendar
from tests.areas.cases.rules.next_step_cases import EXAMPLES, it_is
from tests.areas.catalogue.files import cells

ROWS = cells("next_steps")
DAYS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)
GROUNDS = [row["code"] for row in cells("refusal_grounds")]


def open_to(standing: Standing) -> dict[str, str]:
    """The steps that are open, and how surely."""
    found = {row["code"]: fit(Situation(row["when"]), row["track"], standing) for row in ROWS}
    return {code: how.value for code, how in found.items() if how is not None}


@pytest.mark.parametrize(("standing", "steps"), [one[1:] for one in EXAMPLES], ids=[one[0] for one in EXAMPLES])
def test_what_is_open(standing: Standing, steps: dict[str, str]) -> None:
    assert open_to(standing) == steps


def test_the_examples_meet_every_step_but_the_one_for_a_lost_code() -> None:
    met = {code for _, standing, _ in EXAMPLES for code in open_to(standing)}
    assert met == {row["code"] for row in ROWS} - {"lost_code.new_code"}


def test_grounds_and_topics_are_of_the_catalogue() -> None:
    grounds = NO_COMPLAINT | COMPLAINT_LACKED_FORM | DENUNCIATION_LACKED_FORM | TO_COURT
    assert grounds <= set(GROUNDS)
    topics = {row["code"].rpartition(".")[2] for row in cells("categories")}
    assert {Situation.RETALIATION, Situation.EXTRA_FEE} <= topics
    assert not (set(Situation) - {Situation.RETALIATION, Situation.EXTRA_FEE}) & topics


STANDINGS = st.builds(
    Standing,
    status=st.sampled_from(Status),
    track=st.sampled_from(Track),
    may_become=st.sampled_from(Track),
    kind=st.sampled_from(Kind),
    topic=st.sampled_from(["", "rude", "retaliation", "extra_fee"]),
    is_overdue=st.booleans(),
    has_answer=st.booleans(),
    refused_by=st.sampled_from(["", *GROUNDS]),
    moves=st.frozensets(st.sampled_from(["ask_review", "appeal", "reply", "withdraw"])),
    committee_first=st.booleans(),
    dossier_days_late=st.none() | st.integers(0, 400),
    has_dossier=st.booleans(),
)


@given(STANDINGS)
def test_what_holds_for_any_case(standing: Standing) -> None:
    steps = open_to(standing)
    assert steps["data_request.form"] == Fit.IF_SO, "one's data are always one's own"
    assert "lost_code.new_code" not in steps, "whoever sees the list has the code"
    for row in ROWS:
        how = steps.get(row["code"])
        if row["when"] in ("late", "refused", "closed_not_put_right") and how:
            assert row["track"] == standing.track, "another law's remedy waits for the signed form"
            assert how == Fit.NOW
    assert not standing.committee_first or steps.get("filed_delay.ask_office") != Fit.NOW
    both = {"answered_not_satisfied.feedback", "closed_not_put_right.feedback"}
    assert not both <= steps.keys(), "asking for a review and for a reopening exclude each other"
    if standing.refused_by in NO_COMPLAINT:
        assert not {"wants_formal_complaint.form", "second_complaint.form", "refused.complaint"} & steps.keys()


@pytest.mark.parametrize(("kind", "status"), list(product((Kind.COMMENDATION, Kind.PROPOSAL), Status)))
def test_praise_and_proposals_call_for_nothing(kind: Kind, status: Status) -> None:
    track = Track(kind.value)
    assert set(open_to(it_is(status, kind, track, track=track, has_answer=True))) == {"data_request.form"}


CALENDAR = listed_calendar(deadlines)


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(1, 90), st.sampled_from(DAYS))
def test_the_last_day_is_the_rules_own(began: date, amount: int, unit: Unit) -> None:
    rule = Rule(amount, unit)
    standing = it_is(Status.ANSWERED, began={"answer_visible": began})
    until = last_day(rule, "answer_visible", standing, CALENDAR)
    assert until == deadlines.due_on(rule, began, CALENDAR)
    assert until is not None
    assert until >= began + timedelta(days=amount)
    assert last_day(rule, "decision_known", standing, CALENDAR) is None, "only the reporter knows when it began"
