"""The fields of a catalogue form: what was typed becomes values, what is stored becomes text again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.foundation.errors import PortalError
from portal.foundation.text import N_, clean, clean_line
from portal.intake.dates import read_date
from portal.web.frame.language import said
from portal.web.frame.templating import day

CHOOSE = N_("Hãy chọn một mục trong danh sách.")
WRITE, CHOOSE_IN = N_("Hãy ghi “%(field)s”."), N_("Hãy chọn “%(field)s”.")
TOO_LONG = N_("Dài quá: nhiều nhất %(most)s ký tự, hiện có %(have)s.")
MOST_KEPT = 4000  # letters of a field that come back to the form, whatever was sent

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """One field. `kind`: line, text, day or choice; `most`: letters of a line or text."""

    name: str
    label: str
    kind: str = "line"
    most: int = 300
    hint: str = ""
    is_optional: bool = False
    choices: Callable[[], Choices] = tuple
    convert: Callable[[str], Any] = str


@dataclass(frozen=True)
class Shown:
    """One field as its template shows it."""

    name: str
    label: str
    kind: str
    text: str
    hint: str
    error: str
    is_optional: bool
    choices: Choices


def typed_in(fields: Sequence[Field], form: Mapping[str, str]) -> dict[str, str]:
    """What was sent, as it goes back into the form."""
    return {field.name: form.get(field.name, "")[:MOST_KEPT] for field in fields}


def read(fields: Sequence[Field], typed: Mapping[str, str], today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that were typed, and for each field that cannot be read what is wrong with it."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        try:
            values[field.name] = _value(field, typed[field.name], today)
        except PortalError as error:
            errors[field.name] = said(error)
    return values, errors


def _value(field: Field, typed: str, today: date) -> Any:
    if not field.is_optional and not typed.strip():
        raise PortalError(CHOOSE_IN if field.kind == "choice" else WRITE, field=_(field.label))
    if field.kind == "day":
        return read_date(typed, today, may_lie_ahead=True)
    if field.kind == "choice":
        if not typed and field.is_optional:
            return None
        if typed not in {value for value, _words in field.choices()}:
            raise PortalError(CHOOSE)
        return field.convert(typed)
    text = clean(typed) if field.kind == "text" else clean_line(typed)
    if len(text) > field.most:
        raise PortalError(TOO_LONG, most=field.most, have=len(text))
    return text or (None if field.is_optional else "")


def texts(fields: Sequence[Field], state: Mapping[str, Any]) -> dict[str, str]:
    """A row's state as the form's fields hold it."""
    return {field.name: _text(field, state.get(field.name)) for field in fields}


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.kind == "day":
        return day(date.fromisoformat(value))
    return str(value)


def in_words(field: Field, text: str) -> str:
    """What a field holds, as a person reads it: the words of a choice, not its value."""
    if not text:
        return _("(trống)")
    return dict(field.choices()).get(text, text) if field.kind == "choice" else text


def shown(fields: Sequence[Field], typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Shown]:
    """The fields of a form with what they hold."""
    return [
        Shown(
            name=field.name,
            label=_(field.label),
            kind=field.kind,
            text=typed.get(field.name, ""),
            hint=_(field.hint) if field.hint else "",
            error=errors.get(field.name, ""),
            is_optional=field.is_optional,
            choices=field.choices(),
        )
        for field in fields
    ]
