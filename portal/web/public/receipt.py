"""The receipt: the code, shown for ten minutes to the browser that filed, and never again."""

from datetime import timedelta

from flask import Response, make_response, render_template

from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash, shown
from portal.cases.story import story_of
from portal.intake.drafts import SENT_LIVES
from portal.intake.submission import receipt_of
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen
from portal.web.public import blueprint, drafting


@blueprint.get("/report/receipt")
@allow(Who.EVERYONE)
def show_receipt() -> Response:
    """The receipt of a sent draft, while it is kept."""
    draft = drafting.open_draft()
    receipt = receipt_of(draft.content)
    if receipt is None:
        return make_response(render_template("public/receipt_gone.html"), 410)
    file = file_by_code(db.session(), code_hash(installed().secrets.code_key, receipt.code))
    page = render_template(
        "public/receipt.html",
        code=shown(receipt.code),
        filed_at=receipt.filed_at,
        shown_until=receipt.filed_at + timedelta(seconds=SENT_LIVES.total_seconds()),
        due_on=receipt.due_on,
        proof=receipt.proof,
        story=story_of(db.session(), file, chosen()) if file is not None else None,
    )
    return make_response(page)
