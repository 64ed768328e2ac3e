"""POST /api/v1/track: the case of a receipt code, as its reporter may see it, and their answer weeks after ours."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify
from flask_babel import gettext as _

from portal.cases import actions, labels
from portal.cases.casefile import CaseFile
from portal.cases.queries import file_by_code, is_code_lent
from portal.cases.receipts import code_hash
from portal.cases.story import ClockView, Moment, Said, Story, story_of
from portal.cases.story_parts import FollowUpView
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import clean_line
from portal.intake.answers import CHECK
from portal.web.api import blueprint
from portal.web.api.bodies import NO_FIELD, NO_TEXT, json_object, unprocessable
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.errors import problem, titles
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen, named, said

FOLLOW_UP_FIELDS = ("answer", "text")


@blueprint.post("/api/v1/track")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_by_api() -> Response:
    """200 with the case; 404 for a code that is not there; 409 for one that its reporter has to replace first."""
    file = _opened(json_object())
    return file if isinstance(file, Response) else jsonify(_told(story_of(db.session(), file, chosen())))


@blueprint.post("/api/v1/track/follow-up")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def answer_follow_up_by_api() -> Response:
    """Whether it was really put right: 200 with the case; 409 when the question is not open (any more)."""
    body, session = json_object(), db.session()
    try:
        with transaction(session):
            file = _opened(body, lock=True)
            if isinstance(file, Response):
                return file
            given = _follow_up_answer(body)
            actions.answer_follow_up(session, file, answer=given["answer"], text=given["text"])
    except FieldErrors as error:
        return unprocessable(error)
    except PortalError as error:
        return problem(409, titles()[409], said(error))
    file = _opened(body)
    return file if isinstance(file, Response) else jsonify(_told(story_of(session, file, chosen())))


def _opened(body: Mapping[str, Any], *, lock: bool = False) -> CaseFile | Response:
    """The case of the body's code, or the problem with it."""
    code, session = body.get("receipt_code"), db.session()
    if not isinstance(code, str) or len(code) > 200:
        errors = {"receipt_code": _("Hãy nhập mã tra cứu.")}
        return problem(422, titles()[422], _("Hãy nhập mã tra cứu."), errors=errors)
    file = file_by_code(session, code_hash(installed().secrets.code_key, code), lock=lock)
    if file is None:
        return problem(404, titles()[404], _("Không tìm thấy mã này. Mã có 25 chữ và số; xin xem lại từng nhóm."))
    if is_code_lent(session, file):
        return problem(
            409, titles()[409], _("Mã này do cán bộ ghi giúp. Xin mở trang tra cứu và đổi lấy mã của riêng mình trước.")
        )
    return file


def _follow_up_answer(body: Mapping[str, Any]) -> dict[str, str]:
    """Answer and words. Raises FieldErrors for what is no string or no field."""
    given = {name: body[name] if body.get(name) is not None else "" for name in FOLLOW_UP_FIELDS}
    errors = {name: PortalError(NO_TEXT) for name, one in given.items() if not isinstance(one, str)}
    unknown = body.keys() - {"receipt_code", *FOLLOW_UP_FIELDS}
    errors |= {clean_line(name[:80]): PortalError(NO_FIELD) for name in unknown}
    if errors:
        raise FieldErrors(CHECK, errors)
    return given


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
        "follow_up": _follow_up(story.follow_up),
    }


def _follow_up(view: FollowUpView) -> dict[str, Any]:
    """The question, in the page's words; what can be answered while it is open."""
    choices = [{"value": one.value, "label": _(label)} for one, label in labels.FOLLOW_UP.items()]
    return {
        "state": view.state.value,
        "question": _(labels.PUT_RIGHT),
        "asks_on": view.asks_on.isoformat() if view.asks_on else None,
        "due_on": view.due_on.isoformat() if view.due_on else None,
        "choices": choices if view.is_open else [],
        "answer": view.answer.value if view.answer else None,
        "answer_label": _(view.answer_label) if view.answer_label else None,
        "answered_at": view.answered_at.isoformat() if view.answered_at else None,
        "text": view.text or None,
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
