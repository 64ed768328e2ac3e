"""Hearing before a finding: no statement leads back to a report, and its clock is told by the events alone."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.cases import actions, events
from portal.cases.access import available_moves
from portal.cases.casefile import CaseFile, events_of
from portal.cases.hearing import hearing_for, hearing_missing, hearings_of, is_waiting, superior_of, waiting_for
from portal.cases.hearing_models import Hearing
from portal.cases.hearing_traces import Told, Trace, may_be_sent, traces
from portal.cases.models import NO_DATE, Wall
from portal.cases.story import story_of
from portal.cases.words import Audience
from portal.catalogue.words import AccusedRole
from portal.foundation.errors import FieldErrors, NotAllowed, NotFound
from portal.foundation.time import today
from portal.staff.models import Staff
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.makers.cases import Story, again
from tests.makers.cast import CITY, OFFICE, viewer_for
from tests.makers.days import on

NARRATIVE = (
    "Sáng 12/03/2026 tôi đến quầy số 3, anh Tuấn nói trống không và quát tôi trước mặt mọi người. "
    "Hồ sơ H17.25-260215-0042, gọi tôi số 0912 345 678. Nhà tôi ở số 12 đường Trần Phú."
)
TOLD = Told(texts=(NARRATIVE, "Mong được xin lỗi."), codes=("000.25.17.H17-260215-0042",), days=(date(2026, 2, 25),))
CLEAN = "Ông bị phản ánh đã lớn tiếng với người dân tại nơi tiếp nhận hồ sơ. Đề nghị giải trình."
GIVEN: dict[str, Any] = {"agency": CITY, "person": "Cán bộ tiếp nhận ở quầy số 3", "statement": CLEAN}


def found(statement: str, person: str = "") -> list[tuple[Trace, str]]:
    return [(one.trace, statement[one.start : one.end]) for one in traces(statement, TOLD, person)]


@pytest.mark.parametrize(
    ("statement", "piece"),
    [
        ("Xem việc ngày 12 tháng 3 tại quầy.", "12 tháng 3"),
        ("Xem việc ngày 12-3-2026 tại quầy.", "12-3-2026"),
        ("Người dân hẹn ngày 25/2 nhận kết quả.", "25/2"),
        ("Liên hệ 0912.345.678 để hỏi.", "0912.345.678"),
        ("Liên hệ 0987 000 111 để hỏi.", "0987 000 111"),  # not in the report: the reporter's own were cut from it
        ("Hồ sơ H17.25-260215-0042 đã trễ.", "H17.25-260215-0042"),
        ("Người ở số 12 Đường Trần Phú bị quát.", "số 12 Đường Trần Phú"),
        ("Tuấn đã lớn tiếng.", "Tuấn"),
    ],
)
def test_a_fact_of_the_report_forbids_a_statement(statement: str, piece: str) -> None:
    facts = [words for trace, words in found(statement) if trace is Trace.FACT]
    assert any(piece in words for words in facts), facts
    assert not may_be_sent(traces(statement, TOLD), is_seen=True)


@pytest.mark.parametrize(
    "statement",
    [
        CLEAN,
        "Việc này trái Điều 8 Nghị định 61/2018/NĐ-CP ngày 23/4/2018.",
        "Hôm 13/03/2026 ông ở đâu?",
        "Bà tuân thủ quy định chưa?",
        "Ông nói trống không và quát.",  # five words
        "█████ đã lớn tiếng.",
        "",
    ],
)
def test_own_words_pass(statement: str) -> None:
    assert found(statement) == []


def test_six_words_in_a_row_are_shown_whatever_their_marks_and_are_one_place() -> None:
    statement = "Ông NOI TRONG KHONG, và quát tôi trước mặt mọi người."
    [(trace, words)] = found(statement)
    assert (trace, words) == (Trace.RUN, "NOI TRONG KHONG, và quát tôi trước mặt mọi người")
    assert not may_be_sent(traces(statement, TOLD), is_seen=False)
    assert may_be_sent(traces(statement, TOLD), is_seen=True)


def test_who_is_heard_may_be_named_and_nobody_else() -> None:
    assert found("Anh Tuấn đã lớn tiếng.", "Nguyễn Văn Tuấn") == []
    assert found("Anh Tuấn đã lớn tiếng.", "Lê Thị Hoa") == [(Trace.FACT, "Tuấn")]


# With a database.


def does(story: Story, file: CaseFile, staff: Staff, **changes: Any) -> CaseFile:
    actions.hear(story.session, file, staff, viewer_for(story.session, staff), **{**GIVEN, **changes})
    return checked(story, file)


def checked(story: Story, file: CaseFile) -> CaseFile:
    """The case again: its events still tell all of it."""
    file = again(story.session, file)
    told = events_of(story.session, file.case, frozenset(Audience))
    assert replayed_clocks(told) == stored_clocks(file)
    assert replayed_case(told) == stored_case(story.session, file)
    return file


def heard(story: Story, **changes: Any) -> tuple[CaseFile, Hearing]:
    file = does(story, story.minh_accepts(story.conduct_report()), story.cast.minh, **changes)
    [hearing] = hearings_of(story.session, file.case)
    return file, hearing


def kinds(session: Session, file: CaseFile, audience: Audience) -> list[str]:
    return [one.kind for one in events_of(session, file.case, frozenset({audience})) if "hearing" in one.kind]


@pytest.mark.both
def test_a_statement_is_sent_and_answered_once(story: Story) -> None:
    session, quy = story.session, story.cast.quy
    file, hearing = heard(story)
    viewer = viewer_for(session, quy)
    assert waiting_for(session, viewer) == [(hearing, file.case)]
    assert (hearing.clock.started_on, hearing.clock.due_on) == (date(2026, 3, 9), date(2026, 3, 18))
    assert "hear" not in {move.name for move in available_moves(viewer_for(session, story.cast.minh), file, today())}
    with on(date(2026, 3, 12)):
        actions.explain(session, hearing, file.case, quy, text="Tôi không nhớ việc này.")
        file = checked(story, file)
        assert not is_waiting(hearing)
        assert waiting_for(session, viewer) == []
        assert hearing_for(session, viewer, hearing.key)[0].explanation == "Tôi không nhớ việc này."
        with pytest.raises(NotAllowed):
            actions.explain(session, hearing, file.case, quy, text="Khác.")
    assert kinds(session, file, Audience.INSPECTION) == [events.HEARING_ASKED, events.HEARING_ANSWERED]
    assert kinds(session, file, Audience.REPORTER) == []
    for event in events_of(session, file.case, frozenset(Audience)):
        assert CLEAN not in str(event.payload)
        assert GIVEN["person"] not in str(event.payload)
    assert file.case.next_due_on != NO_DATE


@pytest.mark.both
def test_a_statement_never_changes_and_an_explanation_is_written_once(story: Story) -> None:
    session = story.session
    file, hearing = heard(story)
    actions.explain(session, hearing, file.case, story.cast.quy, text="Không nhớ.")
    session.flush()
    for sql in (
        "UPDATE hearing SET statement = 'Khác'",
        "UPDATE hearing SET explanation = 'Khác'",
        "UPDATE hearing SET answered_at = NULL",
        "UPDATE hearing SET person = 'Khác'",
        "UPDATE hearing SET agency_id = agency_id + 1",  # until there is an explanation it may pass to a successor
        "DELETE FROM hearing",
    ):
        with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
            session.execute(text(sql))


def test_only_bodies_without_a_wall_hear_and_only_they_see_it(story: Story) -> None:
    session = story.session
    file = story.minh_accepts(story.conduct_report())
    with pytest.raises(NotAllowed):
        does(story, file, story.cast.minh, agency=OFFICE)
    above = superior_of(session, file)
    assert above is not None
    assert above.code == CITY
    file, hearing = heard(story)
    for staff in (story.cast.nga, story.cast.thao, story.cast.minh):
        viewer = viewer_for(session, staff)
        assert waiting_for(session, viewer) == []
        with pytest.raises(NotFound):
            hearing_for(session, viewer, hearing.key)
    quy = viewer_for(session, story.cast.quy)
    session.add(Wall(case_id=file.case.id, staff_id=story.cast.quy.id, reason="relative"))
    session.flush()
    assert waiting_for(session, quy) == []
    with pytest.raises(NotFound):
        hearing_for(session, quy, hearing.key)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": " "}, "statement"),
        ({"person": " "}, "person"),
        ({"person": "Anh số 0912 345 678"}, "person"),
        ({"person": "b" * 301}, "person"),
        ({"agency": "nowhere"}, "agency"),
        ({"statement": "Gọi số 0912 345 678."}, "statement"),
        ({"statement": "Ông nói trống không và quát tôi trước mặt mọi người."}, "statement"),
    ],
)
def test_what_is_refused_leaves_no_trace(story: Story, changes: dict[str, str], field: str) -> None:
    file = story.minh_accepts(story.conduct_report())
    with pytest.raises(FieldErrors) as wrong:
        does(story, file, story.cast.minh, **changes)
    assert wrong.value.fields.keys() == {field}
    assert hearings_of(story.session, file.case) == []
    assert kinds(story.session, file, Audience.INSPECTION) == []


def test_words_that_were_looked_at_may_be_sent(story: Story) -> None:
    _, hearing = heard(story, statement="Ông nói trống không và quát tôi trước mặt mọi người.", is_seen=True)
    assert hearing.statement.startswith("Ông nói trống không")


@pytest.mark.both
def test_the_clock_ends_with_the_case_and_does_not_pause(story: Story) -> None:
    file, hearing = heard(story)
    file = checked(story, story.minh_asks(file))
    assert hearing.clock.paused_on is None
    actions.withdraw(story.session, file)
    file = checked(story, file)
    story.session.refresh(hearing.clock)
    assert hearing.clock.stopped_at is not None
    assert hearing.clock.met_at is None
    assert not is_waiting(hearing)
    with pytest.raises(NotFound):
        hearing_for(story.session, viewer_for(story.session, story.cast.quy), hearing.key)
    with pytest.raises(NotAllowed):
        actions.explain(story.session, hearing, file.case, story.cast.quy, text="Muộn.")


def test_the_reporter_hears_one_line_if_the_inspector_ticks_it(story: Story) -> None:
    session = story.session
    file, _ = heard(story, tells_reporter=True)
    read = story_of(session, file, "vi")
    [line] = [one for one in read.timeline if one.kind == events.HEARING_TOLD]
    assert line.text == line.agency == ""
    assert "hearing" not in {one.starts for one in read.clocks}
    assert CLEAN not in str(read)


@pytest.mark.parametrize(
    ("finding", "role", "is_missing"),
    [
        ("upheld", AccusedRole.OFFICER, True),
        ("partly_upheld", AccusedRole.HEAD, True),
        ("not_upheld", AccusedRole.OFFICER, False),
        ("fault_of_system", AccusedRole.OFFICER, False),
        ("upheld", AccusedRole.NONE, False),
    ],
)
def test_a_finding_against_somebody_wants_them_heard(
    story: Story, finding: str, role: AccusedRole, is_missing: bool
) -> None:
    file = story.conduct_report()
    file.report.accused_role = role
    with story.session.no_autoflush:
        assert hearing_missing(file, finding, []) is is_missing
        assert hearing_missing(file, finding, [Hearing(answered_at=None)]) is is_missing
    story.session.expire(file.report)


def test_who_was_heard_is_not_missing(story: Story) -> None:
    file, hearing = heard(story)
    assert hearing_missing(file, "upheld", [hearing])
    actions.explain(story.session, hearing, file.case, story.cast.quy, text="Không nhớ.")
    assert not hearing_missing(file, "upheld", [hearing])
