"""Every public page and every error in Vietnamese, from all sides."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.sweeping import Look, Round
from tests.journeys.sweeps.walking import EVERY_LOOK, Served, sweep_public

# What `make test` does: each width, colour and language, not each with each; that is for `make soak`.
ROUNDS = (
    Round("vi", (Look(360), Look(1280, "dark"))),
    Round("vi", (Look(360),), script=False, axe=False),
)


@pytest.mark.parametrize("round_", ROUNDS, ids=lambda one: one.name)
def test_every_page(round_: Round, chromium: Browser, public: Served, tmp_path: Path) -> None:
    sweep_public(round_, chromium, public, tmp_path / "html")


@pytest.mark.soak
def test_every_page_from_every_side(chromium: Browser, public: Served, tmp_path: Path) -> None:
    sweep_public(Round("vi", EVERY_LOOK), chromium, public, tmp_path / "html")
