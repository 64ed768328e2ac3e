"""The filters of the queue as an address, and back. What cannot be read is said; the rest holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.filters import Due, Holder, Order, QueueFilter
from portal.cases.words import Disclosure, Language, Status
from portal.catalogue.finding import ONE_STOP_WORDS, Findable, Index, find, index
from portal.catalogue.kept import kept
from portal.catalogue.snapshot import Snapshot, snapshot
from portal.catalogue.words import AgencyKind, Track
from portal.foundation.errors import PortalError
from portal.foundation.text import clean_line
from portal.foundation.time import today
from portal.intake.dates import read_date
from portal.staff.models import Staff
from portal.web.frame.language import named, said
from portal.web.frame.templating import day

LONGEST_TYPED = 100
FOLDED = ("status", "track", "category", "district", "from", "to", "language", "disclosure", "past")
Word = TypeVar("Word", bound=StrEnum)
Args = MultiDict[str, str]


@dataclass
class Filtering:
    """A filter with what was typed for it, and what of that could not be read, by field."""

    wanted: QueueFilter
    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    agency_name: str = ""
    agencies: list[dict[str, str]] = field(default_factory=list)  # to choose from, where a name fits several

    @property
    def asks_more(self) -> bool:
        """Whether one of the conditions is used that are folded away, or was typed wrong."""
        return any(self.typed.get(name) for name in FOLDED) or any(name in self.errors for name in FOLDED)

    @property
    def query(self) -> str:
        """The filter as a query string; the same filter always gives the same one."""
        return query_of(self.wanted)


def query_of(wanted: QueueFilter, **changes: str) -> str:
    """A filter's query string, with some fields said otherwise ("" leaves one out)."""
    one = {
        "category": wanted.category,
        "agency": wanted.agency,
        "below": "1" if wanted.with_below else "",
        "district": wanted.district,
        "holder": wanted.holder,
        "from": day(wanted.received_from) if wanted.received_from else "",
        "to": day(wanted.received_to) if wanted.received_to else "",
        "language": wanted.language or "",
        "disclosure": wanted.disclosure or "",
        "listed": "1" if wanted.is_listed else "",
        "own": "1" if wanted.own_date else "",
        "past": "1" if wanted.past_too else "",
        "order": wanted.order.value if wanted.order is not Order.DUE else "",
    }
    one |= changes
    many = [(name, word) for name, words in _many(wanted) if name not in changes for word in words]
    return urlencode([*many, *((name, value) for name, value in one.items() if value)])


def _many(wanted: QueueFilter) -> Iterable[tuple[str, list[str]]]:
    yield "due", [one.value for one in Due if one in wanted.due]
    yield "status", [one.value for one in Status if one in wanted.statuses]
    yield "track", [one.value for one in Track if one in wanted.tracks]


def filtering(session: Session, viewer: Viewer, args: Args) -> Filtering:
    """Reads an address."""
    known = snapshot(session, today())
    typed = {name: clean_line(args.get(name, "")[:LONGEST_TYPED]) for name in args}
    found = Filtering(QueueFilter(), typed)
    agency = _agency(session, known, typed.get("chosen") or typed.get("agency", ""), found)
    wanted = QueueFilter(
        statuses=_words(Status, args, "status", found),
        tracks=_words(Track, args, "track", found),
        due=_words(Due, args, "due", found),
        category=_known(typed, "category", known.categories, found),
        agency=agency,
        with_below=bool(agency) and bool(typed.get("below")),
        district=_known(typed, "district", dict(districts(known)), found),
        holder=_holder(session, viewer, typed, found),
        received_from=_day(typed, "from", found),
        received_to=_day(typed, "to", found),
        language=_word(Language, typed, "language", found) if viewer.reads_narratives else None,
        disclosure=_word(Disclosure, typed, "disclosure", found) if viewer.reads_narratives else None,
        is_listed=bool(typed.get("listed")) and viewer.reads_narratives,
        own_date=bool(typed.get("own")),
        past_too=bool(typed.get("past")),
        order=_word(Order, typed, "order", found) or Order.DUE,
    )
    found.wanted = wanted
    if wanted.received_from and wanted.received_to and wanted.received_from > wanted.received_to:
        found.errors["to"] = _("Ngày sau cùng đứng trước ngày đầu.")
    if wanted.past_too and viewer.reads_narratives and not wanted.has_anchor:
        found.errors["past"] = _(
            "Tìm cả vụ việc đã xong thì cần thêm một trong ba: cơ quan bị phản ánh, người giữ, hoặc hai ngày cách nhau "
            "nhiều nhất một năm."
        )
    return found


def _unreadable() -> str:
    words: str = _("Không có lựa chọn này trong danh sách.")
    return words


def _words(kind: type[Word], args: Args, name: str, found: Filtering) -> frozenset[Word]:
    values = {member.value: member for member in kind}
    asked = [one for one in args.getlist(name) if one]
    if any(one not in values for one in asked):
        found.errors[name] = _unreadable()
    return frozenset(values[one] for one in asked if one in values)


def _word(kind: type[Word], typed: Mapping[str, str], name: str, found: Filtering) -> Word | None:
    asked = typed.get(name, "")
    if asked and asked not in {member.value for member in kind}:
        found.errors[name] = _unreadable()
        return None
    return kind(asked) if asked else None


def _known(typed: Mapping[str, str], name: str, among: Mapping[str, object], found: Filtering) -> str:
    asked = typed.get(name, "")
    if asked and asked not in among:
        found.errors[name] = _unreadable()
        return ""
    return asked


def _holder(session: Session, viewer: Viewer, typed: Mapping[str, str], found: Filtering) -> str:
    if not typed.get("holder") or not viewer.reads_narratives:
        return ""
    return _known(typed, "holder", dict(holders(session, viewer)), found)


def _day(typed: Mapping[str, str], name: str, found: Filtering) -> date | None:
    try:
        return read_date(typed.get(name, ""), today())
    except PortalError as error:
        found.errors[name] = said(error)
        return None


def _agency(session: Session, known: Snapshot, typed: str, found: Filtering) -> str:
    """A body by its code or by words of its name, with or without marks."""
    exact = [body.code for body in known.tree if typed in (body.code, body.name_vi, body.name_en)] if typed else []
    codes = exact or find(kept(session, today(), _index), typed)
    if len(codes) == 1:
        found.agency_name = named(known.tree.body(codes[0]))
        return codes[0]
    found.agencies = [{"value": code, "text": named(known.tree.body(code))} for code in codes]
    if typed:
        found.errors["agency"] = (
            _("Có nhiều nơi mang tên gần như vậy. Xin chọn một nơi bên dưới.")
            if codes
            else _("Không có cơ quan nào mang tên hay mã này.")
        )
    return ""


def _index(session: Session, on: date) -> Index:
    bodies = snapshot(session, on).tree
    return index(
        Findable(
            body.code, (body.name_vi, body.name_en), ONE_STOP_WORDS if body.kind is AgencyKind.ONE_STOP else body.code
        )
        for body in bodies
    )


def districts(known: Snapshot) -> list[tuple[str, str]]:
    """The areas to choose from: districts, or where there is no district level, communes."""
    tree = known.tree
    for kind in (AgencyKind.DISTRICT, AgencyKind.COMMUNE):
        found = [(body.area_code, named(body)) for body in tree if body.kind is kind and body.area_code]
        if found:
            return found
    return []


def holders(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Whose cases one can ask for: one's own, nobody's, a colleague's of the same body."""
    team = select(Staff.login, Staff.name).where(Staff.agency_id == viewer.agency_id, Staff.active)
    others = team.where(Staff.id != viewer.staff_id).order_by(Staff.name)
    colleagues = session.execute(others).tuples().all()
    mine = _("Của tôi và người tôi làm thay") if viewer.stands_for else _("Của tôi")
    return [(Holder.ME.value, mine), (Holder.NOBODY.value, _("Chưa giao cho ai")), *colleagues]


def lists(session: Session, who: Viewer) -> dict[str, list[dict[str, str]] | list[tuple[str, str]]]:
    """What the filters offer."""
    known = snapshot(session, today())
    orders = [one for one in Order if who.reads_narratives or one is not Order.SEVERITY]
    return {
        "due": [{"value": one.value, "text": _(labels.DUE[one])} for one in Due],
        "status": [{"value": one.value, "text": _(words)} for one, words in labels.STATUS.items()],
        "track": [{"value": one.value, "text": _(words)} for one, words in labels.TRACK.items()],
        "category": [(code, named(row)) for code, row in known.categories.items()],
        "district": districts(known),
        "holder": holders(session, who) if who.reads_narratives else [],
        "language": [(one.value, _(words)) for one, words in labels.LANGUAGE.items()],
        "disclosure": [(one.value, _(words)) for one, words in labels.DISCLOSURE.items()],
        "order": [(one.value, _(labels.ORDER[one])) for one in orders],
    }
