"""Since July 2025 there are no districts: the tree of two tiers, alone and over the one of 2022, takes a report too."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.queries import can_see
from portal.cases.words import Status
from portal.catalogue.importing import import_files
from portal.catalogue.queries import agency_by_code
from portal.catalogue.words import ReferralRole
from portal.foundation.database import make_engine, transaction
from portal.staff.roles import Role
from tests.areas.catalogue.files import RULES, SUCCESSIONS, TREE_2022, TWO_TIERS, ours
from tests.makers.cases import again, received
from tests.makers.cast import CITY, COMMITTEE, OFFICE, PROVINCE, hire, viewer_for
from tests.makers.databases import BARE, SQLITE, Databases
from tests.makers.days import on
from tests.makers.filings import a_conduct_report, a_delay

WARD, CENTRE = "X-20413", "X-20413-HCC"


ALONE, OVER_2022 = "alone", "over the tree of 2022"


@pytest.fixture(scope="module", params=[ALONE, OVER_2022])
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A database with the tree of two tiers."""
    url = databases.copy(SQLITE, BARE)
    engine = make_engine(url)
    before = (*TREE_2022, SUCCESSIONS) if request.param == OVER_2022 else ()
    with Session(engine) as session, transaction(session):
        import_files(session, ours(*TWO_TIERS, *RULES, *before))
    yield engine
    engine.dispose()
    databases.drop(url)


def test_a_delay_from_filing_to_answer(session: Session) -> None:
    file = received(session, a_delay(agency=CENTRE))
    parts = {one.agency.code: one.role for one in file.referrals}
    assert parts == {WARD: ReferralRole.LEAD, CENTRE: ReferralRole.SUPPORT, COMMITTEE: ReferralRole.OVERSEE}
    officer, stranger = (hire(session, code, code, Role.AGENCY_OFFICER) for code in (WARD, "X-20401"))
    viewer = viewer_for(session, officer)
    assert can_see(session, viewer, file.case)
    assert not can_see(session, viewer_for(session, stranger), file.case)
    actions.answer(session, file, officer, viewer, finding="upheld", remedy="result_handed_out", text="Đã xong.")
    file = again(session, file)
    assert file.case.status is Status.ANSWERED
    actions.rate(session, file, score=5, reasons="")


def test_a_conduct_report_goes_to_the_committee_of_that_day(session: Session) -> None:
    file = received(session, a_conduct_report(agency=CENTRE))
    minh = hire(session, "minh", COMMITTEE, Role.INSPECTOR)
    viewer = viewer_for(session, minh)
    assert viewer.reads_all
    actions.accept(session, file, minh, viewer)
    actions.clear(session, file, minh, viewer, text="Người ở quầy quát người dân.")
    file = again(session, file)
    actions.refer(session, file, minh, viewer, agency=PROVINCE, role=ReferralRole.LEAD)
    file = again(session, file)
    city = agency_by_code(session, PROVINCE, date(2026, 3, 9))
    assert city is not None
    assert file.case.lead_id == city.id
    assert file.case.suggested_id is not None


@pytest.mark.parametrize("engine", [OVER_2022], indirect=True)
def test_a_code_means_the_body_of_the_day(session: Session) -> None:
    before = agency_by_code(session, PROVINCE, date(2025, 6, 30))
    after = agency_by_code(session, PROVINCE, date(2025, 7, 1))
    assert before is not None
    assert after is not None
    assert before.name_vi != after.name_vi
    with on(date(2025, 6, 30)):
        file = received(session, a_delay(agency=OFFICE))
    assert file.report.agency is not None
    assert file.report.agency.valid_to == date(2025, 6, 30)
    assert {one.agency.code for one in file.referrals} == {CITY, OFFICE, COMMITTEE}
    assert agency_by_code(session, OFFICE, date(2025, 7, 1)) is None
