"""An account as an inspector names it: by its login; words that are no login list the accounts that have them."""

from sqlalchemy.orm import Session

from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean_line
from portal.staff.accounts import staff_by_login
from portal.staff.finding import accounts_named

LISTED = 8


def login_named(session: Session, typed: str) -> str:
    """What was typed, when it is a login or nothing.

    Raises FieldErrors that list the accounts whose names hold it: nobody is walled off for having a name like
    somebody else's.
    """
    words = clean_line(typed)
    if not words or staff_by_login(session, words) is not None:
        return words
    rows = accounts_named(session, words, LISTED)
    if not rows:
        raise _wrong(PortalError(N_("Không có tài khoản nào tên như vậy.")))
    which = "; ".join(f"{one.name} ({body.name_vi}): {one.login}" for one, body in rows)
    raise _wrong(PortalError(N_("Hãy ghi đúng tên đăng nhập của một trong các tài khoản này. %(which)s"), which=which))


def _wrong(error: PortalError) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {"account": error})
