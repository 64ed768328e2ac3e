"""The table of moves gone wrong."""

from tests.areas.cases.rules import status_checks as checks
from tests.areas.cases.rules.checking import Mutant

_STATUS = "portal.cases.status"

MUTANTS = (
    Mutant(
        "a concluded case can be withdrawn",
        _STATUS,
        "_from(S.RECEIVED, S.ACCEPTED, S.WAITING_FOR_REPORTER, S.VERIFYING),",
        "_from(S.RECEIVED, S.ACCEPTED, S.WAITING_FOR_REPORTER, S.VERIFYING, S.CONCLUDED),",
        checks.check_the_table_is_that_of_the_domain,
    ),
    Mutant(
        "two moves of one name",
        _STATUS,
        '"take_back",\n        N_',
        '"forward",\n        N_',
        checks.check_names_are_told_apart,
    ),
    Mutant(
        "a move without a right",
        _STATUS,
        "frozenset({P.CLOSE_CASE}),",
        "frozenset(),",
        checks.check_staff_need_a_right_and_nobody_else_has_one,
    ),
    Mutant(
        "an agency accepts",
        _STATUS,
        "_TRIAGE = frozenset({P.TRIAGE_CASE})",
        "_TRIAGE = frozenset({P.TRIAGE_CASE, P.ANSWER_REFERRAL})",
        checks.check_an_agency_asks_answers_notes_and_steps_aside_and_nothing_else,
    ),
    Mutant(
        "rights are not asked for",
        _STATUS,
        "and status in move.sources and move.permissions & held",
        "and status in move.sources",
        checks.check_an_administrator_moves_nothing,
    ),
    Mutant(
        "the reporter is offered everything",
        _STATUS,
        "move for move in MOVES if move.party is Party.REPORTER and status in move.sources",
        "move for move in MOVES if status in move.sources",
        checks.check_the_reporter_gets_only_the_reporters_moves,
    ),
    Mutant(
        "whoever concludes approves",
        _STATUS,
        "S.ANSWERED,\n        Party.STAFF,\n        frozenset({P.APPROVE_CONCLUSION}),",
        "S.ANSWERED,\n        Party.STAFF,\n        frozenset({P.CONCLUDE_CASE}),",
        checks.check_approval_is_another_right_than_conclusion,
    ),
    Mutant(
        "our clocks run on while the reporter is asked",
        _STATUS,
        "clocks=Clocks.PAUSE,",
        "clocks=Clocks.KEEP,",
        checks.check_our_clocks_stand_still_only_while_the_reporter_is_asked,
    ),
    Mutant(
        "a withdrawn case is still owed something",
        _STATUS,
        "S.WITHDRAWN,\n        Party.REPORTER,\n        clocks=Clocks.STOP,",
        "S.WITHDRAWN,\n        Party.REPORTER,\n        clocks=Clocks.KEEP,",
        checks.check_what_ends_a_case_leaves_no_clock_of_ours_running,
    ),
    Mutant(
        "a concluded case is stuck",
        _STATUS,
        "MOVES: tuple[Move, ...] = (",
        "MOVES: tuple[Move, ...] = () if True else (",
        checks.check_every_open_status_has_a_way_out,
    ),
    Mutant(
        "a move starts anywhere",
        _STATUS,
        "if status not in move.sources:",
        "if False:",
        checks.check_a_move_that_does_not_start_here_is_refused,
    ),
    Mutant(
        "a reply accepts the case",
        _STATUS,
        "        return former\n",
        "        return S.ACCEPTED\n",
        checks.check_a_reply_leads_back_to_where_the_case_was,
    ),
)
