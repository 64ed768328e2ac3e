"""Who may do what at which status, written out by hand; and everything else is refused and changes nothing."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer, available_moves
from portal.cases.actions.reporter import available
from portal.cases.casefile import CaseFile
from portal.cases.models import Case
from portal.cases.status import MOVES, Party
from portal.cases.words import Status as S
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import NotAllowed
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.makers.cases import CLEARED, REQUEST, WHY_HEAD, Story, again, at, at_every_status, told
from tests.makers.cast import CITY, OFFICE, PROVINCE, Cast, hire, viewer_for
from tests.makers.days import MONDAY
from tests.makers.settings import CODE_KEY

MORE = "extend hear let_head_support change_track record_form"  # of a conduct report that is worked on
# domain.md §4 and §5: what an inspector of the Inspection Committee may do, by status.
INSPECTOR: dict[S, str] = {
    S.RECEIVED: "accept refuse forward ask change_track clear assign merge split",
    S.ACCEPTED: f"{MORE} refuse forward ask verify refer clear assign merge split",
    S.WAITING_FOR_REPORTER: "refuse assign",
    S.VERIFYING: f"{MORE} forward ask refer clear assign conclude merge split",
    S.CONCLUDED: "extend assign send_answer",
    S.ANSWERED: "assign",  # closing waits for Lan's mark, or the end of her time
    S.CLOSED: "",
    S.REFUSED: "assign",
    S.FORWARDED: "take_back assign",
    S.WITHDRAWN: "",
    S.REOPENED: f"{MORE} forward ask verify refer clear assign close",
    S.MERGED: "undo_merge",
}
# A chief may also approve and send back (Minh wrote the conclusion), and reopen.
CHIEF = INSPECTOR | {
    S.CONCLUDED: "extend assign approve send_back send_answer",
    S.ANSWERED: "assign reopen",
    S.CLOSED: "reopen",
    S.REFUSED: "assign reopen",
}
# A note, and keeping somebody from a case, oneself or another; not from one that another answers for.
ALWAYS = {status: {"note", "declare_conflict", "wall_off"} for status in S} | {S.MERGED: {"note", "declare_conflict"}}
LAN: dict[S, str] = {
    S.RECEIVED: "withdraw",
    S.ACCEPTED: "withdraw",
    S.WAITING_FOR_REPORTER: "reply withdraw",
    S.VERIFYING: "withdraw",
    S.CONCLUDED: "",
    S.ANSWERED: "ask_review",
    S.CLOSED: "",
    S.REFUSED: "appeal",
    S.FORWARDED: "",
    S.WITHDRAWN: "",
    S.REOPENED: "",
    S.MERGED: "",
}

Act = Callable[[Session, CaseFile, Staff, Viewer], Any]


def _assign(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    actions.assign(session, file, staff, viewer, assignee=staff, sees=viewer)


def _merge(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    others = select(Case).where(Case.status == S.RECEIVED, Case.id != file.case.id)
    actions.merge(session, file, staff, viewer, into=session.scalars(others).first())


def _with(act: Callable[..., Any], **given: object) -> Act:
    return lambda session, file, staff, viewer: act(session, file, staff, viewer, **given)


ACTS: dict[str, Act] = {
    "accept": actions.accept,
    "refuse": _with(actions.refuse, ground="not_competent", text="Không."),
    "forward": _with(actions.forward, body="court", text="Chuyển."),
    "take_back": _with(actions.take_back, text="Nhận lại."),
    "ask": _with(actions.ask, text="Mấy giờ?"),
    "verify": actions.verify,
    "refer": _with(actions.refer, agency=PROVINCE, role=ReferralRole.SUPPORT),
    "extend": _with(actions.extend, clock="answer", text="Vụ việc phức tạp."),
    "change_track": _with(actions.change_track, track="proposal", text="Là kiến nghị."),
    "record_form": _with(actions.record_form, form="complaint", body=PROVINCE, number="12/TCD", lodged_on=MONDAY),
    "record_step": _with(actions.record_step, step="accepted", done_on=MONDAY),
    "remind": _with(actions.remind, agency=PROVINCE, text="Xin trả lời sớm."),
    "send_outside": _with(actions.send_outside, body="court", cleared="1", text="Có thụ lý chưa?", code_key=CODE_KEY),
    "hear": _with(actions.hear, agency=PROVINCE, person="Cán bộ ở quầy", statement="Đã lớn tiếng với dân."),
    "let_head_support": _with(actions.let_head_support, agency=OFFICE, request=REQUEST, text=WHY_HEAD),
    "end_head_support": _with(actions.end_head_support, agency=OFFICE, text="Không cần nữa."),
    "clear": _with(actions.clear, text=CLEARED),
    "assign": _assign,
    "answer": _with(actions.answer, finding="upheld", remedy="", text="Đã xong."),
    "answer_referral": _with(actions.answer_referral, text="Đã xong."),
    "conclude": _with(actions.conclude, finding="upheld", remedy="", text="Đã xong."),
    "approve": actions.approve,
    "send_answer": actions.send_answer,
    "send_back": _with(actions.send_back, text="Sửa lại."),
    "close": actions.close,
    "reopen": _with(actions.reopen, text="Mở lại."),
    "let_stand": _with(actions.let_stand, text="Đã xem lại."),
    "go_on": _with(actions.go_on, text="Tiếp tục."),
    "merge": _merge,
    "split": _with(actions.split, category="harassment.extra_fee"),
    "undo_merge": actions.undo_merge,
    "note": _with(actions.note, text="Xem cùng vụ tháng trước."),
    "declare_conflict": _with(actions.declare_conflict, text="Em gái tôi làm ở đó."),
    "wall_off": _with(actions.wall_off, account="khang", text="Được nêu tên."),
    "lift_wall": _with(actions.lift_wall, account="khang", text="Nhầm người."),
    # Of an anonymous report, as all of these are, nobody makes one: test_lost_code.py has the others.
    "ask_new_code": _with(actions.ask_new_code, text="Đã đối chiếu."),
    "give_new_code": _with(actions.give_new_code, code_key=CODE_KEY),
    "refuse_new_code": _with(actions.refuse_new_code, text="Không phải người gửi."),
}
LANS_ACTS: dict[str, Callable[[Session, CaseFile], Any]] = {
    "reply": lambda session, file: actions.reply(session, file, text="Chín giờ."),
    "ask_review": lambda session, file: actions.ask_review(session, file, text="Chưa ổn."),
    "appeal": lambda session, file: actions.appeal(session, file, text="Chưa ổn."),
    "withdraw": actions.withdraw,
}


def test_every_move_of_the_table_has_its_action() -> None:
    by_party = {party: {move.name for move in MOVES if move.party is party} for party in Party}
    assert by_party[Party.STAFF] == ACTS.keys()
    assert by_party[Party.REPORTER] == LANS_ACTS.keys()
    assert by_party[Party.PORTAL] == {"accept_by_rule", "verify_by_rule", "close_by_rule"}


def names(session: Session, staff: Staff, file: CaseFile) -> set[str]:
    """The moves that are offered to somebody."""
    return {move.name for move in available_moves(viewer_for(session, staff), file, today())}


def test_what_is_offered(session: Session, story: Story, cast: Cast) -> None:
    files = at_every_status(story)
    assert {status: names(session, cast.minh, file) for status, file in files.items()} == {
        status: {*ALWAYS[status], *words.split()} for status, words in INSPECTOR.items()
    }
    assert {status: names(session, cast.hanh, file) for status, file in files.items()} == {
        status: {*ALWAYS[status], *words.split()} for status, words in CHIEF.items()
    }
    assert {status: {move.name for move in available(file)} for status, file in files.items()} == {
        status: set(words.split()) for status, words in LAN.items()
    }
    strangers = (cast.quy, cast.nga, cast.son, cast.thao, cast.tam, cast.vy)
    assert not any(names(session, who, file) for who in strangers for file in files.values())


def unchanged(session: Session, file: CaseFile) -> tuple[object, ...]:
    """All that a refused move must leave as it was."""
    now_ = again(session, file)
    clocks = [(one.due_on, one.paused_on, one.met_at, one.stopped_at) for one, _ in now_.clocks]
    parts = [(one.agency_id, one.role, one.state, one.is_open, one.answer) for one in now_.referrals]
    case = now_.case
    said = (len(now_.messages), len(now_.conclusions), len(now_.cleared_texts), now_.rating is not None)
    return (case.status, case.former_status, case.version, case.assigned_id, clocks, parts, said, told(session, now_))


def test_what_is_not_offered_is_refused_and_changes_nothing(session: Session, story: Story, cast: Cast) -> None:
    files = at_every_status(story)
    refused = 0
    for staff in (cast.minh, cast.hanh, cast.quy, cast.thao, cast.tam, cast.vy):
        viewer = viewer_for(session, staff)
        for file in files.values():
            before = unchanged(session, file)
            for name in ACTS.keys() - names(session, staff, file):
                with pytest.raises(NotAllowed):
                    ACTS[name](session, file, staff, viewer)
                refused += 1
            assert unchanged(session, file) == before
    assert refused > 900


def test_what_lan_cannot_do_changes_nothing(session: Session, story: Story) -> None:
    for status, file in at_every_status(story).items():
        before = unchanged(session, file)
        for name in LANS_ACTS.keys() - set(LAN[status].split()):
            with pytest.raises(NotAllowed):
                LANS_ACTS[name](session, file)
        if not file.case.is_open:
            with pytest.raises(NotAllowed):
                actions.add_facts(session, file, text="Thêm.")
        assert unchanged(session, file) == before


def after(session: Session, file: CaseFile, act: Callable[[CaseFile], Any]) -> S:
    """The status after an act, which is then undone."""
    savepoint = session.begin_nested()
    act(again(session, file))
    status = again(session, file).case.status
    savepoint.rollback()
    return status


def leads_to(name: str, status: S) -> S:
    """Where the table says that a move leads."""
    move = next(move for move in MOVES if move.name == name)
    if move.to == "former":
        return S.RECEIVED  # Minh asked, or merged, before he accepted
    return S(move.to) if move.to else status


def test_what_is_offered_works(session: Session, story: Story) -> None:
    """And the case then stands where the table says. Each is tried on the same cases and undone."""
    for status, file in at_every_status(story).items():
        for name in CHIEF[status].split():
            assert after(session, file, partial(_hanh_does, story, name)) == leads_to(name, status)
        for name in LAN[status].split():
            assert after(session, file, partial(LANS_ACTS[name], session)) == leads_to(name, status)


def _hanh_does(story: Story, name: str, file: CaseFile) -> None:
    if name == "let_head_support":
        hire(story.session, f"head.{file.case.reference.lower()}", OFFICE, Role.AGENCY_HEAD)
    if name in ("refer", "send_outside", "let_head_support"):
        file = story.minh_clears(file)
    ACTS[name](story.session, file, story.cast.hanh, viewer_for(story.session, story.cast.hanh))


def test_the_lead_of_a_direct_delay_answers_the_others_do_not(session: Session, story: Story, cast: Cast) -> None:
    file = story.accepted_delay()
    assert names(session, cast.quy, file) == {"ask", "answer", "note", "declare_conflict"}
    assert names(session, cast.nga, file) == {"answer_referral", "note", "declare_conflict"}
    assert names(session, cast.son, file) == names(session, cast.thao, file) == set()
    of_a_delay = set(INSPECTOR[S.ACCEPTED].split()) - {"hear", "let_head_support"}  # nobody is accused of anything
    assert names(session, cast.minh, file) == {*ALWAYS[S.ACCEPTED], "remind", "send_outside", *of_a_delay}
    with pytest.raises(NotAllowed):
        actions.answer(
            session, file, cast.nga, viewer_for(session, cast.nga), finding="upheld", remedy="", text="Đã xong."
        )
    file = story.quy_answers(file)
    assert names(session, cast.quy, file) == names(session, cast.nga, file) == {"note", "declare_conflict"}


def test_a_lead_by_referral_answers_the_inspectors_not_lan(session: Session, story: Story) -> None:
    chair = hire(session, "chair", PROVINCE, Role.AGENCY_OFFICER)
    file = story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())))
    assert names(session, chair, file) == {"ask", "answer_referral", "note", "declare_conflict"}


def test_an_agency_head_reads_and_does_nothing_but_step_aside(session: Session, story: Story) -> None:
    head = hire(session, "head", CITY, Role.AGENCY_HEAD)
    assert names(session, head, story.accepted_delay()) == {"declare_conflict"}


def test_once_the_window_is_over_an_inspector_may_close(session: Session, story: Story, cast: Cast) -> None:
    file = at(story, S.ANSWERED)
    assert "close" not in names(session, cast.minh, file)
    assert "close" in names(session, cast.minh, story.lan_rates(file))


def test_a_reply_leads_back_to_where_the_question_was_asked_whatever_happened_meanwhile(story: Story) -> None:
    session, cast = story.session, story.cast
    file = story.minh_asks(story.minh_accepts(story.conduct_report()))
    hanh, sees = viewer_for(session, cast.hanh), viewer_for(session, cast.minh)
    actions.assign(session, file, cast.hanh, hanh, assignee=cast.minh, sees=sees)
    actions.wall_off(session, file, cast.hanh, hanh, account="khang", text="Có chị làm ở đó.")
    assert again(session, file).case.former_status is S.ACCEPTED
    assert story.lan_replies(again(session, file)).case.status is S.ACCEPTED


def test_a_merged_case_goes_back_to_where_it_was_though_somebody_stepped_aside_meanwhile(story: Story) -> None:
    session, minh = story.session, story.cast.minh
    file, other = story.minh_accepts(story.conduct_report()), story.conduct_report()
    actions.merge(session, file, minh, viewer_for(session, minh), into=other.case)
    actions.declare_conflict(session, file, story.cast.khang, viewer_for(session, story.cast.khang), text="Chị tôi.")
    actions.undo_merge(session, again(session, file), minh, viewer_for(session, minh))
    assert again(session, file).case.status is S.ACCEPTED
