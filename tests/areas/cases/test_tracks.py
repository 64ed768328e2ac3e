"""Tracks and signed forms: which clock stops, which one starts, by which law; and what the reporter is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.actions.tracks import followed
from portal.cases.casefile import CaseFile, events_of
from portal.cases.concluding import Details
from portal.cases.conversions import TO_COMPLAINT, TO_DENUNCIATION, TO_INFORMATION, TO_PROPOSAL, conversions
from portal.cases.events import FORM_LODGED
from portal.cases.open_steps import open_steps
from portal.cases.story import story_of
from portal.cases.words import Audience, Disclosure
from portal.catalogue.words import Kind, Track
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.foundation.time import today
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.makers.cases import Story, again
from tests.makers.cast import PROVINCE, viewer_for
from tests.makers.days import MONDAY, on

pytestmark = pytest.mark.both


def made(story: Story, file: CaseFile, name: str, **given: object) -> CaseFile:
    """Minh makes a move; the events still tell all of the case."""
    minh = story.cast.minh
    getattr(actions, name)(story.session, file, minh, viewer_for(story.session, minh), **given)
    file = again(story.session, file)
    events = events_of(story.session, file.case, frozenset(Audience))
    assert replayed_clocks(events) == stored_clocks(file)
    assert replayed_case(events) == stored_case(story.session, file)
    return file


def lodged(story: Story, file: CaseFile, form: str = "complaint", day: date | None = None) -> CaseFile:
    return made(story, file, "record_form", form=form, body=PROVINCE, number="12/TCD", lodged_on=day or today())


def running(file: CaseFile) -> dict[str, tuple[str, date, date]]:
    found = [(one, rule) for one, rule in file.clocks if one.met_at is None and one.stopped_at is None]
    return {one.starts: (rule.code, one.started_on, one.due_on) for one, rule in found}


def accepted(story: Story) -> CaseFile:
    return story.minh_accepts(story.conduct_report())


def test_another_track_counts_from_the_same_day_with_the_same_pauses(story: Story) -> None:
    file = story.minh_asks(accepted(story))
    with on(date(2026, 3, 16)):
        file = story.lan_replies(file)
        before = running(file)["answer"]
        said = {(one.clock.starts, one.due_on) for one in followed(story.session, file, Track.PROPOSAL)}
        file = made(story, file, "change_track", track="proposal", text="Đây là kiến nghị.")
        code, started_on, due = running(file)["answer"]
        assert said == {(starts, row[2]) for starts, row in running(file).items()}, "as the page had said"
        assert (code, started_on) == ("proposal.answer", before[1])
        assert due == before[2], "both laws give fifteen working days, and the week of waiting counts for neither"
        file = made(story, file, "change_track", track="commendation", text="Đây là lời khen.")
        assert running(file)["answer"][0] == "commendation.thanks"
        assert running(file)["answer"][2] < before[2]
    assert [one.kind for one in story_of(story.session, file, "vi").timeline][-1] == "track_changed"


@pytest.mark.parametrize("track", ["complaint", "denunciation", "feedback", "", "x"])
def test_a_track_that_needs_a_signature_is_not_chosen_by_hand(story: Story, track: str) -> None:
    with pytest.raises(FieldErrors) as wrong:
        made(story, accepted(story), "change_track", track=track, text="Vì sao.")
    assert list(wrong.value.fields) == ["track"]


@pytest.mark.parametrize(
    ("form", "day", "acceptance", "due", "settlement", "last"),
    [
        (
            "complaint",
            date(2026, 3, 10),
            "complaint.accept_until_2026",
            date(2026, 3, 20),
            "complaint.first",
            date(2026, 4, 20),
        ),
        ("complaint", date(2026, 7, 6), "complaint.accept", date(2026, 7, 15), "complaint.first", date(2026, 8, 14)),
        (
            "second_complaint",
            date(2026, 7, 6),
            "complaint.second_accept",
            date(2026, 7, 15),
            "complaint.second",
            date(2026, 9, 3),
        ),
        (
            "denunciation",
            date(2026, 7, 6),
            "denunciation.initial",
            date(2026, 7, 15),
            "denunciation.resolve",
            date(2026, 8, 14),
        ),
    ],
)
def test_the_law_of_the_day_runs_from_the_day_of_lodging(
    story: Story, form: str, day: date, acceptance: str, due: date, settlement: str, last: date
) -> None:
    file = accepted(story)
    assert set(running(file)) == {"answer", "forward"}, "until the form is lodged the clock of feedback runs"
    with on(day):
        file = lodged(story, file, form)
        assert running(file) == {"acceptance": (acceptance, day, due)}
        assert file.case.track == (Track.DENUNCIATION if form == "denunciation" else Track.COMPLAINT)
        with pytest.raises(NotAllowed):
            lodged(story, file, form)
    with on(due):
        file = made(story, file, "record_step", step="accepted", done_on=due)
        assert running(file) == {"settlement": (settlement, due, last)}, "a last day off ends with the next working day"
    with on(last):
        file = made(story, file, "record_step", step="settled", done_on=last, number="99/QĐ")
    assert running(file) == {}
    [clock] = [one for one, _ in file.clocks if one.starts == "settlement"]
    assert clock.met_at is not None


@pytest.mark.parametrize(
    ("form", "condition", "acceptance", "settlement", "last"),
    [
        ("complaint", "remote", "complaint.accept", "complaint.first_remote", date(2026, 9, 3)),
        ("second_complaint", "remote", "complaint.second_accept", "complaint.second_remote", date(2026, 9, 14)),
        ("denunciation", "verify", "denunciation.initial_verify", "denunciation.resolve", date(2026, 8, 14)),
    ],
)
def test_a_condition_of_the_law_makes_its_own_time_longer(
    story: Story, form: str, condition: str, acceptance: str, settlement: str, last: date
) -> None:
    file, day = accepted(story), date(2026, 7, 6)
    with on(day):
        file = made(
            story,
            file,
            "record_form",
            form=form,
            body=PROVINCE,
            number="12/TCD",
            lodged_on=day,
            condition=condition,
        )
        assert running(file)["acceptance"][0] == acceptance
        assert running(file)["acceptance"][2] == date(2026, 7, 20 if condition == "verify" else 15)
    with on(date(2026, 7, 15)):
        file = made(story, file, "record_step", step="accepted", done_on=today())
        assert running(file) == {"settlement": (settlement, today(), last)}


def test_what_is_said_at_acceptance_holds(story: Story) -> None:
    file = lodged(story, accepted(story))
    file = made(story, file, "record_step", step="accepted", done_on=MONDAY, condition="remote")
    code, _, before = running(file)["settlement"]
    assert code == "complaint.first_remote"
    file = made(story, file, "extend", clock="settlement", text="Vụ việc phức tạp.")
    assert (running(file)["settlement"][2] - before).days >= 13, "60 days in place of 45 (first_remote_complex)"


@pytest.mark.parametrize(
    ("form", "condition"), [("denunciation", "remote"), ("complaint", "verify"), ("complaint", "x")]
)
def test_no_law_is_given_the_condition_of_another(story: Story, form: str, condition: str) -> None:
    said = {"form": form, "body": PROVINCE, "number": "1", "lodged_on": MONDAY, "condition": condition}
    with pytest.raises(FieldErrors) as wrong:
        made(story, accepted(story), "record_form", **said)
    assert list(wrong.value.fields) == ["condition"]


@pytest.mark.parametrize(("condition", "days", "beside"), [("remote", 45, None), ("normal", 30, 45)])
def test_the_reporters_own_last_day_follows_the_place(
    story: Story, condition: str, days: int, beside: int | None
) -> None:
    said = {"form": "complaint", "body": PROVINCE, "number": "1", "lodged_on": MONDAY, "condition": condition}
    file = made(story, accepted(story), "record_form", **said)
    found = {"finding": "upheld", "remedy": "decision_withdrawn", "text": "Quyết định đã được thu hồi."}
    ground = Details(ground="Luật Khiếu nại 02/2011/QH13 Điều 31")
    file = story.hanh_approves(made(story, story.minh_verifies(file), "conclude", **found, details=ground))
    with on(date(2026, 3, 10)):
        steps = open_steps(story.session, again(story.session, file), "vi")
    days_told = {
        (one.last_day.normal.rule.amount, one.last_day.remote.rule.amount if one.last_day.remote else None)
        for one in steps
        if one.last_day is not None and one.last_day.normal.rule.code.startswith("complaint.second_window")
    }
    assert days_told == {(days, beside)}


def test_no_question_of_ours_stops_the_law(story: Story) -> None:
    file = story.minh_asks(lodged(story, accepted(story)))
    [clock] = [one for one, _ in file.clocks if one.starts == "acceptance"]
    assert clock.paused_on is None
    with on(date(2026, 3, 16)):
        before = clock.due_on
        file = story.lan_replies(file)
    assert running(file)["acceptance"][2] == before


def test_our_own_end_does_not_count_as_the_body_having_settled(story: Story) -> None:
    file = made(
        story, lodged(story, accepted(story)), "refuse", ground="not_competent", text="Nơi nhận đơn giải quyết."
    )
    [clock] = [one for one, _ in file.clocks if one.starts == "acceptance"]
    assert clock.met_at is None
    assert clock.stopped_at is not None


def test_back_to_feedback_the_answer_is_due_when_it_was(story: Story) -> None:
    file = accepted(story)
    before = running(file)["answer"]
    with on(date(2026, 3, 12)):
        file = made(story, lodged(story, file), "change_track", track="feedback", text="Ghi nhầm vụ việc.")
    assert running(file) == {"answer": before}
    assert file.case.track is Track.FEEDBACK


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("form", {"form": "letter"}),
        ("body", {"body": "nowhere"}),
        ("body", {"body": "outside:nowhere"}),
        ("number", {"number": " "}),
        ("number", {"number": "9" * 81}),
        ("lodged_on", {"lodged_on": None}),
        ("lodged_on", {"lodged_on": date(2026, 3, 10)}),
        ("lodged_on", {"lodged_on": date(2026, 3, 8)}),
    ],
)
def test_what_a_form_must_say(story: Story, field: str, given: dict[str, object]) -> None:
    """No day to come, none before the report was filed; a body of the tree or one outside; a number."""
    right = {"form": "complaint", "body": PROVINCE, "number": "12/TCD", "lodged_on": MONDAY}
    with on(MONDAY), pytest.raises(FieldErrors) as wrong:
        made(story, accepted(story), "record_form", **{**right, **given})
    assert list(wrong.value.fields) == [field]


def test_the_reporter_reads_it_and_no_agency_learns_of_it(session: Session, story: Story) -> None:
    file = lodged(story, accepted(story))
    told = story_of(session, file, "vi")
    assert told.timeline[-1].kind == FORM_LODGED
    assert told.timeline[-1].text.endswith("; 12/TCD; 09/03/2026")
    [law] = [one for one in told.clocks if one.starts == "acceptance"]
    assert "Luật Khiếu nại" in law.rule.citation
    [event] = [one for one in events_of(session, file.case, frozenset(Audience)) if one.kind == FORM_LODGED]
    assert event.audience is Audience.REPORTER
    for login in ("quy", "thao", "son"):
        staff = getattr(story.cast, login)
        with pytest.raises(NotAllowed):
            actions.record_form(
                session,
                file,
                staff,
                viewer_for(session, staff),
                form="complaint",
                body=PROVINCE,
                number="1",
                lodged_on=MONDAY,
            )


def test_a_clock_of_the_form_is_extended_by_its_own_law(story: Story) -> None:
    file = made(story, lodged(story, accepted(story)), "record_step", step="accepted", done_on=MONDAY)
    before = running(file)["settlement"][2]
    file = made(story, file, "extend", clock="settlement", text="Vụ việc phức tạp.")
    assert (running(file)["settlement"][2] - before).days >= 13, "45 days in place of 30"
    with pytest.raises(NotAllowed, match="đủ số lần"):
        made(story, file, "extend", clock="settlement", text="Vụ việc phức tạp.")


@pytest.mark.parametrize(
    ("track", "may_become", "kind", "disclosure", "proposed"),
    [
        ("feedback", "complaint", "decision", "named", [TO_COMPLAINT]),
        ("feedback", "complaint", "decision", "anonymous", [TO_COMPLAINT]),
        ("feedback", "denunciation", "conduct", "confidential", [TO_DENUNCIATION]),
        ("feedback", "denunciation", "conduct", "anonymous", [TO_INFORMATION]),
        ("feedback", "feedback", "delay", "named", []),
        ("feedback", "proposal", "proposal", "named", [TO_PROPOSAL]),
        ("proposal", "proposal", "proposal", "named", []),
        ("complaint", "complaint", "decision", "named", []),
        ("denunciation", "denunciation", "conduct", "anonymous", []),
    ],
)
def test_what_is_proposed(track: str, may_become: str, kind: str, disclosure: str, proposed: list[object]) -> None:
    found = conversions(Track(track), Track(may_become), Kind(kind), Disclosure(disclosure))
    assert list(found) == proposed


@given(st.sampled_from(Track), st.sampled_from(Track), st.sampled_from(Kind), st.sampled_from(Disclosure))
def test_every_proposal_has_its_article_and_is_gone_once_followed(
    track: Track, may_become: Track, kind: Kind, disclosure: Disclosure
) -> None:
    for one in conversions(track, may_become, kind, disclosure):
        assert any(word in one.citation for word in ("Luật", "Nghị định"))
        followed = {"record_form": may_become, "change_track": Track.PROPOSAL}.get(one.move)
        assert followed is None or one not in conversions(followed, may_become, kind, disclosure)
