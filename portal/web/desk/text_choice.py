"""The standard texts on a move's page: a list to choose from, and the chosen one put under what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.text_values import Place, language_of, texts_for, values_for
from portal.catalogue.standard_texts import filled, refilled
from portal.web.desk.move_pages import MovePage
from portal.web.frame.language import chosen, named
from portal.web.frame.site import portal_names, site

CHOICE = "standard_text"  # the field's name


@dataclass(frozen=True)
class Offered:
    """The texts of a move's page, and which of them is chosen."""

    choices: tuple[tuple[str, str], ...]
    chosen: str
    field: str  # which of the page's fields it is put into


FIELDS = {"refer": "note"}  # where the text goes that a move sends; "text" for all others


def offered(session: Session, file: CaseFile, move: str) -> Offered | None:
    """The texts that fit a move and this case; None where there are none."""
    rows = texts_for(session, file, move)
    choices = tuple((one.code, named(one, "title")) for one in rows)
    return Offered(choices, request.form.get(CHOICE, ""), FIELDS.get(move, "text")) if choices else None


def with_text(
    session: Session, file: CaseFile, who: Viewer, move: str, page: MovePage, typed: Mapping[str, str]
) -> dict[str, str] | None:
    """What was typed with the chosen text under it, or in the place of what stood there at first; None: no choice.

    Where the text stands already, its gaps are closed that are known by now, and it is not put there twice.
    """
    code, field = request.form.get(CHOICE, ""), FIELDS.get(move, "text")
    text = next((one for one in texts_for(session, file, move) if one.code == code), None)
    if text is None:
        return None
    language = language_of(file, who, text, chosen())
    values = values_for(session, who, file, move, language, typed, Place(portal_names(), site().hotline))
    body = filled(getattr(text, f"body_{language}"), values, language)
    first = next((one.first for one in page.fields if one.name == field), None)
    stood = first(session, file, who) if first is not None else ""
    written = _plain(typed[field])
    kept = "" if written == _plain(stood) else refilled(written, values, language)
    if body in kept:
        return {**typed, field: kept}
    return {**typed, field: f"{kept}\n\n{body}" if kept else body}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
