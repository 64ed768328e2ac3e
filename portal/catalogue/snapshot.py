"""The catalogue as it stands on a day: what filing asks for each time. Read anew it cost more than all the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue import queries
from portal.catalogue.kept import kept
from portal.catalogue.models import Agency, Category, DeadlineRule, Procedure
from portal.catalogue.routing_rows import RoutingRow
from portal.catalogue.tree import AgencyTree
from portal.catalogue.working_days import Calendar
from portal.foundation.errors import NotFound


@dataclass(frozen=True)
class Snapshot:
    """What the catalogue says on a day. The rows belong to no session and are shared: nobody changes them."""

    on: date
    tree: AgencyTree
    rules: tuple[RoutingRow, ...]
    calendar: Calendar
    agencies: Mapping[str, Agency]
    categories: Mapping[str, Category]
    procedures: Mapping[str, Procedure]
    limits: Mapping[str, Sequence[DeadlineRule]]

    def limit(self, code: str, on: date) -> DeadlineRule:
        """The time limit of a code as it is on a day, which need not be the snapshot's. Raises NotFound."""
        held = [rule for rule in self.limits.get(code, ()) if rule.valid_from <= on <= (rule.valid_to or date.max)]
        if not held:
            raise NotFound(queries.NO_LIMIT, code=code)
        return max(held, key=lambda rule: rule.valid_from)

    def limit_code(self, rule_id: int) -> str:
        """The code of a time limit's row."""
        return next(rule.code for rules in self.limits.values() for rule in rules if rule.id == rule_id)


def snapshot(session: Session, on: date) -> Snapshot:
    """The catalogue on a day, as this session's transaction sees it."""
    return kept(session, on, _take)


def _take(session: Session, on: date) -> Snapshot:
    """Reads everything by a session of its own, which leaves its rows to nobody when it ends."""
    with Session(session.connection()) as own:
        return Snapshot(
            on=on,
            tree=queries.agency_tree(own, on),
            rules=queries.routing_rules(own, on),
            calendar=queries.calendar(own),
            agencies={row.code: row for row in queries.agencies_on(own, on)},
            categories={row.code: row for row in queries.categories(own)},
            procedures={row.code: row for row in queries.procedures(own)},
            limits=_by_code(own.scalars(select(DeadlineRule)).all()),
        )


def _by_code(rules: Sequence[DeadlineRule]) -> dict[str, list[DeadlineRule]]:
    found: dict[str, list[DeadlineRule]] = {}
    for rule in rules:
        found.setdefault(rule.code, []).append(rule)
    return found
