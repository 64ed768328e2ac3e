"""The form of a routing rule: boxes and lists become the rule's cells, and back; nothing is written as code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.cases import labels
from portal.catalogue.queries import categories, forward_bodies
from portal.catalogue.routing_rows import Addressee
from portal.catalogue.words import AccusedRole, Release
from portal.foundation.errors import PortalError
from portal.foundation.text import N_, clean
from portal.intake.dates import read_date
from portal.web.admin.routing_words import ABOUT, ADDRESSEES, NEEDS, RELEASES, kinds
from portal.web.frame.language import named, said

Choices = Sequence[tuple[str, str]]

RANKS, MOST_REPORTS, LONGEST = range(1, 100_000), range(1, 100), 600
RANK = N_("Thứ tự là một số từ 1 đến 99999. Số nhỏ xét trước.")
COUNT = N_("Số phản ánh là một số từ 1 đến 99, hoặc để trống.")
CHOOSE = N_("Hãy chọn một mục trong danh sách.")
MISSING = {
    "lead": N_("Hãy chọn nơi chủ trì."),
    "release": N_("Hãy chọn khi nào chuyển."),
    "reason_vi": N_("Hãy ghi lý do bằng tiếng Việt."),
    "reason_en": N_("Hãy ghi lý do bằng tiếng Anh."),
}
TOO_LONG = N_("Dài quá: nhiều nhất %(most)s ký tự, hiện có %(have)s.")
DAY = N_("Hãy ghi ngày bắt đầu.")

SETS = ("kinds", "categories", "accused", "about", "needs", "support", "inform", "oversee")
SINGLE = ("lead", "release", "suggestion", "refused_to", "min_severity")
LINES = ("rank", "min_recent_reports", "reason_vi", "reason_en", "valid_from")
_MAY_BE_EMPTY = ("suggestion", "refused_to", "min_severity")


@dataclass
class Typed:
    """A form as it was sent, or as a stored rule fills it; what is wrong with it."""

    one: dict[str, str] = field(default_factory=dict)
    many: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def choices(session: Session) -> dict[str, Choices]:
    """What can be chosen, by column."""
    to_whom = [(word.value, _(ADDRESSEES[word])) for word in Addressee]
    somebody = [pair for pair in to_whom if pair[0] != Addressee.NONE]
    return {
        "kinds": kinds(),
        "categories": [(row.code, named(row)) for row in categories(session)],
        "accused": [(role.value, _(labels.ACCUSED_ROLE[role])) for role in AccusedRole],
        "about": [(word.value, _(words)) for word, words in ABOUT.items()],
        "needs": [(word.value, _(words)) for word, words in NEEDS.items()],
        "support": somebody,
        "inform": somebody,
        "oversee": somebody,
        "lead": to_whom,
        "suggestion": somebody,
        "release": [(word.value, _(RELEASES[word])) for word in Release],
        "refused_to": [(row.code, named(row)) for row in forward_bodies(session)],
        "min_severity": [(str(number), _("từ mức %(number)s trở lên", number=number)) for number in range(1, 6)],
    }


def typed_in(form: MultiDict[str, str]) -> Typed:
    """What was sent, as it goes back into the form."""
    return Typed(
        one={name: form.get(name, "")[:4000] for name in (*SINGLE, *LINES)},
        many={name: [value[:80] for value in form.getlist(name)[:100]] for name in SETS},
    )


def filled(cells: Mapping[str, Any], valid_from: str = "") -> Typed:
    """A stored rule's cells as the form holds them."""
    one = {name: "" if cells.get(name) is None else str(cells[name]) for name in (*SINGLE, *LINES)}
    return Typed(one={**one, "valid_from": valid_from}, many={name: str(cells.get(name, "")).split() for name in SETS})


def read(session: Session, typed: Typed, today: date) -> tuple[dict[str, Any], date | None]:
    """The rule's cells and its first day. What cannot be read is noted in `typed.errors`."""
    lists, cells = choices(session), dict[str, Any]()

    def keep(name: str, reader: Any) -> None:
        try:
            cells[name] = reader()
        except PortalError as error:
            typed.errors[name] = said(error)

    keep("valid_from", lambda: read_day(typed.one["valid_from"], today))  # first on the page, first of the faults
    keep("rank", lambda: _number(typed.one["rank"], RANKS, RANK))
    for name in SETS:
        keep(name, lambda name=name: " ".join(sorted(_among(value, lists[name]) for value in set(typed.many[name]))))
    for name in SINGLE:
        keep(name, lambda name=name: _chosen(name, typed.one[name], lists[name]))
    keep("min_recent_reports", lambda: _count(typed.one["min_recent_reports"]))
    for name in ("reason_vi", "reason_en"):
        keep(name, lambda name=name: _reason(name, typed.one[name]))
    return cells, cells.pop("valid_from", None)


def read_day(typed: str, today: date) -> date:
    """The day from which on a change holds. Raises PortalError."""
    day = read_date(typed, today, may_lie_ahead=True)
    if day is None:
        raise PortalError(DAY)
    return day


def _number(typed: str, among: range, message: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text) in among):
        raise PortalError(message)
    return int(text)


def _count(typed: str) -> int | None:
    return _number(typed, MOST_REPORTS, COUNT) if typed.strip() else None


def _among(typed: str, items: Choices) -> str:
    if typed not in {value for value, _words in items}:
        raise PortalError(CHOOSE)
    return typed


def _chosen(name: str, typed: str, items: Choices) -> Any:
    if not typed and name in _MAY_BE_EMPTY:
        return None
    if not typed:
        raise PortalError(MISSING[name])
    found = _among(typed, items)
    return int(found) if name == "min_severity" else found


def _reason(name: str, typed: str) -> str:
    text = clean(typed)
    if not text:
        raise PortalError(MISSING[name])
    if len(text) > LONGEST:
        raise PortalError(TOO_LONG, most=LONGEST, have=len(text))
    return text
