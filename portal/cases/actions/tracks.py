"""The track of a case: changed by hand, or by a signed form that was lodged; and what the body did with the form.

Clocks of the old track stop and those of the new one start, in one event, so that each stays explainable from events.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from portal.cases import clocks, events, formal
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile, events_of
from portal.cases.clocks import rule_code
from portal.cases.deadlines import due_on, due_with_pauses
from portal.cases.formal import FormKind, FormStep
from portal.cases.models import Clock, Event, Referral
from portal.cases.pauses import pauses_of, pauses_told
from portal.cases.status import Starts
from portal.cases.words import Audience
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule, ForwardBody
from portal.catalogue.words import Condition, Track
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import ZONE, local, now, today
from portal.staff.models import Staff

LONGEST_NUMBER = 80
# What runs by a track's own rule; a change of track leaves the rest alone.
BY_TRACK = frozenset({Starts.ANSWER, Starts.REFERRAL, Starts.FORWARD})
NOON = time(12)
OUTSIDE = "outside:"  # before the code of a body outside the tree
Line = dict[str, object]


def change_track(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, track: str, text: str) -> Event:
    """Changes the track by hand, to one that needs no signature. Clocks run from the same day, by the new track's rule.

    Raises FieldErrors for a track that cannot be chosen, or without a reason.
    """
    move = check(viewer, "change_track", file, today())
    if track not in formal.tracks_to(file.case.track):
        raise _wrong("track", N_("Hãy chọn loại vụ việc."))
    text, before = required(text), file.case.track
    file.case.track = Track(track)
    told = _law_stops(session, file) if before in formal.FORMAL else _follow_track(session, file)
    payload = {"track_from": before.value, "track": track, "text": text}
    return make_move(
        session, file, move, Telling(events.TRACK_CHANGED, Audience.REPORTER, payload=payload, clocks=told), actor=staff
    )


def record_form(
    session: Session,
    file: CaseFile,
    staff: Staff,
    viewer: Viewer,
    *,
    form: str,
    body: str,
    number: str,
    lodged_on: date | None,
    condition: str = Condition.NORMAL,
) -> Event:
    """Records a signed form: what it is, where, under which number and when it was lodged. Its law's clock starts.

    `body`: a code of the tree, or of a body outside with "outside:" before it. `condition`: what makes a time
    of its law longer. Raises FieldErrors.
    """
    move = check(viewer, "record_form", file, today())
    if form not in list(FormKind):
        raise _wrong("form", N_("Hãy chọn loại đơn."))
    kind, is_outside = FormKind(form), body.startswith(OUTSIDE)
    code, day = body.removeprefix(OUTSIDE), _on_day(lodged_on, "lodged_on", local(file.report.filed_at).date())
    known = session.get(ForwardBody, code) if is_outside else catalogue.agency_by_code(session, code, day)
    if known is None:
        raise _wrong("body", N_("Hãy chọn nơi nhận đơn."))
    number, by = _number(number), _condition(condition or Condition.NORMAL, kind)
    stopped = _stopped(session, file, frozenset({Starts.ANSWER, Starts.FORWARD}))
    before, file.case.track = file.case.track, kind.track
    said = {
        "kind": kind.value,
        "body": code,
        "is_outside": is_outside,
        "number": number,
        "lodged_on": day.isoformat(),
        "condition": by.value,
    }
    telling = Telling(
        events.FORM_LODGED,
        Audience.REPORTER,
        payload={"track_from": before.value, "track": kind.track.value, "form": said},
        clocks=(*stopped, _law_starts(session, file, kind, Starts.ACCEPTANCE, day, by)),
    )
    return make_move(session, file, move, telling, actor=staff)


def record_step(
    session: Session,
    file: CaseFile,
    staff: Staff,
    viewer: Viewer,
    *,
    step: str,
    done_on: date | None,
    number: str = "",
    condition: str = "",
) -> Event:
    """Records what the body did with the form. Accepted: its time to settle runs from that day.

    `condition`: what makes that time longer; empty: what was said when the form was recorded. Raises FieldErrors.
    """
    move = check(viewer, "record_step", file, today())
    running = formal.running_clock(file)
    form = formal.newest_form(events_of(session, file.case, frozenset(Audience)))
    assert running is not None  # noqa: S101 (`check` has seen it)
    assert form is not None  # noqa: S101 (its event started that clock)
    clock, rule = running
    if step not in open_steps(clock):
        raise _wrong("step", N_("Hãy chọn nơi nhận đơn đã làm gì."))
    day = _on_day(done_on, "done_on", clock.started_on)
    clock.met_at = now() if day == today() else datetime.combine(day, NOON, ZONE)
    session.flush()
    told = clocks.told("met", [clock], lambda _: rule.code)
    said: Line = {}
    if step == FormStep.ACCEPTED:
        by = _condition(condition or form.condition, form.kind)
        told.append(_law_starts(session, file, form.kind, Starts.SETTLEMENT, day, by))
        said = {"condition": by.value}
    kind = events.FORM_ACCEPTED if step == FormStep.ACCEPTED else events.FORM_SETTLED
    payload = {"done_on": day.isoformat(), "number": _number(number, is_needed=False), **said}
    telling = Telling(kind, Audience.REPORTER, payload=payload, clocks=tuple(told))
    return make_move(session, file, move, telling, actor=staff)


def open_steps(clock: Clock) -> tuple[FormStep, ...]:
    """What may be recorded while a clock of the form runs."""
    return (FormStep.ACCEPTED,) if clock.starts == Starts.ACCEPTANCE else (FormStep.SETTLED,)


@dataclass(frozen=True)
class Followed:
    """A running clock that another track's rule takes over: from the same day, until when, having stood how long."""

    clock: Clock
    was: DeadlineRule
    rule: DeadlineRule
    due_on: date
    stood: int


def followed(session: Session, file: CaseFile, track: Track) -> list[Followed]:
    """The running clocks whose rule is another on a track, and what becomes of them."""
    calendar = catalogue.calendar(session)
    pauses = pauses_told(events_of(session, file.case, frozenset(Audience)))
    found = []
    for clock, was in file.clocks:
        starts, is_running = Starts(clock.starts), clock.met_at is None and clock.stopped_at is None
        if starts not in BY_TRACK or not is_running or rule_code(starts, track, file.kind) == was.code:
            continue
        rule = catalogue.deadline_rule(session, rule_code(starts, track, file.kind), clock.started_on)
        due, stood = due_with_pauses(rule, clock.started_on, pauses_of(clock, pauses, None), calendar)
        found.append(Followed(clock, was, rule, due, stood))
    return found


def _follow_track(session: Session, file: CaseFile) -> tuple[Line, ...]:
    told: list[Line] = []
    for one in followed(session, file, file.case.track):
        clock = one.clock
        clock.stopped_at = now()
        told += clocks.told("stopped", [clock], {one.was.id: one.was.code}.__getitem__)
        starts = Starts(clock.starts)
        told.append(_begun(session, file, one.rule, starts, clock.started_on, one.due_on, clock.referral_id, one.stood))
    return tuple(told)


def _law_stops(session: Session, file: CaseFile) -> tuple[Line, ...]:
    """The law's clock stops, and the answer is due again, counted from the day from which it was counted before."""
    told = list(_stopped(session, file, clocks.STATUTORY))
    answers = [clock for clock, _ in file.clocks if clock.starts == Starts.ANSWER]
    last = answers[-1] if answers else None
    if last is None or last.met_at is not None or last.stopped_at is None:
        return tuple(told)
    rule = catalogue.deadline_rule(session, rule_code(Starts.ANSWER, file.case.track, file.kind), last.started_on)
    pauses = pauses_told(events_of(session, file.case, frozenset(Audience)))
    spans = pauses_of(last, pauses, None)
    due, stood = due_with_pauses(rule, last.started_on, spans, catalogue.calendar(session))
    told.append(_begun(session, file, rule, Starts.ANSWER, last.started_on, due, stood=stood))
    return tuple(told)


def _stopped(session: Session, file: CaseFile, which: frozenset[Starts]) -> tuple[Line, ...]:
    codes = {rule.id: rule.code for _, rule in file.clocks}
    found = clocks.mark(session, file.case, lambda clock: clock.starts in which, "stopped_at")
    return tuple(clocks.told("stopped", found, codes.__getitem__))


def _condition(said: str, kind: FormKind) -> Condition:
    if said not in [one.value for one in formal.conditions_of(kind)]:
        raise _wrong("condition", N_("Luật của loại đơn này không có thời hạn riêng ấy."))
    return Condition(said)


def _law_starts(
    session: Session, file: CaseFile, kind: FormKind, starts: Starts, day: date, condition: Condition
) -> Line:
    """A clock of the form's law, from the day on which the form was lodged or accepted. That day is not counted."""
    rule = formal.rule_of(kind, starts, catalogue.deadline_rules(session, day), condition)
    if rule is None:
        raise PortalError(N_("Chưa có thời hạn của luật cho ngày này; xin báo quản trị viên."))
    return _begun(session, file, rule, starts, day, due_on(rule, day, catalogue.calendar(session)))


def _begun(
    session: Session,
    file: CaseFile,
    rule: DeadlineRule,
    starts: Starts,
    started_on: date,
    due: date,
    referral_id: int | None = None,
    stood: int = 0,
) -> Line:
    clock = Clock(
        case_id=file.case.id,
        referral_id=referral_id,
        rule_id=rule.id,
        starts=starts.value,
        started_on=started_on,
        due_on=due,
        paused_days=stood,
    )
    session.add(clock)
    if referral_id is not None:
        session.get_one(Referral, referral_id).due_on = due
    session.flush()
    [line] = clocks.told("started", [clock], lambda _: rule.code)
    return line


def _on_day(day: date | None, field: str, earliest: date) -> date:
    """A day that has come, and not before what it follows."""
    if day is None:
        raise _wrong(field, N_("Hãy ghi ngày, ví dụ 10/03/2026."))
    if day > today():
        raise _wrong(field, N_("Ngày này chưa đến."))
    if day < earliest:
        error = PortalError(N_("Ngày này trước ngày %(day)s, nên không thể đúng."), day=f"{earliest:%d/%m/%Y}")
        raise FieldErrors(N_("Xin kiểm tra lại."), {field: error})
    return day


def _number(number: str, *, is_needed: bool = True) -> str:
    number = clean_line(number)
    if is_needed and not number:
        raise _wrong("number", N_("Hãy ghi số tiếp nhận của nơi nhận đơn."))
    if len(number) > LONGEST_NUMBER:
        error = PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=LONGEST_NUMBER)
        raise FieldErrors(N_("Xin kiểm tra lại."), {"number": error})
    return number


def _wrong(field: str, why: str) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {field: PortalError(why)})
