"""The published numbers on pages and in files: the frozen rows, the same each time, whatever is asked."""

import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Engine, event

from config import ROOT
from portal.foundation.time import today
from portal.statistics.measures import TABLES, Tier
from portal.statistics.noise import margin
from portal.statistics.periods import Period
from portal.statistics.release import due_releases, make_release
from portal.web.frame.database import db
from tests.makers.filings import a_delay
from tests.web.installing import Portal
from tests.web.visiting import Visit
from tests.web.worlds import HOST

COUNTS = (*(400 for _ in range(12)), *(150 for _ in range(11)), 172)  # oldest first
OFF = margin((140,))


MONTHLY = TABLES[Tier.SMALL][0]


def publish(portal: Portal, numbers: Sequence[int]) -> Period:
    """Publishes these noisy numbers, the last one for the newest month that is due; gives that month."""
    last = MONTHLY.last_due(today())
    with portal.place.session() as session:
        for place, number in enumerate(numbers):
            first = last.plus(1 - len(numbers))
            due = next(
                one
                for one in due_releases(session, today(), first=first)
                if one.table.name == MONTHLY.name and one.period == first.plus(place)
            )
            session.rollback()
            assert make_release(session, due, lambda counts, share, number=number: [number])
    return last


def get(portal: Portal, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """A program's request."""
    answer = portal.app.test_client().get(address, base_url=HOST, headers=headers)
    return answer.status_code, dict(answer.headers), answer.get_data()


def test_the_page_says_the_newest_month_first(portal: Portal, visit: Visit) -> None:
    last = publish(portal, COUNTS)
    seen = visit("/statistics?lang=en")
    assert seen.heading.endswith(f"{last.year}: about 172 reports")
    assert "172 ± 21" in seen.text
    assert "400 ± 21" in seen.text
    assert f"{sum(COUNTS[12:]):,} ± {margin((140,) * 12)}" in seen.text
    assert "Against the same month a year ago: fewer." in seen.text
    assert "Twelve months together, against the twelve before: fewer." in seen.text
    assert "95%" in seen.text
    assert "%%" not in seen.text
    assert "172 phản ánh" in visit("/statistics?lang=vi").heading


def test_within_the_margin_nothing_is_said_of_more_or_fewer(portal: Portal, visit: Visit) -> None:
    publish(portal, (150, *(150 for _ in range(11)), 150 + margin((140, 140))))
    assert "So với cùng tháng năm trước: chưa thể nói tăng hay giảm." in visit("/statistics?lang=vi").text


def test_outside_of_it_something_is(portal: Portal, visit: Visit) -> None:
    publish(portal, (150, *(150 for _ in range(11)), 151 + margin((140, 140))))
    assert "So với cùng tháng năm trước: nhiều hơn." in visit("/statistics?lang=vi").text


@pytest.mark.parametrize(("noisy", "shown"), [(OFF + 1, f"{OFF + 1} ± {OFF}"), (OFF, f"0–{2 * OFF}"), (-3, f"0–{OFF}")])
def test_a_number_within_its_own_margin_is_a_range(portal: Portal, visit: Visit, noisy: int, shown: str) -> None:
    publish(portal, (noisy,))
    assert shown in visit("/statistics").text


def test_the_front_page_says_it_too(portal: Portal, visit: Visit) -> None:
    assert "172" not in visit("/").text
    publish(portal, COUNTS)
    assert "172 ± 21" in visit("/").text


def test_however_often_it_is_asked_and_whatever_is_filed(portal: Portal) -> None:
    """No fetch draws again, and a report changes nothing that anybody can see."""
    last = publish(portal, COUNTS)
    addresses = (
        "/statistics",
        "/",
        "/open-data",
        *(f"/open-data/{last}/province_month.{end}" for end in ("csv", "json")),
    )
    before = {address: get(portal, address)[2] for address in addresses}
    portal.file(a_delay())
    for _ in range(20):
        assert {address: get(portal, address)[2] for address in addresses} == before


@pytest.fixture
def asked(portal: Portal) -> Iterator[list[str]]:
    """What the database is asked."""
    found: list[str] = []
    with portal.app.app_context():
        engine: Engine = db.engine

    def listen(connection: object, cursor: object, statement: str, *more: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    yield found
    event.remove(engine, "before_cursor_execute", listen)


def test_pages_ask_for_no_report_and_read_a_release_once(portal: Portal, asked: list[str]) -> None:
    last = publish(portal, COUNTS)
    for address in ("/statistics", f"/open-data/{last}/province_month.csv"):
        get(portal, address)
        asked.clear()
        get(portal, address)
        words = " ".join(asked)
        assert words.count("FROM release") == 1, words
        assert "release_cell" not in words
        assert not any(f"FROM {table}" in words for table in ("report", '"case"', "counted", "event"))


def test_serving_never_loads_opendp() -> None:
    program = (
        "import sys\nfrom portal import create_app\nfrom portal.cli import COMMANDS\nimport portal.schedule\n"
        "assert create_app and COMMANDS\nprint(sorted(name for name in sys.modules if name.startswith('opendp')))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
