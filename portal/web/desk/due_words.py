"""Deadlines as people say them: "Quá hạn 1 ngày", "Còn 3 ngày". Red is for what we owe and are late with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.cases import labels
from portal.cases.deadlines import DayMark
from portal.cases.story import ClockView
from portal.cases.words import ClockState
from portal.catalogue.models import DeadlineRule
from portal.catalogue.words import Condition, Unit
from portal.foundation.text import N_
from portal.foundation.time import local, today
from portal.web.frame.language import named
from portal.web.frame.templating import day
from portal.web.frame.words import text

MOST_DAYS, MOST_DAYS_IN_A_ROW = 60, 20  # what a bar has room for, beside a text and in a table
RUNNING = frozenset({ClockState.RUNNING, ClockState.DUE_TODAY, ClockState.LATE})


@dataclass(frozen=True)
class ClockLine:
    """One deadline, ready for the page."""

    what: str
    left: str
    is_late: bool
    is_over: bool
    marks: Sequence[str]
    note: str


def short_day(on: date) -> str:
    """A day without its year in this year."""
    return on.strftime("%d/%m") if on.year == today().year else day(on)


def short_moment(instant: datetime) -> str:
    """A day and a clock time, the day first."""
    at = local(instant)
    return f"{short_day(at.date())}, {at:%H:%M}"


def left_words(state: ClockState, days_left: int) -> str:
    """How much time is left, in working days."""
    if state is ClockState.PAUSED:
        return str(_("Tạm dừng"))
    if state is ClockState.DUE_TODAY:
        return str(_("Hôm nay"))
    if state is ClockState.LATE:
        if days_left == 0:
            return str(_("Quá hạn"))  # on a weekend right after the last day
        return str(ngettext("Quá hạn %(num)s ngày", "Quá hạn %(num)s ngày", abs(days_left)))
    if state is ClockState.RUNNING:
        return str(ngettext("Còn %(num)s ngày", "Còn %(num)s ngày", days_left))
    return str(_(labels.CLOCK_STATE[state]))


def amount_words(rule: DeadlineRule) -> str:
    """How long a rule gives: working or calendar days are always said."""
    if rule.unit is Unit.WORKING_DAYS:
        return str(ngettext("%(num)s ngày làm việc", "%(num)s ngày làm việc", rule.amount))
    if rule.unit is Unit.CALENDAR_DAYS:
        return str(ngettext("%(num)s ngày, tính cả ngày nghỉ", "%(num)s ngày, tính cả ngày nghỉ", rule.amount))
    return str(ngettext("%(num)s giờ", "%(num)s giờ", rule.amount))


LONGER = frozenset({Condition.REMOTE, Condition.REMOTE_COMPLEX, Condition.VERIFY})  # such a rule says when it holds


def law_words(rule: DeadlineRule, started_on: date, due_on: date, paused_days: int = 0) -> Markup:
    """From when until when, by which rule. Laws are cited in Vietnamese on every page."""
    words = text(
        N_("Từ %(start)s đến %(end)s; %(amount)s. %(law)s"),
        start=day(started_on),
        end=day(due_on),
        amount=amount_words(rule),
        law=Markup('<span lang="vi">{}</span>').format(rule.citation),
    )
    if rule.condition in LONGER:
        words = Markup("{}. {}").format(words, named(rule, "consequence"))
    if not paused_days:
        return words
    stood = ngettext("Đã tạm dừng %(num)s ngày làm việc.", "Đã tạm dừng %(num)s ngày làm việc.", paused_days)
    return Markup("{} {}").format(words, stood)


def bar(marks: Iterable[str], most: int = MOST_DAYS) -> tuple[str, ...]:
    """The days of a deadline in the words of the component; a long one drawn with evenly spread days."""
    words = ["left" if mark == DayMark.TO_COME else str(mark) for mark in marks]
    if len(words) <= most:
        return tuple(words)
    kept = sorted({len(words) * number // most for number in range(most)} | {len(words) - 1})
    if "today" in words:
        kept = sorted({*kept, words.index("today")})
    return tuple(words[place] for place in kept)


def clock_line(view: ClockView) -> ClockLine:
    """A clock of a case as a line with its days and its law; what is over says when it ended."""
    marks = view.marks if view.is_ours else ("gone" if mark == DayMark.LATE else mark for mark in view.marks)
    return ClockLine(
        what=f"{_(view.label)}: {view.agency}" if view.agency else _(view.label),
        left=left_words(view.state, view.days_left),
        is_late=view.state is ClockState.LATE and view.is_ours,
        is_over=view.state not in RUNNING and view.state is not ClockState.PAUSED,
        marks=bar(marks),
        note=_clock_note(view),
    )


def _clock_note(view: ClockView) -> str:
    words = []
    if view.ended_on is not None:
        is_met = view.state in (ClockState.MET, ClockState.MET_LATE)
        words.append(
            _("Xong %(day)s.", day=day(view.ended_on)) if is_met else _("Dừng %(day)s.", day=day(view.ended_on))
        )
    if view.extended_from is not None:
        words.append(_("Đã gia hạn, hạn ban đầu %(day)s.", day=day(view.extended_from)))
    return Markup(" ").join([*words, law_words(view.rule, view.started_on, view.due_on, view.paused_days)])
