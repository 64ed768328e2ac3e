"""People and a plain Monday."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.makers.cases import Story
from tests.makers.cast import hire_everybody
from tests.makers.days import MONDAY, on


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is Monday, nine o'clock."""
    with on(MONDAY):
        yield


@pytest.fixture
def story(session: Session) -> Story:
    """Cases and the people who move them."""
    return Story(session, hire_everybody(session))
