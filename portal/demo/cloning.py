"""Clones of played cases: new ids, words, bodies and dates, written by bulk inserts.

A template is everything that a played case left in the tables. A clone moves it by whole weeks, so that weekdays
stay, computes its due dates anew from the rules and the calendar, hashes its events anew into leaves, and seals
an identity of its own.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.cases.deadlines import due_on
from portal.cases.events import leaf_fields
from portal.cases.masking import apply_masks, proposed_masks
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
    Receipt,
    Referral,
    Report,
    Wall,
)
from portal.cases.words import Audience, Disclosure
from portal.catalogue.models import DeadlineRule
from portal.catalogue.tree import AgencyTree
from portal.catalogue.working_days import Calendar, received_on
from portal.demo.script import Situation
from portal.demo.wording import some_dossier, some_name, some_phone, spelled_out
from portal.foundation.codes import random_code
from portal.foundation.time import local
from portal.identity.envelope import PersonalData
from portal.identity.models import Identity
from portal.identity.sealing import SealedFiling, seal_filing
from portal.ledger.leaves import FORMAT, leaf_hash, new_salt
from portal.search.lexemes import lexemes
from portal.search.models import SearchDocument
from portal.search.scopes import agency_scope, inspection_scope

Row = dict[str, Any]
VARIANTS = 24  # texts drawn for each situation; clones share them

# In the order in which foreign keys want them.
TABLES: tuple[Any, ...] = (
    Report,
    Receipt,
    Identity,
    Case,
    CaseReport,
    ClearedText,
    Referral,
    Clock,
    Wall,
    Event,
    Message,
    Rating,
    FollowUp,
    Conclusion,
    SearchDocument,
)
NUMBERED = (
    Report,
    Case,
    CaseReport,
    ClearedText,
    Referral,
    Clock,
    Wall,
    Event,
    Message,
    Conclusion,
    SearchDocument,
)


@dataclass(frozen=True)
class Variant:
    """One wording of a situation's narrative, with what is computed from it once."""

    narrative: str
    spans: list[list[Any]]
    cleared: str


@dataclass
class Template:
    """A played case, row by row."""

    situation: Situation
    filed_at: datetime
    rows: dict[Any, list[Row]]
    variants: list[Variant] = field(default_factory=list)

    @property
    def days(self) -> int:
        """How long the case has been going on."""
        return int(self.situation.age)


def read_template(session: Session, situation: Situation, case_id: int, draw: Random) -> Template:
    """Reads what a played case left."""
    report_id = session.scalars(select(CaseReport.report_id).where(CaseReport.case_id == case_id)).one()
    rows: dict[Any, list[Row]] = {}
    for model in TABLES:
        table: Table = model.__table__
        by_case = model is Case or "case_id" in table.c
        column = "id" if model in (Case, Report) else "case_id" if by_case else "report_id"
        key, wanted = table.c[column], case_id if by_case else report_id
        rows[model] = [
            dict(row._mapping)
            for row in session.execute(select(table).where(key == wanted).order_by(*table.primary_key))
        ]
    template = Template(situation, rows[Report][0]["filed_at"], rows)
    for _ in range(VARIANTS):
        narrative = spelled_out(situation.narrative, draw)
        spans = proposed_masks(narrative)
        listed = [[span.start, span.end, span.sort] for span in spans]
        template.variants.append(Variant(narrative, listed, apply_masks(narrative, spans)))
    return template


@dataclass
class Cloner:
    """Makes clones of templates; counts ids on from what the tables hold."""

    tree: AgencyTree
    calendar: Calendar
    rules: dict[int, DeadlineRule]
    officers: dict[int, int]
    recipients: dict[str, bytes]
    notice_public: bytes
    next_id: dict[Any, int]
    draw: Random

    def clone(
        self, template: Template, days_ago: int, present: date
    ) -> tuple[dict[Any, list[Row]], bytes, SealedFiling]:
        """One clone filed about so many days before the present: its rows, its uid, its keys."""
        shift = self._shift(template, days_ago, present)
        bodies = self._bodies(template)
        ids = {model: self._numbers(model, template) for model in NUMBERED}
        variant = self.draw.choice(template.variants)
        uid = secrets.token_bytes(16)
        sealed = self._sealed(template, uid)
        reference = f"VV-{random_code(6)}"
        rows: dict[Any, list[Row]] = {}
        for model in TABLES:
            rows[model] = [self._moved(model, row, shift, bodies, ids) for row in template.rows[model]]
        self._dress(template, rows, variant, uid, sealed, reference)
        self._recount(rows)
        self._hash_events(rows, reference, uid)
        return rows, uid, sealed

    def _shift(self, template: Template, days_ago: int, present: date) -> timedelta:
        """Whole weeks, so that a Tuesday stays a Tuesday; never into the future."""
        days = (local(template.filed_at).date() - (present - timedelta(days=days_ago))).days
        return timedelta(days=-7 * round(max(days, 0) / 7))

    def _bodies(self, template: Template) -> dict[int, int]:
        """Other bodies of the same kind in place of the template's, superiors with them."""
        named = template.situation.agency
        if not named:
            return {}
        kind = self.tree.body(named).kind
        others = [body.code for body in self.tree if body.kind is kind and body.code != "TTHCC"]
        chosen = self.draw.choice(others)
        old, new = (named, *self.tree.ancestors(named)), (chosen, *self.tree.ancestors(chosen))
        return {self.tree.body(a).id: self.tree.body(b).id for a, b in zip(old, new, strict=False)}

    def _numbers(self, model: Any, template: Template) -> dict[int, int]:
        first = self.next_id[model]
        old = [row["id"] for row in template.rows[model]]
        self.next_id[model] = first + len(old)
        return {number: first + place for place, number in enumerate(old)}

    def _moved(
        self, model: Any, row: Row, shift: timedelta, bodies: dict[int, int], ids: dict[Any, dict[int, int]]
    ) -> Row:
        moved = dict(row)
        for name, value in row.items():
            if isinstance(value, datetime | date) and value != NO_DATE:
                moved[name] = value + shift
            elif name in BODY_COLUMNS and value is not None:
                moved[name] = bodies.get(value, value)
            elif name in POINTERS and value is not None:
                moved[name] = ids[POINTERS[name]][value]
            elif name in STAFF_COLUMNS and value is not None:
                moved[name] = self._actor(row, value, bodies)
        if model in NUMBERED:
            moved["id"] = ids[model][row["id"]]
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
        reference: str,
    ) -> None:
        """New words, codes and keys."""
        report = rows[Report][0]
        salt = new_salt()
        stored = "\0".join((variant.narrative, report["wish"], report["elsewhere"])).encode()
        digest = salt + hashlib.sha256(stored).digest() + hashlib.sha256(sealed.envelope).digest()
        report |= {"uid": uid, "narrative": variant.narrative, "mask_spans": variant.spans, "salt": salt}
        report["digest"] = hashlib.sha256(digest).digest()
        if report["dossier_code"]:
            report["dossier_code"] = some_dossier(self.draw)
        if report["agency_id"]:
            area = next(body.area_code for body in self.tree if body.id == report["agency_id"])
            report["area_code"] = rows[Case][0]["area_code"] = area
        rows[Receipt] = [
            {**row, "code_hash": secrets.token_bytes(32), "report_id": report["id"]} for row in rows[Receipt]
        ]
        rows[Identity][0]["envelope"] = sealed.envelope
        rows[Case][0]["reference"] = reference
        for cleared in rows[ClearedText]:
            if cleared["cleared_by_id"] is None:
                cleared["text"] = variant.cleared
        for document in rows[SearchDocument]:
            narrative = variant.narrative if document["audience"] == Audience.INSPECTION else variant.cleared
            document["exact"] = f"{reference}\n{narrative}"
            document["scope"] = self._scope(rows, document["audience"])
            document["lexemes"] = lexemes(document["exact"], document["scope"])

    def _scope(self, rows: dict[Any, list[Row]], audience: str) -> str:
        """Who may find a clone: the bodies moved."""
        case, referrals = rows[Case][0], rows[Referral]
        if audience == Audience.AGENCY:
            return agency_scope(row["agency_id"] for row in referrals if row["cleared_text_id"] is not None)
        referred = [row["agency_id"] for row in referrals if row["ended_at"] is None]
        restricted, holder = case["is_restricted"], case["assigned_id"]
        return inspection_scope(is_restricted=restricted, holder_id=holder, referred_to=referred)

    def _recount(self, rows: dict[Any, list[Row]]) -> None:
        """Dates that follow from rules: the clone's week may have other holidays."""
        report, case = rows[Report][0], rows[Case][0]
        report["received_on"] = case["received_on"] = received_on(local(report["filed_at"]), self.calendar)
        for clock in rows[Clock]:
            clock["started_on"] = self.calendar.next_working(clock["started_on"])
            rule = self.rules[clock["rule_id"]]
            clock["due_on"] = due_on(rule, clock["started_on"], self.calendar)
            if clock["paused_days"]:
                clock["due_on"] = self.calendar.add(clock["due_on"], clock["paused_days"])
        running = [row for row in rows[Clock] if row["met_at"] is None and row["stopped_at"] is None]
        case["next_due_on"] = min((row["due_on"] for row in running if row["paused_on"] is None), default=NO_DATE)
        for referral in rows[Referral]:
            own = [row["due_on"] for row in rows[Clock] if row["referral_id"] == referral["id"]]
            referral["due_on"] = own[-1] if own else NO_DATE

    def _hash_events(self, rows: dict[Any, list[Row]], reference: str, uid: bytes) -> None:
        by_word = {(self.rules[row["rule_id"]].code, row["starts"]): row for row in rows[Clock]}
        for event in rows[Event]:
            payload = dict(event["payload"])
            if "digest" in payload:
                payload["digest"] = rows[Report][0]["digest"].hex()
                payload["received_on"] = rows[Report][0]["received_on"].isoformat()
            payload["clocks"] = [self._told(told, by_word) for told in payload.get("clocks", ())]
            fields = leaf_fields(
                uid=(event_uid := secrets.token_bytes(16)),
                reference=reference,
                report_uid=uid if event["report_id"] else None,
                kind=event["kind"],
                at=event["at"].isoformat(),
                actor_id=event["actor_id"],
                audience=event["audience"],
                payload=payload,
            )
            salt = new_salt()
            event |= {
                "uid": event_uid,
                "payload": payload,
                "salt": salt,
                "leaf": leaf_hash(salt, fields),
                "format": FORMAT,
            }

    def _told(self, told: Row, by_word: dict[tuple[str, str], Row]) -> Row:
        clock = by_word.get((told["rule"], told["starts"]))
        if clock is None:
            return told
        dates = {"started_on": clock["started_on"].isoformat(), "due_on": clock["due_on"].isoformat()}
        return {**told, **dates}


BODY_COLUMNS = frozenset({"agency_id", "lead_id", "suggested_id"})
STAFF_COLUMNS = frozenset({"actor_id", "staff_id", "written_by_id", "cleared_by_id"})
POINTERS: dict[str, Any] = {
    "report_id": Report,
    "case_id": Case,
    "referral_id": Referral,
    "cleared_text_id": ClearedText,
}
