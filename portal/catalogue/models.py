"""The catalogue's tables. Bodies, functions and rules have validity dates, for law and tree change."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declarative_mixin, mapped_column

from portal.catalogue.words import (
    AgencyKind,
    Condition,
    DayBasis,
    Function,
    Kind,
    Level,
    OnlineLevel,
    Release,
    Situation,
    Sure,
    Track,
    TwoTierLevel,
    Unit,
)
from portal.foundation.database import Base, words


class Agency(Base):
    """One body from one day to another. Codes come back under other names; a report keeps its row."""

    __tablename__ = "agency"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        Index(
            "uq_agency_code_open",
            "code",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
        CheckConstraint("succession_sure IN ('certain', 'likely', 'unsure')", name="succession_sure"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), index=True, default="")
    kind: Mapped[AgencyKind] = mapped_column(words(AgencyKind))
    name_vi: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))
    district_code: Mapped[str | None] = mapped_column(String(10))
    commune_code: Mapped[str | None] = mapped_column(String(10))
    area_code: Mapped[str | None] = mapped_column(String(10))
    sure: Mapped[Sure] = mapped_column(words(Sure))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    succession_note: Mapped[str | None] = mapped_column(Text)
    succession_citation: Mapped[str | None] = mapped_column(Text)
    succession_sure: Mapped[str | None] = mapped_column(String(32))
    phone: Mapped[str | None] = mapped_column(String(60))
    address: Mapped[str | None] = mapped_column(String(300))


class AgencyFunction(Base):
    """Which body has a function (the Inspection Committee, Home Affairs …) from one day to another."""

    __tablename__ = "agency_function"
    __table_args__ = (UniqueConstraint("function", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    function: Mapped[Function] = mapped_column(words(Function))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


@declarative_mixin
class Listed:
    """A row with a code of its own and its place in the list that people choose from."""

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int]


@declarative_mixin
class Named:
    """The name shown, in both languages."""

    name_vi: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))


@declarative_mixin
class Guided(Listed, Named):
    """A choice with a sentence of guidance and the law it stands on."""

    guidance_vi: Mapped[str] = mapped_column(Text)
    guidance_en: Mapped[str] = mapped_column(Text)
    citation: Mapped[str] = mapped_column(Text)
    sure: Mapped[Sure] = mapped_column(words(Sure))


class Principle(Listed, Named, Base):
    """One of the directive's principles, in its exact words."""

    __tablename__ = "principle"

    group: Mapped[str] = mapped_column("group_name", String(40))


class Category(Listed, Named, Base):
    """What is reported. The kind routes it, the track is what it can become once it is signed."""

    __tablename__ = "category"
    __table_args__ = (CheckConstraint("severity BETWEEN 1 AND 5", name="severity"),)

    kind: Mapped[Kind] = mapped_column(words(Kind))
    track: Mapped[Track] = mapped_column(words(Track))
    severity: Mapped[int]
    example_vi: Mapped[str] = mapped_column(Text)
    example_en: Mapped[str] = mapped_column(Text)
    directive_clause: Mapped[str] = mapped_column(String(20))
    principle: Mapped[str] = mapped_column(ForeignKey("principle.code"))


class Procedure(Listed, Named, Base):
    """An administrative procedure: its days and owner before July 2025, its level since."""

    __tablename__ = "procedure"

    field_vi: Mapped[str] = mapped_column(String(200))
    field_en: Mapped[str] = mapped_column(String(200))
    level: Mapped[Level] = mapped_column(words(Level))
    level_2025: Mapped[TwoTierLevel] = mapped_column(words(TwoTierLevel))
    owner_agency_code: Mapped[str | None] = mapped_column(String(40))
    owner_kind: Mapped[str] = mapped_column(String(60))
    statutory_days: Mapped[int]
    day_basis: Mapped[DayBasis] = mapped_column(words(DayBasis))
    days_2026: Mapped[int | None]
    online_level: Mapped[OnlineLevel] = mapped_column(words(OnlineLevel))
    fee_note: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(Text)
    national_code: Mapped[str | None] = mapped_column(String(20))
    sure: Mapped[Sure] = mapped_column(words(Sure))


class DeadlineRule(Base):
    """One time limit, from one day to another. A negative amount: so long before."""

    __tablename__ = "deadline_rule"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    track: Mapped[str] = mapped_column(String(32))
    starts_at: Mapped[str] = mapped_column(String(60))
    body_role: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int]
    unit: Mapped[Unit] = mapped_column(words(Unit))
    extension_amount: Mapped[int]
    extension_times: Mapped[int]
    condition: Mapped[Condition] = mapped_column(words(Condition))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    citation: Mapped[str] = mapped_column(Text)
    consequence_vi: Mapped[str] = mapped_column(Text)
    consequence_en: Mapped[str] = mapped_column(Text)
    sure: Mapped[Sure] = mapped_column(words(Sure))


class RoutingRule(Base):
    """One row of the routing, as `routing_rows.RoutingRow` reads it; sets are words with spaces between."""

    __tablename__ = "routing_rule"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(String(60))
    kinds: Mapped[str] = mapped_column(String(200))
    accused: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(200))
    min_severity: Mapped[int | None]
    min_recent_reports: Mapped[int | None]
    needs: Mapped[str] = mapped_column(String(200))
    categories: Mapped[str] = mapped_column(Text)
    lead: Mapped[str] = mapped_column(String(40))
    support: Mapped[str] = mapped_column(String(200))
    inform: Mapped[str] = mapped_column(String(200))
    oversee: Mapped[str] = mapped_column(String(200))
    release: Mapped[Release] = mapped_column(words(Release))
    suggestion: Mapped[str | None] = mapped_column(String(40))
    refused_to: Mapped[str | None] = mapped_column(ForeignKey("forward_body.code"))
    reason_vi: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class CatalogueVersion(Base):
    """One row: a random mark that a trigger renews with every write to what filing reads (migration 0007)."""

    __tablename__ = "catalogue_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(32))


class DossierCount(Base):
    """What one body handled in one month, without the bodies below it, as the official one-stop system tells it.

    Public numbers, not ours. A month without a row is not known, which is not the same as zero.
    """

    __tablename__ = "dossier_count"
    __table_args__ = (
        CheckConstraint("month LIKE '____-__'", name="month"),
        CheckConstraint("handled >= 0", name="handled"),
        CheckConstraint("late BETWEEN 0 AND handled", name="late"),
    )

    agency_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    handled: Mapped[int]
    late: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    is_invented: Mapped[bool]


class CalendarDay(Base):
    """A day off, or a day that is worked to make up for one."""

    __tablename__ = "calendar_day"

    on: Mapped[date] = mapped_column("on_date", primary_key=True)
    is_working: Mapped[bool]
    name_vi: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300))
    sure: Mapped[Sure] = mapped_column(words(Sure))
    source: Mapped[str | None] = mapped_column(Text)  # the decree; days of the first lists name none


class RefusalGround(Guided, Base):
    """Why a case is not taken up, with its article."""

    __tablename__ = "refusal_ground"


class Finding(Guided, Base):
    """What an examination found."""

    __tablename__ = "finding"


class Remedy(Guided, Base):
    """What was done about it."""

    __tablename__ = "remedy"


class ForwardBody(Guided, Base):
    """Where to go with what is not decided here."""

    __tablename__ = "forward_body"

    channel: Mapped[str | None] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(40))


class Announcement(Listed, Base):
    """A sentence for whoever reports about a body, or about a category, from one day to another."""

    __tablename__ = "announcement"

    agency_code: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[str | None] = mapped_column(ForeignKey("category.code"))
    text_vi: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class NextStep(Listed, Base):
    """What a reporter can do next in a situation, with the letter to print and sign."""

    __tablename__ = "next_step"

    situation: Mapped[Situation] = mapped_column(words(Situation))
    track: Mapped[str] = mapped_column(String(32))
    remedy_vi: Mapped[str] = mapped_column(Text)
    remedy_en: Mapped[str] = mapped_column(Text)
    to_whom_vi: Mapped[str] = mapped_column(Text)
    to_whom_en: Mapped[str] = mapped_column(Text)
    last_day_rule: Mapped[str | None] = mapped_column(String(60))
    citation: Mapped[str] = mapped_column(Text)
    letter_title_vi: Mapped[str] = mapped_column(String(300))
    letter_body_vi: Mapped[str] = mapped_column(Text)
    letter_title_en: Mapped[str] = mapped_column(String(300))
    letter_body_en: Mapped[str] = mapped_column(Text)
    sure: Mapped[Sure] = mapped_column(words(Sure))
