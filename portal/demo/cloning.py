"""Clones of played cases: new ids, words, bodies and dates, ready for bulk inserts.

A clone moves its template by whole weeks and some minutes, so that weekdays and office hours stay, computes its due
dates anew from the rules and the calendar, hashes its events anew into leaves, and seals an identity of its own.
Uids and code hashes count up in front and are random behind: a million of them go to the end of their indexes.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)
from typing import Any

from portal.cases.events import leaf_fields
from portal.cases.models import (
    Case,
    ClearedText,
    Clock,
    Event,
    Receipt,
    Referral,
    Report,
)
from portal.cases.words import Audience, Disclosure
from portal.catalogue.tree import AgencyTree, Body
from portal.catalogue.words import AgencyKind
from portal.demo.due_dates import DueDates
from portal.demo.outcomes import MARKS
from portal.demo.population import AVERAGE, DISTRICTS
from portal.demo.province import RATING_SHARE, in_time_share, marks
from portal.demo.templates import NUMBERED, TABLES, Moves, Row, Template, Variant
from portal.demo.wording import some_dossier, some_name, some_phone
from portal.foundation.codes import crockford
from portal.foundation.time import local
from portal.identity.envelope import PersonalData
from portal.identity.models import Identity
from portal.identity.sealing import SealedFiling, seal_filing
from portal.ledger.leaves import FORMAT, leaf_hash, new_salt
from portal.search.lexemes import joined, part_of
from portal.search.models import SearchDocument
from portal.search.scopes import agency_scope, inspection_scope

MOVING = frozenset({AgencyKind.ONE_STOP, AgencyKind.DISTRICT, AgencyKind.COMMUNE})  # what a department does, it alone
SPREAD = 0x2545F491  # odd: no two numbers of 30 bits come to the same
JITTER = 29 * 60  # seconds; see timetable.py
_part_of = lru_cache(1 << 14)(part_of)  # clones share their wordings


@dataclass(frozen=True)
class Bodies:
    """The bodies that a clone names in place of its template's."""

    chosen: Body | None = None
    ids: dict[int, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


@dataclass
class Clone:
    """One clone: its rows, and what the key store gets."""

    rows: dict[Any, list[Row]]
    uid: bytes
    sealed: SealedFiling = field(repr=False)
    stored_on: date


@dataclass
class Cloner:
    """Makes clones of templates; counts ids on from what the tables hold."""

    tree: AgencyTree
    due_dates: DueDates
    officers: dict[int, int]
    recipients: dict[str, bytes]
    notice_public: bytes
    next_id: dict[Any, int]
    taken: frozenset[str]  # references of cases that are there already
    draw: Random
    _start: int = field(default_factory=lambda: secrets.randbits(30))

    def clone(self, template: Template, days_ago: int, present: date) -> Clone:
        """One clone filed about so many days before the present."""
        shift = self._shift(template, days_ago, present)
        bodies = self._bodies(template)
        template, weeks = self._varied(
            template, bodies.chosen, (present - local(template.filed_at + shift).date()).days
        )
        later = shift + timedelta(weeks=weeks)
        ids = {model: self._numbers(model, template) for model in NUMBERED}
        variant = template.wording(self.draw)
        uid = self._uid(*ids[Report].values())
        sealed = self._sealed(template, uid)
        rows: dict[Any, list[Row]] = {}
        for model in TABLES:
            pairs = zip(template.rows[model], template.moves[model], strict=True)
            rows[model] = [self._moved(row, moves, shift, later, bodies.ids, ids) for row, moves in pairs]
            if model in ids:
                for row in rows[model]:
                    row["id"] = ids[model][row["id"]]
        self._dress(template, rows, variant, uid, sealed, bodies.chosen)
        self.due_dates.recount(rows)
        self._hash_events(template, rows, uid, bodies.codes)
        return Clone(rows, uid, sealed, local(rows[Report][0]["filed_at"]).date())

    def _shift(self, template: Template, days_ago: int, present: date) -> timedelta:
        """Whole weeks, so that a Tuesday stays a Tuesday; never into the future."""
        days = (local(template.filed_at).date() - (present - timedelta(days=days_ago))).days
        weeks = round(max(days, 0) / 7)
        return timedelta(days=-7 * weeks, seconds=self.draw.randint(-JITTER, JITTER) if weeks else 0)

    def _varied(self, template: Template, body: Body | None, days_ago: int) -> tuple[Template, int]:
        """With which mark, and how many weeks later than its template, such a body answers a case."""
        pace, draw = template.pace, self.draw
        if pace is None:
            return template, 0
        is_late = draw.random() >= in_time_share(self._answerable(body), days_ago)
        weeks = pace.drawn(draw, is_late=is_late, room=(days_ago - pace.span - 1) // 7)
        if not template.marked:
            return template, weeks
        if draw.random() >= RATING_SHARE:
            return template.marked[0], weeks
        weights = marks(is_late=pace.is_late(weeks), days_ago=days_ago)
        return template.marked[draw.choices(MARKS, weights)[0]], weeks

    def _answerable(self, body: Body | None) -> str:
        """The district that a body belongs to, or the department that it is."""
        if body is None or body.kind not in MOVING:
            return body.code if body else ""
        return body.code if body.kind is AgencyKind.DISTRICT else self.tree.superior(body.code) or body.code

    def _bodies(self, template: Template) -> Bodies:
        """Another body of the same kind in place of the template's, superiors with it."""
        named = template.situation.agency or self._districts.get(template.rows[Report][0]["area_code"])
        if not named:
            return Bodies()
        kind = self.tree.body(named).kind
        if kind not in MOVING:
            return Bodies(self.tree.body(named))
        places, weights = self._places[kind]
        chosen = self.draw.choices(places, cum_weights=weights)[0]
        old, new = (named, *self.tree.ancestors(named)), (chosen.code, *self.tree.ancestors(chosen.code))
        codes = dict(zip(old, new, strict=False))
        ids = {self.tree.body(a).id: self.tree.body(b).id for a, b in codes.items()}
        return Bodies(chosen, ids, codes)

    @cached_property
    def _districts(self) -> dict[str | None, str]:
        """The district of each area: who names no body may live in any."""
        return {body.area_code: body.code for body in self.tree if body.kind is AgencyKind.DISTRICT}

    @cached_property
    def _places(self) -> dict[AgencyKind, tuple[list[Body], list[float]]]:
        """For each kind its bodies, with how many people they serve added up."""
        places: dict[AgencyKind, tuple[list[Body], list[float]]] = {kind: ([], []) for kind in MOVING}
        for body in self.tree:
            if body.kind in places and body.code != "TTHCC":
                bodies, weights = places[body.kind]
                bodies.append(body)
                weights.append((weights[-1] if weights else 0) + self._people(body))
        return places

    def _people(self, body: Body) -> float:
        district = body.code if body.kind is AgencyKind.DISTRICT else self.tree.superior(body.code)
        share = sum(self.tree.body(one).kind is AgencyKind.COMMUNE for one in self.tree.children(district or body.code))
        people = DISTRICTS.get(district or "", AVERAGE)
        return people / max(share, 1) if body.kind is AgencyKind.COMMUNE else people

    def _numbers(self, model: Any, template: Template) -> dict[int, int]:
        first = self.next_id[model]
        rows = template.rows[model]
        self.next_id[model] = first + len(rows)
        return {row["id"]: first + place for place, row in enumerate(rows)}

    def _uid(self, number: int) -> bytes:
        return number.to_bytes(6, "big") + secrets.token_bytes(10)

    def _moved(
        self,
        row: Row,
        moves: Moves,
        shift: timedelta,
        later: timedelta,
        bodies: dict[int, int],
        ids: dict[Any, dict[int, int]],
    ) -> Row:
        moved = dict(row)
        for name in moves.staff:
            moved[name] = self._actor(row, row[name], bodies)
        for name in moves.dates:
            moved[name] = row[name] + shift
        for name in moves.later:
            moved[name] = row[name] + later
        for name in moves.bodies:
            moved[name] = bodies.get(row[name], row[name])
        for name, model in moves.pointers:
            moved[name] = ids[model][row[name]]
        return moved

    def _actor(self, row: Row, staff_id: int, bodies: dict[int, int]) -> int:
        """An officer of the body that took the place of the one who acted; inspectors stay."""
        agency = row.get("agency_id")
        moved = bodies.get(agency, agency) if agency is not None else None
        return self.officers.get(moved, staff_id) if moved is not None and moved != agency else staff_id

    def _sealed(self, template: Template, uid: bytes) -> SealedFiling:
        anonymous = template.situation.disclosure is Disclosure.ANONYMOUS
        identity = None if anonymous else PersonalData(name=some_name(self.draw), phone=some_phone(self.draw))
        return seal_filing(uid, identity, (), self.recipients, None, self.notice_public)

    def _dress(
        self,
        template: Template,
        rows: dict[Any, list[Row]],
        variant: Variant,
        uid: bytes,
        sealed: SealedFiling,
        chosen: Body | None,
    ) -> None:
        """New words, codes and keys."""
        report, case = rows[Report][0], rows[Case][0]
        salt = new_salt()
        stored = "\0".join((variant.narrative, report["wish"], report["elsewhere"])).encode()
        digest = salt + hashlib.sha256(stored).digest() + hashlib.sha256(sealed.envelope).digest()
        report |= {"uid": uid, "narrative": variant.narrative, "mask_spans": variant.spans, "salt": salt}
        report["digest"] = hashlib.sha256(digest).digest()
        if report["dossier_code"]:
            report["dossier_code"] = some_dossier(self.draw)
        if chosen is not None:
            report["area_code"] = case["area_code"] = chosen.area_code
        case["reference"] = self._reference(case["id"])
        for receipt in rows[Receipt]:
            receipt["code_hash"] = uid[:6] + secrets.token_bytes(26)
        rows[Identity][0]["envelope"] = sealed.envelope
        for cleared in rows[ClearedText]:
            if cleared["cleared_by_id"] is None:
                cleared["text"] = variant.cleared
        self._write_documents(template, rows, variant, chosen)

    def _reference(self, number: int) -> str:
        """Letters that look drawn, but each once: of a million drawn ones hundreds would meet."""
        while True:
            mixed = (number * SPREAD + self._start) % 2**30
            reference = f"VV-{crockford((mixed << 2).to_bytes(4, 'big'), 6)}"
            if reference not in self.taken:
                return reference
            number += 2**29  # far from what any other clone counts from

    def _write_documents(
        self, template: Template, rows: dict[Any, list[Row]], variant: Variant, chosen: Body | None
    ) -> None:
        """As `search.indexing` writes them: line by line, with the clone's own words."""
        words = {
            "reference": rows[Case][0]["reference"],
            "narrative": variant.narrative,
            "cleared": variant.cleared,
            "dossier": rows[Report][0]["dossier_code"] or "",
            "agency": chosen.name_vi if chosen else "",
        }
        for document, lines in zip(rows[SearchDocument], template.documents, strict=True):
            said = [words[sort] if sort else line for sort, line in lines]
            document["exact"] = "\n".join(said)
            document["scope"] = self._scope(rows, document["audience"])
            document["lexemes"] = joined(map(_part_of, said), document["scope"])

    def _scope(self, rows: dict[Any, list[Row]], audience: str) -> str:
        """Who may find a clone: the bodies moved."""
        case, live = rows[Case][0], [row for row in rows[Referral] if row["ended_at"] is None]
        if audience == Audience.AGENCY:
            return agency_scope(row["agency_id"] for row in live if row["cleared_text_id"] is not None)
        return inspection_scope(
            is_restricted=case["is_restricted"],
            holder_id=case["assigned_id"],
            referred_to=[row["agency_id"] for row in live],
        )

    def _hash_events(self, template: Template, rows: dict[Any, list[Row]], uid: bytes, codes: dict[str, str]) -> None:
        report, reference = rows[Report][0], rows[Case][0]["reference"]
        pairs = zip(template.rows[Clock], rows[Clock], strict=True)
        rules = self.due_dates.rules
        clocks = {(rules[a["rule_id"]].code, a["starts"], a["started_on"].isoformat()): b for a, b in pairs}
        for event in rows[Event]:
            payload = self._payload(event["payload"], report, clocks, codes)
            own_uid = self._uid(event["id"])
            fields = leaf_fields(
                uid=own_uid,
                reference=reference,
                report_uid=uid if event["report_id"] else None,
                kind=event["kind"],
                at=event["at"].isoformat(),
                actor_id=event["actor_id"],
                audience=Audience(event["audience"]),
                payload=payload,
            )
            salt = new_salt()
            event |= {"uid": own_uid, "salt": salt, "leaf": leaf_hash(salt, fields), "format": FORMAT}
            event["payload"] = json.dumps(payload, ensure_ascii=False, sort_keys=True)

    def _payload(self, told: Row, report: Row, clocks: dict[tuple[str, str, str], Row], codes: dict[str, str]) -> Row:
        """What an event says, of the clone's own report, bodies and clocks."""
        payload = dict(told)
        if "digest" in payload:
            payload |= {"digest": report["digest"].hex(), "received_on": report["received_on"].isoformat()}
            payload["referrals"] = {codes.get(code, code): role for code, role in payload["referrals"].items()}
        if "agency" in payload:
            payload["agency"] = codes.get(payload["agency"], payload["agency"])
        if "clocks" in payload:
            payload["clocks"] = [self.due_dates.told(clock, clocks) for clock in payload["clocks"]]
        return payload
