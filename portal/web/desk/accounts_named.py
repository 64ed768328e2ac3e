"""An account as an inspector names it: by its login; words that are no login list the accounts that have them."""

from sqlalchemy.orm import Session

from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean_line
from portal.staff.accounts import staff_by_login
from portal.staff.finding import AccountFilter, accounts_found
from portal.staff.models import Staff

LISTED = 8


def named_account(session: Session, typed: str) -> Staff | None:
    """The account of a login. Raises FieldErrors that name the accounts whose names hold what was typed: nobody is
    walled off for having a name like somebody else's.
    """
    words = clean_line(typed)
    found = staff_by_login(session, words)
    if found is not None or not words:
        return found
    rows = accounts_found(session, AccountFilter(words=words, is_active=True), "", LISTED)
    if not rows:
        raise _wrong(PortalError(N_("Không có tài khoản nào tên như vậy.")))
    which = "; ".join(f"{one.name} ({body.name_vi}): {one.login}" for one, body in rows)
    raise _wrong(PortalError(N_("Hãy ghi đúng tên đăng nhập của một trong các tài khoản này. %(which)s"), which=which))


def _wrong(error: PortalError) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {"account": error})
