"""Pages that are kept whole: the same for everybody but for two words, new when the data are, and of nobody's words."""

import pytest
from sqlalchemy import update

from portal.catalogue.models import ForwardBody
from portal.foundation.database import transaction
from portal.identity.vault import create_body_key
from portal.identity.wrapping import LOWEST
from portal.web.frame import whole_pages
from tests.web.conftest import NewPortal
from tests.web.installing import Portal
from tests.web.test_filing_pages import PRAISE, RUDE
from tests.web.visiting import Seen, Visit, filed, handle_of, written
from tests.web.worlds import PASSPHRASE

LATER = ("/report/where", "/report/happened", "/report/about")


def without_own(seen: Seen) -> str:
    """A page without its two words, which are there."""
    token, handle = seen.held("csrf_token"), handle_of(seen)
    assert token, "no token on the page"
    assert handle, "no handle on the page"
    return seen.html.replace(token, "token").replace(handle, "handle")


@pytest.mark.parametrize("address", ["/report", *LATER])
def test_kept_and_new_are_the_same_page(visit: Visit, address: str) -> None:
    visits = [visit, visit.another()]
    kept = [written(one, RUDE, address) for one in visits]
    whole_pages._kept.clear()
    new = visits[1](f"{address}?draft={handle_of(kept[1])}" if address in LATER else address)
    assert without_own(kept[0]) == without_own(kept[1]) == without_own(new)
    assert kept[0].held("csrf_token") != kept[1].held("csrf_token")
    assert handle_of(kept[0]) != handle_of(kept[1])


def test_they_hold_no_word_of_anybody(visit: Visit) -> None:
    whole_pages._kept.clear()
    named = {"disclosure": "confidential", "name": "Kiều Thị Canh Tý", "phone": "0905 111 222"}
    filed(visit, {**RUDE, **named, "wish": "điều mong ba ba", "elsewhere": "nơi ba ba"})
    assert len(whole_pages._kept) >= 4
    everything = "".join(f"{facts}{page}" for facts, page in whole_pages._kept.items())
    for word in (*named.values(), RUDE["narrative"], "ba ba"):
        if word != "confidential":
            assert word not in everything


def test_another_choice_is_another_page(visit: Visit) -> None:
    rude = written(visit, RUDE, "/report/happened")
    praise = written(visit.another(), PRAISE, "/report/happened")
    assert without_own(rude) != without_own(praise)
    assert without_own(rude) == without_own(written(visit.another(), RUDE, "/report/happened"))


def test_what_is_on_a_page_makes_it_its_persons_own(visit: Visit) -> None:
    page = written(visit, RUDE, "/report/happened")
    whole_pages._kept.clear()
    visit.fill(page, {"narrative": "Một lời kể dở dang, chưa có ngày.", "accused_role": "officer"})
    again = visit(f"/report/happened?draft={handle_of(page)}")
    assert again.held("narrative") == "Một lời kể dở dang, chưa có ngày."
    assert not [facts for facts in whole_pages._kept if facts[0] == "public/report_happened.html"]


def test_a_body_outside_is_renamed(portal: Portal, visit: Visit) -> None:
    assert "Cơ quan vừa đổi tên" not in visit("/help").html
    with portal.place.session() as session, transaction(session):
        session.execute(update(ForwardBody).values(name_vi="Cơ quan vừa đổi tên"))
    assert "Cơ quan vừa đổi tên" in visit("/help").html


def test_the_vault_is_made(new_portal: NewPortal, visit: Visit) -> None:
    portal = new_portal(vault=False)
    before = written(Visit(portal, visit.languages), RUDE, "/report/about")
    assert "confidential" not in before.html
    with portal.place.session() as session, transaction(session):
        hanh = portal.account(session, "hanh")
        create_body_key(session, hanh.agency_id, {hanh.id: PASSPHRASE}, LOWEST)
    assert "confidential" in written(Visit(portal, visit.languages), RUDE, "/report/about").html
