"""The check that follows the kills is no formality: each kind of loss and doubling is noticed."""

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from portal.cases.words import Disclosure
from portal.identity.envelope import PersonalData
from portal.identity.errors import EnvelopeBroken, KeysGone
from tests.durability.bookkeeping import check
from tests.durability.filers import Filed
from tests.journeys.installing import open_accounts
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.filings import CONTACT, a_delay


def _without(statement: str) -> Callable[[Committed, list[Filed]], None]:
    def lose(place: Committed, _filed: list[Filed]) -> None:
        with place.engine.begin() as connection:
            for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f'DROP TRIGGER "{row.name}"'))
            connection.execute(text(statement))

    return lose


def _a_key(place: Committed, _filed: list[Filed]) -> None:
    with place.session() as session:
        place.key_store.drop([session.scalar(text("SELECT uid FROM report WHERE id = 2")) or b""])


def _another_code(_place: Committed, filed: list[Filed]) -> None:
    filed[0].receipts.append(filed[1].receipts[0])


def _nobody_knows_of_it(_place: Committed, filed: list[Filed]) -> None:
    filed.pop()


LOSSES: dict[str, Callable[[Committed, list[Filed]], None]] = {
    "a data key": _a_key,
    "a receipt": _without("DELETE FROM receipt WHERE report_id = 2"),
    "an identity": _without("DELETE FROM identity WHERE report_id = 2"),
    "a contact": _without("DELETE FROM notice_contact WHERE report_id = 2"),
    "a clock": _without("DELETE FROM clock WHERE case_id = 2"),
    "a notice": _without("DELETE FROM notice WHERE report_id = 2"),
    "a word of a report": _without("UPDATE report SET narrative = narrative || '.' WHERE id = 2"),
    "a word of an event": _without("UPDATE event SET payload = replace(payload, '2026', '2025') WHERE id = 3"),
    "an envelope put in another's place": _without(
        "UPDATE identity SET envelope = (SELECT envelope FROM identity WHERE report_id = 1) WHERE report_id = 2"
    ),
    "two codes for a key": _another_code,
    "a report that was never acknowledged": _nobody_knows_of_it,
}


@dataclass(frozen=True)
class Books:
    """Databases in which three reports were filed, and what their reporters know."""

    urls: tuple[str, str]
    filed: list[Filed]


@pytest.fixture(scope="module")
def books(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Three reports, filed once."""
    urls = databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, tmp_path_factory.mktemp("books"))
    open_accounts(place)
    filed = [_file(place, number) for number in range(3)]
    place.close()
    return Books(urls, filed)


@pytest.fixture
def place(books: Books, tmp_path: Path) -> Iterator[Committed]:
    """A copy to lose something in."""
    urls = []
    for url in books.urls:
        file = Path(str(make_url(url).database))
        shutil.copyfile(file, tmp_path / file.name)
        urls.append(f"sqlite:///{tmp_path / file.name}")
    place = Committed(urls[0], urls[1], tmp_path)
    yield place
    place.close()


def _file(place: Committed, number: int) -> Filed:
    name = f"Người Thứ {number} Lần Một"
    filing = a_delay(
        narrative=f"Tôi là {name}.",
        identity=PersonalData(name=name),
        disclosure=Disclosure.CONFIDENTIAL,
        contact=CONTACT,
    )
    filed = Filed(f"the key of report number {number}", {"reporter": {"name": name}})
    filed.receipts.append({"receipt_code": place.file(filing, filed.key).code})
    return filed


def test_what_is_whole_passes(place: Committed, books: Books) -> None:
    check(place, books.filed)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_noticed(place: Committed, books: Books, loss: str) -> None:
    filed = deepcopy(books.filed)
    LOSSES[loss](place, filed)
    with pytest.raises((AssertionError, EnvelopeBroken, KeysGone)):
        check(place, filed)
