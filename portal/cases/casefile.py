"""A case with everything that belongs to it, loaded in a bounded number of queries."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.cases import new_codes
from portal.cases.models import (
    NO_DATE,
    Case,
    CaseReport,
    ClearedText,
    Clock,
    Conclusion,
    Event,
    FollowUp,
    Message,
    Rating,
    Referral,
    Report,
    Retaliation,
    Wall,
)
from portal.cases.words import Audience
from portal.catalogue.models import Agency, Category, DeadlineRule, Procedure
from portal.catalogue.words import Kind


@dataclass
class CaseFile:
    """A case, its primary report, and what happened to it. Lists are in order of time."""

    case: Case
    report: Report
    category: Category
    referrals: list[Referral] = field(default_factory=list)
    clocks: list[tuple[Clock, DeadlineRule]] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    cleared_texts: list[ClearedText] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    rating: Rating | None = None
    follow_up: FollowUp | None = None
    is_primary: bool = True  # else the second part of a report that was split: not rated, not counted
    walls: list[Wall] = field(default_factory=list)
    retaliation: Retaliation | None = None
    last_code_step: Event | None = None  # about a new code for a reporter who lost theirs
    procedure: Procedure | None = None  # the report's, of a case that is being opened

    @property
    def kind(self) -> Kind:
        """The kind of the report's category."""
        return Kind(self.category.kind)

    @property
    def live_referrals(self) -> list[Referral]:
        """The referrals that have not been ended: the bodies that have a part in the case."""
        return [one for one in self.referrals if one.ended_at is None and not one.for_head]

    @property
    def head_supports(self) -> list[Referral]:
        """The referrals that only the head of the accused's body reads: the body has no part in the case."""
        return [one for one in self.referrals if one.ended_at is None and one.for_head]

    @property
    def ended_answers(self) -> list[Referral]:
        """The referrals that were ended after they were answered: what was answered stays with the inspectors."""
        return [one for one in self.referrals if one.ended_at is not None and one.answer]

    @property
    def owing_referrals(self) -> list[Referral]:
        """The referrals on which a body owes an answer by a day."""
        return [one for one in self.live_referrals if one.is_open and not one.answered_at and one.due_on < NO_DATE]

    def referral_of(self, agency_id: int) -> Referral | None:
        """The live referral of one agency."""
        return next((referral for referral in self.live_referrals if referral.agency_id == agency_id), None)

    @property
    def conclusion(self) -> Conclusion | None:
        """The newest conclusion, visible or not."""
        return self.conclusions[-1] if self.conclusions else None

    @property
    def visible_conclusion(self) -> Conclusion | None:
        """The newest answer that the reporter can read."""
        return next((one for one in reversed(self.conclusions) if one.visible_at is not None), None)

    @property
    def cleared_text(self) -> ClearedText | None:
        """The newest cleared text."""
        return self.cleared_texts[-1] if self.cleared_texts else None


def load_file(session: Session, case: Case) -> CaseFile:
    """Loads a case's file: fourteen queries, whatever the case's history."""
    links = select(Report, CaseReport.is_primary).join(CaseReport, CaseReport.report_id == Report.id)
    links = links.where(CaseReport.case_id == case.id, CaseReport.unlinked_at.is_(None)).order_by(CaseReport.id)
    report, is_primary = session.execute(
        links.limit(1).options(joinedload(Report.agency))
    ).one()  # the first is its own
    referrals = select(Referral).where(Referral.case_id == case.id).order_by(Referral.id)
    referrals = referrals.options(joinedload(Referral.agency), joinedload(Referral.cleared_text))
    clocks = select(Clock, DeadlineRule).join(DeadlineRule, DeadlineRule.id == Clock.rule_id)
    clocks = clocks.where(Clock.case_id == case.id).order_by(Clock.id)
    conclusions = select(Conclusion).where(Conclusion.case_id == case.id).order_by(Conclusion.version)
    texts = select(ClearedText).where(ClearedText.case_id == case.id).order_by(ClearedText.version)
    code_steps = select(Event).where(Event.case_id == case.id, Event.kind.in_(new_codes.STEPS))
    messages = select(Message).where(Message.case_id == case.id).order_by(Message.id)
    session.get_one(Agency, case.lead_id)
    return CaseFile(
        case=case,
        report=report,
        category=session.get_one(Category, case.category),
        referrals=list(session.scalars(referrals).unique()),
        clocks=[(clock, rule) for clock, rule in session.execute(clocks)],
        conclusions=list(session.scalars(conclusions.options(joinedload(Conclusion.agency)))),
        cleared_texts=list(session.scalars(texts)),
        messages=list(session.scalars(messages.options(joinedload(Message.agency)))),
        rating=session.get(Rating, report.id) if is_primary else None,
        follow_up=session.get(FollowUp, report.id) if is_primary else None,
        is_primary=is_primary,
        retaliation=session.get(Retaliation, report.id),
        walls=list(session.scalars(select(Wall).where(Wall.case_id == case.id).order_by(Wall.id))),
        last_code_step=session.scalars(code_steps.order_by(Event.id.desc()).limit(1)).first(),
    )


def events_of(session: Session, case: Case, audiences: frozenset[Audience]) -> list[Event]:
    """A case's events for these audiences, in order."""
    query = select(Event).where(Event.case_id == case.id, Event.audience.in_([one.value for one in audiences]))
    return list(session.scalars(query.order_by(Event.id)))
