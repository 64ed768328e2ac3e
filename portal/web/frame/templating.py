"""What templates may use: StrictUndefined, no query, dates and numbers as Vietnamese pages write them."""

from datetime import date, datetime

from flask import Flask, g
from flask_babel import gettext
from flask_login import current_user
from jinja2 import StrictUndefined
from markupsafe import Markup

from portal.cases.queue import COUNTED
from portal.foundation.sanitising import paragraphs
from portal.foundation.time import local
from portal.web.frame.assets import asset
from portal.web.frame.language import chosen, named
from portal.web.frame.site import site

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date) -> str:
    """31/12/2025"""
    return value.strftime("%d/%m/%Y")


def weekday(value: date) -> str:
    """thứ Tư 31/12/2025"""
    names = WEEKDAYS_EN if chosen() == "en" else WEEKDAYS
    return f"{names[value.weekday()]} {day(value)}"


def moment(value: datetime) -> str:
    """09:42, 31/12/2025, on the province's wall clock"""
    return local(value).strftime("%H:%M, %d/%m/%Y")


def number(value: int) -> str:
    """1.234 (English: 1,234)"""
    return f"{value:,}" if chosen() == "en" else f"{value:,}".replace(",", ".")


def counted(value: int) -> str:
    """As far as cases are counted: 1.000+ (English: 1,000+)"""
    return f"{number(COUNTED)}+" if value > COUNTED else number(value)


def own_words(text: str) -> Markup:
    """What somebody wrote, as paragraphs; only the allow-list's HTML comes through."""
    return Markup(paragraphs(text))  # noqa: S704 (paragraphs has cleaned it)


def install(app: Flask) -> None:
    """Sets the template environment up."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, named=named)
    filters = {"day": day, "weekday": weekday, "moment": moment, "number": number, "counted": counted}
    app.jinja_env.filters.update(filters, own_words=own_words, translated=gettext)

    @app.context_processor
    def context() -> dict[str, object]:
        signed_in = current_user._get_current_object() if current_user and current_user.is_authenticated else None
        return {"language": chosen(), "site": site(), "staff": signed_in, "nonce": g.get("nonce", "")}
