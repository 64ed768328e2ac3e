"""Where the reporter is told of news: given, replaced or withdrawn on the tracking page, never shown again."""

from contextlib import suppress

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from portal.cases import actions
from portal.cases.actions.holding import check_contact_may_be_given
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.intake.contacts import read_contact, sealed_contact
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import said
from portal.web.public import blueprint
from portal.web.public.tracked import ask_again, ask_for_another, file_of, kept_code, show_again


@blueprint.post("/track/contact")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def give_contact() -> Response:
    """Keeps a contact in the place of the one before. Key store first: a contact without its key could not be told."""
    code, session = kept_code(), db.session()
    if not code:
        return ask_again()
    file = file_of(session, code)
    if file is None:
        return ask_for_another()
    try:
        check_contact_may_be_given(session, file)
        contact = read_contact(request.form.get("notify_email", ""), request.form.get("notify_phone", ""))
        parts, uid = installed(), file.report.uid
        sealed = sealed_contact(parts.key_store, parts.secrets, uid, contact)
        with transaction(session):
            file = file_of(session, code, lock=True)
            if file is None:
                return ask_for_another()
            before = actions.give_contact(session, file, sealed)
    except FieldErrors as error:
        return show_again(code, {f"contact-{name}": said(one) for name, one in error.fields.items()}, 422)
    except PortalError as error:
        return show_again(code, {"main": said(error)}, 409)
    _destroy(uid, before)
    flash(_("Đã lưu. Có tin mới, chúng tôi báo vào đó."))
    return redirect(url_for("public.track"))  # type: ignore[return-value]


@blueprint.post("/track/withdraw_contact")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def withdraw_contact() -> Response:
    """Deletes the contact and destroys its key, here and now."""
    code, session = kept_code(), db.session()
    if not code:
        return ask_again()
    try:
        with transaction(session):
            file = file_of(session, code, lock=True)
            if file is None:
                return ask_for_another()
            uid = file.report.uid
            recipient = actions.withdraw_contact(session, file)
    except PortalError as error:
        return show_again(code, {"main": said(error)}, 409)
    _destroy(uid, recipient)
    flash(_("Đã xóa. Từ nay chúng tôi không báo tin cho anh/chị nữa; xin tự vào xem bằng mã."))
    return redirect(url_for("public.track"))  # type: ignore[return-value]


def _destroy(uid: bytes, recipient: str | None) -> None:
    """Destroys a key at once. Where the key store does not answer, the job that the event has queued does it."""
    if recipient is not None:
        with suppress(SQLAlchemyError):
            installed().key_store.drop_recipient(uid, recipient)
