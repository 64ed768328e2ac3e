"""A plain Monday."""

from collections.abc import Iterator

import pytest

from tests.makers.days import MONDAY, on


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is Monday, nine o'clock."""
    with on(MONDAY):
        yield
