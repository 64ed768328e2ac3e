"""The rows of an exported list of cases: the same words as in the queue, no more than the account reads there."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.exporting import MOST, Export, rows_of
from portal.cases.models import NO_DATE
from portal.cases.queue import QueueRow
from portal.cases.reading import words_shown
from portal.foundation.time import today
from portal.web.frame.language import named
from portal.web.frame.templating import day

WIDTHS = (14, 24, 24, 30, 36, 12, 12, 10)  # in letters, of the columns that all read
INSPECTORS_WIDTHS = (*WIDTHS, 24, 100)
AGENCY_WIDTHS = (*WIDTHS, 100)


def table(session: Session, who: Viewer, export: Export) -> Iterator[Sequence[str]]:
    """The head, a row for each case, and a last line where the file does not hold all of them."""
    yield _head(who)
    for rows in rows_of(session, who, export):
        for row in rows:
            yield _cells(row, who)
    if export.is_cut:
        words = _(
            "Tệp chỉ chứa %(most)s vụ việc đầu. Hãy lọc hẹp hơn để lấy phần còn lại.",
            most=f"{MOST:,}".replace(",", "."),
        )
        yield [words]


def _head(who: Viewer) -> list[str]:
    shared = [
        _("Số hiệu"),
        _("Trạng thái"),
        _("Loại xử lý"),
        _("Lĩnh vực"),
        _("Nơi được phản ánh"),
        _("Ngày nhận"),
        _("Hạn"),
        _("Quá hạn"),
    ]
    if who.reads_narratives:
        return [*shared, _("Người giữ"), _("Nội dung phản ánh")]
    return [*shared, _("Nội dung đã che")]


def _cells(row: QueueRow, who: Viewer) -> list[str]:
    case = row.case
    shared = [
        case.reference,
        _(labels.STATUS[case.status]),
        _(labels.TRACK[case.track]),
        named(row.category),
        named(row.agency) if row.agency else "",
        day(case.received_on),
        day(row.due_on) if row.due_on != NO_DATE else "",
        _("có") if _is_late(row) else _("không"),
    ]
    words = row.words if words_shown(case, who) else _("Hạn chế người đọc. Mở vụ việc để xem.")
    holder = [row.holder or _("Chưa giao")] if who.reads_narratives else []
    return [str(cell) for cell in (*shared, *holder, words)]


def _is_late(row: QueueRow) -> bool:
    """Whether the time that runs is ours and is over."""
    return row.case.is_open and row.is_ours and row.due_on < today()
