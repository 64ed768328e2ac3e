"""A plain Monday, and a mail relay on loopback."""

from collections.abc import Iterator

import pytest

from tests.makers.days import MONDAY, on
from tests.makers.relay import Relay


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is Monday, nine o'clock."""
    with on(MONDAY):
        yield


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A mail relay on loopback."""
    with Relay() as relay:
        yield relay
