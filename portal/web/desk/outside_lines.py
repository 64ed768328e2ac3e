"""What bodies without an account were asked and answered, as lines of a case's page."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.outside import State, links_of, opens, state_of
from portal.cases.outside_models import OutsideLink
from portal.foundation.text import N_
from portal.foundation.time import local, now
from portal.web.desk.lines import OutsideLine
from portal.web.frame.templating import day

STATES = {
    State.WAITING: N_("chờ trả lời"),
    State.ANSWERED: N_("đã trả lời"),
    State.REVOKED: N_("đã thu hồi"),
    State.EXPIRED: N_("hết hạn"),
    State.OVER: N_("vụ việc không còn xử lý"),
}


def outside_lines(session: Session, file: CaseFile) -> list[OutsideLine]:
    """The bodies that were asked by a link, the newest first."""
    return [_line(file, one) for one in links_of(session, file.case)]


def _line(file: CaseFile, one: OutsideLink) -> OutsideLine:
    state = state_of(one, file.case, now())
    until = _(STATES[state])
    if opens(state):
        until = _("%(state)s; dùng được đến %(day)s", state=until, day=day(local(one.expires_at).date()))
    who = ", ".join(filter(None, (one.answered_by, day(local(one.answered_at).date()) if one.answered_at else "")))
    address = url_for("desk.revoke_outside", reference=file.case.reference, number=one.id)
    return OutsideLine(one.body, until, one.question, one.answer, who, address if opens(state) else "")
