"""For each list what must hold of a changed row: bodies, categories, days of the calendar, announcements."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.changing import add, apply, check_seen, refuse, refuse_field, remove
from portal.catalogue.models import Agency, Announcement, CalendarDay, Category
from portal.catalogue.queries import agency_by_code, missing_functions
from portal.foundation.errors import Conflict, PortalError
from portal.foundation.text import N_

Values = Mapping[str, Any]

EMPTY = N_("Hãy ghi mục này.")
NO_SOURCE = N_("Hãy ghi văn bản quy định ngày này.")
BACKWARDS = N_("Ngày hết hiệu lực trước ngày có hiệu lực.")
TWICE = N_("Mã này đã có cơ quan khác trong thời gian đó.")
NOT_ITSELF = N_("Cơ quan không kế thừa chính mình, cũng không kế thừa vòng quanh.")
KEEPS_FUNCTION = N_("Cơ quan này giữ một chức năng mà cổng cần để chuyển phản ánh. Hãy chọn cơ quan kế thừa.")
SEVERITIES = range(1, 6)
SEVERITY = N_("Mức độ là một số từ 1 đến 5.")
IS_LISTED = N_("Ngày này đã có trong lịch. Hãy sửa ngày đó.")
NO_SUCH_AGENCY = N_("Không có cơ quan mang mã này.")
NO_SUCH_CATEGORY = N_("Không có loại phản ánh này.")


def _empty(values: Values, names: Iterable[str]) -> dict[str, PortalError]:
    return {name: PortalError(EMPTY) for name in names if values[name] in (None, "")}


def change_agency(
    session: Session, agency: Agency, values: Values, *, seen: str, by_login: str | None, today: date
) -> bool:
    """Names, how it is reached, from when to when it is there, and who carries on.

    Raises FieldErrors, and Conflict when somebody else was first.
    """
    check_seen(agency, seen)
    refuse(_empty(values, ("name_vi", "name_en", "valid_from")))
    _check_period(values)
    _check_versions(session, agency, values)
    _check_succession(session, agency, values["successor_id"])
    after_end = max(today, (values["valid_to"] or today) + timedelta(days=1))
    missing = missing_functions(session, after_end)
    changed = apply(session, agency, values, by_login)
    if missing_functions(session, after_end) - missing:
        refuse_field("successor_id", KEEPS_FUNCTION)
    return changed


def _check_period(values: Values) -> None:
    if values["valid_to"] is not None and values["valid_to"] < values["valid_from"]:
        refuse_field("valid_to", BACKWARDS)


def _check_versions(session: Session, agency: Agency, values: Values) -> None:
    """At any time a code means one body."""
    others = session.scalars(select(Agency).where(Agency.code == agency.code, Agency.id != agency.id))
    until = values["valid_to"] or date.max
    if any(one.valid_from <= until and values["valid_from"] <= (one.valid_to or date.max) for one in others):
        refuse_field("valid_from", TWICE)


def _check_succession(session: Session, agency: Agency, successor_id: int | None) -> None:
    seen = {agency.id}
    while successor_id is not None:
        if successor_id in seen:
            refuse_field("successor_id", NOT_ITSELF)
        seen.add(successor_id)
        following = session.get(Agency, successor_id)
        if following is None:
            refuse_field("successor_id", NO_SUCH_AGENCY)
        successor_id = following.successor_id


def change_category(session: Session, category: Category, values: Values, *, seen: str, by_login: str | None) -> bool:
    """Its texts and how severe it is. Kind, track and principle stay: the routing rests on them."""
    check_seen(category, seen)
    errors = _empty(values, ("name_vi", "name_en", "example_vi", "example_en"))
    if values["severity"] not in SEVERITIES:
        errors["severity"] = PortalError(SEVERITY)
    refuse(errors)
    return apply(session, category, values, by_login)


def add_day(session: Session, on: date | None, values: Values, *, by_login: str | None) -> CalendarDay:
    """A day off or a make-up day. Raises Conflict for a day that is listed already."""
    errors = _empty({"on": on, **values}, ("on", "name_vi", "name_en"))
    if not values["source"]:
        errors["source"] = PortalError(NO_SOURCE)
    refuse(errors)
    if session.get(CalendarDay, on) is not None:
        raise Conflict(IS_LISTED)
    day = CalendarDay(on=on, **values)
    add(session, day, by_login)
    return day


def change_day(session: Session, day: CalendarDay, values: Values, *, seen: str, by_login: str | None) -> bool:
    """What a listed day is, its names, and on which decree it rests."""
    check_seen(day, seen)
    errors = _empty(values, ("name_vi", "name_en"))
    if not values["source"]:
        errors["source"] = PortalError(NO_SOURCE)
    refuse(errors)
    return apply(session, day, values, by_login)


def remove_day(session: Session, day: CalendarDay, *, seen: str, by_login: str | None) -> None:
    """Takes a day out of the calendar: it is again what its day of the week is."""
    check_seen(day, seen)
    remove(session, day, by_login)


def add_announcement(session: Session, values: Values, *, by_login: str | None, today: date) -> Announcement:
    """A sentence for whoever files, from one day to another."""
    _check_announcement(session, values, today)
    last = session.scalar(select(func.max(Announcement.position)))
    row = Announcement(code=f"A-{secrets.token_hex(4).upper()}", position=(last or 0) + 1, **values)
    add(session, row, by_login)
    return row


def change_announcement(
    session: Session, row: Announcement, values: Values, *, seen: str, by_login: str | None, today: date
) -> bool:
    """Another text, another reach, other days: it ends by its last day."""
    check_seen(row, seen)
    _check_announcement(session, values, today)
    return apply(session, row, values, by_login)


def _check_announcement(session: Session, values: Values, today: date) -> None:
    errors = _empty(values, ("text_vi", "text_en", "valid_from", "valid_to"))
    if values["agency_code"] and agency_by_code(session, values["agency_code"], today) is None:
        errors["agency_code"] = PortalError(NO_SUCH_AGENCY)
    if values["category"] and session.get(Category, values["category"]) is None:
        errors["category"] = PortalError(NO_SUCH_CATEGORY)
    refuse(errors)
    _check_period(values)
