"""What a reporter is told of who reads what must be what the accounts that work here really can see."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.queries import can_see
from portal.cases.readers import Identity, Place, Reader, Text, keeper_of, readers_of
from portal.cases.words import Disclosure
from portal.catalogue.words import AccusedRole
from portal.identity.vault import create_body_key
from tests.makers.cases import Story, again, received
from tests.makers.cast import CITY, COMMITTEE, LAN, OFFICE, ORGANISATION, Cast, viewer_for
from tests.makers.filings import a_conduct_report, a_delay, a_proposal, praise

PASSPHRASE = "một câu dài chỉ để thử"
FILINGS = {
    "delay": a_delay(),
    "delay without a dossier code": a_delay(dossier_code=None),
    "committee first": a_delay(committee_first=True),
    "conduct": a_conduct_report(),
    "about the committee": a_conduct_report(agency=COMMITTEE),
    "unknown office": a_conduct_report(agency=None, area="503"),
    "praise": praise(),
    "proposal": a_proposal(),
}
NAMED: dict[str, Any] = {"disclosure": Disclosure.NAMED, "identity": LAN}
CONFIDENTIAL: dict[str, Any] = {"disclosure": Disclosure.CONFIDENTIAL, "identity": LAN}


def rows(session: Session, file: CaseFile) -> dict[str, Reader]:
    """The readers, by the code of their body or else by their place."""
    return {one.agency.code if one.agency else one.place.value: one for one in readers_of(session, file)}


@pytest.mark.both
@pytest.mark.parametrize("which", FILINGS)
def test_whoever_can_see_the_case_is_told_of(session: Session, cast: Cast, which: str) -> None:
    file = received(session, FILINGS[which])
    told = {one.agency.id for one in readers_of(session, file) if one.agency and one.text is not Text.NOTHING}
    seers = {staff.agency_id for staff in cast.everybody if can_see(session, viewer_for(session, staff), file.case)}
    assert seers <= told
    assert seers
    employing = {staff.agency_id for staff in cast.everybody if staff.login != "tam"}
    assert told & employing == seers


@pytest.mark.parametrize("which", FILINGS)
def test_who_reads_it_as_filed_and_who_a_cleared_text(session: Session, cast: Cast, which: str) -> None:
    file = received(session, FILINGS[which])
    by_body = {one.agency.id: one for one in readers_of(session, file) if one.agency}
    for staff in cast.everybody:
        viewer = viewer_for(session, staff)
        if can_see(session, viewer, file.case):
            reader = by_body[staff.agency_id]
            assert (reader.text is Text.ALL) == viewer.reads_narratives, staff.login
            assert (reader.place is Place.COMMITTEE) == viewer.reads_narratives, staff.login


def test_a_late_dossier(session: Session, story: Story) -> None:
    told = rows(session, story.accepted_delay())
    assert told[COMMITTEE].text is Text.ALL
    assert told[CITY].text is told[OFFICE].text is Text.CLEARED_WITH_DOSSIER
    assert Place.LATER.value not in told
    assert told["others"] == Reader(Place.OTHERS, None, Text.NOTHING, Identity.NOTHING)
    assert {one.identity for one in told.values()} == {Identity.NONE_GIVEN, Identity.NOTHING}
    without = rows(session, story.accepted_delay(dossier_code=None))
    assert without[CITY].text is Text.CLEARED


def test_conduct_is_read_by_the_committee_and_never_where_it_happened(session: Session, story: Story) -> None:
    told = rows(session, story.conduct_report(**CONFIDENTIAL))
    assert [*told] == [COMMITTEE, "later", "head_later", OFFICE, "others"]
    assert (told[COMMITTEE].text, told[COMMITTEE].identity) == (Text.ALL, Identity.WITH_A_REASON)
    assert (told["later"].text, told["later"].identity) == (Text.ONCE_CLEARED, Identity.NOTHING)
    assert told[OFFICE].place is Place.ACCUSED
    assert (told[OFFICE].text, told[OFFICE].identity) == (Text.NOTHING, Identity.NOTHING)


def test_a_name_is_for_the_leading_body_only_where_it_has_a_key(session: Session, story: Story, cast: Cast) -> None:
    before = rows(session, story.accepted_delay(**NAMED))
    assert before[CITY].identity is before[OFFICE].identity is Identity.IF_PASSED_ON
    assert before[COMMITTEE].identity is Identity.WITH_A_REASON
    create_body_key(session, cast.quy.agency_id, {cast.quy.id: PASSPHRASE})
    after = rows(session, story.accepted_delay(**NAMED))
    assert after[CITY].identity is Identity.TO_CONTACT
    assert after[OFFICE].identity is Identity.IF_PASSED_ON
    hidden = rows(session, story.accepted_delay(**CONFIDENTIAL))
    assert hidden[CITY].identity is hidden[OFFICE].identity is Identity.NOTHING
    assert rows(session, story.conduct_report(**NAMED))["later"].identity is Identity.IF_PASSED_ON


def test_about_the_committee_the_other_one_reads_and_keeps(session: Session, story: Story) -> None:
    file = story.conduct_report(agency=COMMITTEE, accused_role=AccusedRole.HEAD, **CONFIDENTIAL)
    told = rows(session, file)
    assert (told[ORGANISATION].text, told[ORGANISATION].identity) == (Text.ALL, Identity.WITH_A_REASON)
    assert (told[COMMITTEE].place, told[COMMITTEE].text) == (Place.ACCUSED, Text.NOTHING)
    assert told[COMMITTEE].identity is Identity.NOTHING
    assert keeper_of(session, file).code == ORGANISATION
    assert keeper_of(session, story.conduct_report(**CONFIDENTIAL)).code == COMMITTEE


def test_after_a_referral_its_body_is_named(session: Session, story: Story) -> None:
    file = story.minh_clears(story.minh_accepts(story.conduct_report()))
    file = again(session, story.minh_refers(file))
    told = rows(session, file)
    assert told["UBND"].text is Text.CLEARED
