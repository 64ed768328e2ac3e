"""What must hold of the table of moves."""

from typing import Any

from portal.cases.words import OPEN, Status
from portal.staff.permissions import Permission
from portal.staff.roles import PERMISSIONS, Role
from tests.areas.cases.rules.checking import Check

JUDGED = "portal.cases.status"

# domain.md §4, written down a second time: from → to, without the moves that keep the status.
LEADS_TO: dict[str, str] = {
    "received": "accepted waiting_for_reporter refused forwarded merged withdrawn",
    "accepted": "verifying waiting_for_reporter answered refused forwarded merged withdrawn",
    "waiting_for_reporter": "former refused withdrawn",
    "verifying": "waiting_for_reporter concluded answered forwarded merged withdrawn",
    "concluded": "answered verifying",
    "answered": "closed reopened",
    "closed": "reopened",
    "reopened": "verifying waiting_for_reporter forwarded closed",
    "refused": "reopened",
    "withdrawn": "verifying",
    "merged": "former",
    "forwarded": "accepted",
}


def check_the_table_is_that_of_the_domain(module: Any) -> None:
    for status in Status:
        found = {str(move.to) for move in module.MOVES if status in move.sources and move.to is not None}
        assert found == set(LEADS_TO[status].split()), status


def check_names_are_told_apart(module: Any) -> None:
    assert len(module.BY_NAME) == len(module.MOVES)


def check_staff_need_a_right_and_nobody_else_has_one(module: Any) -> None:
    for move in module.MOVES:
        assert bool(move.permissions) == (move.party == module.Party.STAFF), move.name


def check_an_agency_asks_answers_notes_and_steps_aside_and_nothing_else(module: Any) -> None:
    rights = PERMISSIONS[Role.AGENCY_OFFICER]
    offered = {move.name for status in Status for move in module.moves_from(status, rights)}
    assert offered == {"ask", "answer", "answer_referral", "note", "declare_conflict"}


def check_an_administrator_moves_nothing(module: Any) -> None:
    for status in Status:
        assert module.moves_from(status, PERMISSIONS[Role.ADMINISTRATOR]) == ()


def check_the_reporter_gets_only_the_reporters_moves(module: Any) -> None:
    for status in Status:
        for move in module.reporter_moves(status):
            assert move.party == module.Party.REPORTER
            assert status in move.sources
    assert {move.name for move in module.reporter_moves(Status.WAITING_FOR_REPORTER)} == {"reply", "withdraw"}


def check_approval_is_another_right_than_conclusion(module: Any) -> None:
    assert module.BY_NAME["conclude"].permissions == {Permission.CONCLUDE_CASE}
    assert module.BY_NAME["approve"].permissions == {Permission.APPROVE_CONCLUSION}
    assert Permission.APPROVE_CONCLUSION not in PERMISSIONS[Role.INSPECTOR]


def check_our_clocks_stand_still_only_while_the_reporter_is_asked(module: Any) -> None:
    for move in module.MOVES:
        pauses = move.clocks == module.Clocks.PAUSE
        assert pauses == (move.to == Status.WAITING_FOR_REPORTER), move.name
    assert module.BY_NAME["reply"].clocks == module.Clocks.RESUME


def check_what_ends_a_case_leaves_no_clock_of_ours_running(module: Any) -> None:
    for move in module.MOVES:
        ends = isinstance(move.to, Status) and (move.to not in OPEN or move.to is Status.ANSWERED)
        if ends:
            assert move.clocks in (module.Clocks.END, module.Clocks.STOP), move.name


def check_every_open_status_has_a_way_out(module: Any) -> None:
    for status in OPEN:
        assert any(status in move.sources and move.to not in (None, status) for move in module.MOVES), status


def check_a_move_that_does_not_start_here_is_refused(module: Any) -> None:
    for move in module.MOVES:
        for status in set(Status) - move.sources:
            try:
                module.target(move, status, Status.ACCEPTED)
            except ValueError:
                continue
            raise AssertionError(f"{move.name} from {status}")


def check_a_reply_leads_back_to_where_the_case_was(module: Any) -> None:
    move = module.BY_NAME["reply"]
    for former in (Status.RECEIVED, Status.ACCEPTED, Status.VERIFYING, Status.REOPENED):
        assert module.target(move, Status.WAITING_FOR_REPORTER, former) is former
    assert module.target(module.BY_NAME["refer"], Status.VERIFYING, None) is Status.VERIFYING


CHECKS: tuple[Check, ...] = (
    check_the_table_is_that_of_the_domain,
    check_names_are_told_apart,
    check_staff_need_a_right_and_nobody_else_has_one,
    check_an_agency_asks_answers_notes_and_steps_aside_and_nothing_else,
    check_an_administrator_moves_nothing,
    check_the_reporter_gets_only_the_reporters_moves,
    check_approval_is_another_right_than_conclusion,
    check_our_clocks_stand_still_only_while_the_reporter_is_asked,
    check_what_ends_a_case_leaves_no_clock_of_ours_running,
    check_every_open_status_has_a_way_out,
    check_a_move_that_does_not_start_here_is_refused,
    check_a_reply_leads_back_to_where_the_case_was,
)
