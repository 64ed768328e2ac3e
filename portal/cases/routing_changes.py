"""Changing the routing by pages: propose, try over a year (`routing_dry_run`), take. The past is never edited.

Taking closes the version that holds on the day before and adds a new row; who did it stands in the catalogue's
history. A proposal is worth nothing any more once another rule has changed: it was tried with other rules.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.cases.routing_sets import Topic, fault_of_row, fault_of_set
from portal.catalogue import queries as catalogue
from portal.catalogue.changing import note_change, refuse_field
from portal.catalogue.models import RoutingRule
from portal.catalogue.routing_models import ProposalState, RoutingProposal
from portal.catalogue.routing_rows import RoutingRow
from portal.catalogue.words import Release
from portal.foundation.errors import Conflict, FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.jobs.queue import enqueue

DRY_RUN = "cases.routing_dry_run"
TRIED_OVER = timedelta(days=365)
HISTORY = "routing_rule"
COLUMNS = tuple(one.name for one in fields(RoutingRow) if one.name not in ("code", "valid_from", "valid_to"))

FROM_TOMORROW = N_("Hãy chọn từ ngày mai trở đi: phản ánh đã nhận giữ nguyên quy tắc của ngày nhận.")
HAS_LATER = N_("Quy tắc này đã có thay đổi từ ngày ấy hoặc sau đó. Hãy bỏ thay đổi đó trước.")
NOTHING_NEW = N_("Không có gì khác quy tắc đang có.")
NOTHING_TO_END = N_("Quy tắc này không còn hiệu lực ngày đó.")
CHANGED_SINCE = N_("Sau khi chạy thử, quy tắc chuyển đã có thay đổi khác. Hãy đề nghị và chạy thử lại.")
NOT_READY = N_("Chưa chạy thử xong, hoặc đề nghị này đã được xử lý.")
BEGAN_ALREADY = N_("Không còn thay đổi nào chưa bắt đầu.")
BEGAN = N_("Ngày bắt đầu đã qua trong lúc chờ. Hãy đề nghị lại với ngày sau hôm nay.")


def cells(row: RoutingRow) -> dict[str, Any]:
    """A rule as the table's cells hold it: sets as words with spaces between, in a fixed order."""
    return {name: _cell(getattr(row, name)) for name in COLUMNS}


def _cell(value: Any) -> Any:
    if isinstance(value, frozenset):
        return " ".join(sorted(value))
    return value.value if isinstance(value, StrEnum) else value


def stored(code: str, rule: Mapping[str, Any], valid_from: date) -> RoutingRule:
    """A rule's cells as a row of the table, not stored yet."""
    values = {**rule, "release": Release(rule["release"])}
    return RoutingRule(code=code, valid_from=valid_from, valid_to=None, **values)


def proposed_row(code: str, rule: Mapping[str, Any], valid_from: date) -> RoutingRow:
    """A rule's cells as routing reads them."""
    return catalogue.routing_row(stored(code, rule, valid_from))


def versions(session: Session, code: str) -> Sequence[RoutingRule]:
    """All versions of a rule, the newest first."""
    query = select(RoutingRule).where(RoutingRule.code == code).order_by(RoutingRule.valid_from.desc())
    return session.scalars(query).all()


def rules_mark(session: Session) -> str:
    """Names the state of all rules; another state has another mark."""
    rows = session.scalars(select(RoutingRule).order_by(RoutingRule.id))
    columns = RoutingRule.__table__.columns.keys()
    said = "\n".join(repr([str(getattr(row, name)) for name in columns]) for row in rows)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def new_code() -> str:
    """The code of a rule that is made by the pages."""
    return f"r_{secrets.token_hex(4)}"


def applied(rules: Sequence[RoutingRow], code: str, row: RoutingRow | None) -> tuple[RoutingRow, ...]:
    """The rules of a day with one of them in its new version, or without it."""
    others = [one for one in rules if one.code != code]
    return tuple(sorted([*others, *([row] if row else [])], key=lambda one: (one.rank, one.code)))


def propose(
    session: Session, code: str, rule: Mapping[str, Any], valid_from: date, *, by_login: str
) -> RoutingProposal:
    """Checks a change, stores it as a proposal and queues its dry run. An empty `rule`: the rule ends.

    Raises FieldErrors for what is wrong with it, under the form's field; nothing is stored then.
    """
    _check_days(session, code, rule, valid_from)
    check_sets(session, code, rule, valid_from)
    made_at = now()
    year = (Report.filed_at >= made_at - TRIED_OVER, Report.filed_at <= made_at)
    proposal = RoutingProposal(
        code=code,
        rule=dict(rule),
        valid_from=valid_from,
        by_login=by_login,
        made_at=made_at,
        rules_mark=rules_mark(session),
        state=ProposalState.COUNTING,
        total=session.scalar(select(func.count()).select_from(Report).where(*year)) or 0,
        seen=0,
        last_report=0,
        moved=[],
    )
    session.add(proposal)
    session.flush()
    enqueue(session, DRY_RUN, {"proposal": proposal.id, "seen": 0}, dedupe=f"{DRY_RUN}/{proposal.id}/0")
    return proposal


def _check_days(session: Session, code: str, rule: Mapping[str, Any], valid_from: date) -> None:
    if valid_from <= today():
        refuse_field("valid_from", FROM_TOMORROW)
    known = versions(session, code)
    if any(one.valid_from >= valid_from for one in known):
        refuse_field("valid_from", HAS_LATER)
    held = next((one for one in known if one.valid_to is None or one.valid_to >= valid_from), None)
    if not rule and held is None:
        refuse_field("valid_from", NOTHING_TO_END)
    if held is not None and rule and cells(catalogue.routing_row(held)) == dict(rule):
        raise FieldErrors(NOTHING_NEW, {"rank": PortalError(NOTHING_NEW)})


def check_sets(session: Session, code: str, rule: Mapping[str, Any], valid_from: date) -> None:
    """Raises FieldErrors if the rule, or all rules together on any day from then on, break what must hold."""
    row = proposed_row(code, rule, valid_from) if rule else None
    fault = fault_of_row(row) if row is not None else None
    if fault is not None:
        raise FieldErrors(fault[1].message, {fault[0]: fault[1]})
    for on in _days_of_change(session, valid_from):
        _check_day(session, on, applied(catalogue.routing_rules(session, on), code, row))


def _check_day(session: Session, on: date, rules: Sequence[RoutingRow]) -> None:
    topics = [Topic(one.code, one.kind, one.severity) for one in catalogue.categories(session)]
    found = fault_of_set(catalogue.agency_tree(session, on), rules, topics)
    if found is not None:
        raise FieldErrors(found.message, {"lead": found})


def _days_of_change(session: Session, valid_from: date) -> list[date]:
    """The day itself, and each later one on which another rule begins or has ended."""
    days = {valid_from}
    for begins, ends in session.execute(select(RoutingRule.valid_from, RoutingRule.valid_to)).tuples():
        days |= {begins} if begins > valid_from else set()
        days |= {ends + timedelta(days=1)} if ends is not None and ends >= valid_from else set()
    return sorted(days)


def take(session: Session, proposal: RoutingProposal, *, by_login: str) -> None:
    """Lets a tried proposal hold from its day on. Raises Conflict where it cannot any more."""
    list(session.scalars(select(RoutingRule.id).order_by(RoutingRule.id).with_for_update()))  # one taking at a time
    if proposal.state is not ProposalState.READY:
        raise Conflict(NOT_READY)
    if proposal.rules_mark != rules_mark(session):
        raise Conflict(CHANGED_SINCE)
    if proposal.valid_from <= today():
        raise Conflict(BEGAN)
    check_sets(session, proposal.code, proposal.rule, proposal.valid_from)  # the tree may have changed meanwhile
    last_day = proposal.valid_from - timedelta(days=1)
    for held in versions(session, proposal.code):
        if held.valid_to is None or held.valid_to > last_day:
            before = _state(held)
            held.valid_to = last_day
            note_change(session, (HISTORY, proposal.code), before, _state(held), by_login)
    if proposal.rule:
        row = stored(proposal.code, proposal.rule, proposal.valid_from)
        session.add(row)
        session.flush()
        note_change(session, (HISTORY, proposal.code), {}, _state(row), by_login)
    _end(proposal, ProposalState.TAKEN, by_login)
    session.flush()


def drop(session: Session, proposal: RoutingProposal, *, by_login: str) -> None:
    """Gives a proposal up; its dry run stops with the batch that is being counted."""
    if proposal.state not in (ProposalState.COUNTING, ProposalState.READY):
        raise Conflict(NOT_READY)
    _end(proposal, ProposalState.DROPPED, by_login)
    session.flush()


def ahead(known: Sequence[RoutingRule]) -> date | None:
    """The day on which a taken change of a rule begins that has not begun yet; `known`: its versions, newest first."""
    if not known:
        return None
    newest = known[0]
    if newest.valid_from > today():
        return newest.valid_from
    return newest.valid_to + timedelta(days=1) if newest.valid_to is not None and newest.valid_to >= today() else None


def call_off(session: Session, code: str, *, by_login: str) -> None:
    """Takes a change back that has not begun: the rule stays as it is today. Raises Conflict, FieldErrors."""
    list(session.scalars(select(RoutingRule.id).order_by(RoutingRule.id).with_for_update()))
    known = versions(session, code)
    begins = ahead(known)
    if begins is None:
        raise Conflict(BEGAN_ALREADY)
    if known[0].valid_from == begins:
        note_change(session, (HISTORY, code), _state(known[0]), {}, by_login)
        session.delete(known[0])
        known = known[1:]
    if known and known[0].valid_to == begins - timedelta(days=1):
        before = _state(known[0])
        known[0].valid_to = None
        note_change(session, (HISTORY, code), before, _state(known[0]), by_login)
    session.flush()
    for on in _days_of_change(session, begins):
        _check_day(session, on, catalogue.routing_rules(session, on))


def _end(proposal: RoutingProposal, state: ProposalState, by_login: str) -> None:
    proposal.state, proposal.ended_by, proposal.done_at = state, by_login, now()


def _state(rule: RoutingRule) -> dict[str, Any]:
    days = {"valid_from": rule.valid_from.isoformat(), "valid_to": rule.valid_to.isoformat() if rule.valid_to else None}
    return {**cells(catalogue.routing_row(rule)), **days}
