"""What tells machines of the files: each description is well-formed, complete, and true of the file it is about."""

import csv
import hashlib
import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from werkzeug.test import TestResponse

from portal.foundation.time import at, now, today
from portal.statistics.measures import PROVINCE_MONTH
from portal.statistics.periods import Period
from portal.statistics.release import due_releases, make_release
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.test_open_data import full, get, releases
from tests.web.visiting import Visit
from tests.web.worlds import HOST

__all__ = ["full"]  # the fixture

ATOM = "{http://www.w3.org/2005/Atom}"
KINDS = {"string", "integer", "boolean"}  # of Table Schema, as far as there are such columns here
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")  # RFC 3339


def fetched(portal: Portal, address: str, base: str = "/open-data/") -> TestResponse:
    """The file that a description leads to; only the path, as the portal's own name leads nowhere in a test."""
    found = get(portal, urlsplit(urljoin(f"{HOST}{base}", address)).path)
    assert found.status_code == 200, address
    return found


def told(portal: Portal, name: str) -> Any:
    """A description in JSON."""
    return fetched(portal, name).json or pytest.fail(name)


def test_the_data_package_is_one(full: Portal) -> None:
    """What the Data Package, Data Resource and Table Schema specifications (1.0) ask for."""
    package = told(full, "datapackage.json")
    assert package["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    assert INSTANT.fullmatch(package["created"])
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["licenses"][0]["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert all(one["title"] for one in (*package["sources"], *package["contributors"]))
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[-a-z0-9._/]+", name) for name in names)
    for resource in package["resources"]:
        check_resource(full, resource)
    frozen = {one["path"].removesuffix(".csv") for one in package["resources"] if not one["path"].startswith("all/")}
    assert frozen == {f"{release}/{table}" for release, table in releases(full)}


def check_resource(portal: Portal, resource: Any) -> None:
    """It has what it must, and is true of its file."""
    assert resource["profile"] == "tabular-data-resource"
    assert resource["format"] == "csv"
    assert resource["encoding"] == "utf-8"
    assert not resource["path"].startswith(("/", ".")), "the specification forbids it"
    content = fetched(portal, resource["path"]).data
    if not resource["path"].startswith("all/"):
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    fields = resource["schema"]["fields"]
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
    assert list(rows[0]) == [field["name"] for field in fields]
    assert {field["type"] for field in fields} <= KINDS
    assert all(field["title"] and field["title_en"] and field["description_en"] for field in fields)
    key = resource["schema"]["primaryKey"]
    found = [tuple(row[one] for one in ([key] if isinstance(key, str) else key)) for row in rows]
    assert len(set(found)) == len(found)
    for field in fields:
        check_values(field, {row[field["name"]] for row in rows})


def check_values(field: Any, values: set[str]) -> None:
    """All values of a column are what its field allows."""
    allowed, empty = field["constraints"], {""}
    assert not (allowed["required"] and "" in values), field["name"]
    if "enum" in allowed:
        assert values - empty <= set(allowed["enum"])
        assert set(field["words"]) == set(allowed["enum"])
    if field["type"] == "boolean":
        assert values <= {"true", "false"}
    if field["type"] == "integer":
        assert min(int(value) for value in values) >= allowed.get("minimum", -(10**9))


def test_the_catalogue_is_true_of_its_files(full: Portal) -> None:
    catalogue = told(full, "catalog.jsonld")
    known = set(catalogue["@context"])
    assert prefixes(catalogue) <= known, prefixes(catalogue) - known
    assert catalogue["@type"] == "dcat:Catalog"
    publisher = catalogue["dcterms:publisher"]
    assert {one["@language"] for one in publisher["foaf:name"]} == {"vi", "en"}
    assert all(one["@value"] for one in (*publisher["foaf:name"], *catalogue["dcterms:spatial"]["dcterms:title"]))
    series = {one["@id"]: one for one in catalogue["dcat:dataset"] if one["@type"] == "dcat:DatasetSeries"}
    datasets = {one["@id"]: one for one in catalogue["dcat:dataset"] if one["@type"] == "dcat:Dataset"}
    assert {one["dcterms:identifier"] for one in datasets.values()} == {"/".join(one) for one in releases(full)}
    for one in series.values():
        assert one["dcat:last"]["@id"] in datasets
    for one in datasets.values():
        assert one["dcat:inSeries"]["@id"] in series
        assert one["dcterms:publisher"]["@id"] == publisher["@id"]
        assert {title["@language"] for title in one["dcterms:title"]} == {"vi", "en"}
        period = Period.parse(one["dcterms:identifier"].partition("/")[0])
        days = [one["dcterms:temporal"][end]["@value"] for end in ("dcat:startDate", "dcat:endDate")]
        assert days == [period.first_day.isoformat(), period.last_day.isoformat()]
        check_distributions(full, one)


def check_distributions(portal: Portal, dataset: Any) -> None:
    """CSV and JSON, each as long as it says, with its checksum, and free."""
    assert len(dataset["dcat:distribution"]) == 2
    for one in dataset["dcat:distribution"]:
        file = fetched(portal, one["dcat:downloadURL"]["@id"])
        assert one["dcat:byteSize"]["@value"] == str(len(file.data))
        assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(file.data).hexdigest()
        assert one["dcat:mediaType"]["@id"].endswith(file.mimetype)
        assert one["dcterms:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"


def prefixes(found: Any) -> set[str]:
    """What stands before the colon in every word of a JSON-LD document."""
    if isinstance(found, list):
        return set[str]().union(*(prefixes(one) for one in found))
    if not isinstance(found, dict):
        return set()
    words = [word for word in found if not word.startswith("@")] + [str(found.get("@type", ""))]
    inner = (prefixes(value) for word, value in found.items() if word != "@context")
    return {word.partition(":")[0] for word in words if ":" in word}.union(*inner)


def feed_of(portal: Portal) -> ElementTree.Element:
    """The feed, read."""
    return ElementTree.fromstring(fetched(portal, "releases.atom").data)  # noqa: S314 (our own)


def text_of(element: ElementTree.Element, name: str) -> str:
    """The one text of this name, which must be there."""
    (found,) = element.findall(f"{ATOM}{name}")
    return found.text or pytest.fail(f"{name} is empty")


def check_feed(feed: ElementTree.Element) -> list[str]:
    """What RFC 4287 asks for; the ids of the entries."""
    assert feed.tag == f"{ATOM}feed"
    assert text_of(feed, "title")
    assert INSTANT.fullmatch(text_of(feed, "updated"))
    (author,) = feed.findall(f"{ATOM}author")
    assert text_of(author, "name")
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == text_of(feed, "id") == f"{links['alternate']}/releases.atom"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        assert text_of(entry, "title")
        assert text_of(entry, "summary")
        assert INSTANT.fullmatch(text_of(entry, "updated"))
        assert text_of(entry, "updated") <= text_of(feed, "updated")
        assert [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    ids = [text_of(entry, "id") for entry in entries]
    assert all(re.fullmatch(r"tag:[\w.-]+,\d{4}-\d\d-\d\d:open-data/[\w/-]+", one) for one in ids)
    assert len(set(ids)) == len(ids)
    return ids


def test_the_feed_leads_to_every_file(full: Portal) -> None:
    feed = feed_of(full)
    assert {one.partition(":open-data/")[2] for one in check_feed(feed)} == {"/".join(one) for one in releases(full)}
    for link in feed.iter(f"{ATOM}link"):
        if link.get("rel") == "enclosure":
            assert fetched(full, link.get("href", "")).mimetype == link.get("type")


def test_a_feed_is_one_before_anything_was_published_and_entries_stay(portal: Portal) -> None:
    assert check_feed(feed_of(portal)) == []
    assert get(portal, "/open-data/datapackage.json").status_code == 404  # it may not be empty
    assert told(portal, "catalog.jsonld")["dcat:dataset"] == []
    first = Period.parse("2026-01")
    with portal.place.session() as session:
        due = [one for one in due_releases(session, today(), first=first) if one.table.name == PROVINCE_MONTH]
        session.rollback()
        assert make_release(session, due[0], lambda counts, share: [150])
        before = [ElementTree.tostring(one) for one in feed_of(portal).findall(f"{ATOM}entry")]
        assert len(before) == 1
        with at(now() + timedelta(days=31)):
            assert make_release(session, due[1], lambda counts, share: [172])
    after = feed_of(portal)
    assert len(check_feed(after)) == 2
    assert [ElementTree.tostring(one) for one in after.findall(f"{ATOM}entry")][1:] == before


def test_people_find_it_all_on_one_page(full: Portal, languages: Languages) -> None:
    for language in ("vi", "en"):
        visit = Visit(full, languages, language)
        seen = visit("/open-data")
        links = {str(link.has.get("href")) for link in seen.page.all("a")}
        for release, table in releases(full):
            assert {f"/open-data/{release}/{table}.{ending}" for ending in ("csv", "json")} <= links
        for address in sorted(link for link in links if link.startswith("/open-data/")):
            fetched(full, address)
        assert "def fit_again(document: Document)" in seen.text
        for address in ("/open-data", "/statistics"):
            feeds = [link for link in visit(address).page.all("link") if link.has.get("type") == "application/atom+xml"]
            assert [link.has["href"] for link in feeds] == ["/open-data/releases.atom"]
            assert feeds[0].within[-1].name == "head"
    visit = Visit(full, languages)
    assert not [link for link in visit("/help").page.all("link") if link.has.get("rel") == "alternate"]


def test_before_anything_was_published_the_page_says_so(visit: Visit) -> None:
    seen = visit("/open-data")
    assert "Chưa có kỳ công bố nào." in seen.text
    links = {str(link.has.get("href")) for link in seen.page.all("a")}
    assert not [link for link in links if link.endswith((".csv", "datapackage.json"))]
