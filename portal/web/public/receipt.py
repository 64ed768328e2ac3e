"""The receipt: the code, shown for ten minutes to the browser that filed, and never again."""

from datetime import timedelta

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases.casefile import CaseFile
from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash, shown
from portal.documents.qr import qr_code
from portal.documents.receipts import receipt_pdf
from portal.foundation.codes import fold_code, in_groups
from portal.intake.drafts import SENT_LIVES
from portal.intake.submission import FiledReceipt, receipt_of
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen
from portal.web.public import blueprint, drafting, lost_code
from portal.web.public.drafting import OpenDraft
from portal.web.public.receipt_words import receipt_paper

LONGEST_TYPED = 60


def _kept(draft: OpenDraft) -> tuple[FiledReceipt, CaseFile] | None:
    """The receipt that a sent draft keeps, and its case; nothing once the code opens nothing any more."""
    receipt = receipt_of(draft.content)
    if receipt is None:
        return None
    file = file_by_code(db.session(), code_hash(installed().secrets.code_key, receipt.code))
    return (receipt, file) if file is not None else None


def show(draft: OpenDraft, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """The receipt's page; once it is not kept any more, the page that says what can be done."""
    kept = _kept(draft)
    if kept is None:
        return gone(410 if status == 200 else status)
    receipt, file = kept
    paper = receipt_paper(db.session(), receipt, file)
    page = render_template(
        "public/receipt.html",
        paper=paper,
        code=shown(receipt.code),
        shown_until=receipt.filed_at + timedelta(seconds=SENT_LIVES.total_seconds()),
        qr=qr_code(paper.track_url),
        draft=draft.handle,
        errors=errors or {},
        typed=request.form.get("last_group", "")[:LONGEST_TYPED],
    )
    return make_response(page, status)


def gone(status: int = 410) -> Response:
    """The code is not shown any more: what whoever has not kept it can do."""
    return make_response(render_template("public/receipt_gone.html", lost=lost_code.for_everybody()), status)


@blueprint.get("/report/receipt")
@allow(Who.EVERYONE)
def show_receipt() -> Response:
    """The receipt of a sent draft, while it is kept."""
    return show(drafting.open_draft())


@blueprint.get("/report/receipt.pdf")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def download_receipt() -> Response:
    """The receipt as a paper to keep. Neither the file's name nor its address says the code."""
    kept = _kept(drafting.open_draft())
    if kept is None:
        return gone()
    response = make_response(receipt_pdf(receipt_paper(db.session(), *kept)))
    response.headers["Content-Type"] = "application/pdf"
    name = "receipt" if chosen() == "en" else "bien-nhan"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@blueprint.post("/report/receipt")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.DRAFTING)
def check_kept_code() -> Response:
    """Whether the code was written down right, by its last group. Nothing is stored of it."""
    draft = drafting.open_draft()
    kept = _kept(draft)
    if kept is None:
        return gone()
    code = kept[0].code
    typed = fold_code(request.form.get("last_group", "")[:LONGEST_TYPED])
    if typed in (in_groups(code)[-1], code):
        return redirect(url_for("public.code_is_kept"))  # type: ignore[return-value]
    wrong = (
        _("Chưa đúng nhóm cuối. Xin so từng chữ với mã trên trang này; mã vẫn còn đó.")
        if typed
        else _("Hãy gõ nhóm cuối của mã, hoặc bấm Bỏ qua.")
    )
    return show(draft, {"last_group": wrong}, 422)


@blueprint.get("/report/kept")
@allow(Who.EVERYONE)
def code_is_kept() -> str:
    """The code is safe: where it leads, and nothing more to do."""
    return render_template("public/receipt_kept.html")
