"""Where an account is told of its work: an address of its own, and the language of the mails."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases.words import Language
from portal.foundation.database import transaction
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.intake.fields import read_email
from portal.notices.addresses import address_of, set_address
from portal.staff.models import Staff
from portal.web.desk import blueprint
from portal.web.frame.access import Who, allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import chosen, said

LANGUAGES = ((Language.VI, N_("Việt")), (Language.EN, N_("Anh")))  # "… bằng tiếng"


@blueprint.get("/staff/mail")
@allow(Who.SIGNED_IN)
def show_mail() -> Response:
    """The address as it is kept; only its owner sees it."""
    kept = address_of(db.session(), staff())
    return _page(kept.email if kept else "", kept.language if kept else Language(chosen()), {})


@blueprint.post("/staff/mail")
@allow(Who.SIGNED_IN)
def change_mail() -> Response:
    """Keeps the address, or takes it away where the field is empty."""
    session, own_id = db.session(), staff().id
    typed, wanted = request.form.get("email", "")[:300], request.form.get("mail_language", "")
    language = Language(wanted) if wanted in {one.value for one in Language} else Language.VI
    try:
        email = read_email(typed)
    except PortalError as error:
        return _page(typed, language, {"email": said(error)}, 422)
    with transaction(session):
        set_address(session, session.get_one(Staff, own_id), email, language)
    flash(_("Đã lưu. Từ nay cổng báo việc vào địa chỉ này.") if email else _("Cổng không báo việc qua thư nữa."))
    return make_response(redirect(url_for("desk.show_mail")))


def _page(email: str, language: Language, errors: dict[str, str], status: int = 200) -> Response:
    page = render_template(
        "desk/show_mail.html",
        email=email,
        mail_language=language.value,
        languages=[(one.value, _(name)) for one, name in LANGUAGES],
        errors=errors,
    )
    return make_response(page, status)
