"""Every page that an inspector works with."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Site
from tests.journeys.staff_pages import INSPECTOR
from tests.journeys.sweeping import Round
from tests.journeys.sweeps.walking import EVERY_LOOK, staff_rounds, sweep_staff


@pytest.mark.parametrize("round_", staff_rounds(), ids=lambda one: one.name)
def test_every_staff_page(round_: Round, chromium: Browser, site: Site, told: dict[str, str], tmp_path: Path) -> None:
    sweep_staff(round_, chromium, INSPECTOR, site, told, tmp_path / "html")


@pytest.mark.soak
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_staff_page_from_every_side(
    language: str, chromium: Browser, site: Site, told: dict[str, str], tmp_path: Path
) -> None:
    sweep_staff(Round(language, EVERY_LOOK), chromium, INSPECTOR, site, told, tmp_path / "html")
