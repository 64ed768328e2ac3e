"""Filing for somebody who came to the counter or called: one sheet, read back before it is sent, then out of sight.

The officer sees neither report nor identity again; the code on the receipt opens nothing but the page that replaces
it (decision 0041). Every page is reached by GET, so that going back finds what is still there: after sending, nothing.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from portal.cases import labels
from portal.cases.actions.receive import SentElsewhere
from portal.cases.filing import Filing
from portal.cases.receipts import shown
from portal.cases.words import ASSISTED, Channel, Disclosure, Language, ReporterType
from portal.catalogue.queries import categories, procedures
from portal.catalogue.snapshot import snapshot
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole, Function, Kind
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import ZONE, local, today
from portal.intake.answers import to_filing
from portal.intake.models import AssistedFiling
from portal.intake.submission import NoVault, file_report, identity_allowed
from portal.staff.permissions import Permission as P
from portal.web.desk import assist_draft, blueprint
from portal.web.desk.assist_draft import AssistDraft, open_sheet
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen, named, said
from portal.web.frame.site import tracking_address
from portal.web.frame.templating import moment, weekday

ROOT = "/staff/assist"
CHANNELS = {Channel.COUNTER: N_("Tại quầy"), Channel.HOTLINE: N_("Qua điện thoại")}
LANGUAGES = {Language.VI: N_("Việt"), Language.EN: N_("Anh")}  # "Trả lời bằng tiếng …"
HOW = N_("Hãy chọn người đó đến quầy hay gọi điện.")
_PRAISE = (Kind.COMMENDATION, Kind.PROPOSAL)


@blueprint.get(ROOT)
@allow(P.FILE_FOR_OTHERS)
def list_assisted() -> Response:
    """Where to begin; and of today's own filings the number and the times, nothing else."""
    midnight = datetime.combine(today(), time(), ZONE)
    columns = select(AssistedFiling.at, AssistedFiling.channel)
    query = columns.where(AssistedFiling.staff_id == staff().id, AssistedFiling.at >= midnight)
    rows = db.session().execute(query.order_by(AssistedFiling.at.desc())).tuples().all()
    page = render_template(
        "desk/list_assisted.html",
        count=ngettext(
            "Hôm nay anh/chị đã ghi giúp %(num)s phản ánh.", "Hôm nay anh/chị đã ghi giúp %(num)s phản ánh.", len(rows)
        ),
        lines=[f"{local(at):%H:%M}, {_(CHANNELS[channel])}" for at, channel in rows],
    )
    return make_response(page)


@blueprint.get(f"{ROOT}/new")
@allow(P.FILE_FOR_OTHERS)
def new_assisted() -> Response:
    """The sheet: empty, or with what was typed and what is wrong with it."""
    sheet = open_sheet()
    if sheet.is_lost:
        return _lost()
    if sheet.receipt is not None:
        return _to("show_assisted_receipt", sheet)
    errors = _read(sheet)[1] if sheet.answers and "check" in request.args else {}
    return _form(sheet, errors)


@blueprint.post(f"{ROOT}/new")
@allow(P.FILE_FOR_OTHERS)
def keep_assisted() -> Response:
    """Keeps what was typed and goes on to reading it back, or back to what is wrong."""
    sheet = open_sheet()
    if sheet.receipt is not None:
        return _to("show_assisted_receipt", sheet)
    sheet.answers |= assist_draft.typed()
    assist_draft.keep(sheet)
    filing, _errors = _read(sheet)
    response = _to("check_assisted", sheet) if filing is not None else _to("new_assisted", sheet, check="1")
    return assist_draft.with_key(response, sheet)


@blueprint.get(f"{ROOT}/check")
@allow(P.FILE_FOR_OTHERS)
def check_assisted() -> Response:
    """Everything on one page, to be read back to the person before it is sent."""
    sheet = open_sheet()
    if sheet.receipt is not None:
        return _to("show_assisted_receipt", sheet)
    filing, _errors = _read(sheet)
    if sheet.is_lost or not sheet.answers:
        return _lost()
    return _check(sheet, filing) if filing is not None else _to("new_assisted", sheet, check="1")


@blueprint.post(f"{ROOT}/check")
@allow(P.FILE_FOR_OTHERS)
def send_assisted() -> Response:
    """Sends it and empties the sheet. Sent twice, it makes one report and shows the same receipt."""
    sheet, own_id, session = open_sheet(), staff().id, db.session()
    if sheet.receipt is not None:
        return _to("show_assisted_receipt", sheet)
    if request.form.get("do") == "erase":
        assist_draft.erase(sheet)
        flash(_("Đã xóa phiếu. Không lưu gì."))
        return assist_draft.without_key(make_response(redirect(url_for("desk.list_assisted"))))
    filing, _errors = _read(sheet)
    if sheet.is_lost or not sheet.answers:
        return _lost()
    if filing is None:
        return _to("new_assisted", sheet, check="1")
    parts = installed()
    try:
        receipt = file_report(session, parts.key_store, parts.secrets, filing, sheet.handle, officer_id=own_id)
    except SentElsewhere as elsewhere:
        return _check(sheet, filing, elsewhere)
    except NoVault:
        return _to("new_assisted", sheet, check="1")
    assist_draft.empty(sheet, receipt)
    return _to("show_assisted_receipt", sheet)


@blueprint.get(f"{ROOT}/receipt")
@allow(P.FILE_FOR_OTHERS)
def show_assisted_receipt() -> Response:
    """The receipt to print or read out, for ten minutes or until it was handed over."""
    sheet = open_sheet()
    if sheet.receipt is None:
        return _lost()
    page = render_template(
        "desk/show_assisted_receipt.html",
        draft=sheet.handle,
        code=shown(sheet.receipt.code),
        filed=moment(sheet.receipt.filed_at),
        due=weekday(sheet.receipt.due_on),
        proof=sheet.receipt.proof.strip(),
        track_address=tracking_address(),
    )
    return make_response(page)


@blueprint.post(f"{ROOT}/done")
@allow(P.FILE_FOR_OTHERS)
def finish_assisted() -> Response:
    """The receipt was handed over: it is nowhere any more."""
    assist_draft.erase(open_sheet())
    flash(_("Xong. Mã và nội dung không còn trên máy này."))
    return assist_draft.without_key(make_response(redirect(url_for("desk.list_assisted"))))


def _read(sheet: AssistDraft) -> tuple[Filing | None, dict[str, str]]:
    """The filing, or for each field what is wrong."""
    answers, errors = dict(sheet.answers), dict[str, PortalError]()
    channel = answers.pop("channel", "")
    if channel not in ASSISTED:
        errors["channel"] = PortalError(HOW)
    try:
        filing = to_filing(
            db.session(),
            answers,
            channel=Channel(channel) if channel in ASSISTED else Channel.COUNTER,
            language=Language.EN if answers.get("language") == Language.EN else Language.VI,
            identity_allowed=_can_seal(),
        )
    except FieldErrors as error:
        errors |= error.fields
        filing = None
    return None if errors else filing, {name: said(one) for name, one in errors.items()}


def _can_seal() -> bool:
    tree = snapshot(db.session(), today()).tree
    committee = tree.function(Function.INSPECTION_COMMITTEE)
    return identity_allowed(db.session(), tree.body(committee).id if committee else None)


def _is_own_office(tree: AgencyTree, filing: Filing) -> bool:
    """Whether the report is about the office of the officer who writes it down, one above it or one below."""
    agency = staff().agency_id
    own = next((body.code for body in tree if body.id == agency), None)
    meant = filing.agency or (tree.for_area(filing.area) if filing.area else None)
    if own is None or meant is None or meant not in tree:
        return False
    return tree.is_at_or_below(own, meant) or tree.is_at_or_below(meant, own)


def _form(sheet: AssistDraft, errors: Mapping[str, str]) -> Response:
    session, known = db.session(), snapshot(db.session(), today())
    areas = sorted({body.area_code for body in known.tree if body.area_code is not None})
    governed = [(area, known.tree.for_area(area)) for area in areas]
    page = render_template(
        "desk/new_assisted.html",
        draft=sheet.handle if sheet.answers else "",
        answers=sheet.answers,
        errors=dict(errors),
        can_seal=_can_seal(),
        channels=_items(CHANNELS),
        categories=[(one.code, named(one)) for one in categories(session)],
        agencies=[(body.code, named(body)) for body in known.tree],
        areas=[(area, named(known.tree.body(code))) for area, code in governed if code is not None],
        procedures=[(one.code, named(one)) for one in procedures(session)],
        roles=[(role.value, _(labels.ACCUSED_ROLE[role])) for role in AccusedRole],
        reporter_types=_items({one: labels.REPORTER_TYPE[one] for one in ReporterType}),
        disclosures=_items({one: labels.DISCLOSURE[one] for one in _disclosures()}),
        languages=[(one.value, _(name)) for one, name in LANGUAGES.items()],
    )
    return make_response(page)


def _disclosures() -> tuple[Disclosure, ...]:
    """Without a vault nobody's name is taken."""
    return tuple(Disclosure) if _can_seal() else (Disclosure.ANONYMOUS,)


def _items(words: Mapping[Any, str]) -> list[dict[str, str]]:
    return [{"value": str(value), "text": _(text)} for value, text in words.items()]


def _check(sheet: AssistDraft, filing: Filing, elsewhere: SentElsewhere | None = None) -> Response:
    known = snapshot(db.session(), today())
    category = known.categories[filing.category]
    area = known.tree.for_area(filing.area) if filing.area else None
    procedure = known.procedures.get(filing.procedure or "")
    page = render_template(
        "desk/check_assisted.html",
        draft=sheet.handle,
        filing=filing,
        answers=sheet.answers,
        channel=_(CHANNELS[filing.channel]),
        category=named(category),
        agency=named(known.agencies[filing.agency]) if filing.agency else "",
        area=named(known.tree.body(area)) if area else "",
        procedure=named(procedure) if procedure is not None else "",
        accused_role=_(labels.ACCUSED_ROLE[filing.accused_role]),
        disclosure=_(labels.DISCLOSURE[filing.disclosure]),
        reporter_type=_(labels.REPORTER_TYPE[filing.reporter_type]),
        is_own_office=category.kind not in _PRAISE and _is_own_office(known.tree, filing),
        elsewhere=elsewhere.body if elsewhere is not None else None,
        reason=_reason(elsewhere),
    )
    return make_response(page)


def _reason(elsewhere: SentElsewhere | None) -> str:
    if elsewhere is None:
        return ""
    return elsewhere.reason_en if chosen() == "en" else elsewhere.reason_vi


def _to(endpoint: str, sheet: AssistDraft, *, check: str | None = None) -> Response:
    return make_response(redirect(url_for(f"desk.{endpoint}", draft=sheet.handle, check=check)))


def _lost() -> Response:
    return make_response(render_template("desk/assisted_gone.html"), 410)
