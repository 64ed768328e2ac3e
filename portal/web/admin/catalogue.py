"""Agencies, categories, calendar, announcements: a list, a page for each row with its form, and its history."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.recomputing import calendar_changed
from portal.catalogue.changing import Changeable, changes_of, history_key, state, state_mark
from portal.catalogue.changing_rows import (
    add_announcement,
    add_day,
    change_agency,
    change_announcement,
    change_category,
    change_day,
    remove_day,
)
from portal.catalogue.models import Agency, Announcement, CalendarDay, Category
from portal.foundation.database import transaction
from portal.foundation.errors import Conflict, FieldErrors
from portal.foundation.text import clean_line
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.admin import blueprint
from portal.web.admin.catalogue_fields import Field, in_words, read, shown, texts, typed_in
from portal.web.admin.catalogue_history import told
from portal.web.admin.catalogue_lists import CALENDAR, SECTIONS, Section
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import said, said_at_fields

PAGE = 50
SLUGS = f"any({','.join(SECTIONS)})"
ROOT = f"/staff/admin/catalogue/<{SLUGS}:section>"


@blueprint.get("/staff/admin/catalogue")
@allow(P.MANAGE_CATALOGUE)
def catalogue_start() -> Response:
    """Leads to the first list."""
    return make_response(redirect(url_for("admin.list_catalogue", section="agencies")))


@blueprint.get(ROOT)
@allow(P.MANAGE_CATALOGUE)
def list_catalogue(section: str) -> Response:
    """The rows that fit, page by page."""
    one, session = SECTIONS[section], db.session()
    filters = one.filters()
    typed = {name: clean_line(request.args.get(name, "")[:80]) for name in ("q", *(name for name, _w, _c in filters))}
    number = request.args.get("page", "1")[:4]
    page = max(1, int(number)) if number.isascii() and number.isdecimal() else 1
    lines = one.lines(session, typed)
    query = urlencode({name: value for name, value in typed.items() if value})
    html = render_template(
        "admin/list_catalogue.html",
        section=one,
        sections=_tabs(one),
        lines=lines[(page - 1) * PAGE : page * PAGE],
        total=len(lines),
        page=page,
        pages=-(-len(lines) // PAGE),
        query=query,
        typed=typed,
        filters=filters,
    )
    return make_response(html)


@blueprint.get(f"{ROOT}/new")
@allow(P.MANAGE_CATALOGUE)
def new_row(section: str) -> Response:
    """The form of a new row, where a list takes new ones."""
    one = _with_new(section)
    asked = request.args.get("on", "")[:40]
    return _page(one, None, {"on": asked} if asked else {}, {})


@blueprint.post(f"{ROOT}/new")
@allow(P.MANAGE_CATALOGUE)
def make_row(section: str) -> Response:
    """Adds a row."""
    one, session, login = _with_new(section), db.session(), staff().login
    fields = _fields(one, is_new=True)
    typed = typed_in(fields, request.form)
    values, errors = read(fields, typed, today())
    if errors:
        return _page(one, None, typed, errors, 422)
    try:
        with transaction(session):
            if one is CALENDAR:
                row: Changeable = add_day(session, values.pop("on"), values, by_login=login)
                calendar_changed(session, row.on)  # type: ignore[union-attr]
            else:
                row = add_announcement(session, values, by_login=login, today=today())
    except FieldErrors as error:
        return _page(one, None, typed, _said(error), 422)
    except Conflict as error:
        return _page(one, None, typed, {"on": said(error)}, 409)
    flash(_("Đã thêm."))
    return _to(one, history_key(row)[1])


@blueprint.get(f"{ROOT}/<key>")
@allow(P.MANAGE_CATALOGUE)
def show_row(section: str, key: str) -> Response:
    """A row's form and history; of a day that was taken out of the calendar the history alone."""
    one, session = SECTIONS[section], db.session()
    row = _row(session, one, key)
    if row is None:
        return _page_of_removed(one, key)
    return _page(one, row, texts(one.fields, state(row)), {})


@blueprint.post(f"{ROOT}/<key>")
@allow(P.MANAGE_CATALOGUE)
def change_row(section: str, key: str) -> Response:
    """Saves a row's form, if nobody else changed the row meanwhile."""
    one, session, login = SECTIONS[section], db.session(), staff().login
    typed, seen = typed_in(one.fields, request.form), request.form.get("seen", "")[:40]
    values, errors = read(one.fields, typed, today())
    if errors:
        return _page(one, _existing(session, one, key), typed, errors, 422, seen=seen)
    try:
        with transaction(session):
            row = _existing(session, one, key, lock=True)
            changed = _change(session, row, values, seen, login)
    except FieldErrors as error:
        return _page(one, _existing(session, one, key), typed, _said(error), 422, seen=seen)
    except Conflict as error:
        return _page(one, _existing(session, one, key), typed, {}, 409, conflict=said(error))
    flash(_("Đã lưu.") if changed else _("Không có gì khác trước, nên không lưu gì."))
    return _to(one, key)


@blueprint.post(f"{ROOT}/<key>/remove")
@allow(P.MANAGE_CATALOGUE)
def remove_row(section: str, key: str) -> Response:
    """Takes a day out of the calendar; nothing else is taken away."""
    one, session, login = SECTIONS[section], db.session(), staff().login
    if one is not CALENDAR:
        return abort(404)
    try:
        with transaction(session):
            row = _existing(session, one, key, lock=True)
            assert isinstance(row, CalendarDay)  # noqa: S101 (the calendar's rows)
            remove_day(session, row, seen=request.form.get("seen", "")[:40], by_login=login)
            calendar_changed(session, row.on)
    except Conflict as error:
        row = _existing(session, one, key)
        return _page(one, row, texts(one.fields, state(row)), {}, 409, conflict=said(error))
    flash(_("Đã xóa khỏi lịch."))
    return _to(one, key)


def _change(session: Session, row: Changeable, values: Mapping[str, Any], seen: str, login: str) -> bool:
    if isinstance(row, Agency):
        return change_agency(session, row, values, seen=seen, by_login=login, today=today())
    if isinstance(row, Category):
        return change_category(session, row, values, seen=seen, by_login=login)
    if isinstance(row, Announcement):
        return change_announcement(session, row, values, seen=seen, by_login=login, today=today())
    was_working = row.is_working
    changed = change_day(session, row, values, seen=seen, by_login=login)
    if row.is_working != was_working:
        calendar_changed(session, row.on)
    return changed


def _with_new(section: str) -> Section:
    one = SECTIONS[section]
    return one if one.new else abort(404)


def _fields(one: Section, *, is_new: bool) -> Sequence[Field]:
    return (one.key_field, *one.fields) if is_new and one.key_field else one.fields


def _day(key: str) -> date | None:
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


def _row(session: Session, one: Section, key: str, *, lock: bool = False) -> Changeable | None:
    found: object = key
    if one.table is Agency:
        found = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else None
    elif one.table is CalendarDay:
        found = _day(key)
    row = session.get(one.table, found, with_for_update=lock) if found is not None else None
    return cast(Changeable | None, row)


def _existing(session: Session, one: Section, key: str, *, lock: bool = False) -> Changeable:
    row = _row(session, one, key, lock=lock)
    return row if row is not None else abort(404)


def _said(error: FieldErrors) -> dict[str, str]:
    return said_at_fields(error)


def _to(one: Section, code: str) -> Response:
    key = code.rpartition("/")[2]  # a body's history stands under its code and number
    return make_response(redirect(url_for("admin.show_row", section=one.slug, key=key)))


def _tabs(current: Section) -> list[dict[str, object]]:
    return [
        {"href": f"/staff/admin/catalogue/{slug}", "text": _(one.title), "current": one is current}
        for slug, one in SECTIONS.items()
    ]


def _page_of_removed(one: Section, key: str) -> Response:
    on = _day(key)
    changes = changes_of(db.session(), ("calendar_day", on.isoformat())) if one is CALENDAR and on else ()
    if on is None or not changes:
        return abort(404)
    html = render_template(
        "admin/show_removed_day.html",
        section=one,
        name=one.name(CalendarDay(on=on)),
        again=f"/staff/admin/catalogue/calendar/new?on={on:%d/%m/%Y}",
        history=told(db.session(), changes, one.fields),
    )
    return make_response(html)


def _page(
    one: Section,
    row: Changeable | None,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
    *,
    seen: str = "",
    conflict: str = "",
) -> Response:
    session = db.session()
    stored = texts(one.fields, state(row)) if row is not None else {}
    address = f"/staff/admin/catalogue/{one.slug}"
    there = [
        {"name": _(field.label), "text": in_words(field, stored[field.name]), "wide": True}
        for field in one.fields
        if conflict and stored[field.name] != typed.get(field.name, "").strip()
    ]
    html = render_template(
        "admin/show_catalogue.html",
        section=one,
        name=one.name(row) if row is not None else _(one.new),
        code=row.code if isinstance(row, Agency | Category) else "",
        action=f"{address}/{history_key(row)[1].rpartition('/')[2]}" if row is not None else f"{address}/new",
        seen=(seen or state_mark(row)) if row is not None else "",
        fields=shown(_fields(one, is_new=row is None), typed, errors),
        errors=dict(errors),
        conflict=conflict,
        there=there,
        can_remove=isinstance(row, CalendarDay),
        history=told(session, changes_of(session, history_key(row)), one.fields) if row is not None else [],
    )
    return make_response(html, status)
