"""How the sweeps walk past the pages, and what they tell of them.

PICTURES=folder keeps a picture of each look; SWEEP=case visits only the stops whose names begin like that.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.conftest import Site
from tests.journeys.sweep_pages import PUBLIC
from tests.journeys.sweeping import Look, Round, Stop, walk
from tests.journeys.validating import html_faults
from tests.web.hygiene import Languages, ReadPage, check_page, compiled_catalogue

EVERY_LOOK = tuple(Look(width, scheme) for scheme in ("light", "dark") for width in (360, 1280))


@dataclass
class Served:
    """Where the portals of a sweep are, and the codes of the cases that can be tracked in the plain one."""

    sites: dict[str, str]
    codes: dict[str, str]


def staff_rounds() -> tuple[Round, ...]:
    """What `make test` does with the staff pages; each look in each language is for `make soak`."""
    return (
        Round("vi", (Look(360), Look(1280, "dark"))),
        Round("en", (Look(360),), script=False, axe=False),
    )


def sweep_public(round_: Round, chromium: Browser, served: Served, folder: Path) -> None:
    """Walks past every page that anybody can open."""
    faults = _seen(round_, chromium, PUBLIC, served, folder)
    assert not faults, "\n".join(faults)


def sweep_staff(
    round_: Round, chromium: Browser, stops: Iterable[Stop], site: Site, told: Mapping[str, str], folder: Path
) -> None:
    """Walks past pages behind the sign-in, and reads them as text as well."""
    stops = tuple(stops)
    served = Served({stop.site: site.server.origin for stop in stops}, dict(told))
    faults = [*_seen(round_, chromium, stops, served, folder), *_misread(round_)]
    assert not faults, "\n".join(faults)


def _seen(round_: Round, chromium: Browser, stops: tuple[Stop, ...], served: Served, folder: Path) -> list[str]:
    """What is wrong with the stops, or with those whose names begin as SWEEP says."""
    stops = tuple(stop for stop in stops if stop.name.startswith(os.environ.get("SWEEP", "")))
    sites = {name: served.sites[name] for name in dict.fromkeys(stop.site for stop in stops)}
    walk(chromium, round_, stops, sites, served.codes)
    faults = round_.faults + (html_faults(round_.sources, folder) if round_.axe else [])
    missed = {f"{round_.name}-{stop.name}" for stop in stops} ^ round_.sources.keys()
    return faults + [f"{name}: seen too much or not at all" for name in sorted(missed)]


def _misread(round_: Round) -> Iterator[str]:
    """What is wrong with the pages as text: words of another language, leftovers of templates, links to nowhere."""
    languages = Languages(compiled_catalogue())
    for name, source in round_.sources.items():
        try:
            check_page(ReadPage(source), round_.language, languages)
        except AssertionError as error:
            yield f"{name}: {error}"
