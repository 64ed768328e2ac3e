"""Bodies that pass their work on: a dry run first, then one button; what was ordered, and what is done.

Numbers only. How many walls pass on stands nowhere: it would tell how many reports are about a body.
"""

from dataclasses import dataclass
from datetime import date

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.cases import reorganising
from portal.cases.reorganisation_models import Reorganisation
from portal.catalogue.models import Agency
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.intake.dates import read_date
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.admin import blueprint
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import named, said, said_at_fields
from portal.web.frame.templating import day

FIELDS = ("old", "new", "from_on")


@dataclass(frozen=True)
class OrderLine:
    """One order, as the list names it."""

    old: str
    new: str
    from_on: str
    state: str


@blueprint.get("/staff/admin/catalogue/reorganisations")
@allow(P.MANAGE_CATALOGUE)
def reorganisations() -> Response:
    """The form, and what was ordered so far."""
    return _page(dict.fromkeys(FIELDS, ""), None)


@blueprint.post("/staff/admin/catalogue/reorganisations")
@allow(P.MANAGE_CATALOGUE)
def reorganise() -> Response:
    """Shows what would move; ordered is only exactly what was shown."""
    typed = {name: request.form.get(name, "")[:80].strip() for name in FIELDS}
    session = db.session()
    try:
        on = _day_of(typed)
        with transaction(session):
            bodies = reorganising.bodies_named(session, typed["old"].upper(), typed["new"].upper(), on)
            plan = reorganising.plan(session, *bodies, on)
            if request.form.get("do") != "take" or request.form.get("shown") != _mark(plan):
                return _page(typed, plan, is_changed=request.form.get("do") == "take")
            reorganising.order(session, plan, session.get_one(Staff, staff().id))
    except FieldErrors as error:
        return _page(typed, None, said_at_fields(error))
    except PortalError as error:
        return _page(typed, None, {"old": said(error)})
    flash(_("Đã ra lệnh sắp xếp. Đến ngày ấy Cổng tự chuyển, trong vòng một giờ."))
    return make_response(redirect(url_for("admin.reorganisations")))


def _day_of(typed: dict[str, str]) -> date:
    """The first day, as people write days. Raises FieldErrors for all that is left out, or cannot be read."""
    wrong = {name: PortalError(N_("Hãy ghi mã cơ quan.")) for name in ("old", "new") if not typed[name]}
    on = None
    try:
        on = read_date(typed["from_on"], today(), may_lie_ahead=True)
        if on is None:
            wrong["from_on"] = PortalError(N_("Hãy ghi ngày, ví dụ 01/01/2027."))
    except PortalError as error:
        wrong["from_on"] = error
    if on is None or wrong:
        raise FieldErrors(N_("Xin kiểm tra lại."), wrong)
    return on


def _mark(plan: reorganising.Plan) -> str:
    """What the dry run said, so that another state is shown again before it is taken."""
    numbers = (plan.referrals, plan.hearings, plan.accounts, plan.views)
    return "/".join(map(str, (plan.predecessor.id, plan.successor.id, plan.from_on, *numbers)))


def _page(
    typed: dict[str, str],
    plan: reorganising.Plan | None,
    errors: dict[str, str] | None = None,
    *,
    is_changed: bool = False,
) -> Response:
    facts = _facts(plan) if plan is not None else []
    page = render_template(
        "admin/list_reorganisations.html",
        typed=typed,
        errors=errors or {},
        facts=facts,
        shown=_mark(plan) if plan is not None else "",
        is_now=plan is not None and plan.from_on <= today(),
        is_changed=is_changed,
        orders=_orders(),
    )
    return make_response(page, 422 if errors else 409 if is_changed else 200)


def _facts(plan: reorganising.Plan) -> list[tuple[str, str]]:
    rows = [
        (_("Từ"), f"{named(plan.predecessor)} ({plan.predecessor.code})"),
        (_("Sang"), f"{named(plan.successor)} ({plan.successor.code})"),
        (_("Từ ngày"), day(plan.from_on)),
        (_("Phiếu chuyển đang mở"), str(plan.referrals)),
        (_("Việc nghe giải trình đang chờ"), _hearings(plan.hearings)),
        (_("Tài khoản"), str(plan.accounts)),
        (_("Bộ lọc đã lưu"), str(plan.views)),
        (_("Địa chỉ trên áp phích"), f"/report?agency={plan.predecessor.code}"),
        (_("Đơn vị trực thuộc chưa có nơi kế thừa"), "; ".join(map(named, plan.below))),
        (_("Quy tắc chuyển nêu mã cũ, cần sửa tay"), ", ".join(plan.rules)),
        (_("Khóa danh tính"), _("Cơ quan này giữ khóa; khóa không tự chuyển.") if plan.holds_key else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _hearings(number: int) -> str:
    """How many. What becomes of those that may not move is said whenever there is one: which they are would tell whom
    reports are about.
    """
    if not number:
        return "0"
    stays = _("Việc nào nơi kế thừa không được nhận thì không chuyển: dừng lại, và Ủy ban Kiểm tra được báo.")
    return f"{number}. {stays}"


def _orders() -> list[OrderLine]:
    session = db.session()
    rows = session.scalars(select(Reorganisation).order_by(Reorganisation.id.desc()).limit(200)).all()
    return [
        OrderLine(
            named(session.get_one(Agency, one.predecessor_id)),
            named(session.get_one(Agency, one.successor_id)),
            day(one.from_on),
            _("đã chuyển xong")
            if one.finished_at
            else _("chờ đến ngày")
            if one.from_on > today()
            else _("đang chuyển"),
        )
        for one in rows
    ]
