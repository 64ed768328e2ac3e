"""Search documents: what inspectors may find and what an agency may find are two texts."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.words import Audience
from portal.catalogue.words import ReferralRole
from portal.search.lexemes import lexemes
from portal.search.models import SearchDocument
from tests.makers.cases import ANSWER, CLEARED, Story, again, received, settle
from tests.makers.cast import DEPARTMENT, PROVINCE, viewer_for
from tests.makers.filings import DOSSIER, a_denunciation

pytestmark = pytest.mark.both


def documents(session: Session, file: CaseFile) -> dict[str, SearchDocument]:
    """The case's documents after all reactions, by audience."""
    settle(session)
    rows = session.scalars(select(SearchDocument).where(SearchDocument.case_id == file.case.id))
    return {row.audience.value: row for row in rows}


def test_a_direct_delay(session: Session, story: Story) -> None:
    file = story.accepted_delay(narrative="Gọi tôi số 0905 111 222. Hồ sơ trễ.", wish="Xin sớm.")
    found = documents(session, file)
    assert found.keys() == {"inspection", "agency"}
    inspectors, agency = found["inspection"], found["agency"]
    for word in ("0905 111 222", "Xin sớm.", DOSSIER, file.case.reference, "Hội An"):
        assert word in inspectors.exact
    assert "0905" not in agency.exact
    assert "Xin sớm." not in agency.exact
    for word in ("Hồ sơ trễ.", DOSSIER, file.case.reference):
        assert word in agency.exact
    leads = {one.agency_id for one in file.referrals if one.cleared_text_id}
    assert set(agency.scope.split()) == {f"a{agency_id}" for agency_id in leads}
    referred = sorted(one.agency_id for one in file.referrals)
    assert inspectors.scope.split() == ["inspection", *(f"i{agency_id}" for agency_id in referred)]


def test_lexemes_of_text_and_readers(session: Session, story: Story) -> None:
    found = documents(session, story.conduct_report(narrative="Đồng chí ở quầy NHŨNG NHIỄU."))["inspection"]
    assert "NHŨNG NHIỄU" in found.exact
    assert {"dong", "chi", "o", "quay", "nhung", "nhieu", "_inspection"} <= set(found.lexemes.split())
    assert found.lexemes == lexemes(found.exact, found.scope)


def test_who_holds_a_restricted_case_is_named_in_its_scope(session: Session, story: Story) -> None:
    file, (hanh, minh) = received(session, a_denunciation()), (story.cast.hanh, story.cast.minh)
    scope = set(documents(session, file)["inspection"].scope.split())
    assert "restricted" in scope
    assert "inspection" not in scope
    chief = viewer_for(session, hanh)
    actions.assign(session, file, hanh, chief, assignee=minh, sees=viewer_for(session, minh))
    assert set(documents(session, file)["inspection"].scope.split()) == scope | {f"s{minh.id}"}


def test_nobody_finds_a_conduct_report_by_its_narrative_at_an_agency(session: Session, story: Story) -> None:
    file = story.conduct_report(narrative="Người ở quầy số 3 quát tôi.")
    assert documents(session, file).keys() == {"inspection"}
    file = story.minh_clears(story.minh_accepts(file))
    assert documents(session, file).keys() == {"inspection"}
    file = story.minh_refers(file, DEPARTMENT)
    found = documents(session, file)
    assert CLEARED in found["agency"].exact
    assert "quầy số 3" not in found["agency"].exact
    assert DOSSIER not in found["agency"].exact


def test_what_is_said_between_minh_and_lan_stays_between_them(session: Session, story: Story) -> None:
    file = story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), DEPARTMENT)
    file = story.lan_replies(story.minh_asks(file, "Ngày nào thế chị?"), "Ngày rằm.")
    found = documents(session, file)
    for word in ("Ngày nào thế chị?", "Ngày rằm."):
        assert word in found["inspection"].exact
        assert word not in found["agency"].exact


def test_an_agency_does_not_find_by_anothers_answer(session: Session, story: Story) -> None:
    file = story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), PROVINCE)
    file = story.minh_refers(file, DEPARTMENT, ReferralRole.SUPPORT)
    thao = story.cast.thao
    actions.answer_referral(session, file, thao, viewer_for(session, thao), text="Chúng tôi đã kiểm điểm.")
    found = documents(session, file)
    assert "kiểm điểm" in found["inspection"].exact
    assert "kiểm điểm" not in found["agency"].exact


def test_an_answer_is_found_once_it_is_out(session: Session, story: Story) -> None:
    file = story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), DEPARTMENT)
    file = story.minh_concludes(story.minh_verifies(file))
    found = documents(session, file)
    assert ANSWER in found["inspection"].exact
    assert ANSWER not in found["agency"].exact
    found = documents(session, story.hanh_approves(file))
    assert ANSWER in found["agency"].exact


def test_written_anew_not_beside(session: Session, story: Story) -> None:
    file = story.accepted_delay()
    documents(session, file)
    file = story.quy_answers(file)
    found = documents(session, again(session, file))
    assert ANSWER in found["agency"].exact
    rows = session.scalars(select(SearchDocument.audience)).all()
    assert sorted(rows) == [Audience.AGENCY, Audience.INSPECTION]
