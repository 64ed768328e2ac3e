"""Which running clock may be extended, by which rule and until when; where none may, why not.

A rule says itself how long and how often; where it does not, its row for complex matters does ("feedback.answer" →
"feedback.answer_complex"), as it was when the clock began: a changed law does not change the past.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases.access import ANSWERS
from portal.cases.casefile import CaseFile
from portal.cases.deadlines import due_with_pauses, longer
from portal.cases.models import Clock
from portal.cases.pauses import pauses_of
from portal.cases.queries import pauses_by_case
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule
from portal.catalogue.working_days import Calendar
from portal.foundation.errors import NotAllowed, PortalError
from portal.foundation.text import N_

# In this order a second extension may rest on a wider ground than the first one.
COMPLEX = ("", "_complex", "_very_complex")


@dataclass(frozen=True)
class Extension:
    """What extending a clock today would give."""

    clock: Clock
    rule: DeadlineRule  # of the clock
    by: DeadlineRule  # the row that allows it
    due_on: date

    @property
    def needs_complex(self) -> bool:
        """Whether only a complex matter may be extended."""
        return self.by.code != self.rule.code


def handle_of(file: CaseFile, clock: Clock) -> str:
    """By what a form names a clock: the body whose it is, or what it is for. (Ids would tell of other cases.)"""
    referral = next((one for one in file.referrals if one.id == clock.referral_id), None)
    return referral.agency.code if referral is not None else clock.starts


def running_answers(file: CaseFile) -> list[tuple[Clock, DeadlineRule]]:
    """The clocks of whoever answers that run, paused ones too."""
    return [
        (clock, rule)
        for clock, rule in file.clocks
        if clock.met_at is None and clock.stopped_at is None and clock.starts in ANSWERS
    ]


def refusal(clock: Clock, rules: Iterable[DeadlineRule], today: date) -> PortalError | None:
    """Why a clock cannot be extended today; None when it can. `rules`: the rows that would allow it."""
    allow = [one for one in rules if one.extension_amount > 0]
    if not allow:
        return NotAllowed(N_("Quy định về thời hạn này không cho gia hạn."))
    if clock.paused_on is not None:
        return NotAllowed(N_("Thời hạn này đang tạm dừng để chờ người phản ánh; khi chạy tiếp mới gia hạn được."))
    if today > clock.due_on:
        return NotAllowed(N_("Đã qua hạn %(day)s nên không gia hạn được nữa."), day=f"{clock.due_on:%d/%m/%Y}")
    if all(one.extension_times <= clock.extensions for one in allow):
        return NotAllowed(N_("Thời hạn này đã được gia hạn đủ số lần mà quy định cho phép."))
    return None


def rows_for(session: Session, clock: Clock, rule: DeadlineRule) -> list[DeadlineRule]:
    """The rows that may allow an extension of a clock, of the same length and unit, as of the day it began."""
    codes = [rule.code + ending for ending in COMPLEX]
    held = catalogue.deadline_rules(session, clock.started_on)
    newest = {one.code: one for one in sorted(held, key=lambda one: one.valid_from) if one.code in codes}
    newest[rule.code] = rule
    return [
        newest[code]
        for code in codes
        if code in newest and (newest[code].amount, newest[code].unit) == (rule.amount, rule.unit)
    ]


def extension_of(
    session: Session, clock: Clock, rule: DeadlineRule, calendar: Calendar, today: date
) -> Extension | PortalError:
    """What an extension of this clock would be, or why there is none."""
    rows = rows_for(session, clock, rule)
    why_not = refusal(clock, rows, today)
    if why_not is not None:
        return why_not
    by = next(one for one in rows if one.extension_amount > 0 and one.extension_times > clock.extensions)
    told = pauses_by_case(session, [clock]).get(clock.case_id, {})
    limit = longer(rule, clock.extended_by + by.extension_amount)
    due, _ = due_with_pauses(limit, clock.started_on, pauses_of(clock, told, None), calendar)
    return Extension(clock, rule, by, due)


def extensions(session: Session, file: CaseFile, today: date) -> list[Extension | PortalError]:
    """For each clock of whoever answers: its extension, or why there is none."""
    calendar = catalogue.calendar(session)
    return [extension_of(session, clock, rule, calendar, today) for clock, rule in running_answers(file)]
