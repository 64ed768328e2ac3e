"""The ledger's addresses. Every event is a leaf from the first one; the log itself is not published yet."""

from flask import Response
from flask_babel import gettext as _

from portal.web.frame.access import Who, allow
from portal.web.frame.errors import problem
from portal.web.open_data import blueprint


@blueprint.get("/transparency/checkpoint")
@blueprint.get("/transparency/entries")
@blueprint.get("/transparency/proof/inclusion")
@blueprint.get("/transparency/proof/consistency")
@allow(Who.EVERYONE)
def not_published() -> Response:
    """Says that it is not there yet, and what will be."""
    return problem(
        404,
        _("Sổ nhật ký chưa được công bố"),
        _("Mỗi diễn biến đã là một lá của sổ từ ngày đầu. Mốc xác nhận và bằng chứng sẽ có tại địa chỉ này."),
    )
