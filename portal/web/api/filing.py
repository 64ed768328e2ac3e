"""POST /api/v1/reports: the same filing as by the pages. Same key and same body → the same receipt."""

import re

from flask import Response, jsonify, request
from flask_babel import gettext as _

from portal.cases.actions.receive import SentElsewhere
from portal.cases.receipts import shown
from portal.cases.words import Channel, Language
from portal.foundation.errors import FieldErrors
from portal.intake.answers import CHECK, collect, to_filing
from portal.intake.submission import NoVault, file_report
from portal.web.api import blueprint
from portal.web.api.bodies import flat_answers, json_object, unprocessable
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.errors import problem, titles
from portal.web.frame.installed import installed
from portal.web.frame.language import named, said

KEY = re.compile(r"[\x21-\x7e]{20,255}")


@blueprint.post("/api/v1/reports")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.FILING)
def file_by_api() -> tuple[Response, int] | Response:
    """Files a report. 201 with the receipt, also when it is sent again."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        return problem(400, titles()[400], _("Cần tiêu đề Idempotency-Key: 20 đến 255 ký tự ASCII nhìn thấy được."))
    answers, errors = flat_answers(json_object())
    session, parts = db.session(), installed()
    try:
        if errors:
            errors |= {
                name: one
                for name, one in collect(session, answers, identity_allowed=True).errors.items()
                if name not in errors
            }
            raise FieldErrors(CHECK, errors)
        filing = to_filing(
            session,
            answers,
            channel=Channel.API,
            language=Language(answers.get("language", "vi")),
            identity_allowed=True,
        )
        with limits.guessing(filing.paid_back is not None):
            receipt = file_report(session, parts.key_store, parts.secrets, filing, key)
    except FieldErrors as error:
        return unprocessable(error)
    except SentElsewhere as elsewhere:
        return _elsewhere(elsewhere)
    except NoVault as error:
        return problem(409, titles()[409], said(error))
    answer = {
        "receipt_code": shown(receipt.code),
        "filed_at": receipt.filed_at.isoformat(),
        "due_on": receipt.due_on.isoformat(),
        "proof": receipt.proof,
    }
    return jsonify(answer), 201


def _elsewhere(elsewhere: SentElsewhere) -> Response:
    """Nobody here may handle it: 422 on the agency, with where to go instead. Nothing was stored."""
    body = elsewhere.body
    guidance = {"code": body.code, "name": named(body), "guidance": named(body, "guidance")}
    errors = {"agency": said(elsewhere)}
    return problem(422, said(elsewhere), named(elsewhere, "reason"), errors=errors, elsewhere=guidance)
