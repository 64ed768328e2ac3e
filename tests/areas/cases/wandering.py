"""One random walk over several cases: legal steps, time that moves, days and rules that change under running clocks.

Repeatable: all of it is drawn from one seed. After each step every case that it touched is told again from its events
alone, and must be what its rows say.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random  # noqa: TID251 (walks that can be walked again)
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.casefile import CaseFile, events_of, load_file
from portal.cases.escalation import escalate_batch
from portal.cases.events import CASE_ACCEPTED, VERIFYING_STARTED
from portal.cases.models import NO_DATE, Case, Clock, Event
from portal.cases.recomputing import move_batch
from portal.cases.status import BY_NAME, MOVES
from portal.cases.words import OPEN, Audience, Status
from portal.catalogue.changing import state_mark
from portal.catalogue.changing_rows import add_day, remove_day
from portal.catalogue.models import CalendarDay, DeadlineRule
from portal.catalogue.queries import calendar
from portal.catalogue.words import ReferralRole, Sure
from tests.areas.cases.legal_steps import Ways, steps
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.areas.cases.steps_besides import People
from tests.makers.cases import settle
from tests.makers.days import MONDAY, on

STORM = {"name_vi": "Nghỉ vì bão", "name_en": "Storm", "sure": Sure.CERTAIN, "source": "QĐ 1"}
LEAVING = {"withdraw", "refuse", "forward", "merge", "all_step_aside", "replace_code"}  # little can be done after them
BY_RULE = {CASE_ACCEPTED: "accept_by_rule", VERIFYING_STARTED: "verify_by_rule"}
CHAINS = {"answer_referral": Status.VERIFYING}  # what may follow from a move by rule
KINDS = {value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)}
MOVED = {(stood, to) for stood in ("running", "paused", "extended") for to in ("later", "earlier")}
RULED = {(since, long) for since in ("past", "to come") for long in ("longer", "shorter")}
DAYS_ON = (0, 0, 0, 1, 1, 2, 3, 5, 8, 20)  # how far time moves before a step
LIMITS = ("feedback.answer", "feedback.reporter_question", "refusal.appeal", "reopen.window")


@dataclass
class Tally:
    """What all walks together have done."""

    taken: Counter[str] = field(default_factory=Counter)  # steps by name
    told: set[str] = field(default_factory=set)  # kinds of events
    moved: set[tuple[str, str]] = field(default_factory=set)  # how a clock stood that the calendar moved, and where to
    ruled: set[tuple[str, str]] = field(default_factory=set)  # new rules that a clock started by: since when, how long

    def missing(self) -> set[object]:
        """What no walk has done yet."""
        moves = {move.name for move in MOVES} - self.taken.keys()
        return moves | (KINDS - self.told) | (MOVED - self.moved) | (RULED - self.ruled)


class Walk:
    """One walk. `path` says how it went, for whoever has to walk it again."""

    def __init__(self, session: Session, people: People, cases: list[Case], seed: int, tally: Tally) -> None:
        self.session, self.people, self.tally = session, people, tally
        self.cases = [case.id for case in cases]  # the one walked with first
        self.draw = Random(f"walk {seed}")  # noqa: S311 (so that it can be repeated)
        self.day, self.last_event = MONDAY, 0
        self.path: list[str] = []
        self.new_rules: dict[int, tuple[str, str]] = {}

    def go(self, many: int) -> None:
        """Takes so many steps."""
        self._check_touched()
        with on(self.day):
            self._change_rule()
            self._change_rule()
        for _ in range(many):
            self.day += timedelta(days=self.draw.choice(DAYS_ON))
            with on(self.day, self.draw.randint(9, 20)):  # some of it after the offices close
                escalate_batch(self.session, {})
                self._step()
                if self.draw.random() < 0.1:
                    self._change_rule()
                if self.draw.random() < 0.5:
                    self._change_calendar()
                self._check_touched()
        self._note()

    def _step(self) -> None:
        self.session.info.pop("catalogue_mark", None)  # each step reads the catalogue anew, as its own request would
        known = self.session.scalars(select(Case.id).where(Case.id >= min(self.cases)).order_by(Case.id))
        others = [one for one in known if one != self.cases[0]]
        file = self._file(self.cases[0] if self.draw.random() < 0.7 else self.draw.choice(others))
        name, act = self._drawn(steps(self.session, self.people, file))
        before, former = file.case.status, file.case.former_status
        self.path.append(f"{self.day:%d/%m} {file.case.reference} {name}")
        act()
        settle(self.session)
        self.session.flush()
        self.tally.taken[name] += 1
        move = BY_NAME.get(name)
        expected = before if move is None or move.to is None else former if move.to == "former" else move.to
        assert file.case.status in (expected, CHAINS.get(name, expected))
        waits = file.follow_up is not None and file.follow_up.is_waiting
        assert not waits or name not in ("let_stand", "reopen", "ask_review")

    def _drawn(self, open_to_all: Mapping[str, list[Ways]]) -> tuple[str, Callable[[], Any]]:
        names = set(open_to_all)
        while True:
            name = self._name_of(names)
            found = [act for ways in open_to_all[name] for act in ways()]
            if found:
                return name, self.draw.choice(found)
            names.remove(name)

    def _name_of(self, names: Collection[str]) -> str:
        """Mostly a step that was taken least so far: else the rare ones never come."""
        if self.draw.random() < 0.3:
            return self.draw.choice(sorted(names))
        weights = {one: self.tally.taken[one] * (4 if one in LEAVING else 1) for one in names}
        return self.draw.choice(sorted(one for one in names if weights[one] == min(weights.values())))

    def _file(self, case_id: int) -> CaseFile:
        return load_file(self.session, self.session.get_one(Case, case_id))

    def _change_calendar(self) -> None:
        """A day becomes another: one that is gone or one to come, off or worked on, or again what it was."""
        before = self._running()
        dues = sorted({due for due in before.values() if abs((due - self.day).days) < 40}) or [self.day]
        day = self.draw.choice((self.day, *dues)) + timedelta(days=self.draw.randint(-3, 1))
        listed = self.session.get(CalendarDay, day)
        if listed is None:
            values = {**STORM, "is_working": not calendar(self.session).is_working(day)}
            add_day(self.session, day, values, by_login=None)
        else:
            remove_day(self.session, listed, seen=state_mark(listed), by_login=None)
        self.path.append(f"{self.day:%d/%m} the calendar's {day:%d/%m}")
        move_batch(self.session, {"change": "", "on": day.isoformat(), "after": 0})
        self.session.flush()
        for clock, due in self._running().items():
            if due != before[clock]:
                self.tally.moved.add((_stands(clock), "later" if due > before[clock] else "earlier"))
        newest = self._newest_event()
        move_batch(self.session, {"change": "", "on": None, "after": 0})
        self.session.flush()
        assert self._newest_event() == newest, "a clock did not follow the calendar"

    def _running(self) -> dict[Clock, date]:
        rows = select(Clock).where(Clock.met_at.is_(None), Clock.stopped_at.is_(None))
        return {clock: clock.due_on for clock in self.session.scalars(rows)}

    def _change_rule(self) -> None:
        """A time limit is another from a day on: a new row, and the old one ends. What runs goes on as it runs."""
        code, since = self.draw.choice(LIMITS), self.day + timedelta(days=self.draw.choice((-4, 1)))
        held = select(DeadlineRule).where(DeadlineRule.code == code).order_by(DeadlineRule.valid_from.desc())
        old = self.session.scalars(held.limit(1)).one()
        if old.valid_from >= since:
            return
        values = {
            column.key: getattr(old, column.key) for column in DeadlineRule.__table__.columns if column.key != "id"
        }
        amount = max(1, old.amount + self.draw.choice((-2, -1, 1, 3)))
        new = DeadlineRule(**{**values, "valid_from": since, "amount": amount})
        old.valid_to = since - timedelta(days=1)
        self.session.add(new)
        self.session.flush()
        self.path.append(f"{self.day:%d/%m} {code} is {amount} since {since:%d/%m}")
        when = "past" if since < self.day else "to come"
        self.new_rules[new.id] = (when, "longer" if amount > old.amount else "shorter")

    def _check_touched(self) -> None:
        """Every case with something new in its history is what its events tell."""
        self.session.flush()
        new = select(Event.case_id).where(Event.id > self.last_event).distinct().order_by(Event.case_id)
        touched = self.session.scalars(new).all()
        self.session.expire_all()  # as the next request loads them
        for case_id in touched:
            check(self.session, self._file(case_id))
        self.last_event = self._newest_event()

    def _newest_event(self) -> int:
        return self.session.scalar(select(func.max(Event.id))) or 0

    def _note(self) -> None:
        told = select(Event).where(Event.case_id >= min(self.cases))
        for event in self.session.scalars(told):
            self.tally.told.add(event.kind)
            if event.payload and event.payload.get("by_rule") and event.kind in BY_RULE:
                self.tally.taken[BY_RULE[event.kind]] += 1
        by_new = select(Clock.rule_id).where(Clock.rule_id.in_(self.new_rules))
        self.tally.ruled |= {self.new_rules[one] for one in self.session.scalars(by_new)}


def _stands(clock: Clock) -> str:
    if clock.paused_on is not None:
        return "paused"
    return "extended" if clock.extensions else "running"


def check(session: Session, file: CaseFile) -> None:
    """What must hold of a case after every step."""
    case = file.case
    assert case.is_open == (case.status in OPEN)
    leads = [one for one in file.live_referrals if one.role is ReferralRole.LEAD]
    assert [one.agency_id for one in leads] == [case.lead_id]
    running = [one for one, _ in file.clocks if one.met_at is None and one.stopped_at is None]
    assert case.next_due_on == min((one.due_on for one in running if one.paused_on is None), default=NO_DATE)
    assert all(one.paused_on is None for one in running) or case.status is Status.WAITING_FOR_REPORTER
    assert (case.former_status is not None) == (case.status in (Status.WAITING_FOR_REPORTER, Status.MERGED))
    assert (case.merged_into_id is not None) == (case.status is Status.MERGED)
    due = {
        number: min(one.due_on for one in running if one.referral_id == number)  # what joins another brings its own
        for number in {one.referral_id for one in running}
    }
    due.pop(None, None)
    owing = [*file.live_referrals, *file.head_supports]
    assert {one.id: one.due_on for one in owing if one.id in due} == due
    history = events_of(session, case, frozenset(Audience))
    for told, stored in (
        (replayed_clocks(history), stored_clocks(file)),
        (replayed_case(history), stored_case(session, file)),
    ):
        assert told == stored, f"{case.reference} as its events tell it:\n{told}\nas its rows are:\n{stored}"
