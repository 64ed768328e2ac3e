"""POST /api/v1/track: the case of a receipt code, as its reporter may see it."""

from typing import Any

from flask import Response, jsonify
from flask_babel import gettext as _

from portal.cases.queries import file_by_code, is_code_lent
from portal.cases.receipts import code_hash
from portal.cases.story import ClockView, Moment, Said, Story, story_of
from portal.web.api import blueprint
from portal.web.api.bodies import json_object
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.errors import problem, titles
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen, named


@blueprint.post("/api/v1/track")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_by_api() -> Response:
    """200 with the case; 404 for a code that is not there; 409 for one that its reporter has to replace first."""
    code = json_object().get("receipt_code")
    if not isinstance(code, str) or len(code) > 200:
        errors = {"receipt_code": _("Hãy nhập mã tra cứu.")}
        return problem(422, titles()[422], _("Hãy nhập mã tra cứu."), errors=errors)
    file = file_by_code(db.session(), code_hash(installed().secrets.code_key, code))
    if file is None:
        return problem(404, titles()[404], _("Không tìm thấy mã này. Mã có 25 chữ và số; xin xem lại từng nhóm."))
    if is_code_lent(db.session(), file):
        return problem(
            409, titles()[409], _("Mã này do cán bộ ghi giúp. Xin mở trang tra cứu và đổi lấy mã của riêng mình trước.")
        )
    return jsonify(_told(story_of(db.session(), file, chosen())))


def _told(story: Story) -> dict[str, Any]:
    answer, guidance = story.answer, story.guidance
    return {
        "status": story.status.value,
        "status_label": _(story.status_label),
        "what_next": _(story.what_next),
        "filed_at": story.filed_at.isoformat(),
        "due_on": story.due_on.isoformat() if story.due_on else None,
        "overdue": story.overdue,
        "clocks": [_clock(view) for view in story.clocks],
        "timeline": [_moment(moment) for moment in story.timeline],
        "messages": [_message(message) for message in story.messages],
        "answer": None
        if answer is None
        else {
            "at": answer.at.isoformat(),
            "from": answer.who,
            "finding": answer.finding,
            "remedy": answer.remedy or None,
            "remedies": list(answer.remedies),
            "ground": answer.ground or None,
            "discipline_body": answer.discipline_body or None,
            "apologised_on": answer.apologised_on.isoformat() if answer.apologised_on else None,
            "days_saved": answer.days_saved,
            "text": answer.text,
        },
        "guidance": None
        if guidance is None
        else {
            "name": guidance.name,
            "guidance": guidance.guidance,
            "citation": guidance.citation,
            "text": guidance.text,
        },
    }


def _clock(view: ClockView) -> dict[str, Any]:
    return {
        "what": _(view.label),
        "agency": view.agency or None,
        "state": view.state.value,
        "started_on": view.started_on.isoformat(),
        "due_on": view.due_on.isoformat(),
        "law": view.rule.citation,
        "consequence": named(view.rule, "consequence"),
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "at": moment.at.isoformat(),
        "kind": moment.kind,
        "label": _(moment.message),
        "agency": moment.agency or None,
        "text": moment.text or None,
    }


def _message(message: Said) -> dict[str, Any]:
    return {
        "at": message.at.isoformat(),
        "from": "reporter" if message.own else message.who or "inspection",
        "kind": message.kind.value,
        "text": message.text,
    }
