"""A proposed change of the routing: how far its dry run is, what would go elsewhere, and taking or dropping it."""

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.cases.routing_changes import drop, proposed_row, rules_mark, take
from portal.cases.routing_dry_run import Moved, moved_by, shown_count
from portal.catalogue import queries
from portal.catalogue.routing_models import ProposalState, RoutingProposal
from portal.foundation.database import transaction
from portal.foundation.errors import Conflict, FieldErrors
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.admin import blueprint
from portal.web.admin.routing import ROOT
from portal.web.admin.routing_words import about_reports, body_name, rule_line, rule_name
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import said
from portal.web.frame.templating import day, moment

MOST_LINES = 100


@blueprint.get(f"{ROOT}/proposals/<int:number>")
@allow(P.MANAGE_CATALOGUE)
def show_proposal(number: int) -> Response:
    """The change, and its dry run as far as it is."""
    return _page(_proposal(number))


@blueprint.post(f"{ROOT}/proposals/<int:number>/take")
@allow(P.MANAGE_CATALOGUE)
def take_proposal(number: int) -> Response:
    """Lets the change hold from its day on."""
    session, login = db.session(), staff().login
    try:
        with transaction(session):
            proposal = _proposal(number, lock=True)
            take(session, proposal, by_login=login)
            key = proposal.code
    except FieldErrors as error:
        return _page(_proposal(number), said(next(iter(error.fields.values()))), 409)
    except Conflict as error:
        return _page(_proposal(number), said(error), 409)
    flash(_("Đã nhận thay đổi. Đến ngày bắt đầu, quy tắc tự có hiệu lực."))
    return make_response(redirect(url_for("admin.show_rule", key=key)))


@blueprint.post(f"{ROOT}/proposals/<int:number>/drop")
@allow(P.MANAGE_CATALOGUE)
def drop_proposal(number: int) -> Response:
    """Gives the change up."""
    session, login = db.session(), staff().login
    try:
        with transaction(session):
            drop(session, _proposal(number, lock=True), by_login=login)
    except Conflict as error:
        return _page(_proposal(number), said(error), 409)
    flash(_("Đã bỏ đề nghị. Quy tắc chuyển không đổi."))
    return make_response(redirect(url_for("admin.list_routing")))


def _proposal(number: int, *, lock: bool = False) -> RoutingProposal:
    if number > 2**31 - 1:
        return abort(404)
    found = db.session().get(RoutingProposal, number, with_for_update=lock)
    return found if found is not None else abort(404)


def _page(proposal: RoutingProposal, conflict: str = "", status: int = 200) -> Response:
    session = db.session()
    rules = queries.routing_rules(session, proposal.valid_from)
    ranks = {row.code: row.rank for row in rules} | ({proposal.code: proposal.rule["rank"]} if proposal.rule else {})
    held = next((row for row in rules if row.code == proposal.code), None)
    by_code = {one.code: one for one in queries.categories(session)}
    bodies = {one.code: one for one in queries.forward_bodies(session)}
    new = proposed_row(proposal.code, proposal.rule, proposal.valid_from) if proposal.rule else None
    moved = moved_by(proposal)
    page = render_template(
        "admin/show_routing_proposal.html",
        number=proposal.id,
        key=proposal.code if held is not None else "",
        heading=rule_name(proposal.code, ranks) if held is not None else _("Quy tắc mới"),
        before=rule_line(held, by_code, bodies) if held is not None else None,
        after=rule_line(new, by_code, bodies) if new is not None else None,
        since=day(proposal.valid_from),
        state=proposal.state.value,
        made=moment(proposal.made_at),
        who=session.scalar(select(Staff.name).where(Staff.login == proposal.by_login)) or proposal.by_login,
        seen=proposal.seen,
        total=max(proposal.total, proposal.seen),
        moved_total=about_reports(shown_count(sum(one.count for one in moved))) if moved else "",
        lines=_lines(moved, ranks),
        is_stale=proposal.state in _WAITS and proposal.rules_mark != rules_mark(session),
        is_late=proposal.state in _WAITS and proposal.valid_from <= today(),
        conflict=conflict,
    )
    return make_response(page, status)


_WAITS = (ProposalState.COUNTING, ProposalState.READY)


def _lines(moved: list[Moved], ranks: dict[str, int]) -> list[tuple[str, str, str]]:
    """From where to where and about how many; the bodies of today's tree by their names."""
    tree = queries.agency_tree(db.session(), today())
    return [
        (
            _("%(body)s (%(rule)s)", body=body_name(tree, one.from_body), rule=rule_name(one.from_rule, ranks)),
            _("%(body)s (%(rule)s)", body=body_name(tree, one.to_body), rule=rule_name(one.to_rule, ranks)),
            about_reports(shown_count(one.count)),
        )
        for one in moved[:MOST_LINES]
    ]
