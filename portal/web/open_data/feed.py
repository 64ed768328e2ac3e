"""The Atom feed of what was published: an entry for each table of each release. An entry never changes. Pure."""

from datetime import date
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from portal.statistics.dictionary import BY_NAME, Words, counted
from portal.statistics.publication import Published, Releases
from portal.web.open_data.metadata import NAME, newest, of_period
from portal.web.open_data.tables import LICENCE

ENTRIES = 100  # the newest ones; everything stands in releases.json
ATOM = "http://www.w3.org/2005/Atom"
register_namespace("", ATOM)


def feed(found: Releases, origin: str, publisher: Words) -> bytes:
    """The feed, what was published last first."""
    of = f"{origin}/open-data"
    root = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    _text(root, "id", f"{of}/releases.atom")
    _text(root, "title", NAME.vi)
    _text(root, "subtitle", NAME.en)
    _text(root, "updated", _instant(newest(found)))
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", publisher.vi)
    _text(root, "rights", "CC BY 4.0")
    _link(root, "self", f"{of}/releases.atom", "application/atom+xml")
    _link(root, "alternate", of, "text/html")
    _link(root, "license", LICENCE)
    entries = sorted(found.tables, key=lambda one: one.published_on, reverse=True)  # else as they stand there
    for one in entries[:ENTRIES]:
        _entry(root, one, of)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(root: Element, one: Published, of: str) -> None:
    table, told, address = BY_NAME[one.table], of_period(one), f"{of}/{one.period}/{one.table}"
    entry = SubElement(root, f"{{{ATOM}}}entry")
    _text(entry, "id", f"tag:{urlsplit(of).hostname},{one.published_on.isoformat()}:open-data/{one.period}/{one.table}")
    _text(entry, "title", told.vi)
    _text(entry, "updated", _instant(one.published_on))
    _text(entry, "published", _instant(one.published_on))
    _text(entry, "summary", f"{counted(table).vi}\n{told.en}. {counted(table).en}")
    _link(entry, "alternate", f"{of}#{table.name}", "text/html")
    _link(entry, "enclosure", f"{address}.csv", "text/csv")
    _link(entry, "enclosure", f"{address}.json", "application/json")


def _text(above: Element, name: str, text: str) -> None:
    SubElement(above, f"{{{ATOM}}}{name}").text = text


def _link(above: Element, rel: str, href: str, kind: str = "") -> None:
    SubElement(above, f"{{{ATOM}}}link", {"rel": rel, "href": href} | ({"type": kind} if kind else {}))


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+07:00"
