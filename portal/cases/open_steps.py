"""What a case's reporter can do next: the catalogue's steps over the facts of the case, which are gathered here.

The rules are in `next_steps`, the letters in `papers`.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases.actions.reporter import available
from portal.cases.casefile import CaseFile, events_of
from portal.cases.clocks import REPORTERS
from portal.cases.formal import condition_in
from portal.cases.labels import LIMIT_STARTS, LIMIT_STARTS_OTHERWISE
from portal.cases.models import Conclusion
from portal.cases.next_steps import Fit, Standing, fit, last_day
from portal.cases.queries import line_of, walled_ids
from portal.cases.status import Starts
from portal.cases.story import ClockView, answering, clock_views
from portal.cases.words import Audience, ClockState, Status
from portal.catalogue import queries as catalogue
from portal.catalogue.functions import function_agency
from portal.catalogue.letter_texts import citation_on, is_to_committee
from portal.catalogue.models import Agency, DeadlineRule, NextStep
from portal.catalogue.words import Condition, Function, Kind, Sure, Track
from portal.catalogue.working_days import Calendar
from portal.foundation.errors import NotFound
from portal.foundation.time import local, today

_TELLS_OF_FORMS = frozenset({Audience.REPORTER})  # whom a recorded form is told
REMOTE = "_remote"  # the time limit of remote areas goes by this ending


@dataclass(frozen=True)
class Limited:
    """One time limit of the reporter's, with its last day where it is known when it began."""

    rule: DeadlineRule
    last_day: date | None
    is_over: bool


@dataclass(frozen=True)
class LastDay:
    """Until when, in words: which areas are remote the data does not say, so theirs stands beside it, unless an
    inspector has said of the case's form that the place is remote: then it is the only one.
    """

    normal: Limited
    remote: Limited | None
    starts: str  # from when it is counted, a message
    began_on: date | None
    is_remote: bool  # the place is remote, and the limit is that of remote areas
    is_told: bool  # counted from a day that the reporter told, who may have learned of it later


@dataclass(frozen=True)
class StepView:
    """One remedy as the reporter reads it."""

    code: str
    title: str
    remedy: str
    to_whom: str
    citation: str
    sure: Sure
    is_now: bool
    is_to_committee: bool
    last_day: LastDay | None


@dataclass
class Ground:
    """What the steps of one case rest on, gathered once."""

    session: Session
    file: CaseFile
    calendar: Calendar
    answer: Conclusion | None
    late: ClockView | None
    committee: Agency | None  # who gets the letters to the Inspection Committee
    is_replaced: bool  # another body does: the case accuses it
    standing: Standing
    is_remote: bool = False


def open_steps(session: Session, file: CaseFile, language: str) -> list[StepView]:
    """The remedies that are open, those that the facts call for first."""
    ground = ground_of(session, file)
    found = [(step, fit(step.situation, step.track, ground.standing)) for step in catalogue.next_steps(session)]
    views = [view_of(ground, step, how, language) for step, how in found if how and has_addressee(ground, step)]
    return sorted(views, key=lambda view: not view.is_now)


def ground_of(session: Session, file: CaseFile) -> Ground:
    """Gathers the facts of a case."""
    calendar = catalogue.calendar(session)
    answer = answering(session, file)
    late = _late_clock(clock_views(file, (), calendar, "vi"))
    standing = _standing(file, answer, late, calendar)
    committee, is_replaced = _committee(session, file)
    is_remote = file.case.track is Track.COMPLAINT and _is_remote(session, file)
    return Ground(session, file, calendar, answer, late, committee, is_replaced, standing, is_remote)


def _is_remote(session: Session, file: CaseFile) -> bool:
    return condition_in(events_of(session, file.case, _TELLS_OF_FORMS)) is Condition.REMOTE


def _late_clock(views: list[ClockView]) -> ClockView | None:
    """The late one that the reporter waits for most: an answer before what only leads to it."""
    order = (Starts.ANSWER, Starts.REFERRAL)
    late = [one for one in views if one.is_ours and not one.is_supporting and one.state is ClockState.LATE]
    late.sort(key=lambda one: (order.index(one.starts) if one.starts in order else len(order), one.due_on))
    return late[0] if late else None


def _standing(file: CaseFile, answer: Conclusion | None, late: ClockView | None, calendar: Calendar) -> Standing:
    case, report = file.case, file.report
    promised = report.promised_on
    return Standing(
        status=case.status,
        track=case.track,
        may_become=Track(file.category.track),
        kind=file.kind,
        topic=file.category.code.rpartition(".")[2],
        is_overdue=late is not None,
        has_answer=answer is not None,
        refused_by=(case.refusal_ground or "") if case.status is Status.REFUSED else "",
        moves=frozenset(move.name for move in available(file)),
        committee_first=report.committee_first,
        dossier_days_late=calendar.count(promised, max(promised, today())) if promised else None,
        has_dossier=bool(promised or report.dossier_code),
        began=_began(file, answer, late),
    )


def _began(file: CaseFile, answer: Conclusion | None, late: ClockView | None) -> dict[str, date]:
    """When the reporter's own times began, by the `starts_at` of their rules, as far as the portal knows."""
    began = {rule.starts_at: clock.started_on for clock, rule in file.clocks if Starts(clock.starts) in REPORTERS}
    if file.kind is Kind.DECISION and file.report.occurred_on is not None:
        began["decision_known"] = file.report.occurred_on
    if file.case.track is Track.COMPLAINT:
        if answer is not None and answer.visible_at is not None:
            began["first_decision_received_or_overdue"] = local(answer.visible_at).date()
        elif late is not None:
            began["first_decision_received_or_overdue"] = late.due_on
    return began


def _committee(session: Session, file: CaseFile) -> tuple[Agency | None, bool]:
    """Who gets the letters to the Inspection Committee, and whether it is another: of a case that accuses it the
    Organisation Committee does.
    """
    walled = walled_ids(session, file.case)
    for function in (Function.INSPECTION_COMMITTEE, Function.ORGANISATION_COMMITTEE):
        body = function_agency(session, function, today())
        if body is not None and not walled.intersection(line_of(body)):
            return body, function is not Function.INSPECTION_COMMITTEE
    return None, True


def has_addressee(ground: Ground, step: NextStep) -> bool:
    """Whether there is a body that a letter of the step may go to."""
    return ground.committee is not None or not is_to_committee(step.letter_body_vi)


def view_of(ground: Ground, step: NextStep, how: Fit, language: str) -> StepView:
    """A step of a case as the reporter reads it."""
    to_whom: str = getattr(step, f"to_whom_{language}")
    if is_to_committee(step.letter_body_vi) and ground.is_replaced:
        to_whom = named_in(ground.committee, language)
    return plain_view(step, language, to_whom, _last_day(ground, step), is_now=how is Fit.NOW)


def plain_view(step: NextStep, language: str, to_whom: str, until: LastDay | None, *, is_now: bool) -> StepView:
    """A step as anybody reads it."""
    return StepView(
        code=step.code,
        title=getattr(step, f"letter_title_{language}"),
        remedy=getattr(step, f"remedy_{language}"),
        to_whom=to_whom,
        citation=citation_on(step.citation, today()),
        sure=step.sure,
        is_now=is_now,
        is_to_committee=is_to_committee(step.letter_body_vi),
        last_day=until,
    )


def _last_day(ground: Ground, step: NextStep) -> LastDay | None:
    normal = _limited(ground, step.last_day_rule) if step.last_day_rule else None
    if normal is None:
        return None
    remote = _limited(ground, f"{step.last_day_rule}{REMOTE}")
    is_remote = ground.is_remote and remote is not None
    normal, remote = (remote, None) if is_remote and remote is not None else (normal, remote)
    starts_at = normal.rule.starts_at
    return LastDay(
        normal=normal,
        remote=remote,
        is_remote=is_remote,
        starts=LIMIT_STARTS.get(starts_at, LIMIT_STARTS_OTHERWISE),
        began_on=ground.standing.began.get(starts_at),
        is_told=starts_at == "decision_known",
    )


def _limited(ground: Ground, code: str) -> Limited | None:
    """A limit as it was when it began, else as it is today."""
    rule = _rule(ground.session, code, today())
    if rule is None:
        return None
    began = ground.standing.began.get(rule.starts_at)
    rule = (_rule(ground.session, code, began) if began else None) or rule
    until = last_day(rule, rule.starts_at, ground.standing, ground.calendar)
    return Limited(rule, until, is_over=until is not None and until < today())


def _rule(session: Session, code: str, on: date) -> DeadlineRule | None:
    try:
        return catalogue.deadline_rule(session, code, on)
    except NotFound:
        return None


def named_in(row: object | None, language: str) -> str:
    """A data row's name in a language; nothing where there is no row."""
    return str(getattr(row, f"name_{language}")) if row is not None else ""
