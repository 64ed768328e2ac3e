"""`may`: whether somebody may make a move with a case they can see. (`queries.visible_to` says which they see.)"""

from dataclasses import dataclass
from datetime import date

from portal.cases import formal
from portal.cases.casefile import CaseFile
from portal.cases.conflicts import ACCUSED, OWN_CONFLICT
from portal.cases.models import Case, Clock, Referral, Wall
from portal.cases.new_codes import standing
from portal.cases.status import BY_NAME, Move, Starts, moves_from
from portal.cases.words import Disclosure, Status
from portal.catalogue.words import AccusedRole, Kind, ReferralRole, Track
from portal.foundation.errors import NotAllowed
from portal.foundation.text import N_
from portal.staff.permissions import Permission as P

NEW_CODE = frozenset({"ask_new_code", "give_new_code", "refuse_new_code"})
BELOW_THE_HEAD = frozenset({AccusedRole.OFFICER, AccusedRole.UNKNOWN})  # unknown is read as officer
ANSWERS = frozenset({Starts.ANSWER.value, Starts.REFERRAL.value, Starts.SETTLEMENT.value})


@dataclass(frozen=True)
class Viewer:
    """Who looks: one account with its agency's place in the tree."""

    staff_id: int
    agency_id: int
    agency_line: tuple[int, ...]  # the agency's id and those of all above it
    permissions: frozenset[P]
    reads_all: bool  # an inspector of the Inspection Committee; inspectors elsewhere see what is referred to them
    stands_for: tuple[int, ...] = ()  # accounts whose absence this one fills today

    @property
    def holds(self) -> tuple[int, ...]:
        """The accounts whose assigned cases this one works on: its own, and those it stands in for."""
        return (self.staff_id, *self.stands_for)

    @property
    def reads_restricted(self) -> bool:
        """Whether restricted cases are open to this account also when they are assigned to somebody else."""
        return P.READ_RESTRICTED_CASES in self.permissions

    @property
    def reads_narratives(self) -> bool:
        """Whether this account reads reports as filed; all others read cleared texts."""
        return P.READ_ALL_CASES in self.permissions


def available_moves(viewer: Viewer, file: CaseFile, today: date) -> tuple[Move, ...]:
    """The moves that this account may make with this case now, in the table's order."""
    moves = moves_from(file.case.status, viewer.permissions)
    return tuple(move for move in moves if _may(viewer, move, file, today))


def check(viewer: Viewer, name: str, file: CaseFile, today: date) -> Move:
    """The move of that name. Raises NotAllowed when it is not open to this account now."""
    move = BY_NAME[name]
    if move not in moves_from(file.case.status, viewer.permissions) or not _may(viewer, move, file, today):
        raise NotAllowed(N_("Việc này không làm được với vụ việc lúc này."))
    return move


def _may(viewer: Viewer, move: Move, file: CaseFile, today: date) -> bool:
    own = file.referral_of(viewer.agency_id)
    if move.name == "declare_conflict":
        return viewer.reads_all or own is not None
    by_agency = P.ANSWER_REFERRAL in move.permissions and not viewer.reads_narratives
    if by_agency:
        return own is not None and _agency_may(move, file.case, own)
    if not (viewer.reads_all or (own is not None and own.role in (ReferralRole.LEAD, ReferralRole.OVERSEE))):
        return False
    if move.name in ("approve", "send_back"):
        written = file.conclusion
        return written is not None and (move.name == "send_back" or written.written_by_id != viewer.staff_id)
    if move.name == "send_answer":
        return file.conclusion is not None and not file.conclusion.needs_approval
    if move.name == "close":
        return file.rating is not None or not reopen_window_open(file, today) or file.case.status == "reopened"
    if move.name == "let_stand":
        return file.follow_up is not None and file.follow_up.is_waiting
    if move.name == "go_on":
        return file.category.track == Track.DENUNCIATION
    if move.name == "extend":
        return any(_is_extendable(clock) for clock, _ in file.clocks)
    if move.name in ("change_track", "record_form", "record_step"):
        return viewer.reads_narratives and formal.may(move.name, file)
    if move.name == "split":
        return file.is_primary
    if move.name == "remind":
        return bool(file.owing_referrals)
    if move.name == "send_outside":
        return bool(file.cleared_texts)
    if move.name == "lift_wall":
        return bool(liftable_walls(viewer, file))
    if move.name == "hear":
        return viewer.reads_narratives and _may_be_heard(file)
    if move.name == "let_head_support":
        return viewer.reads_narratives and may_have_a_head(file)
    if move.name == "end_head_support":
        return viewer.reads_narratives and any(one.is_open or one.answered_at for one in file.head_supports)
    if move.name in NEW_CODE:
        return _new_code_may(viewer, move, file, today)
    return True


def _is_liftable(viewer: Viewer, wall: Wall) -> bool:
    """Whether this account may take a wall away: one around an account; a declared conflict is a chief's to lift."""
    if wall.staff_id is None:
        return False
    return wall.reason != OWN_CONFLICT or P.READ_RESTRICTED_CASES in viewer.permissions


def liftable_walls(viewer: Viewer, file: CaseFile) -> list[Wall]:
    """The walls around accounts that this account may take away."""
    return [wall for wall in file.walls if _is_liftable(viewer, wall)]


def _may_be_heard(file: CaseFile) -> bool:
    """Whether the report is about somebody, and nobody is being heard just now: one after the other."""
    waits = any(
        one.starts == Starts.HEARING and one.met_at is None and one.stopped_at is None for one, _ in file.clocks
    )
    is_about_somebody = file.kind in (Kind.CONDUCT, Kind.DECISION) and file.report.accused_role is not AccusedRole.NONE
    return is_about_somebody and not waits


def may_have_a_head(file: CaseFile) -> bool:
    """Whether the head of the accused's body may be asked: about an officer's conduct, not about being paid back."""
    is_about_an_officer = file.kind is Kind.CONDUCT and file.report.accused_role in BELOW_THE_HEAD
    asked = {one.agency_id for one in file.head_supports}
    accused = {one.agency_id for one in file.walls if one.reason == ACCUSED and one.agency_id is not None}
    return is_about_an_officer and file.retaliation is None and bool(accused - asked)


def _is_extendable(clock: Clock) -> bool:
    """Whether it is a clock of whoever answers. Whether its rule allows more time, its page says in a sentence."""
    return clock.starts in ANSWERS and clock.met_at is None and clock.stopped_at is None


def _new_code_may(viewer: Viewer, move: Move, file: CaseFile, today: date) -> bool:
    """A new code takes two inspectors, and a reporter who can be told from others."""
    if not viewer.reads_narratives or file.report.disclosure is Disclosure.ANONYMOUS:
        return False
    asked = standing(file.last_code_step, today)
    if move.name == "ask_new_code":
        return asked is None
    return asked is not None and (move.name == "refuse_new_code" or asked.actor_id != viewer.staff_id)


def _agency_may(move: Move, case: Case, own: Referral) -> bool:
    leads_directly = case.is_direct and own.role is ReferralRole.LEAD
    if move.name == "answer":
        return leads_directly and own.is_open
    if move.name == "answer_referral":
        return own.is_open and own.role in (ReferralRole.LEAD, ReferralRole.SUPPORT) and not leads_directly
    return move.name == "note" or (move.name == "ask" and own.is_open and own.role is ReferralRole.LEAD)


def reopen_window_open(file: CaseFile, today: date, starts: Starts = Starts.REOPEN_WINDOW) -> bool:
    """Whether the reporter may still ask for a review (or appeal a refusal) today."""
    windows = [clock for clock, _ in file.clocks if clock.starts == starts.value]
    if not windows:
        return False
    last = windows[-1]
    return last.met_at is None and last.stopped_at is None and today <= last.due_on


def window_ended_on(file: CaseFile, starts: Starts) -> date | None:
    """The last day of the reporter's last time of that kind; None where there was none."""
    windows = [clock.due_on for clock, _ in file.clocks if clock.starts == starts.value]
    return windows[-1] if windows else None


def has_lapsed(file: CaseFile, today: date) -> bool:
    """Whether the reporter was asked and has not answered in time. What follows is proposed; nothing does by itself."""
    asked = [clock for clock, _ in file.clocks if clock.starts == Starts.QUESTION.value]
    open_now = [one for one in asked if one.met_at is None and one.stopped_at is None]
    return file.case.status is Status.WAITING_FOR_REPORTER and any(one.due_on < today for one in open_now)
