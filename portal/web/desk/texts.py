"""Standard texts: every inspector reads them, chief inspectors write new versions. Only what was previewed is saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.catalogue.standard_text_rows import WORDS, checked, newest_texts, versions_of, words_of, write_version
from portal.catalogue.standard_texts import (
    LANGUAGES,
    MOMENTS,
    VARIABLES,
    Moment,
    may_stand,
    variables_in,
)
from portal.catalogue.text_models import StandardText
from portal.catalogue.words import Track
from portal.foundation.database import transaction
from portal.foundation.errors import Conflict, FieldErrors
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.due_words import short_moment
from portal.web.desk.previews import preview_mark, same
from portal.web.desk.text_example import preview
from portal.web.desk.text_uses import where_used
from portal.web.frame.access import allow, staff, viewer
from portal.web.frame.database import db
from portal.web.frame.language import chosen, named, said, said_at_fields

MOST_TYPED = 10_000


@dataclass(frozen=True)
class Outcome:
    """Why the form is shown again."""

    status: int = 200
    errors: Mapping[str, str] = field(default_factory=dict)
    is_changed: bool = False  # what would be saved is not what was previewed
    conflict: str = ""


@blueprint.get("/staff/texts")
@allow(P.READ_ALL_CASES)
def list_texts() -> Response:
    """The texts that hold, by what they are sent for."""
    rows = newest_texts(db.session())
    groups = [(_(MOMENTS[Moment(moment)]), [_line(one) for one in found]) for moment, found in _by_moment(rows)]
    return make_response(render_template("desk/list_texts.html", groups=groups))


@blueprint.get("/staff/texts/<text>")
@allow(P.READ_ALL_CASES)
def show_text(text: str) -> Response:
    """One text in both languages, and its versions."""
    versions = _versions(db.session(), text)
    people = _people(db.session(), versions)
    html = render_template(
        "desk/show_text.html",
        text=versions[0],
        title=named(versions[0], "title"),
        moment=_(MOMENTS[Moment(versions[0].moment)]),
        track=_track(versions[0].track),
        where=where_used(Moment(versions[0].moment)),
        versions=[(one, short_moment(one.written_at), _writer(one, people)) for one in versions],
        can_write=P.WRITE_STANDARD_TEXTS in viewer().permissions,
    )
    return make_response(html)


@blueprint.get("/staff/texts/<text>/edit")
@allow(P.WRITE_STANDARD_TEXTS)
def edit_text(text: str) -> Response:
    """The form of a new version, holding the newest one."""
    newest = _versions(db.session(), text)[0]
    return _form(newest, words_of(newest), newest.version, Outcome())


@blueprint.post("/staff/texts/<text>/edit")
@allow(P.WRITE_STANDARD_TEXTS)
def save_text(text: str) -> Response:
    """Shows the preview; or saves it, if it is what was shown and nobody saved another version meanwhile."""
    newest = _versions(db.session(), text)[0]
    typed = {name: request.form.get(name, "")[:MOST_TYPED] for name in WORDS}
    number = request.form.get("version", "")[:9]
    seen = int(number) if number.isascii() and number.isdecimal() else 0
    try:
        words = checked(typed, Moment(newest.moment))
        if request.form.get("do") != "save":
            return _form(newest, words, seen, Outcome(), shows=True)
        if seen == newest.version and not _is_shown(newest, words):
            return _form(newest, words, seen, Outcome(409, is_changed=True), shows=True)
        session = db.session()
        with transaction(session):
            saved = write_version(session, text, words, seen=seen, by_login=staff().login)
    except FieldErrors as error:
        return _form(newest, typed, seen, Outcome(422, said_at_fields(error)))
    except Conflict as error:
        there = _versions(db.session(), text)[0]
        return _form(there, typed, there.version, Outcome(409, conflict=said(error)))
    flash(_("Đã lưu bản mới.") if saved is not None else _("Không có gì khác trước, nên không lưu gì."))
    return make_response(redirect(url_for("desk.show_text", text=text)))


def _form(
    newest: StandardText, words: Mapping[str, str], seen: int, outcome: Outcome, *, shows: bool = False
) -> Response:
    """The form with what was typed; `shows` the preview, which alone can be saved."""
    shown = (
        {name: preview(words[f"body_{name}"], name, Moment(newest.moment)) for name in ("vi", "en")} if shows else None
    )
    writer = _writer(newest, _people(db.session(), [newest])) if outcome.conflict else ""
    html = render_template(
        "desk/edit_text.html",
        text=newest,
        title=named(newest, "title"),
        words=words,
        version=seen,
        shown=_mark(newest, words) if shows else "",
        preview=shown,
        errors=outcome.errors,
        is_changed=outcome.is_changed,
        conflict=outcome.conflict,
        there=(writer, short_moment(newest.written_at)),
        variables=_variables(newest),
        where=where_used(Moment(newest.moment)),
    )
    return make_response(html, outcome.status)


def _mark(text: StandardText, words: Mapping[str, str]) -> str:
    return preview_mark("standard-text", text.code, *(words[name] for name in WORDS))


def _is_shown(text: StandardText, words: Mapping[str, str]) -> bool:
    return same(request.form.get("shown", ""), _mark(text, words))


def _variables(text: StandardText) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The variables of a text, and the others that may stand in it, with what each is, in the page's language."""
    number, used = LANGUAGES.index(chosen()), variables_in(text.body_vi)
    may = may_stand(Moment(text.moment))
    lines = {name: (f"{{{name}}}", words[number]) for name, words in VARIABLES.items() if name in may}
    return [lines[name] for name in used if name in may], [line for name, line in lines.items() if name not in used]


def _versions(session: Session, code: str) -> Sequence[StandardText]:
    return versions_of(session, code) or abort(404)


def _by_moment(rows: Iterable[StandardText]) -> Iterable[tuple[str, Iterable[StandardText]]]:
    return groupby(rows, key=lambda one: one.moment)


def _line(one: StandardText) -> dict[str, object]:
    return {
        "code": one.code,
        "title": named(one, "title"),
        "track": _track(one.track),
        "version": one.version,
        "when": short_moment(one.written_at),
    }


def _track(track: str) -> str:
    return str(_("Mọi loại") if track == "all" else _(labels.TRACK[Track(track)]))


def _people(session: Session, rows: Iterable[StandardText]) -> dict[str, str]:
    logins = {one.by_login for one in rows if one.by_login}
    found = session.execute(select(Staff.login, Staff.name).where(Staff.login.in_(logins)))
    return {row.login: row.name for row in found}


def _writer(one: StandardText, people: Mapping[str, str]) -> str:
    if one.by_login is None:
        return str(_("tệp dữ liệu của Cổng"))
    return f"{people.get(one.by_login, one.by_login)} ({one.by_login})"
