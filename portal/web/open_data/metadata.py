"""What tells machines which files there are: a Frictionless Data Package and DCAT 3, in both languages. Pure."""

from collections.abc import Callable
from datetime import date
from typing import Any

from portal.statistics.dictionary import BY_NAME, RELEASE, Column, Words, columns, counted, title
from portal.statistics.measures import Table
from portal.statistics.periods import Grain
from portal.statistics.publication import Published, Releases
from portal.web.open_data.serving import File
from portal.web.open_data.tables import LICENCE

OPENED = date(2026, 1, 1)  # as long as nothing is published: something must be said, and always the same
NAME = Words("Số liệu phản ánh của người dân, doanh nghiệp", "Statistics of citizens' and businesses' complaints")
ABOUT = Words(
    "Số phản ánh theo kỳ, mỗi con số kèm sai số 95%, đã cộng nhiễu để không con số nào nói về một người.",
    "Complaints by period, each number with its margin at 95%; noise was added so that none tells of any one person.",
)
FREQUENCIES = {Grain.MONTH: "MONTHLY", Grain.QUARTER: "QUARTERLY", Grain.HALF_YEAR: "ANNUAL_2", Grain.YEAR: "ANNUAL"}

FileOf = Callable[[Published, str], File]


def package(found: Releases, origin: str, publisher: Words, file_of: FileOf) -> dict[str, Any]:
    """The Data Package: each table of each release, and all periods of each table, with their columns."""
    tables = [one for name in BY_NAME for one in found.of(name)]
    over_time = [BY_NAME[name] for name in BY_NAME if found.of(name)]
    return {
        "profile": "tabular-data-package",
        "name": "citizen-feedback-statistics",
        "id": f"{origin}/open-data/datapackage.json",
        **_titled(NAME, ABOUT),
        "homepage": f"{origin}/open-data",
        "created": f"{newest(found).isoformat()}T00:00:00+07:00",
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": publisher.vi, "title_en": publisher.en, "path": f"{origin}/statistics"}],
        "contributors": [{"title": publisher.vi, "title_en": publisher.en, "role": "publisher", "path": origin}],
        "resources": [_frozen(one, file_of) for one in tables] + [_growing(table) for table in over_time],
    }


def _titled(name: Words, about: Words) -> dict[str, str]:
    return {"title": name.vi, "title_en": name.en, "description": about.vi, "description_en": about.en}


def of_period(one: Published) -> Words:
    """What one table of one period is called."""
    name = title(BY_NAME[one.table])
    return Words(f"{name.vi}: {one.period}", f"{name.en}: {one.period}")


def _resource(name: str, path: str, table: Table, told: Words, fields: tuple[Column, ...]) -> dict[str, Any]:
    key = ["release", "key"] if RELEASE in fields else "key"
    return {
        "profile": "tabular-data-resource",
        "name": name.lower().replace("_", "-"),
        "path": path,
        **_titled(told, counted(table)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(one) for one in fields], "missingValues": [""], "primaryKey": key},
    }


def _frozen(one: Published, file_of: FileOf) -> dict[str, Any]:
    table, file = BY_NAME[one.table], file_of(one, "csv")
    name, path = f"{one.table}-{one.period}", f"{one.period}/{one.table}.csv"
    told = _resource(name, path, table, of_period(one), columns(table.partition))
    return {**told, "bytes": len(file.content), "hash": f"sha256:{file.hash}"}


def _growing(table: Table) -> dict[str, Any]:
    name = title(table)
    told = Words(f"{name.vi}: mọi kỳ", f"{name.en}: all periods")
    return _resource(f"{table.name}-all", f"all/{table.name}.csv", table, told, (RELEASE, *columns(table.partition)))


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.may_be_empty}
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.words:
        constraints["enum"] = list(column.words)
    told: dict[str, Any] = {
        "name": column.name,
        "type": column.kind,
        **_titled(column.title, column.meaning),
        "constraints": constraints,
    }
    if column.words:
        told["words"] = {word: {"vi": words.vi, "en": words.en} for word, words in column.words.items()}
    return told


CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(found: Releases, origin: str, publisher: Words, place: Words, file_of: FileOf) -> dict[str, Any]:
    """The DCAT catalogue: a series of datasets for each table, a dataset for each of its periods."""
    of = f"{origin}/open-data"
    agent = {"@id": f"{of}#publisher", "@type": "foaf:Organization", "foaf:name": _both(publisher)}
    series = [_series(BY_NAME[name], found.of(name), of) for name in BY_NAME if found.of(name)]
    datasets = [_dataset(one, of, file_of) for name in BY_NAME for one in found.of(name)]
    return {
        "@context": CONTEXT,
        "@id": f"{of}/catalog.jsonld",
        "@type": "dcat:Catalog",
        **_described(NAME, ABOUT),
        "dcterms:publisher": agent,
        "dcterms:license": {"@id": LICENCE},
        "dcterms:language": _languages(),
        "dcterms:spatial": {"@type": "dcterms:Location", "dcterms:title": _both(place)},
        "dcterms:modified": _day(newest(found)),
        "foaf:homepage": {"@id": of},
        "dcat:dataset": [*series, *datasets],
    }


def _series(table: Table, ones: list[Published], of: str) -> dict[str, Any]:
    return {
        "@id": f"{of}#{table.name}",
        "@type": "dcat:DatasetSeries",
        **_described(title(table), counted(table)),
        "dcterms:publisher": {"@id": f"{of}#publisher"},
        "dcterms:accrualPeriodicity": {
            "@id": f"http://publications.europa.eu/resource/authority/frequency/{FREQUENCIES[table.grain]}"
        },
        "dcterms:modified": _day(max(one.published_on for one in ones)),
        "dcat:last": {"@id": _about(ones[0], of)},
    }


def _dataset(one: Published, of: str, file_of: FileOf) -> dict[str, Any]:
    table = BY_NAME[one.table]
    return {
        "@id": _about(one, of),
        "@type": "dcat:Dataset",
        **_described(of_period(one), counted(table)),
        "dcterms:identifier": f"{one.period}/{one.table}",
        "dcterms:issued": _day(one.published_on),
        "dcterms:publisher": {"@id": f"{of}#publisher"},
        "dcterms:license": {"@id": LICENCE},
        "dcterms:temporal": {
            "@type": "dcterms:PeriodOfTime",
            "dcat:startDate": _day(one.period.first_day),
            "dcat:endDate": _day(one.period.last_day),
        },
        "dcat:inSeries": {"@id": f"{of}#{table.name}"},
        "dcat:landingPage": {"@id": of},
        "dcat:distribution": [
            _distribution(one, of, ending, kind, file_of(one, ending))
            for ending, kind in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }


def _distribution(one: Published, of: str, ending: str, kind: str, file: File) -> dict[str, Any]:
    address = f"{of}/{one.period}/{one.table}.{ending}"
    return {
        "@id": f"{address}#file",
        "@type": "dcat:Distribution",
        "dcterms:license": {"@id": LICENCE},
        "dcat:accessURL": {"@id": of},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(file.content))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.hash},
        },
    }


def _about(one: Published, of: str) -> str:
    return f"{of}#{one.period}-{one.table}"


def _both(words: Words) -> list[dict[str, str]]:
    return [{"@language": language, "@value": words.told(language)} for language in ("vi", "en")]


def _described(name: Words, about: Words) -> dict[str, Any]:
    return {"dcterms:title": _both(name), "dcterms:description": _both(about)}


def _languages() -> list[dict[str, str]]:
    return [{"@id": f"http://publications.europa.eu/resource/authority/language/{one}"} for one in ("VIE", "ENG")]


def _day(day: date) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}


def newest(found: Releases) -> date:
    """The day on which something was published last."""
    return max((one.published_on for one in found.tables), default=OPENED)
