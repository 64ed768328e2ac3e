"""A vault to test with: a key store on either server, the people of the cast, reports to seal."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.cases.words import Channel, Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole
from portal.foundation.time import now, today
from portal.identity.keystore import KeyStore, open_key_store
from tests.makers.cast import Cast, hire_everybody
from tests.makers.databases import EMPTY, KEYS, Databases

NewReport = Callable[[bytes], Report]


@pytest.fixture
def key_store_url(server: str, databases: Databases) -> Iterator[str]:
    """The address of a migrated key store."""
    url = databases.copy(server, KEYS)
    yield url
    databases.drop(url)


@pytest.fixture
def empty_url(server: str, databases: Databases) -> Iterator[str]:
    """The address of a database without any table."""
    url = databases.copy(server, EMPTY)
    yield url
    databases.drop(url)


@pytest.fixture
def key_store(key_store_url: str) -> Iterator[KeyStore]:
    """A migrated key store."""
    store = open_key_store(key_store_url)
    yield store
    store.close()


@pytest.fixture
def cast(session: Session) -> Cast:
    """Everybody who works here."""
    return hire_everybody(session)


@pytest.fixture
def new_report(session: Session) -> NewReport:
    """Stores a report with a uid."""

    def store(uid: bytes) -> Report:
        report = Report(
            uid=uid,
            category="delay.late_result",
            accused_role=AccusedRole.NONE,
            committee_first=False,
            narrative="Hồ sơ quá hẹn.",
            mask_spans=[],
            wish="",
            elsewhere="",
            language=Language.VI,
            channel=Channel.WEB,
            disclosure=Disclosure.CONFIDENTIAL,
            reporter_type=ReporterType.CITIZEN,
            filed_at=now(),
            received_on=today(),
            digest=b"d" * 32,
        )
        session.add(report)
        session.flush()
        return report

    return store
