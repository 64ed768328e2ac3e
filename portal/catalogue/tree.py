"""The tree of bodies on one day, as plain values: who is above whom, who stands for which function.

Built by `queries.agency_tree`; the pure rules (routing, conflicts) walk it without a database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.catalogue.words import AgencyKind, Function

_GOVERNS_AN_AREA = frozenset({AgencyKind.DISTRICT, AgencyKind.COMMUNE})


@dataclass(frozen=True, slots=True)
class Body:
    """One body. `parent` and `code` are codes; `id` is the row's, never shown to people."""

    code: str
    parent: str | None
    kind: AgencyKind
    name_vi: str
    name_en: str
    area_code: str | None
    id: int


class AgencyTree:
    """All bodies of one day. Asking about a code that is not in it raises KeyError: test with `in` first."""

    def __init__(self, bodies: Iterable[Body], functions: Mapping[Function, str]) -> None:
        self._bodies = {body.code: body for body in bodies}
        self._functions = dict(functions)
        self._children: dict[str, list[str]] = {}
        self._governs: dict[str, str] = {}
        for body in self._bodies.values():
            if body.parent is not None:
                self._children.setdefault(body.parent, []).append(body.code)
            if body.area_code is not None and body.kind in _GOVERNS_AN_AREA:
                self._governs[body.area_code] = body.code

    def __contains__(self, code: object) -> bool:
        return code in self._bodies

    def __iter__(self) -> Iterator[Body]:
        return iter(self._bodies.values())

    def __len__(self) -> int:
        return len(self._bodies)

    def body(self, code: str) -> Body:
        """The body of that code."""
        return self._bodies[code]

    def superior(self, code: str) -> str | None:
        """The body directly above; None at a root, or where the body above is not of this day."""
        parent = self._bodies[code].parent
        return parent if parent in self._bodies else None

    def ancestors(self, code: str) -> tuple[str, ...]:
        """All bodies above, the nearest first. The walk ends even on a tree that was tied into a ring."""
        found: list[str] = []
        above = self.superior(code)
        while above is not None and above != code and above not in found:
            found.append(above)
            above = self.superior(above)
        return tuple(found)

    def is_at_or_below(self, code: str, above: str) -> bool:
        """Whether a body is the other one or stands under it."""
        return code == above or above in self.ancestors(code)

    def children(self, code: str) -> tuple[str, ...]:
        """The bodies directly below."""
        return tuple(self._children.get(self._bodies[code].code, ()))

    def function(self, function: Function) -> str | None:
        """The body that has a function, if the data name one."""
        code = self._functions.get(function)
        return code if code in self._bodies else None

    def for_area(self, area_code: str) -> str | None:
        """The people's committee of a district or commune."""
        return self._governs.get(area_code)
