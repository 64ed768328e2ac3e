"""Who handles a report: the catalogue's rows decide, and what must never happen is prevented here.

Whatever the rows say (domain.md §3): there is one lead, unless a row refuses; no body that is accused, stands
below the accused or is led by them gets a part; a report that accuses somebody is released to nobody at once;
the Inspection Committee leads or oversees, the Organisation Committee in its place when it is accused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portal.cases.conflicts import reach
from portal.catalogue.routing_rows import About, Addressee, Need, RoutingRow
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole, AgencyKind, Function, Kind, ReferralRole, Release

NO_ROW = "no_row"

# What is not about somebody's wrong: a role that was ticked there all the same says nothing.
_ACCUSES_NOBODY = frozenset({Kind.COMMENDATION, Kind.PROPOSAL})
# They receive reports on the whole and handle no case; a case about them is for the central level.
_LEADERSHIP = (Function.PARTY_COMMITTEE, Function.STANDING_COMMITTEE)
# Who steps in when nobody named may lead, and who watches: the first that may.
_WATCHERS = (
    Function.INSPECTION_COMMITTEE,
    Function.ORGANISATION_COMMITTEE,
    Function.PROVINCIAL_COMMITTEE,
)
_COMMITTEES = _WATCHERS[:2]
_HAVE_HEADS = frozenset({AgencyKind.DEPARTMENT, AgencyKind.INSPECTORATE, AgencyKind.DISTRICT, AgencyKind.COMMUNE})

_STEPS_IN = (
    "Nơi thường giải quyết việc này không được chủ trì, để tránh xung đột lợi ích, nên giao cơ quan này.",
    "Whoever would usually handle this may not lead it, so that no interests conflict; so this body leads.",
)
_WATCHES = ("Theo dõi việc giải quyết.", "Watches how the matter is handled.")


class NobodyMayLead(LookupError):
    """Every body that could lead is accused, and no row says where else to go. Nothing may be stored."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What of a report decides its way."""

    kind: Kind
    category: str
    severity: int
    agency: str | None
    area_code: str | None
    accused_role: AccusedRole
    has_dossier: bool
    has_promised_date: bool
    committee_first: bool
    disclosure: str
    procedure_owner: str | None
    recent_reports_on_agency: int = 0


@dataclass(frozen=True)
class RoutingCatalogue:
    """The tree and the rules of one day."""

    tree: AgencyTree
    rules: tuple[RoutingRow, ...]


@dataclass(frozen=True)
class PlannedReferral:
    """One body's part, and why."""

    agency: str
    role: ReferralRole
    release: Release
    reason_vi: str
    reason_en: str


@dataclass(frozen=True)
class Routing:
    """Where a report goes. Without a lead it is refused, with guidance to `refused_to`."""

    rule: str
    lead: str | None
    referrals: tuple[PlannedReferral, ...]
    suggestion: str | None
    walled: tuple[str, ...]
    refused_to: str | None


_ANYTHING_ELSE = RoutingRow(
    rank=1_000_000,
    code=NO_ROW,
    lead=Addressee.INSPECTION_COMMITTEE,
    release=Release.AFTER_CLEARING,
    suggestion=Addressee.AGENCY,
    reason_vi="Chưa có quy tắc nào cho việc này, nên Ủy ban Kiểm tra xem xét trước.",
    reason_en="No rule names this matter, so the Inspection Committee looks at it first.",
    valid_from=date.min,
)


def route(facts: Facts, catalogue: RoutingCatalogue) -> Routing:
    """The referrals of a report. The first row that matches and whose lead is a body of the tree decides."""
    matter = _Matter(facts, catalogue.tree)
    for row in sorted(catalogue.rules, key=lambda row: (row.rank, row.code)):
        if not matter.meets(row):
            continue
        if row.lead is Addressee.NONE:
            if row.refused_to is not None:
                return _refused(row)
            continue
        candidate = matter.body_for(row.lead, matter.named)
        if candidate is not None:
            return _routed(row, candidate, matter, catalogue)
    return _routed(_ANYTHING_ELSE, catalogue.tree.function(Function.INSPECTION_COMMITTEE), matter, catalogue)


def _refused(row: RoutingRow) -> Routing:
    return Routing(row.code, None, (), None, (), row.refused_to)


def _routed(row: RoutingRow, candidate: str | None, matter: "_Matter", catalogue: RoutingCatalogue) -> Routing:
    lead = next((code for code in matter.walk(candidate) if code not in matter.reach), None)
    if lead is None or matter.is_about_leadership:
        for refusing in catalogue.rules:
            if refusing.lead is Addressee.NONE and refusing.refused_to is not None:
                return _refused(refusing)
        raise NobodyMayLead(row.code)
    return Routing(
        rule=row.code,
        lead=lead,
        referrals=tuple(_referrals(row, candidate, lead, matter)),
        suggestion=matter.suggestion(row, lead),
        walled=() if matter.accused is None else (matter.accused,),
        refused_to=None,
    )


def _referrals(row: RoutingRow, candidate: str | None, lead: str, matter: "_Matter") -> Iterator[PlannedReferral]:
    """One referral a body: leading goes before overseeing, then supporting, then being informed."""
    at_once = row.release is Release.AT_ONCE and matter.accuses_nobody
    release = Release.AT_ONCE if at_once else Release.AFTER_CLEARING
    by_row = (row.reason_vi, row.reason_en)
    parts = [(lead, ReferralRole.LEAD, by_row if lead == candidate else _STEPS_IN)]
    parts += [(code, ReferralRole.OVERSEE, by_row) for code in matter.bodies_for(row.oversee)]
    parts += [(code, ReferralRole.OVERSEE, _WATCHES) for code in matter.watcher()]
    parts += [(code, ReferralRole.SUPPORT, by_row) for code in matter.bodies_for(row.support)]
    parts += [(code, ReferralRole.INFORM, by_row) for code in matter.bodies_for(row.inform)]
    placed: set[str] = set()
    for code, role, (reason_vi, reason_en) in parts:
        if code not in placed and code not in matter.reach:
            placed.add(code)
            yield PlannedReferral(code, role, release, reason_vi, reason_en)


class _Matter:
    """The facts of one report, seen on the tree: which body is meant, who is accused, who is out of reach."""

    def __init__(self, facts: Facts, tree: AgencyTree) -> None:
        self.facts = facts
        self.tree = tree
        self.named = facts.agency if facts.agency in tree else None
        # Whoever does not know the office gives the area: its people's committee stands in for the office.
        self.meant = self.named
        if self.named is None and facts.area_code is not None:
            self.meant = tree.for_area(facts.area_code)
        self.role = _role(facts)
        self.accused = self._accused()
        self.accuses_nobody = self.accused is None and self.role is AccusedRole.NONE
        self.reach = frozenset() if self.accused is None else reach(tree, self.accused)

    def _accused(self) -> str | None:
        """The body that the report is against. One about the Inspection Committee, or about the leadership,
        is against it whether or not a person is accused: its own people would judge it."""
        if self.meant is None or self.facts.kind in _ACCUSES_NOBODY:
            return None
        committee = self.tree.function(Function.INSPECTION_COMMITTEE)
        if committee is not None and self.tree.is_at_or_below(self.meant, committee):
            return committee
        if self.role is AccusedRole.NONE and self.meant not in self._bodies(_LEADERSHIP):
            return None
        return self.meant

    def _bodies(self, functions: tuple[Function, ...]) -> list[str]:
        bodies = (self.tree.function(function) for function in functions)
        return [code for code in bodies if code is not None]

    @property
    def is_about_leadership(self) -> bool:
        """Whether the case is not one for this level."""
        return self.accused in self._bodies(_LEADERSHIP)

    def walk(self, candidate: str | None) -> Iterator[str]:
        """Who may be asked to lead, in order: the candidate, its superiors, then the committees. It ends."""
        leadership = self._bodies(_LEADERSHIP)
        if candidate is not None:
            yield candidate
            if candidate not in self._bodies(_COMMITTEES):
                yield from (code for code in self.tree.ancestors(candidate) if code not in leadership)
        yield from self._bodies(_WATCHERS)

    def watcher(self) -> list[str]:
        """The first committee that may watch; none if none may."""
        return [code for code in self._bodies(_WATCHERS) if code not in self.reach][:1]

    def suggestion(self, row: RoutingRow, lead: str) -> str | None:
        """Whom an inspector will as a rule refer to after clearing: nobody accused, and not the lead."""
        meant = self.body_for(row.suggestion, self.meant) if row.suggestion else None
        if meant is None and self.named is None:
            meant = self.meant
        if meant is None:
            return None
        allowed = (code for code in (meant, *self.tree.ancestors(meant)) if code not in self.reach)
        found = next(allowed, None)
        return None if found == lead or found in self._bodies(_LEADERSHIP) else found

    def bodies_for(self, words: frozenset[Addressee]) -> list[str]:
        """The bodies that these words name in this report, in the order of the words' list."""
        found = (self.body_for(word, self.named) for word in Addressee if word in words)
        return [code for code in found if code is not None]

    def body_for(self, word: Addressee, agency: str | None) -> str | None:
        """The body that a word names, where the agency of the report is this one."""
        if word in _FUNCTION_OF:
            return self.tree.function(_FUNCTION_OF[word])
        owner = self.facts.procedure_owner
        if word is Addressee.PROCEDURE_OWNER and owner in self.tree:
            return owner
        if agency is None or word is Addressee.NONE:
            return None
        is_office = self.tree.body(agency).kind is AgencyKind.ONE_STOP
        if word is Addressee.OFFICE:
            return agency if is_office else None
        if word is Addressee.SUPERIOR:
            return self.tree.superior(agency)
        if word is Addressee.OFFICE_PARENT and is_office:
            return self.tree.superior(agency) or agency
        return agency

    def meets(self, row: RoutingRow) -> bool:
        """Whether all conditions of a row are met; an empty one is met by anything."""
        facts = self.facts
        return (
            (not row.kinds or facts.kind in row.kinds)
            and (not row.categories or facts.category in row.categories)
            and (not row.accused or self.role in {_as_officer(role) for role in row.accused})
            and (not row.about or any(self._is_about(about) for about in row.about))
            and (row.min_severity is None or facts.severity >= row.min_severity)
            and (row.min_recent_reports is None or facts.recent_reports_on_agency >= row.min_recent_reports)
            and all(self._has(need) for need in row.needs)
            # The page promises it: nobody hears of the report before the Committee has seen it.
            and not (facts.committee_first and row.release is Release.AT_ONCE)
        )

    def _is_about(self, about: About) -> bool:
        if self.named is None:
            return False
        if about is About.PARTY_BODIES:
            return self.named in self._bodies(_LEADERSHIP)
        if about is About.INSPECTION_COMMITTEE:
            committee = self.tree.function(Function.INSPECTION_COMMITTEE)
            return committee is not None and self.tree.is_at_or_below(self.named, committee)
        if self.role is not AccusedRole.HEAD:
            return False
        if about is About.PROVINCIAL_HEAD:
            return self.named == self.tree.function(Function.PROVINCIAL_COMMITTEE)
        return self.tree.body(self.named).kind in _HAVE_HEADS

    def _has(self, need: Need) -> bool:
        if need is Need.DOSSIER_OR_PROMISE:
            return self.facts.has_dossier or self.facts.has_promised_date
        if need is Need.AGENCY_NAMED:
            return self.named is not None
        return self.accuses_nobody if need is Need.NOBODY_ACCUSED else not self.facts.committee_first


def _role(facts: Facts) -> AccusedRole:
    return AccusedRole.NONE if facts.kind in _ACCUSES_NOBODY else _as_officer(facts.accused_role)


def _as_officer(role: AccusedRole) -> AccusedRole:
    """Unknown is read as officer (domain.md §3)."""
    return AccusedRole.OFFICER if role is AccusedRole.UNKNOWN else role


_FUNCTION_OF = {
    Addressee.INSPECTION_COMMITTEE: Function.INSPECTION_COMMITTEE,
    Addressee.ORGANISATION_COMMITTEE: Function.ORGANISATION_COMMITTEE,
    Addressee.PROPAGANDA_COMMITTEE: Function.PROPAGANDA_COMMITTEE,
    Addressee.STANDING_COMMITTEE: Function.STANDING_COMMITTEE,
    Addressee.HOME_AFFAIRS: Function.HOME_AFFAIRS,
    Addressee.ONLINE_SERVICES: Function.ONLINE_SERVICES,
}


def unmet(facts: Facts, tree: AgencyTree, row: RoutingRow) -> tuple[str, ...]:
    """What keeps a row from deciding over a report: the row's own columns, needs as "needs.<word>"; nothing if it may.

    Each condition is put to the same test as in routing, alone, so that what is told cannot differ from what is done.
    """
    matter = _Matter(facts, tree)

    def fails(**alone: object) -> bool:
        return not matter.meets(replace(_ANYTHING_ELSE, **alone))  # type: ignore[arg-type]

    found = [name for name in _CONDITIONS if fails(**{name: getattr(row, name)})]
    found += [f"needs.{need.value}" for need in Need if need in row.needs and fails(needs=frozenset({need}))]
    if fails(release=row.release):
        found.append("release")
    refuses = row.lead is Addressee.NONE and row.refused_to is not None
    if not found and not refuses and matter.body_for(row.lead, matter.named) is None:
        found.append("lead")
    return tuple(found)


_CONDITIONS = ("kinds", "categories", "accused", "about", "min_severity", "min_recent_reports")
