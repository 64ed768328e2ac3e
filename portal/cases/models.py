"""The tables of a report and its case. The report never changes; the case does (datamodel.md)."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Computed,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    and_,
    false,
    func,
    select,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.words import (
    Audience,
    Channel,
    Direction,
    Disclosure,
    FollowUpAnswer,
    Language,
    MessageKind,
    ReferralState,
    ReporterType,
    Status,
)
from portal.catalogue.models import Agency
from portal.catalogue.words import AccusedRole, ReferralRole, Release, Track
from portal.foundation.database import Base, JsonText, UTCDateTime, words

NO_DATE = date(9999, 12, 31)  # sorts last on both servers, where NULL does not


def _where(condition: str, on_sqlite: str = "") -> dict[str, Any]:
    """A partial index's condition for both servers. SQLite takes such an index only for a query in the same words."""
    return {"sqlite_where": text(on_sqlite or condition), "postgresql_where": text(condition)}


OPEN_ONLY, WAITING_ONLY = _where("is_open", "is_open = 1"), _where("is_waiting", "is_waiting = 1")
NOT_CLOSED = _where("closed_at IS NULL")
UNMET = "met_at IS NULL AND stopped_at IS NULL"


class Report(Base):
    """What a person filed, as filed. A trigger refuses every change but erasure."""

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_agency_id_filed_at_accusing", "agency_id", "filed_at", **_where("accused_role <> 'none'")),
        Index("ix_report_filed_at_id", "filed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    category: Mapped[str] = mapped_column(ForeignKey("category.code"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    procedure: Mapped[str | None] = mapped_column(ForeignKey("procedure.code"))
    dossier_code: Mapped[str | None] = mapped_column(String(80))
    promised_on: Mapped[date | None]
    occurred_on: Mapped[date | None]
    occurred_until: Mapped[date | None]
    accused_role: Mapped[AccusedRole] = mapped_column(words(AccusedRole))
    committee_first: Mapped[bool]
    narrative: Mapped[str] = mapped_column(Text)
    mask_spans: Mapped[Any] = mapped_column(JsonText())
    wish: Mapped[str] = mapped_column(Text)
    elsewhere: Mapped[str] = mapped_column(Text)
    language: Mapped[Language] = mapped_column(words(Language))
    channel: Mapped[Channel] = mapped_column(words(Channel))
    disclosure: Mapped[Disclosure] = mapped_column(words(Disclosure))
    reporter_type: Mapped[ReporterType] = mapped_column(words(ReporterType))
    area_code: Mapped[str | None] = mapped_column(String(20))
    filed_at: Mapped[datetime] = mapped_column(UTCDateTime())
    received_on: Mapped[date]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))

    agency: Mapped[Agency | None] = relationship(lazy="raise")


class Receipt(Base):
    """The keyed hash of a receipt code. A replaced code stays, retired, or a replay would file twice."""

    __tablename__ = "receipt"
    __table_args__ = (Index("uq_receipt_report_id_live", "report_id", unique=True, **_where("retired_at IS NULL")),)

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


# What the queue's filters ask of open cases, in one index: any mix of them is answered without a look at the table.
# (For that SQLite wants to see `is_open` as well, though the index holds nothing but open cases.)
QUEUE_COLUMNS = (
    "next_due_on",
    "id",
    "status",
    "category",
    "track",
    "severity",
    "agency_id",
    "area_code",
    "assigned_id",
    "language",
    "disclosure",
    "is_restricted",
    "received_on",
    "is_open",
)
NEXT_COLUMNS = ("next_due_on", "id", "is_restricted", "is_open")


class Case(Base):
    """The handling of one report, or of several merged ones."""

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_open_queue", *QUEUE_COLUMNS, **OPEN_ONLY),
        Index("ix_case_urgency_open", "urgency", *QUEUE_COLUMNS, **OPEN_ONLY),
        Index(
            "ix_case_received_on_open", "received_on", "id", *QUEUE_COLUMNS[2:-2], "next_due_on", "is_open", **OPEN_ONLY
        ),
        Index("ix_case_status_open", "status", *NEXT_COLUMNS, "assigned_id", **OPEN_ONLY),
        Index("ix_case_assigned_id_open", "assigned_id", *NEXT_COLUMNS, "status", **OPEN_ONLY),
        Index("ix_case_category_open", "category", *NEXT_COLUMNS, "assigned_id", **OPEN_ONLY),
        Index("ix_case_merged_into_id", "merged_into_id", "id", **_where("merged_into_id IS NOT NULL")),
        Index("ix_case_received_on_id", "received_on", "id"),
        Index("ix_case_status_received_on_id", "status", "received_on", "id"),
        Index("ix_case_category_received_on_id", "category", "received_on", "id"),
        Index("ix_case_lead_id_received_on_id", "lead_id", "received_on", "id"),
        Index("ix_case_agency_id_received_on_id", "agency_id", "received_on", "id"),
        Index("ix_case_assigned_id_received_on_id", "assigned_id", "received_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    status: Mapped[Status] = mapped_column(words(Status))
    former_status: Mapped[Status | None] = mapped_column(words(Status, "former_status"))
    track: Mapped[Track] = mapped_column(words(Track))
    category: Mapped[str] = mapped_column(ForeignKey("category.code"))
    severity: Mapped[int] = mapped_column(SmallInteger)
    # The most severe is the smallest. The server works it out, for an index that rises from end to end (decision 0026).
    urgency: Mapped[int] = mapped_column(SmallInteger, Computed("-severity"))
    is_open: Mapped[bool]
    is_direct: Mapped[bool]
    is_restricted: Mapped[bool]  # see `restricted.py`
    lead_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    assigned_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    next_due_on: Mapped[date]
    received_on: Mapped[date]
    # Four copies from the report, which never changes: the queue filters by them.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    area_code: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[Language] = mapped_column(words(Language))
    disclosure: Mapped[Disclosure] = mapped_column(words(Disclosure))
    routing_rule: Mapped[str] = mapped_column(String(60))
    suggested_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    refusal_ground: Mapped[str | None] = mapped_column(ForeignKey("refusal_ground.code"))
    forward_body: Mapped[str | None] = mapped_column(ForeignKey("forward_body.code"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    version: Mapped[int] = mapped_column(default=1)

    lead: Mapped[Agency] = relationship(foreign_keys=[lead_id], lazy="raise")
    suggested: Mapped[Agency | None] = relationship(foreign_keys=[suggested_id], lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)


class CaseReport(Base):
    """Which reports a case handles. Merging and splitting move these links only."""

    __tablename__ = "case_report"
    __table_args__ = (
        Index(
            "uq_case_report_case_id_report_id_live",
            "case_id",
            "report_id",
            unique=True,
            **_where("unlinked_at IS NULL"),
        ),
        Index("ix_case_report_report_id_live", "report_id", **_where("unlinked_at IS NULL")),
        Index(
            "uq_case_report_report_id_primary",
            "report_id",
            unique=True,
            **_where("is_primary AND unlinked_at IS NULL", "is_primary = 1 AND unlinked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    is_primary: Mapped[bool]
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime())
    unlinked_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


@cache
def own_link() -> ColumnElement[bool]:
    """The condition on CaseReport for the report that a Case is about: its first link, which never ends.

    Of a report that was split the second case's is not primary; links that merging made come later. (That it is a live
    link of the case follows from it; said as well, a planner can begin at a report.)
    """
    link = CaseReport.__table__.alias("own_link")
    first = select(func.min(link.c.id)).where(link.c.case_id == Case.id, link.c.unlinked_at.is_(None))
    is_first = CaseReport.id == first.correlate(Case.__table__).scalar_subquery()
    return and_(CaseReport.case_id == Case.id, CaseReport.unlinked_at.is_(None), is_first)


class ClearedText(Base):
    """What an agency may read of a report. Immutable: a second clearing is a new version."""

    __tablename__ = "cleared_text"
    __table_args__ = (Index("uq_cleared_text_case_id_version", "case_id", "version", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str] = mapped_column(Text)
    shows_dossier: Mapped[bool]  # a direct delay: the dossier code stands beside the text
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # None: by filing's own rule
    at: Mapped[datetime] = mapped_column(UTCDateTime())


class Referral(Base):
    """One body's share of a case."""

    __tablename__ = "referral"
    __table_args__ = (
        Index(
            "uq_referral_case_id_agency_id_live",
            "case_id",
            "agency_id",
            unique=True,
            **_where("ended_at IS NULL"),
        ),
        Index("uq_referral_case_id_lead", "case_id", unique=True, **_where("role = 'lead' AND ended_at IS NULL")),
        Index("ix_referral_agency_id_due_on_open", "agency_id", "due_on", "id", **OPEN_ONLY),
        Index("ix_referral_agency_id_id", "agency_id", "id"),
        Index("ix_referral_case_id_id", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    role: Mapped[ReferralRole] = mapped_column(words(ReferralRole))
    state: Mapped[ReferralState] = mapped_column(words(ReferralState))
    release: Mapped[Release] = mapped_column(words(Release))
    is_open: Mapped[bool]
    # The head of the accused's body alone reads and answers it; the body has no part in the case (decision 0047).
    for_head: Mapped[bool] = mapped_column(default=False, server_default=false())
    due_on: Mapped[date]
    routing_rule: Mapped[str | None] = mapped_column(String(60))
    reason_vi: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    cleared_text_id: Mapped[int | None] = mapped_column(ForeignKey("cleared_text.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime())
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    version: Mapped[int] = mapped_column(default=1)

    agency: Mapped[Agency] = relationship(lazy="raise")
    cleared_text: Mapped[ClearedText | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)


class Clock(Base):
    """One running deadline of a case or of a referral."""

    __tablename__ = "clock"
    __table_args__ = (
        Index("ix_clock_case_id", "case_id"),
        Index("ix_clock_due_on_unmet", "due_on", **_where(UNMET)),
        Index("ix_clock_case_id_hearing", "case_id", "due_on", **_where(f"starts = 'hearing' AND {UNMET}")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("deadline_rule.id"))
    starts: Mapped[str] = mapped_column(String(32))  # a word of status.Starts
    started_on: Mapped[date]
    due_on: Mapped[date]
    paused_on: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)
    extended_by: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")  # in the rule's unit
    extensions: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")  # how often
    met_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    stopped_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


class Wall(Base):
    """Who must not see or handle a case: an agency with everything below it, or one account."""

    __tablename__ = "wall"
    __table_args__ = (
        CheckConstraint("(agency_id IS NULL) <> (staff_id IS NULL)", name="agency_or_staff"),
        Index("ix_wall_case_id", "case_id"),
        Index("ix_wall_agency_id", "agency_id"),
        Index("ix_wall_staff_id", "staff_id", **_where("staff_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    except_staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(Text)


class Retaliation(Base):
    """A report of being paid back for an earlier one. The tie is made by the earlier code, which is not kept."""

    __tablename__ = "retaliation"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    first_report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    wants_protection: Mapped[bool]
    fears: Mapped[str] = mapped_column(Text)  # what the reporter is afraid of; read by those who read reports as filed


class Event(Base):
    """One fact in a case's history. Append-only by trigger; a leaf of the ledger from the first one."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_case_id_id", "case_id", "id"),
        Index("ix_event_id_unsequenced", "id", **_where("ledger_index IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    audience: Mapped[Audience] = mapped_column(words(Audience))
    payload: Mapped[Any] = mapped_column(JsonText())
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    format: Mapped[int] = mapped_column(SmallInteger)
    ledger_index: Mapped[int | None] = mapped_column(unique=True)


class Message(Base):
    """Text between reporter and staff. It belongs to the report; what an agency reads of it is masked."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    direction: Mapped[Direction] = mapped_column(words(Direction))
    kind: Mapped[MessageKind] = mapped_column(words(MessageKind))
    audience: Mapped[Audience] = mapped_column(words(Audience))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    masked_text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime())

    agency: Mapped[Agency | None] = relationship(lazy="raise")


class Rating(Base):
    """What the reporter thinks of the answer, once for each report."""

    __tablename__ = "rating"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score_range"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    score: Mapped[int] = mapped_column(SmallInteger)
    points: Mapped[Any] = mapped_column(JsonText(), default=list)  # words of RatingPoint
    reasons: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime())


class FollowUp(Base):
    """Whether it was really put right: asked once for each report, answered at most once."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_answered_at_waiting", "answered_at", "report_id", **_where("is_waiting", "is_waiting = 1")),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime())
    due_on: Mapped[date]  # the last day on which it can be answered
    answer: Mapped[FollowUpAnswer | None] = mapped_column(words(FollowUpAnswer))
    text: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    is_waiting: Mapped[bool] = mapped_column(default=False)  # for a chief inspector to reopen the case, or not


class Conclusion(Base):
    """Finding, remedies and the answer to the reporter. What is written stays: a trigger lets nothing change but when
    and by whom it was let out, once.
    """

    __tablename__ = "conclusion"
    __table_args__ = (
        Index("uq_conclusion_case_id_version", "case_id", "version", unique=True),
        # When a case was answered and what was found, past the long texts of the rows.
        Index("ix_conclusion_shown", "case_id", "version", "visible_at", "finding", **_where("visible_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    finding: Mapped[str] = mapped_column(ForeignKey("finding.code"))
    remedy: Mapped[str | None] = mapped_column(ForeignKey("remedy.code"))
    more_remedies: Mapped[Any] = mapped_column(JsonText(), default=list, server_default="[]")  # codes, beside the first
    ground: Mapped[str] = mapped_column(Text, default="", server_default="")  # the article that it rests on
    discipline_body: Mapped[str] = mapped_column(String(200), default="", server_default="")  # to whom it was referred
    apologised_on: Mapped[date | None]  # None: nobody has apologised
    days_saved: Mapped[int | None] = mapped_column(SmallInteger)  # working days
    # By the rules of the day on which it was written (`ApprovalRule`): a chief inspector lets it out.
    needs_approval: Mapped[bool] = mapped_column(default=True, server_default=true())
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime())
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    visible_at: Mapped[datetime | None] = mapped_column(UTCDateTime())

    agency: Mapped[Agency] = relationship(lazy="raise")
