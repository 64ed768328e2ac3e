"""The published numbers on pages and in files: the frozen rows, the same each time, whatever is asked."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from config import ROOT
from portal.catalogue.models import DossierCount
from portal.foundation.database import transaction
from portal.foundation.time import today
from portal.statistics import readings
from portal.statistics.amounts import Trend
from portal.statistics.cells import TOPICS
from portal.statistics.measures import TABLES, Tier
from portal.statistics.noise import margin
from portal.statistics.periods import Grain, Period
from portal.statistics.publication import Releases, published
from portal.statistics.release import due_releases, make_release
from portal.statistics.scorecard import released_on_time
from portal.web.frame.database import db
from portal.web.public.lists import GROUPS
from portal.web.public.statistics_words import NEAR, of_ten
from tests.makers.filings import a_delay
from tests.makers.publishing import publish_years
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


def test_with_months_alone_the_page_says_the_newest_month(portal: Portal, visit: Visit) -> None:
    last = publish(portal, COUNTS)
    seen = visit("/statistics?lang=en")
    assert seen.heading.endswith(f"{last.year}: about 172 reports")
    assert "172 ± 21" in seen.text
    assert "400 ± 21" in seen.text
    assert "450 ± 35" in seen.text  # the newest whole quarter
    assert "In the last 12 months fewer reports came in than in the 12 before." in seen.text
    assert "95%" in seen.text
    assert "%%" not in seen.text
    assert "172 phản ánh" in visit("/statistics?lang=vi").heading


YEARS_OFF = margin((140,) * 24)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0, "Số phản ánh nhận được thì chưa thể nói tăng hay giảm so với năm trước."),
        (1, "Trong 12 tháng qua, số phản ánh nhận được tăng so với 12 tháng trước đó."),
        (-1 - 2 * YEARS_OFF, "Trong 12 tháng qua, số phản ánh nhận được giảm so với 12 tháng trước đó."),
    ],
)
def test_more_or_fewer_only_beyond_the_margin(portal: Portal, visit: Visit, more: int, said: str) -> None:
    publish(portal, (*(150 for _ in range(23)), 150 + YEARS_OFF + more))
    assert said in visit("/statistics?lang=vi").text


@pytest.mark.parametrize(("noisy", "shown"), [(OFF + 1, f"{OFF + 1} ± {OFF}"), (OFF, f"0–{2 * OFF}"), (-3, f"0–{OFF}")])
def test_a_number_within_its_own_margin_is_a_range(portal: Portal, visit: Visit, noisy: int, shown: str) -> None:
    publish(portal, (noisy,))
    assert shown in visit("/statistics").text


def test_the_front_page_says_it_too(portal: Portal, visit: Visit) -> None:
    assert "450 ± 35" not in visit("/").text
    publish(portal, COUNTS)
    assert "450 ± 35" in visit("/").text


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


@pytest.fixture
def years(portal: Portal) -> Releases:
    """Two years of every table, each on its day."""
    with portal.place.session() as session:
        publish_years(session)
        return published(session)


def test_the_province_at_a_glance(visit: Visit, years: Releases) -> None:
    seen = visit("/statistics?lang=vi")
    share = readings.punctuality(readings.in_a_row(readings.quarters(years), 4))
    assert share is not None
    assert seen.heading.startswith("Cứ ")
    assert seen.heading.endswith("được trả lời đúng hạn")
    assert f"{round(100 * share.value)}% ±" in seen.text
    for words in ("4 tăng", "2 giảm", "2 không", "Không trễ hẹn", "Cổng này không nói được", "18 huyện"):
        assert words in seen.text, words
    assert "24 trên 24" not in seen.text
    assert "three in four" not in seen.text
    assert "reports were answered on time" in visit("/statistics?lang=en").heading


def test_numbers_of_the_map_are_the_frozen_rows(visit: Visit, years: Releases) -> None:
    newest = readings.quarters(years)[0]
    text = visit("/statistics?lang=vi").text
    for key in newest.top_keys:
        cell = newest.by_key[key]
        written = f"0–{cell.high}" if cell.is_band else f"{cell.value} ± {cell.margin}"
        assert written in text, key
    assert any(newest.by_key[key].is_band for key in newest.top_keys)


def test_a_page_for_every_body_with_numbers(visit: Visit, years: Releases) -> None:
    bodies = readings.bodies(years)
    assert len(bodies) == 38
    for code in (*bodies, "departments"):
        seen = visit(f"/statistics/bodies/{code}?lang=vi")
        assert seen.status == 200
        stands = readings.standing(years, code)
        assert stands is not None
        is_said = "nhiều hơn mức chung" in seen.text or "ít hơn mức chung" in seen.text
        assert is_said == (stands.trend is not Trend.UNSURE), code
        assert ("so với toàn tỉnh" in seen.text) == (stands.in_time is not None), code
    listed = visit("/statistics/bodies?lang=en").text
    assert "Hội An" in listed
    assert "Department of Justice" in listed


def test_what_has_no_numbers_has_no_page(portal: Portal, years: Releases) -> None:
    odd = ("bodies/X-20404", "bodies/nobody", "bodies/%F0%9F%90%89", "topics/praise", "topics/", "topics/DELAY")
    assert {get(portal, f"/statistics/{address}")[0] for address in odd} == {404}


def test_no_page_of_a_body_or_a_topic_before_there_are_numbers(portal: Portal) -> None:
    for address in ("bodies/H-HA", "topics/delay"):
        assert get(portal, f"/statistics/{address}")[0] == 404
    for address in ("bodies", "method"):
        assert get(portal, f"/statistics/{address}")[0] == 200


def test_every_topic_with_its_matters(visit: Visit, years: Releases) -> None:
    newest = years.whole(*readings.CATEGORIES)[0]
    seen_codes = set()
    for topic, amount in readings.topics(newest).items():
        seen = visit(f"/statistics/topics/{topic}?lang=vi")
        written = f"0–{amount.high}" if amount.is_band else f"{amount.value} ± {amount.margin}"
        assert written in seen.text
        codes = readings.categories_of(newest, topic)
        assert len(codes) < 2 or all(newest.names[code][0] in seen.text for code in codes)
        seen_codes |= set(codes)
    assert seen_codes == set(newest.top_keys)


def test_the_topics_are_the_groups_of_the_filing_page() -> None:
    groups = {name: beginnings for name, beginnings in GROUPS if name != "praise"}
    assert {topic.value: beginnings for topic, beginnings in TOPICS} == groups


def test_the_method_says_what_the_shares_come_to(visit: Visit, years: Releases) -> None:
    text = visit("/statistics/method?lang=vi").text
    assert "nhiều nhất 62 lần trên 100; với lời khen, 67 lần" in text
    assert "± 8" in text
    for table in TABLES[Tier.SMALL]:
        for share in table.shares.values():
            assert f"{share / 1_000:.2f}".replace(".", ",") in text
    assert "1,00" in text


def test_reports_for_a_thousand_dossiers_only_of_whole_spans(portal: Portal, visit: Visit, years: Releases) -> None:
    stands = readings.standing(years, "H-HA")
    assert stands is not None
    months = sorted(str(month) for one in stands.tables for month in one.period.parts(Grain.MONTH))
    body, address = "H-HA", "/statistics/bodies/H-HA?lang=vi"
    assert "trên 1.000 hồ sơ" not in visit(address).text
    with portal.place.session() as session, transaction(session):
        for month in months[:-1]:
            session.add(dossiers(body, month))
    assert "trên 1.000 hồ sơ" not in visit(address).text
    with portal.place.session() as session, transaction(session):
        session.add(dossiers(body, months[-1]))
    rate = 1_000 * stands.received.value / (2_000 * len(months))
    text = visit(address).text
    assert f"{rate:.1f}".replace(".", ",") + " ±" in text
    assert "số hồ sơ là số minh họa" in text


def dossiers(body: str, month: str) -> DossierCount:
    return DossierCount(agency_code=body, month=month, handled=2_000, late=20, source="x", is_invented=True)


def test_a_period_that_began_before_the_numbers_did_is_on_no_page(portal: Portal, visit: Visit) -> None:
    """March 2026 now; the first month is November 2024: its quarter is not whole, its file is there."""
    with portal.place.session() as session:
        publish_years(session, first=Period.parse("2024-11"))
        quarters = published(session).of(*readings.QUARTERS)
    assert [str(one.period) for one in quarters if not one.is_whole] == ["2024-Q4"]
    text = visit("/statistics/bodies/H-HA?lang=vi").text
    assert "Quý I/2025" in text
    assert "Quý IV/2024" not in text
    assert get(portal, "/open-data/2024-Q4/area_quarter.csv")[0] == 200


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.5, (1, 2)), (0.75, (3, 4)), (0.77, (3, 4)), (0.92, (9, 10)), (0.95, None), (0.03, None), (0.53, (1, 2))],
)
def test_a_share_in_words_is_near_to_what_it_says(share: float, said: tuple[int, int] | None) -> None:
    assert of_ten(share) == said


@given(st.floats(0.07, 0.93))
def test_all_but_nearly_none_and_nearly_all_has_its_words(share: float) -> None:
    found = of_ten(share)
    assert found is not None
    assert abs(found[0] / found[1] - share) <= NEAR


def test_a_release_that_is_missing_is_not_on_time(years: Releases) -> None:
    last = max(one.published_on for one in years.tables)
    now, later = (released_on_time(years, last - timedelta(days=365), day) for day in (last, last + timedelta(days=40)))
    assert now.value == now.of
    assert later.value == now.value
    assert later.of > now.of
