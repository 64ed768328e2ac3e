"""Every file that the catalogue takes: its columns, what each may hold, and how its rows are stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.catalogue import models
from portal.catalogue.bodies import store_agencies, store_functions, store_successions
from portal.catalogue.dossier_rows import store_dossiers
from portal.catalogue.reading import (
    Lines,
    Reader,
    code,
    day,
    maybe,
    month,
    plain_word,
    text,
    whole,
    word,
    word_set,
    yes_no,
)
from portal.catalogue.routing_rows import About, Addressee, Need
from portal.catalogue.row_checks import (
    Check,
    area_is_given,
    late_is_part,
    letter_is_whole,
    nothing_more,
    period_is_right,
    routing_is_safe,
    standard_text_is_whole,
)
from portal.catalogue.standard_text_rows import store_standard_texts
from portal.catalogue.standard_texts import Moment
from portal.catalogue.storing import Store, store_table
from portal.catalogue.words import (
    AccusedRole,
    AgencyKind,
    CalendarKind,
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


def _is_worked(cell: str) -> bool:
    return bool(word(CalendarKind)(cell) == CalendarKind.MAKEUP_WORKING_DAY)


@dataclass(frozen=True)
class FileKind:
    """One kind of file. Files of lower rank are stored first, because others refer to their rows."""

    name: str
    rank: int
    readers: Mapping[str, Reader]
    key: tuple[str, ...]
    store: Store
    optional: frozenset[str] = frozenset()
    check: Check = nothing_more
    has_periods: bool = False  # rows of one code must not hold on the same day

    def fits(self, header: Iterable[str]) -> bool:
        """Whether a header row is this file's."""
        columns = set(header)
        return self.readers.keys() - self.optional <= columns <= self.readers.keys()


_NAMES: dict[str, Reader] = {"name_vi": text(300), "name_en": text(300)}
_SURE: dict[str, Reader] = {"sure": word(Sure)}
_PERIOD: dict[str, Reader] = {"valid_from": day, "valid_to": maybe(day)}
_LISTED: dict[str, Reader] = {"code": code(60), **_NAMES}
_GUIDED: dict[str, Reader] = {
    **_LISTED,
    "guidance_vi": text(),
    "guidance_en": text(),
    "citation": text(),
    **_SURE,
}

_PRINCIPLES = FileKind("principles", 0, {**_LISTED, "group": text(40)}, ("code",), store_table(models.Principle))

_CATEGORIES = FileKind(
    "categories",
    1,
    {
        **_LISTED,
        "kind": word(Kind),
        "track": word(Track),
        "severity": whole(1, 5),
        "example_vi": text(),
        "example_en": text(),
        "directive_clause": text(20),
        "principle": code(60),
    },
    ("code",),
    store_table(models.Category, references={"principle": models.Principle}),
)

_PROCEDURES = FileKind(
    "procedures",
    1,
    {
        **_LISTED,
        "field_vi": text(200),
        "field_en": text(200),
        "level": word(Level),
        "owner_agency_code": maybe(code(40)),
        "owner_kind": plain_word,
        "statutory_days": whole(0, 3650),
        "day_basis": word(DayBasis),
        "online_level": word(OnlineLevel),
        "fee_note": text(),
        "legal_basis": text(),
        "national_code": maybe(code(20)),
        "level_2025": word(TwoTierLevel),
        "days_2026": maybe(whole(0, 3650)),
        **_SURE,
    },
    ("code",),
    store_table(models.Procedure),
)

_DEADLINE_RULES = FileKind(
    "deadline_rules",
    1,
    {
        "code": code(60),
        "track": word(Track, "all"),
        "starts_at": plain_word,
        "body_role": plain_word,
        "amount": whole(-3650, 36500),
        "unit": word(Unit),
        "extension_amount": whole(0, 3650),
        "extension_times": whole(0, 10),
        "condition": word(Condition),
        **_PERIOD,
        "citation": text(),
        "consequence_vi": text(),
        "consequence_en": text(),
        **_SURE,
    },
    ("code", "valid_from"),
    store_table(models.DeadlineRule, key=("code", "valid_from")),
    check=period_is_right,
    has_periods=True,
)

_CALENDAR = FileKind(
    "calendar",
    1,
    {"date": day, "kind": _is_worked, **_NAMES, **_SURE},
    ("date",),
    store_table(models.CalendarDay, key=("on",), renamed={"date": "on", "kind": "is_working"}),
)

_GROUNDS = FileKind("refusal_grounds", 1, _GUIDED, ("code",), store_table(models.RefusalGround))
_FINDINGS = FileKind("findings", 1, _GUIDED, ("code",), store_table(models.Finding))
_REMEDIES = FileKind("remedies", 1, _GUIDED, ("code",), store_table(models.Remedy))
_FORWARD_BODIES = FileKind(
    "forward_bodies",
    1,
    {**_GUIDED, "channel": maybe(text(30)), "kind": plain_word},
    ("code",),
    store_table(models.ForwardBody),
)

_AGENCIES = FileKind(
    "agencies",
    2,
    {
        "code": code(40),
        "parent_code": maybe(code(40)),
        "kind": word(AgencyKind),
        **_NAMES,
        "district_code": maybe(code(10)),
        "commune_code": maybe(code(10)),
        "valid_from": day,
        **_SURE,
    },
    ("code",),
    store_agencies,
    optional=frozenset({"valid_from", "sure"}),
    check=area_is_given,
)

_SUCCESSIONS = FileKind(
    "agency_successions",
    3,
    {
        "old_code": code(40),
        "new_code": code(40),
        "valid_from": day,
        "note_vi": text(),
        "citation": text(),
        **_SURE,
    },
    ("old_code", "valid_from"),
    store_successions,
)

_FUNCTIONS = FileKind(
    "functions",
    4,
    {"function": word(Function), "agency_code": code(40), "valid_from": day},
    ("function", "valid_from"),
    store_functions,
)

_NEXT_STEPS = FileKind(
    "next_steps",
    2,
    {
        "code": code(60),
        "when": word(Situation),
        "track": word(Track, "all"),
        "remedy_vi": text(),
        "remedy_en": text(),
        "to_whom_vi": text(),
        "to_whom_en": text(),
        "last_day_rule": maybe(code(60)),
        "citation": text(),
        "letter_title_vi": text(300),
        "letter_body_vi": Lines(),
        "letter_title_en": text(300),
        "letter_body_en": Lines(),
        **_SURE,
    },
    ("code",),
    store_table(models.NextStep, renamed={"when": "situation"}, references={"last_day_rule": models.DeadlineRule}),
    check=letter_is_whole,
)

_ADDRESSEES = word_set(word(Addressee))

_ROUTING_RULES = FileKind(
    "routing_rules",
    4,
    {
        "rank": whole(0, 100000),
        "code": code(60),
        "kinds": word_set(word(Kind)),
        "accused": word_set(word(AccusedRole)),
        "about": word_set(word(About)),
        "min_severity": maybe(whole(1, 5)),
        "min_recent_reports": maybe(whole(1, 1000)),
        "needs": word_set(word(Need)),
        "categories": word_set(code(60)),
        "lead": word(Addressee),
        "support": _ADDRESSEES,
        "inform": _ADDRESSEES,
        "oversee": _ADDRESSEES,
        "release": word(Release),
        "suggestion": maybe(word(Addressee)),
        "refused_to": maybe(code(60)),
        "reason_vi": text(),
        "reason_en": text(),
        **_PERIOD,
    },
    ("code", "valid_from"),
    store_table(
        models.RoutingRule,
        key=("code", "valid_from"),
        references={"categories": models.Category, "refused_to": models.ForwardBody},
    ),
    check=routing_is_safe,
    has_periods=True,
)

_ANNOUNCEMENTS = FileKind(
    "announcements",
    4,
    {
        "code": code(60),
        "agency_code": maybe(code(40)),
        "category": maybe(code(60)),
        "text_vi": text(500),
        "text_en": text(500),
        "valid_from": day,
        "valid_to": day,
    },
    ("code",),
    store_table(models.Announcement, references={"agency_code": models.Agency, "category": models.Category}),
    check=period_is_right,
)

_DOSSIERS = FileKind(
    "dossiers",
    4,
    {
        "agency_code": code(40),
        "month": month,
        "handled": whole(0, 999_999),
        "late": whole(0, 999_999),
        "source": text(300),
        "invented": yes_no,
    },
    ("agency_code", "month"),
    store_dossiers,
    check=late_is_part,
)

_STANDARD_TEXTS = FileKind(
    "standard_texts",
    1,
    {
        "code": code(60),
        "status_or_action": word(Moment),
        "track": word(Track, "all"),
        "title_vi": text(300),
        "body_vi": Lines(),
        "title_en": text(300),
        "body_en": Lines(),
    },
    ("code",),
    store_standard_texts,
    check=standard_text_is_whole,
)

FILE_KINDS = (
    _PRINCIPLES,
    _CATEGORIES,
    _PROCEDURES,
    _DEADLINE_RULES,
    _CALENDAR,
    _GROUNDS,
    _FINDINGS,
    _REMEDIES,
    _FORWARD_BODIES,
    _AGENCIES,
    _SUCCESSIONS,
    _FUNCTIONS,
    _NEXT_STEPS,
    _ROUTING_RULES,
    _ANNOUNCEMENTS,
    _DOSSIERS,
    _STANDARD_TEXTS,
)
