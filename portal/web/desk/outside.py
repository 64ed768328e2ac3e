"""A body without an account at the desk: asking it, the link that is shown once, its answer, taking the link back."""

from datetime import datetime

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.outside import DAYS, LINK_DAYS
from portal.cases.outside_models import OutsideLink
from portal.cases.queries import case_for
from portal.foundation.errors import NotAllowed, NotFound
from portal.foundation.text import N_
from portal.foundation.time import local
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.move_fields import FORWARD_BODY, Choice, Field, Shape
from portal.web.frame.access import allow
from portal.web.frame.language import said
from portal.web.frame.site import whole_address
from portal.web.frame.templating import day

GONE = N_("Không có đường dẫn này.")


def _versions(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    found = reversed(file.cleared_texts)
    return [
        Choice(
            str(one.version), _("Bản %(version)s, %(day)s", version=one.version, day=_day(one.at)), _begin_of(one.text)
        )
        for one in found
    ]


def _begin_of(text: str, longest: int = 160) -> str:
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def _day(instant: datetime) -> str:
    return day(local(instant).date())


def _newest(session: Session, file: CaseFile, viewer: Viewer) -> str:
    return str(file.cleared_texts[-1].version) if file.cleared_texts else ""


def _days(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    return [Choice(str(one), _("%(count)s ngày", count=one)) for one in DAYS]


OUTSIDE_FIELDS = (
    Field("body", N_("Nơi nhận"), Shape.SELECT, optional=True, choices=FORWARD_BODY.choices),
    Field(
        "name",
        N_("Tên nơi nhận"),
        Shape.LINE,
        N_("Khi không có trong danh sách, hoặc cần ghi rõ hơn. Nơi ấy đọc tên này trên đầu trang."),
        optional=True,
    ),
    Field("cleared", N_("Nơi ấy được đọc bản che nào"), Shape.RADIOS, choices=_versions, first=_newest),
    Field(
        "text",
        N_("Câu hỏi cho nơi ấy"),
        Shape.TEXT,
        N_("Nơi ấy đọc nguyên văn. Xin đừng nhắc điều đã che, đừng ghi số vụ việc."),
        rows=5,
    ),
    Field(
        "days",
        N_("Đường dẫn dùng được trong"),
        Shape.RADIOS,
        N_("Tính cả ngày nghỉ. Thời hạn của vụ việc không dừng trong lúc chờ."),
        choices=_days,
        first=lambda *_args: str(LINK_DAYS),
    ),
)


def show_link(file: CaseFile, token: str) -> Response:
    """The answer to making it. No address shows the link again: its secret is kept nowhere."""
    address = whole_address(url_for("public.outside", token=token))
    return make_response(render_template("desk/show_outside_link.html", reference=file.case.reference, address=address))


@blueprint.post("/staff/cases/<reference>/outside/<int:number>/revoke")
@allow(P.TRIAGE_CASE)
def revoke_outside(reference: str, number: int) -> Response:
    """Takes a link back."""
    try:
        with acting() as who:
            file = case_for(who.session, who.viewer, reference, lock=True)
            link = who.session.get(OutsideLink, number)
            if link is None or link.case_id != file.case.id:
                raise NotFound(GONE)
            actions.revoke_outside(who.session, file, who.staff, link)
        flash(_("Đã thu hồi đường dẫn. Ai bấm mở cũng không đọc được gì nữa."))
    except NotAllowed as error:
        flash(said(error))
    return make_response(redirect(url_for("desk.show_case", reference=reference)))
