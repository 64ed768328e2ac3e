"""Exact figures as tables: words, numbers, and which of them are owed and late. Plain values for the template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.cases.status import Starts
from portal.catalogue.snapshot import Snapshot
from portal.catalogue.words import Kind
from portal.foundation.text import N_
from portal.oversight.asking import Span
from portal.oversight.bodies import Bodies
from portal.oversight.counts import DAY_LIMITS, Counts, Days, Outcome, added
from portal.oversight.figures import Figures
from portal.web.frame.language import named
from portal.web.frame.templating import number

KINDS = {
    Kind.DELAY: N_("Chậm trễ"),
    Kind.CONDUCT: N_("Thái độ, hành vi"),
    Kind.DECISION: N_("Không đồng ý với quyết định"),
    Kind.COMMENDATION: N_("Khen ngợi"),
    Kind.PROPOSAL: N_("Kiến nghị"),
}
CLOCKS = {
    Starts.TRIAGE: N_("Phân loại phản ánh"),
    Starts.ANSWER: N_("Kết luận và trả lời"),
}
SHOWN = 15  # rows of a long table; the others are folded away
MARKS = ("1", "2", "3", "4", "5")
OUTCOMES = (Outcome.IN_TIME, Outcome.LATE, Outcome.OVERDUE, Outcome.RUNNING, Outcome.ENDED)


@dataclass(frozen=True)
class Cell:
    """One number; late: somebody is owed it now."""

    text: str
    is_late: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One table with its heading; no rows: there is nothing to count."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    more: tuple[Row, ...] = ()  # folded away


@dataclass(frozen=True)
class Names:
    """The catalogue's rows for words that figures are counted by."""

    grounds: Mapping[str, object]
    findings: Mapping[str, object]


def headline(found: Figures, days: Days) -> list[dict[str, str]]:
    """What stands on top, in large."""
    whole = added(found.months.values())
    return [
        {"words": _("phản ánh đã nhận"), "value": number(whole.total)},
        {"words": _("đúng hạn, trong số đã đến hạn"), "value": _percent(whole)},
        {"words": _("quá hạn, chưa trả lời"), "value": number(whole.of(Outcome.OVERDUE))},
        {
            "words": _("ngày làm việc đến khi trả lời (trung vị)"),
            "value": "–" if days.median is None else number(days.median),
        },
    ]


def sheets(found: Figures, days: Days, span: Span, known: Snapshot, bodies: Bodies, names: Names) -> list[Sheet]:
    """All tables, in the order of the page."""
    return [
        *_by_time_and_kind(found, span, known),
        *_by_who(found, bodies),
        _by_days(days),
        _plain("grounds", _("Không thụ lý, theo căn cứ"), _("Căn cứ"), _named(found.grounds, names.grounds)),
        _plain("findings", _("Kết luận đã gửi"), _("Kết luận"), _named(found.findings, names.findings)),
        _plain("ratings", _("Điểm người gửi chấm"), _("Điểm"), [(mark, found.ratings.get(mark, 0)) for mark in MARKS]),
    ]


def _by_time_and_kind(found: Figures, span: Span, known: Snapshot) -> list[Sheet]:
    months = [_row(f"{day:%m/%Y}", found.months.get(f"{day:%Y-%m}", Counts())) for day in span.months]
    of_kind: dict[Kind, list[Counts]] = {kind: [] for kind in KINDS}
    categories = []
    for code, category in known.categories.items():
        if code in found.categories:
            of_kind[Kind(category.kind)].append(found.categories[code])
            categories.append(_row(named(category), found.categories[code]))
    kinds = [_row(_(KINDS[kind]), added(counts)) for kind, counts in of_kind.items()]
    whole = _row(_("Cả kỳ"), added(found.months.values()))
    return [
        Sheet("by-month", _("Theo tháng nhận"), _head(_("Tháng"), _("Đã nhận")), (*months, whole)),
        Sheet("by-kind", _("Theo loại"), _head(_("Loại"), _("Đã nhận")), tuple(kinds)),
        _folded("by-category", _("Theo nội dung"), _head(_("Nội dung"), _("Đã nhận")), categories),
    ]


def _by_who(found: Figures, bodies: Bodies) -> list[Sheet]:
    own = [_row(_(words), found.clocks.get(starts, Counts())) for starts, words in CLOCKS.items()]
    return [
        _folded(
            "by-body",
            _("Theo cơ quan được nêu"),
            _head(_("Cơ quan"), _("Đã nhận")),
            _of_bodies(found.bodies, bodies),
            _("Một huyện tính cả các xã và bộ phận một cửa của huyện; một sở tính cả các đơn vị thuộc sở."),
        ),
        _folded(
            "referrals",
            _("Phiếu chuyển, theo cơ quan nhận"),
            _head(_("Cơ quan"), _("Phiếu")),
            _of_bodies(found.referrals, bodies),
            _("Chỉ tính phiếu mà cơ quan phải trả lời. Cơ quan có nhiều phiếu quá hạn nhất đứng trước."),
        ),
        Sheet("own-clocks", _("Thời hạn của chính Ủy ban Kiểm tra"), _head(_("Việc"), _("Tất cả")), tuple(own)),
    ]


def _folded(id_: str, title: str, head: tuple[str, ...], rows: Sequence[Row], note: str = "") -> Sheet:
    return Sheet(id_, title, head, tuple(rows[:SHOWN]), note, tuple(rows[SHOWN:]))


def _of_bodies(found: Mapping[str, Counts], bodies: Bodies) -> list[Row]:
    """Who is owed most first; then by how many, then by name."""

    def place(code: str) -> tuple[int, int, str]:
        counts = found[code]
        return -counts.of(Outcome.OVERDUE), -counts.total, code

    return [
        _row(named(bodies.named[code]) if code else _("Không nêu cơ quan"), found[code])
        for code in sorted(found, key=place)
    ]


def _by_days(days: Days) -> Sheet:
    lows = (0, *(limit + 1 for limit in DAY_LIMITS))
    words = [f"{low}–{high}" for low, high in zip(lows, DAY_LIMITS, strict=False)]
    lines = zip([*words, _("Hơn %(count)s", count=DAY_LIMITS[-1])], days.groups, strict=True)
    return _plain("days", _("Số ngày làm việc đến khi trả lời"), _("Số ngày"), list(lines))


def _named(found: Mapping[str, int], rows: Mapping[str, object]) -> list[tuple[str, int]]:
    return [(named(rows[code]), count) for code, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def _plain(id_: str, title: str, first: str, lines: Iterable[tuple[str, int]]) -> Sheet:
    rows = tuple(Row(name, (Cell(number(count)),)) for name, count in lines)
    return Sheet(id_, title, (first, _("Số vụ việc")), rows)


def _head(first: str, second: str) -> tuple[str, ...]:
    return (
        first,
        second,
        _("Đúng hạn"),
        _("Muộn"),
        _("Đang quá hạn"),
        _("Chưa đến hạn"),
        _("Không phải trả lời nữa"),
        _("Tỷ lệ đúng hạn"),
    )


def _row(name: str, counts: Counts) -> Row:
    cells = [Cell(number(counts.total))]
    cells += [Cell(number(counts.of(one)), one is Outcome.OVERDUE and counts.of(one) > 0) for one in OUTCOMES]
    return Row(name, (*cells, Cell(_percent(counts))))


def _percent(counts: Counts) -> str:
    percent = counts.in_time_percent
    return "–" if percent is None else f"{percent} %"
