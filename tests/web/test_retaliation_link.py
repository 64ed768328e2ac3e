"""From the first case to the one that tells of being paid back for it: for those who read that, no hint for others."""

import pytest

from portal.cases.filing import PaidBack
from portal.catalogue.words import ReferralRole
from tests.makers.cast import CITY
from tests.makers.filings import a_delay
from tests.web.installing import Portal
from tests.web.stages import cleared
from tests.web.test_staff_pages import case, staff
from tests.web.visiting import Visit


@pytest.fixture
def codes(portal: Portal) -> tuple[str, str]:
    """A case that the city has, and a later one of somebody who is paid back for it."""
    first = cleared(portal)
    portal.staff(first, "minh", "refer", agency=CITY, role=ReferralRole.LEAD, note="")
    later = portal.file(a_delay(paid_back=PaidBack(first, True, "Sợ bị giữ hồ sơ.")), "the key of the later form")
    return first, later


def test_a_chief_inspector_finds_the_later_case_from_the_first(
    visit: Visit, portal: Portal, codes: tuple[str, str]
) -> None:
    first, later = (case(portal, code) for code in codes)
    hanh = staff(visit, "hanh")
    page = hanh(first)
    assert "Có phản ánh bị trả đũa vì vụ việc này" in page.text
    assert later in [tag.has.get("href") for tag in page.page.all("a")]


@pytest.mark.parametrize("who", ["minh", "quy"])
def test_nobody_else_gets_a_hint(visit: Visit, portal: Portal, codes: tuple[str, str], who: str) -> None:
    first, later = codes
    page = staff(visit, who)(case(portal, first))
    assert "trả đũa" not in page.text
    assert portal.reference(later) not in page.html
