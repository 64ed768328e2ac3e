"""What a move's text must be."""

from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean

LONGEST = 10_000


def required(text: str, field: str = "text") -> str:
    """The text, cleaned. Raises FieldErrors when there is none or too much of it."""
    text = clean(text)
    if not text:
        raise FieldErrors(N_("Xin kiểm tra lại."), {field: PortalError(N_("Hãy viết nội dung."))})
    if len(text) > LONGEST:
        error = PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=LONGEST)
        raise FieldErrors(N_("Xin kiểm tra lại."), {field: error})
    return text
