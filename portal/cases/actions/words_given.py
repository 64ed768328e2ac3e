"""What a move's text must be."""

from portal.catalogue.standard_texts import gaps_in
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean

LONGEST = 10_000


def required(text: str, field: str = "text", *, may_have_gaps: bool = False) -> str:
    """The text, cleaned. Raises FieldErrors for none, too much, or one with a gap that a standard text left."""
    text = clean(text)
    if not text:
        raise FieldErrors(N_("Xin kiểm tra lại."), {field: PortalError(N_("Hãy viết nội dung."))})
    if len(text) > LONGEST:
        error = PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=LONGEST)
        raise FieldErrors(N_("Xin kiểm tra lại."), {field: error})
    if not may_have_gaps and (gaps := gaps_in(text)):
        error = PortalError(N_("Còn chỗ trống chưa viết: %(gaps)s."), gaps="; ".join(gaps))
        raise FieldErrors(N_("Xin kiểm tra lại."), {field: error})
    return text
