"""What must hold of the routing whatever the tree, the rules and the report are (domain.md §3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import strategies as st

from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole, Function, Kind, ReferralRole, Release
from tests.areas.cases.rules.checking import Check, for_all
from tests.areas.cases.rules.trees import LEADERSHIP, REFUSED_TO, REFUSING, WATCHERS, WORLDS, World

JUDGED = "portal.cases.routing"

_PRAISE = (Kind.COMMENDATION, Kind.PROPOSAL)
_LOOK_BACK = (AccusedRole.OFFICER, AccusedRole.DEPUTY, AccusedRole.HEAD, AccusedRole.UNKNOWN)


@dataclass(frozen=True)
class Routed:
    """One report on one tree, and where the module under test sent it. The rest is worked out here anew."""

    tree: AgencyTree
    facts: dict[str, Any]
    routing: Any

    @property
    def meant(self) -> str | None:
        """The body named, else the people's committee of the area."""
        if self.facts["agency"] in self.tree:
            return str(self.facts["agency"])
        return self.tree.for_area(self.facts["area_code"]) if self.facts["area_code"] else None

    @property
    def accused(self) -> str | None:
        """The body the report is against."""
        if self.meant is None or self.facts["kind"] in _PRAISE:
            return None
        committee = self.tree.function(Function.INSPECTION_COMMITTEE)
        if committee is not None and self.tree.is_at_or_below(self.meant, committee):
            return committee
        is_leader = self.meant in [self.tree.function(function) for function in LEADERSHIP]
        return self.meant if is_leader or self.facts["accused_role"] in _LOOK_BACK else None

    def is_out(self, code: str | None) -> bool:
        """Whether a body is accused, below the accused or led by them."""
        return code is not None and self.accused is not None and self.tree.is_at_or_below(code, self.accused)

    @property
    def watchers(self) -> list[str]:
        """The committees that watch, in the order in which they stand in for each other."""
        found = [self.tree.function(function) for function in WATCHERS]
        return [code for code in found if code is not None]

    def agencies(self, *roles: ReferralRole) -> list[str]:
        """Who got a part, in these roles or in any."""
        return [one.agency for one in self.routing.referrals if not roles or one.role in roles]


def routed_in(module: Any, world: World, *, rules: tuple[Any, ...] | None = None, **changed: Any) -> Routed:
    """The report of a world, on its way by the world's rules and the one that refuses."""
    facts = {**world.facts, **changed}
    catalogue = module.RoutingCatalogue(world.tree, (*(world.rules if rules is None else rules), REFUSING))
    return Routed(world.tree, facts, module.route(module.Facts(**facts), catalogue))


def for_all_reports(module: Any, *, examples: int = 250) -> Callable[[Callable[[Routed], None]], None]:
    """Runs a statement for many reports that are not refused."""

    def run(statement: Callable[[Routed], None]) -> None:
        @for_all(module, examples=examples, world=WORLDS)
        def _holds(world: World) -> None:
            routed = routed_in(module, world)
            if routed.routing.refused_to is None:
                statement(routed)

    return run


def check_one_lead(module: Any) -> None:
    """Every report that is not refused has one lead, and everybody in it is of the tree and has a reason."""

    @for_all_reports(module)
    def _holds(routed: Routed) -> None:
        assert routed.agencies(ReferralRole.LEAD) == [routed.routing.lead]
        assert all(code in routed.tree for code in routed.agencies())
        assert all(one.reason_vi and one.reason_en for one in routed.routing.referrals)


def check_the_accused_do_not_lead(module: Any) -> None:
    """The lead is never the accused body, nor below it, nor led by the accused."""

    @for_all_reports(module)
    def _holds(routed: Routed) -> None:
        assert not routed.is_out(routed.routing.lead)


def check_the_walled_get_no_part(module: Any) -> None:
    """The accused body is walled, with all below it: no part in any role, nor suggested for one."""

    @for_all_reports(module)
    def _holds(routed: Routed) -> None:
        assert routed.routing.walled == (() if routed.accused is None else (routed.accused,))
        assert not any(routed.is_out(code) for code in routed.agencies())
        assert not routed.is_out(routed.routing.suggestion)


def check_one_part_each(module: Any) -> None:
    """No body gets two parts; leading goes before overseeing, that before supporting, that before knowing."""
    order = [ReferralRole.LEAD, ReferralRole.OVERSEE, ReferralRole.SUPPORT, ReferralRole.INFORM]

    @for_all_reports(module)
    def _holds(routed: Routed) -> None:
        assert len(set(routed.agencies())) == len(routed.agencies())
        places = [order.index(one.role) for one in routed.routing.referrals]
        assert places == sorted(places)


def check_somebody_watches(module: Any) -> None:
    """The Inspection Committee leads or oversees; accused, the Organisation Committee does."""

    @for_all_reports(module)
    def _holds(routed: Routed) -> None:
        able = [code for code in routed.watchers if not routed.is_out(code)]
        if able:
            assert able[0] in routed.agencies(ReferralRole.LEAD, ReferralRole.OVERSEE)


def check_nothing_at_once_when_somebody_is_accused(module: Any) -> None:
    """Until an inspector has cleared it, nobody reads a report that accuses, or one for the Committee first."""

    @for_all_reports(module)
    def _holds(routed: Routed) -> None:
        is_accused = routed.facts["accused_role"] is not AccusedRole.NONE and routed.facts["kind"] not in _PRAISE
        if is_accused or routed.accused is not None or routed.facts["committee_first"]:
            assert all(one.release is Release.AFTER_CLEARING for one in routed.routing.referrals)


def check_the_leadership_is_for_the_centre(module: Any) -> None:
    """About the Party Committee or its Standing Committee: refused, with guidance, whatever other rows say."""

    @for_all(module, examples=400, world=WORLDS)
    def _holds(world: World) -> None:
        routed = routed_in(module, world)
        leaders = [world.tree.function(function) for function in LEADERSHIP]
        if routed.accused is None or routed.accused not in leaders:
            return
        assert routed.routing == module.Routing(REFUSING.code, None, (), None, (), REFUSED_TO)
        with pytest.raises(module.NobodyMayLead):
            module.route(module.Facts(**world.facts), module.RoutingCatalogue(world.tree, world.rules))


def check_refused_only_for_cause(module: Any) -> None:
    """Nobody is sent away but about the leadership, or where every body that could lead is accused."""

    @for_all(module, examples=250, world=WORLDS)
    def _holds(world: World) -> None:
        routed = routed_in(module, world)
        leaders = [world.tree.function(function) for function in LEADERSHIP]
        if routed.routing.refused_to is not None and routed.meant not in leaders:
            assert all(routed.is_out(code) for code in routed.watchers)


def check_unknown_reads_as_officer(module: Any) -> None:
    """Somebody of unknown rank is an officer."""

    @for_all(module, examples=250, world=WORLDS)
    def _holds(world: World) -> None:
        unknown = routed_in(module, world, accused_role=AccusedRole.UNKNOWN)
        assert unknown.routing == routed_in(module, world, accused_role=AccusedRole.OFFICER).routing


def check_praise_accuses_nobody(module: Any) -> None:
    """In a commendation or a proposal a ticked role says nothing."""

    @for_all(module, examples=150, world=WORLDS, kind=st.sampled_from(_PRAISE))
    def _holds(world: World, kind: Kind) -> None:
        plain = routed_in(module, world, kind=kind, accused_role=AccusedRole.NONE)
        assert routed_in(module, world, kind=kind).routing == plain.routing


def check_what_no_row_names(module: Any) -> None:
    """Without a row: the Inspection Committee, and nothing at once."""

    @for_all(module, examples=150, world=WORLDS)
    def _holds(world: World) -> None:
        routed = routed_in(module, world, rules=())
        if routed.routing.refused_to is None:
            able = [code for code in routed.watchers if not routed.is_out(code)]
            assert routed.routing.rule == module.NO_ROW
            assert routed.agencies() == able[:1]
            assert all(one.release is Release.AFTER_CLEARING for one in routed.routing.referrals)


CHECKS: tuple[Check, ...] = (
    check_one_lead,
    check_the_accused_do_not_lead,
    check_the_walled_get_no_part,
    check_one_part_each,
    check_somebody_watches,
    check_nothing_at_once_when_somebody_is_accused,
    check_the_leadership_is_for_the_centre,
    check_refused_only_for_cause,
    check_unknown_reads_as_officer,
    check_praise_accuses_nobody,
    check_what_no_row_names,
)
