"""A row's history as people read it: who, when, and of each field that changed what it held before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.change_models import CatalogueChange
from portal.foundation.time import local
from portal.staff.models import Staff
from portal.web.admin.catalogue_fields import Field, in_words, texts
from portal.web.frame.templating import moment


@dataclass(frozen=True)
class Difference:
    """One field that changed: what it holds since, or of a row that was taken out what it held."""

    label: str
    before: str
    text: str
    lang: str = ""  # of both, where it is not the page's


@dataclass(frozen=True)
class Told:
    """One change."""

    at: str
    when: str
    who: str
    did: str
    is_change: bool  # else the row was added or taken out: there is one side only
    differences: tuple[Difference, ...]


def told(session: Session, changes: Sequence[CatalogueChange], fields: Sequence[Field]) -> list[Told]:
    """The changes of one row, in the order given."""
    logins = {one.by_login for one in changes if one.by_login}
    names = {one.login: one.name for one in session.scalars(select(Staff).where(Staff.login.in_(logins)))}
    return [
        Told(
            at=local(one.at).isoformat(timespec="seconds"),
            when=moment(one.at),
            who=names.get(one.by_login, one.by_login) if one.by_login else _("máy chủ"),
            did=_did(one),
            is_change=bool(one.before and one.after),
            differences=tuple(_differences(one, fields)),
        )
        for one in changes
    ]


def _did(one: CatalogueChange) -> str:
    if not one.before:
        return _("thêm")
    return _("sửa") if one.after else _("xóa")


def _differences(one: CatalogueChange, fields: Sequence[Field]) -> list[Difference]:
    before, after = texts(fields, one.before), texts(fields, one.after)
    return [
        Difference(
            _(field.label),
            in_words(field, before[field.name]),
            in_words(field, (after if one.after else before)[field.name]),
            field.name[-2:] if field.name.endswith(("_vi", "_en")) else "",
        )
        for field in fields
        if before[field.name] != after[field.name]
    ]
