"""One report for each row of the routing table, and its odd cases, on the real tree of 2022 (domain.md §3)."""

from dataclasses import dataclass, field, replace
from typing import Any

from portal.catalogue.routing_rows import Addressee, RoutingRow
from portal.catalogue.words import AccusedRole, Kind, ReferralRole, Release
from tests.areas.cases.rules.checking import Check
from tests.areas.cases.rules.trees import REFUSED_TO, rules_of_2022, tree_of_2022

JUDGED = "portal.cases.routing"

L, S = ReferralRole.LEAD, ReferralRole.SUPPORT
KNOWS, WATCHES = ReferralRole.INFORM, ReferralRole.OVERSEE
NONE, OFFICER, DEPUTY, HEAD, UNKNOWN = AccusedRole

_ORDINARY = {
    "kind": Kind.CONDUCT,
    "category": "attitude.rude",
    "severity": 2,
    "agency": None,
    "area_code": None,
    "accused_role": NONE,
    "has_dossier": False,
    "has_promised_date": False,
    "committee_first": False,
    "disclosure": "confidential",
    "procedure_owner": None,
    "recent_reports_on_agency": 0,
}
_DELAY = {"kind": Kind.DELAY, "category": "delay.late_result"}
_LATE_DOSSIER = {**_DELAY, "has_dossier": True}
_PRAISE = {"kind": Kind.COMMENDATION, "category": "praise.person", "severity": 1}
_PROPOSAL = {"kind": Kind.PROPOSAL, "category": "proposal.simplify", "severity": 1}
_DECISION = {"kind": Kind.DECISION, "category": "decision.disagree", "severity": 3}
_ONLINE = {"kind": Kind.DELAY, "category": "online.failure"}


@dataclass(frozen=True)
class Example:
    """A report, and where it must go."""

    told: str
    given: dict[str, Any]
    rule: str
    parts: dict[str, ReferralRole]
    suggestion: str | None = None
    walled: tuple[str, ...] = ()
    at_once: bool = False
    refused_to: str | None = None
    facts: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", {**_ORDINARY, **self.given})


def _late(told: str, agency: str, parts: dict[str, ReferralRole], **given: Any) -> Example:
    return Example(told, {**_LATE_DOSSIER, "agency": agency, **given}, "delay_direct", parts, at_once=True)


def _refused(told: str, given: dict[str, Any]) -> Example:
    return Example(told, given, "party_bodies_reported", {}, refused_to=REFUSED_TO)


EXAMPLES = (
    # a delay with a dossier code or a promised date goes at once
    _late("a district's late dossier", "H-HA", {"H-HA": L, "UBKT": WATCHES}),
    _late("a one-stop office: its district answers", "H-HA-MC", {"H-HA": L, "H-HA-MC": S, "UBKT": WATCHES}),
    _late("the provincial centre: its department answers", "TTHCC", {"VP": L, "TTHCC": S, "UBKT": WATCHES}),
    _late("a promised date will do", "STNMT", {"STNMT": L, "UBKT": WATCHES}, has_dossier=False, has_promised_date=True),
    Example(
        "… unless the Committee goes first",
        {**_LATE_DOSSIER, "agency": "H-HA", "committee_first": True},
        "anything_else",
        {"UBKT": L},
        suggestion="H-HA",
    ),
    Example("… nor without code or date", {**_DELAY, "agency": "H-HA"}, "anything_else", {"UBKT": L}, "H-HA"),
    Example(
        "… nor when somebody is accused",
        {**_LATE_DOSSIER, "agency": "H-HA-MC", "accused_role": OFFICER},
        "officer_accused",
        {"UBKT": L},
        suggestion="H-HA",
        walled=("H-HA-MC",),
    ),
    # conduct
    Example(
        "an officer: as a rule the superior body",
        {"agency": "H-HA", "accused_role": OFFICER},
        "officer_accused",
        {"UBKT": L},
        suggestion="UBND",
        walled=("H-HA",),
    ),
    Example(
        "somebody of unknown rank",
        {"agency": "H-HA-MC", "accused_role": UNKNOWN},
        "officer_accused",
        {"UBKT": L},
        suggestion="H-HA",
        walled=("H-HA-MC",),
    ),
    Example("a deputy", {"agency": "H-HA", "accused_role": DEPUTY}, "head_or_deputy", {"UBKT": L}, None, ("H-HA",)),
    Example(
        "the head of a one-stop office",
        {"agency": "H-HA-MC", "accused_role": HEAD},
        "head_or_deputy",
        {"UBKT": L},
        walled=("H-HA-MC",),
    ),
    Example(
        "a third report on one office within ninety days",
        {"agency": "STC", "accused_role": OFFICER, "recent_reports_on_agency": 3},
        "repeated_officer",
        {"UBKT": L},
        walled=("STC",),
    ),
    Example(
        "a third report that accuses nobody",
        {"agency": "STC", "recent_reports_on_agency": 3},
        "repeated",
        {"UBKT": L},
    ),
    Example(
        "a bribe",
        {"category": "harassment.bribe", "severity": 5, "agency": "STC", "accused_role": OFFICER},
        "severe",
        {"UBKT": L},
        walled=("STC",),
    ),
    Example("conduct that accuses nobody", {"agency": "STC"}, "anything_else", {"UBKT": L}, "STC"),
    # heads, and the committees themselves
    Example(
        "the head of a department", {"agency": "SNV", "accused_role": HEAD}, "body_head", {"UBKT": L}, None, ("SNV",)
    ),
    Example(
        "the chair of a district", {"agency": "H-TK", "accused_role": HEAD}, "body_head", {"UBKT": L}, None, ("H-TK",)
    ),
    Example(
        "the chair of the People's Committee",
        {"agency": "UBND", "accused_role": HEAD},
        "provincial_head",
        {"UBKT": L, "BTVTU": KNOWS},
        walled=("UBND",),
    ),
    Example(
        "an inspector",
        {"agency": "UBKT", "accused_role": OFFICER},
        "inspection_reported",
        {"BTC": L, "BTVTU": KNOWS},
        walled=("UBKT",),
    ),
    Example(
        "the Inspection Committee, nobody accused: it would judge itself",
        {**_LATE_DOSSIER, "agency": "UBKT"},
        "inspection_reported",
        {"BTC": L, "BTVTU": KNOWS},
        walled=("UBKT",),
    ),
    Example(
        "somebody of the Organisation Committee",
        {"agency": "BTC", "accused_role": OFFICER},
        "officer_accused",
        {"UBKT": L},
        walled=("BTC",),
    ),
    _refused("the Party Committee", {"agency": "TU", "accused_role": HEAD}),
    _refused("… nobody accused", {**_DELAY, "agency": "TU"}),
    _refused("its Standing Committee", {**_DECISION, "agency": "BTVTU", "accused_role": UNKNOWN}),
    # the rest of the table
    Example(
        "a decision that somebody disagrees with",
        {**_DECISION, "agency": "X-20410"},
        "decision",
        {"UBKT": L},
        suggestion="H-HA",
    ),
    Example(
        "the online service is down",
        {**_ONLINE, "agency": "H-HA"},
        "online_service",
        {"STTTT": L, "H-HA": S, "UBKT": WATCHES},
        at_once=True,
    ),
    Example("… at an unknown office", _ONLINE, "online_service", {"STTTT": L, "UBKT": WATCHES}, at_once=True),
    Example(
        "praise",
        {**_PRAISE, "agency": "H-HA-MC"},
        "commendation",
        {"H-HA-MC": L, "BTG": KNOWS, "UBKT": WATCHES},
        at_once=True,
    ),
    Example(
        "praise with a ticked role",
        {**_PRAISE, "agency": "STC", "accused_role": OFFICER},
        "commendation",
        {"STC": L, "BTG": KNOWS, "UBKT": WATCHES},
        at_once=True,
    ),
    Example(
        "a proposal: the owner of the procedure",
        {**_PROPOSAL, "agency": "H-HA", "procedure_owner": "STNMT"},
        "proposal",
        {"STNMT": L, "SNV": KNOWS, "UBKT": WATCHES},
        at_once=True,
    ),
    Example(
        "a proposal to Home Affairs: it leads and is not told twice",
        {**_PROPOSAL, "agency": "SNV", "accused_role": HEAD},
        "proposal",
        {"SNV": L, "UBKT": WATCHES},
        at_once=True,
    ),
    # the office is not known, the area is
    Example(
        "a delay somewhere in a district", {**_LATE_DOSSIER, "area_code": "503"}, "anything_else", {"UBKT": L}, "H-HA"
    ),
    Example(
        "an officer somewhere in a district",
        {"area_code": "503", "accused_role": OFFICER},
        "officer_accused",
        {"UBKT": L},
        suggestion="UBND",
        walled=("H-HA",),
    ),
    Example("a grave matter somewhere", {"severity": 4, "area_code": "502"}, "severe", {"UBKT": L}, "H-TK"),
    Example("nobody knows where", {"accused_role": OFFICER}, "officer_accused", {"UBKT": L}),
    Example("a code of another day", {**_LATE_DOSSIER, "agency": "gone"}, "anything_else", {"UBKT": L}),
)


def check_examples(module: Any) -> None:
    """Every report of the list goes where the table sends it."""
    catalogue = module.RoutingCatalogue(tree_of_2022(), rules_of_2022())
    for example in EXAMPLES:
        routing = module.route(module.Facts(**example.facts), catalogue)
        release = Release.AT_ONCE if example.at_once else Release.AFTER_CLEARING
        assert routing.rule == example.rule, example.told
        assert {one.agency: one.role for one in routing.referrals} == example.parts, example.told
        assert {one.release for one in routing.referrals} <= {release}, example.told
        assert routing.lead == next((code for code, role in example.parts.items() if role is L), None)
        assert routing.suggestion == example.suggestion, example.told
        assert routing.walled == example.walled, example.told
        assert routing.refused_to == example.refused_to, example.told


def check_every_row_has_an_example(module: Any) -> None:
    """No row is left untried but two that say what the code ensures: praise that accuses accuses nobody."""
    catalogue = module.RoutingCatalogue(tree_of_2022(), rules_of_2022())
    used = {module.route(module.Facts(**example.facts), catalogue).rule for example in EXAMPLES}
    assert {row.code for row in rules_of_2022()} - used == {"party_bodies_accused", "inspection_accused"}


def check_the_first_row_decides(module: Any) -> None:
    """Rows are read by rank, in whatever order they come."""
    facts = module.Facts(**EXAMPLES[0].facts)
    tree, rules = tree_of_2022(), rules_of_2022()
    backwards = module.RoutingCatalogue(tree, tuple(reversed(rules)))
    assert module.route(facts, backwards) == module.route(facts, module.RoutingCatalogue(tree, rules))


def check_reasons(module: Any) -> None:
    """A part that a row gives has the row's reason; one that the rule against conflicts gives has its own."""
    catalogue = module.RoutingCatalogue(tree_of_2022(), rules_of_2022())
    direct = module.route(module.Facts(**EXAMPLES[0].facts), catalogue)
    [row] = [row for row in rules_of_2022() if row.code == "delay_direct"]
    assert {(one.reason_vi, one.reason_en) for one in direct.referrals} == {(row.reason_vi, row.reason_en)}
    replaced = _by_a_careless_row(module, "H-HA", OFFICER)
    assert replaced.referrals
    assert "vì quy tắc" not in {one.reason_vi for one in replaced.referrals}


def check_who_steps_in(module: Any) -> None:
    """Where a careless row lets the agency lead: its superiors in turn, but never the leadership; then the
    Inspection Committee, then the Organisation Committee."""
    for agency, role, lead in (
        ("H-HA", NONE, "H-HA"),
        ("H-HA-MC", OFFICER, "H-HA"),
        ("X-20410", HEAD, "H-HA"),
        ("H-HA", HEAD, "UBND"),
        ("STC", DEPUTY, "UBND"),
        ("UBND", HEAD, "UBKT"),
        ("BTG", OFFICER, "UBKT"),
        ("BTC", OFFICER, "UBKT"),
        ("MTTQ", HEAD, "UBKT"),
        ("UBKT", OFFICER, "BTC"),
        ("UBKT", NONE, "BTC"),
    ):
        routing = _by_a_careless_row(module, agency, role)
        assert routing.lead == lead, agency
        assert routing.walled == ((agency,) if (agency, role) != ("H-HA", NONE) else ())


def _by_a_careless_row(module: Any, agency: str, role: AccusedRole) -> Any:
    facts = module.Facts(**{**_ORDINARY, "agency": agency, "accused_role": role})
    return module.route(facts, module.RoutingCatalogue(tree_of_2022(), (_naming_the_agency(),)))


def _naming_the_agency() -> RoutingRow:
    return replace(rules_of_2022()[-1], lead=Addressee.AGENCY, reason_vi="vì quy tắc")


CHECKS: tuple[Check, ...] = (
    check_examples,
    check_every_row_has_an_example,
    check_the_first_row_decides,
    check_reasons,
    check_who_steps_in,
)
