"""People and a plain working day for the figures of cases."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.makers.cases import Story
from tests.makers.cast import Cast, hire_everybody
from tests.makers.days import MONDAY, on


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is Monday, nine o'clock."""
    with on(MONDAY):
        yield


@pytest.fixture
def cast(session: Session) -> Cast:
    """Everybody who works here."""
    return hire_everybody(session)


@pytest.fixture
def story(session: Session, cast: Cast) -> Story:
    """Cases and the people who move them."""
    return Story(session, cast)
