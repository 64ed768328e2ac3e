"""/open-data: what there is, for people; and the same for machines, with an example of how to use it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from flask import Response, abort, render_template

from portal.statistics.dictionary import BY_NAME, NAMED, Column, Words, columns, counted, title
from portal.statistics.measures import TABLES, Table, Tier
from portal.statistics.publication import Published, Releases, published
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.published import published_bytes
from portal.web.frame.site import site
from portal.web.open_data import blueprint
from portal.web.open_data.feed import feed
from portal.web.open_data.metadata import catalogue, package
from portal.web.open_data.releases import file_of
from portal.web.open_data.serving import File, kept, origin, sent

EXAMPLE = File(Path(__file__).with_name("example.py").read_bytes())


Told = tuple[str, str]  # a column or code, and what it means


@dataclass(frozen=True)
class Release:
    """A period of a table, and the day on which it came out."""

    period: str
    published_on: date


@dataclass(frozen=True)
class Described:
    """One table as the page describes it."""

    name: str
    title: str
    counted: str
    own_columns: tuple[Told, ...]
    words: tuple[Told, ...]
    releases: tuple[Release, ...]  # newest first


@blueprint.get("/open-data")
@allow(Who.EVERYONE)
@published_bytes
def about() -> str:
    """What is here, what each column means, and under which licence."""
    found = published(db.session())
    return render_template(
        "open_data/about.html",
        tables=[_described(table, found.of(table.name)) for table in _tables(found)],
        common=[_column(column) for column in columns(TABLES[Tier.SMALL][0].partition)],
        named=[(code, words.told(chosen())) for code, words in NAMED.items()],
        example=EXAMPLE.content.decode(),
    )


@blueprint.get("/open-data/datapackage.json")
@allow(Who.EVERYONE)
@published_bytes
def show_package() -> Response:
    """The Frictionless Data Package; none as long as nothing is published, for it may not be empty."""
    found, at, who = published(db.session()), origin(), _publisher()
    if not found.tables:
        abort(404)
    return _metadata(found, "package", lambda: _json(package(found, at, who, partial(file_of, found))))


@blueprint.get("/open-data/catalog.jsonld")
@allow(Who.EVERYONE)
@published_bytes
def show_catalogue() -> Response:
    """The DCAT catalogue."""
    found, at, who = published(db.session()), origin(), _publisher()
    place = Words(site("vi").place, site("en").place)
    return _metadata(found, "catalogue", lambda: _json(catalogue(found, at, who, place, partial(file_of, found))))


@blueprint.get("/open-data/releases.atom")
@allow(Who.EVERYONE)
@published_bytes
def show_feed() -> Response:
    """The Atom feed of releases."""
    found, at, who = published(db.session()), origin(), _publisher()
    return _metadata(found, "feed", lambda: feed(found, at, who))


@blueprint.get("/open-data/example.py")
@allow(Who.EVERYONE)
@published_bytes
def show_example() -> Response:
    """A program that makes the published numbers out of the noisy ones again."""
    return sent(EXAMPLE, "text/x-python; charset=utf-8")


TYPES = {"package": "application/json", "catalogue": "application/ld+json", "feed": "application/atom+xml"}


def _metadata(found: Releases, what: str, make: Callable[[], bytes]) -> Response:
    return sent(kept(found, make, what, origin(), *_publisher()), TYPES[what])


def _publisher() -> Words:
    return Words(site("vi").body_name, site("en").body_name)


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _tables(found: Releases) -> list[Table]:
    """What was published, and what is to come in a year of the newest one's tier."""
    tier = Tier(found.months[0].parameters.get("tier", Tier.SMALL)) if found.months else Tier.SMALL
    coming = {table.name for table in TABLES[tier]}
    return [table for name, table in BY_NAME.items() if name in coming or found.of(name)]


def _described(table: Table, ones: list[Published]) -> Described:
    common = {column.name for column in columns(TABLES[Tier.SMALL][0].partition)}
    own = [column for column in columns(table.partition) if column.name not in common]
    return Described(
        name=table.name,
        title=title(table).told(chosen()),
        counted=counted(table).told(chosen()),
        own_columns=tuple(_column(column) for column in own),
        words=tuple((word, words.told(chosen())) for column in own for word, words in column.words.items()),
        releases=tuple(Release(str(one.period), one.published_on) for one in ones),
    )


def _column(column: Column) -> Told:
    return column.name, column.meaning.told(chosen())
