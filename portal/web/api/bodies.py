"""Reading a JSON body into the flat answers that `intake` knows, with every wrong name or type as its own error."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean_line
from portal.intake.answers import DATES
from portal.intake.dates import is_settled
from portal.web.frame.errors import problem, titles
from portal.web.frame.language import said

NO_FIELD, NO_TEXT = N_("Không có trường này."), N_("Trường này phải là một chuỗi chữ.")
TEXTS = (
    "category",
    "agency",
    "area",
    "procedure",
    "dossier_code",
    "promised_on",
    "occurred_on",
    "occurred_until",
    "accused_role",
    "narrative",
    "wish",
    "elsewhere",
    "language",
    "disclosure",
)
REPORTER = {
    "type": "reporter_type",
    "name": "name",
    "phone": "phone",
    "email": "email",
    "tax_code": "tax_code",
}
NOTIFY = {"email": "notify_email", "phone": "notify_phone"}
RETALIATION = {"receipt_code": "first_code", "fears": "fears"}
KNOWN = frozenset((*TEXTS, "committee_first", "notify", "reporter", "retaliation"))
NAMES = {flat: f"reporter.{name}" for name, flat in REPORTER.items()} | {
    flat: f"notify.{name}" for name, flat in NOTIFY.items()
}
NAMES |= {flat: f"retaliation.{name}" for name, flat in RETALIATION.items()}


def json_object() -> Mapping[str, Any]:
    """The body as an object. Answers 400 or 415 for anything else."""
    if not request.is_json:
        abort(415)
    try:
        body = request.get_json()
    except BadRequest:
        abort(400)
    except (RecursionError, ValueError):
        abort(400)
    if not isinstance(body, dict):
        abort(400)
    return body


def flat_answers(body: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, PortalError]]:
    """The answers by flat field name, and what is wrong with the body's shape."""
    errors: dict[str, PortalError] = {}
    answers: dict[str, str] = {}
    for name in body.keys() - KNOWN:
        errors[clean_line(name[:80])] = PortalError(NO_FIELD)
    for name in TEXTS:
        _take(body, name, name, answers, errors)
    for name in DATES:  # "yesterday" sent again after midnight would be another report
        if name in answers and not is_settled(answers[name]) and clean_line(answers[name]):
            errors[name] = PortalError(N_("Hãy viết ngày như 2025-12-31."))
    first = body.get("committee_first", False)
    if not isinstance(first, bool):
        errors["committee_first"] = PortalError(N_("Trường này phải là true hoặc false."))
    answers["committee_first"] = "yes" if first is True else "no"
    for group, names in (("reporter", REPORTER), ("notify", NOTIFY)):
        _take_group(body, group, names, answers, errors)
    _take_retaliation(body, answers, errors)
    answers.setdefault("accused_role", "none")
    answers.setdefault("reporter_type", "citizen")
    if answers.get("language", "vi") not in ("vi", "en"):
        errors["language"] = PortalError(N_("Ngôn ngữ là vi hoặc en."))
    return answers, errors


def _take(
    body: Mapping[str, Any], name: str, flat: str, answers: dict[str, str], errors: dict[str, PortalError]
) -> None:
    value = body.get(name)
    if value is None:
        return
    if not isinstance(value, str):
        errors[NAMES.get(flat, name)] = PortalError(NO_TEXT)
        return
    answers[flat] = value


def _take_group(
    body: Mapping[str, Any],
    group: str,
    names: Mapping[str, str],
    answers: dict[str, str],
    errors: dict[str, PortalError],
) -> None:
    value = body.get(group)
    if value is None:
        return
    if not isinstance(value, dict):
        errors[group] = PortalError(N_("Trường này phải là một đối tượng."))
        return
    for name in value.keys() - names.keys():
        errors[f"{group}.{clean_line(name[:80])}"] = PortalError(NO_FIELD)
    for name, flat in names.items():
        _take(value, name, flat, answers, errors)


def _take_retaliation(body: Mapping[str, Any], answers: dict[str, str], errors: dict[str, PortalError]) -> None:
    """An earlier report for which somebody is paid back: its code, whether protection is asked for, what is feared."""
    value = body.get("retaliation")
    if isinstance(value, dict):
        wants = value.get("wants_protection", False)
        if not isinstance(wants, bool):
            errors["retaliation.wants_protection"] = PortalError(N_("Trường này phải là true hoặc false."))
        answers["protection"] = "yes" if wants is True else "no"
        body = {"retaliation": {name: one for name, one in value.items() if name != "wants_protection"}}
    _take_group(body, "retaliation", RETALIATION, answers, errors)


def unprocessable(error: FieldErrors) -> Response:
    """422 with each field's error by the name it has in the body."""
    errors = {NAMES.get(name, name): said(one) for name, one in error.fields.items()}
    return problem(422, titles()[422], _("Xin kiểm tra lại những chỗ sau."), errors=errors)
