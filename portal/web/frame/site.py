"""What every page says about where it is: names from the catalogue, never from code."""

import time
from dataclasses import dataclass

from flask import current_app, request
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from config import LOCAL_ORIGIN
from portal.catalogue.functions import function_agency
from portal.catalogue.words import Function
from portal.foundation.time import today
from portal.web.frame.database import db
from portal.web.frame.language import LANGUAGES, chosen

KEPT_SECONDS = 60
GOVERNS = {"vi": "Ủy ban nhân dân ", "en": "People's Committee of "}


@dataclass(frozen=True)
class Site:
    """The portal as a page names it."""

    name: str
    place: str
    body_name: str
    hotline: str
    directive: str
    origin: str


_kept: dict[tuple[str, ...], tuple[float, Site]] = {}


def site(language: str = "") -> Site:
    """The names in the page's language, or in another; made at most once a minute."""
    language = language or chosen()
    config = current_app.config
    settings = (config["SQLALCHEMY_DATABASE_URI"], config["PORTAL_HOTLINE"], config["PORTAL_ORIGIN"])
    key = (language, chosen(), *settings)
    known = _kept.get(key)
    if known is not None and known[0] >= time.monotonic():
        return known[1]
    place, body = _names(language)
    made = Site(
        name=_("Cổng Phản ánh"),
        place=place,
        body_name=body or _("Ủy ban Kiểm tra"),
        hotline=config["PORTAL_HOTLINE"],
        directive=_("Chỉ thị số 30-CT/TU"),
        origin=f"https://{config['PORTAL_ORIGIN']}",
    )
    if place:
        _kept[key] = (time.monotonic() + KEPT_SECONDS, made)
    return made


def portal_names() -> dict[str, str]:
    """How letters name this portal: "Cổng Phản ánh tỉnh …", in each language."""
    names = {}
    for language in LANGUAGES:
        with force_locale(language):
            here = site(language)
            place = here.place[:1].lower() + here.place[1:] if language == "vi" else here.place
            names[language] = f"{here.name} {place}" if language == "vi" else f"{here.name}, {place}"
    return names


def _names(language: str) -> tuple[str, str]:
    """The province's name, out of its People's Committee's; and the Inspection Committee's."""
    try:
        province = function_agency(db.session(), Function.PROVINCIAL_COMMITTEE, today())
        committee = function_agency(db.session(), Function.INSPECTION_COMMITTEE, today())
    except SQLAlchemyError:
        return "", ""  # an error page must render without a database
    place = str(getattr(province, f"name_{language}", "")).removeprefix(GOVERNS[language])
    return place[:1].upper() + place[1:], str(getattr(committee, f"name_{language}", ""))


def tracking_address() -> str:
    """Where the code is typed in."""
    return whole_address("/track")


def whole_address(path: str) -> str:
    """A path at the portal's public name; before it has one, where it is being visited."""
    origin = current_app.config["PORTAL_ORIGIN"]
    return f"{request.host_url.rstrip('/')}{path}" if origin == LOCAL_ORIGIN else f"https://{origin}{path}"
