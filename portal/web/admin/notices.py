"""Mails that could not be sent: which kind, since when, why; and sending them again. No address, no case."""

from datetime import date
from urllib.parse import urlsplit

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.foundation.database import transaction
from portal.foundation.text import N_
from portal.foundation.time import local
from portal.notices import wording
from portal.notices.dead import Group, dead_groups, last_resends, send_again, waiting
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.admin import blueprint
from portal.web.admin.account_page import Moment
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.templating import day, moment

KINDS = {
    wording.FILED: N_("Báo đã nhận"),
    wording.NEWS: N_("Báo có tin mới"),
    wording.QUESTION: N_("Báo có câu hỏi"),
    wording.ANSWER: N_("Báo có câu trả lời"),
    wording.LATE: N_("Báo sẽ muộn"),
    wording.REFERRAL_NEW: N_("Báo việc mới chuyển đến"),
    wording.DUE_SOON: N_("Báo việc sắp đến hạn"),
    wording.OVERDUE: N_("Báo việc quá hạn"),
    wording.ESCALATED: N_("Báo việc được chuyển lên trên"),
    wording.URGENT: N_("Báo việc cần xem trong ngày"),
    wording.LATE_BELOW: N_("Báo cấp dưới trả lời muộn"),
    wording.HEARING_DUE_SOON: N_("Báo giải trình sắp đến hạn"),
    wording.HEARING_LATE: N_("Báo giải trình quá hạn"),
}


@blueprint.get("/staff/admin/notices")
@allow(P.MANAGE_ACCOUNTS)
def list_notices() -> Response:
    """The dead letters in groups, how many wait, and who sent again."""
    session = db.session()
    now_waiting = waiting(session)
    page = render_template(
        "admin/list_notices.html",
        groups=[
            (_(KINDS[one.kind]), day(one.day), one, ngettext("%(num)s thư", "%(num)s thư", count))
            for one, count in dead_groups(session)
        ],
        waiting=now_waiting,
        since=moment(now_waiting.since) if now_waiting.since else "",
        resends=[
            Moment(
                local(at).isoformat(timespec="seconds"),
                moment(at),
                f"{ngettext('%(num)s thư', '%(num)s thư', count)}, {name}",
            )
            for at, name, count in last_resends(session)
        ],
        mailbox=mailbox_address(),
    )
    return make_response(page)


@blueprint.post("/staff/admin/notices/resend")
@allow(P.MANAGE_ACCOUNTS)
def resend_notices() -> Response:
    """Puts one group back; who did it is written down."""
    session, own_id = db.session(), staff().id
    given = {name: request.form.get(name, "")[:80] for name in ("day", "kind", "trouble", "login")}
    try:
        group = Group(date.fromisoformat(given.pop("day")), **given)
    except ValueError:
        group = None
    with transaction(session):
        count = send_again(session, group, session.get_one(Staff, own_id)) if group is not None else 0
    if count:
        flash(ngettext("%(num)s thư sẽ được gửi lại ngay.", "%(num)s thư sẽ được gửi lại ngay.", count))
    else:
        flash(_("Không còn thư nào như vậy; có thể đã có người gửi lại."))
    return make_response(redirect(url_for("admin.list_notices")))


def mailbox_address() -> str:
    """Where the mails of a portal for trying out can be read; empty where mails are really sent."""
    parts = urlsplit(current_app.config["PORTAL_MAIL_URL"])
    return f"http://127.0.0.1:{parts.port}/" if parts.scheme == "demo" else ""
