"""What filing stores: the report as filed, where it goes and why, and nothing of it when it belongs elsewhere."""

import hashlib

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.actions.receive import SentElsewhere, plan_filing
from portal.cases.casefile import CaseFile
from portal.cases.clocks import running
from portal.cases.filing import Filing
from portal.cases.models import Case, CaseReport, Clock, Receipt, Report
from portal.cases.status import Starts
from portal.cases.words import Channel, Disclosure, Language, Status
from portal.catalogue.models import DeadlineRule
from portal.catalogue.queries import calendar
from portal.catalogue.words import AccusedRole, ReferralRole, Track
from portal.identity.models import Identity, NoticeContact
from tests.makers.cases import Story, received, told
from tests.makers.cast import CITY, COMMITTEE, LAN, OFFICE, ORGANISATION, PROPAGANDA, PROVINCE
from tests.makers.filings import CONTACT, a_conduct_report, a_delay, a_denunciation, a_proposal, praise


def parts(file: CaseFile) -> dict[str, ReferralRole]:
    """Each body's part."""
    return {one.agency.code: one.role for one in file.referrals}


@pytest.mark.both
def test_the_report_is_kept_as_filed(session: Session) -> None:
    filing = a_delay(wish="Xin gọi.", elsewhere="Đã gửi phường.", language=Language.EN, channel=Channel.API)
    file = received(session, filing)
    report = file.report
    assert (report.category, report.dossier_code, report.promised_on) == (
        filing.category,
        filing.dossier_code,
        filing.promised_on,
    )
    assert (report.narrative, report.wish, report.elsewhere) == (filing.narrative, "Xin gọi.", "Đã gửi phường.")
    assert (report.language, report.channel, report.disclosure) == (
        Language.EN,
        Channel.API,
        Disclosure.ANONYMOUS,
    )
    assert report.agency is not None
    assert (report.agency.code, report.area_code) == (OFFICE, "503")
    assert file.case.reference.startswith("VV-")
    assert len(file.case.reference) == 9
    link = session.scalars(select(CaseReport).where(CaseReport.report_id == report.id)).one()
    assert (link.case_id, link.is_primary, link.unlinked_at) == (file.case.id, True, None)


def test_the_digest_covers_the_texts_and_the_envelope(session: Session) -> None:
    report = received(session, a_delay()).report
    envelope = session.get_one(Identity, report.id).envelope
    texts = "\0".join((report.narrative, report.wish, report.elsewhere)).encode()
    assert report.salt is not None
    parts_ = hashlib.sha256(texts).digest() + hashlib.sha256(envelope).digest()
    assert report.digest == hashlib.sha256(report.salt + parts_).digest()
    filed = session.scalars(select(Report.digest)).one()
    assert filed == report.digest


def test_an_anonymous_report_has_an_envelope_like_any_other(session: Session) -> None:
    report = received(session, a_delay()).report
    envelope = session.get_one(Identity, report.id).envelope
    assert len(envelope) % 2048 == 0
    assert session.get(NoticeContact, report.id) is None


def test_a_contact_is_stored_sealed(session: Session) -> None:
    report = received(session, a_delay(contact=CONTACT)).report
    assert b"lan" not in session.get_one(NoticeContact, report.id).sealed


def test_what_lan_typed_of_herself_is_cut_from_every_text(session: Session) -> None:
    filing = a_delay(
        narrative=f"Tôi là {LAN.name}, số {LAN.phone}, thư {LAN.email}. Hồ sơ quá hẹn.",
        wish=f"Gọi {LAN.phone} giúp tôi.",
        elsewhere=f"Thư {LAN.email} đã gửi phường.",
        identity=LAN,
        disclosure=Disclosure.CONFIDENTIAL,
    )
    report = received(session, filing).report
    stored = f"{report.narrative} {report.wish} {report.elsewhere}"
    for own in (LAN.name, LAN.phone, LAN.email):
        assert own not in stored
    assert "Hồ sơ quá hẹn." in stored
    assert "đã gửi phường." in stored


@pytest.mark.parametrize(
    ("filing", "rule", "direct", "expected"),
    [
        (a_delay(agency=CITY), "delay_direct", True, {CITY: "lead", COMMITTEE: "oversee"}),
        (a_delay(committee_first=True), "anything_else", False, {COMMITTEE: "lead"}),
        (a_delay(dossier_code=None, promised_on=None), "anything_else", False, {COMMITTEE: "lead"}),
        (a_delay(agency=None, area="503"), "anything_else", False, {COMMITTEE: "lead"}),
        (a_delay(accused_role=AccusedRole.OFFICER), "officer_accused", False, {COMMITTEE: "lead"}),
        (a_conduct_report(), "officer_accused", False, {COMMITTEE: "lead"}),
        (a_conduct_report(accused_role=AccusedRole.UNKNOWN), "officer_accused", False, {COMMITTEE: "lead"}),
        (a_conduct_report(accused_role=AccusedRole.DEPUTY), "head_or_deputy", False, {COMMITTEE: "lead"}),
        (a_denunciation(), "severe", False, {COMMITTEE: "lead"}),
        (
            a_conduct_report(agency=COMMITTEE),
            "inspection_reported",
            False,
            {ORGANISATION: "lead"},
        ),
        (praise(), "commendation", True, {OFFICE: "lead", PROPAGANDA: "inform", COMMITTEE: "oversee"}),
        (a_proposal(), "proposal", True, {OFFICE: "lead", "SNV": "inform", COMMITTEE: "oversee"}),
    ],
)
def test_where_it_goes(session: Session, filing: Filing, rule: str, direct: bool, expected: dict[str, str]) -> None:
    file = received(session, filing)
    assert (file.case.routing_rule, file.case.is_direct) == (rule, direct)
    assert parts(file) == expected
    assert file.case.status is (Status.ACCEPTED if direct else Status.RECEIVED)
    assert sum(one.role is ReferralRole.LEAD for one in file.referrals) == 1
    assert all(one.reason_vi and one.reason_en for one in file.referrals)


def test_three_reports_on_one_office_in_ninety_days(session: Session, story: Story) -> None:
    rules = [story.conduct_report().case.routing_rule for _ in range(4)]
    assert rules == ["officer_accused", "officer_accused", "officer_accused", "repeated_officer"]


def test_an_inspector_is_told_whom_to_refer_to(session: Session, story: Story) -> None:
    file = story.conduct_report()
    assert file.case.suggested_id is not None
    suggested = session.scalar(select(Report.agency_id).where(Report.id == file.report.id))
    assert file.case.suggested_id != suggested
    body = next(one for one in told(session, file) if one[0] == "report_filed")
    assert file.case.routing_rule == "officer_accused"
    assert "rule" not in body[2]  # a leaf that is opened to its reporter must not tell of other reports


@pytest.mark.parametrize("agency", ["TU", "BTVTU"])
@pytest.mark.parametrize("make", [a_delay, a_conduct_report])
def test_about_the_party_committee_it_is_sent_elsewhere(session: Session, agency: str, make: type) -> None:
    with pytest.raises(SentElsewhere) as elsewhere:
        plan_filing(session, make(agency=agency))
    assert elsewhere.value.body.code == "central_inspection"
    assert elsewhere.value.reason_vi
    assert elsewhere.value.reason_en
    for table in (Report, Case, Receipt, Identity):
        assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize(
    ("filing", "track"),
    [
        (a_denunciation(), Track.FEEDBACK),
        (a_conduct_report(category="harassment.refusal"), Track.FEEDBACK),
        (praise(), Track.COMMENDATION),
        (a_proposal(), Track.PROPOSAL),
    ],
)
def test_a_complaint_starts_as_feedback(session: Session, filing: Filing, track: Track) -> None:
    assert received(session, filing).case.track is track


def test_praise_and_proposals_have_clocks_of_their_own(session: Session) -> None:
    assert [rule.code for _, rule in received(session, praise()).clocks] == ["commendation.thanks"]
    assert [rule.code for _, rule in received(session, a_proposal()).clocks] == ["proposal.answer"]
    asked_first = received(session, a_proposal(committee_first=True))
    assert {rule.code for _, rule in asked_first.clocks} == {"feedback.triage", "proposal.forward"}


def test_a_named_report_shows_its_flag_and_no_name(session: Session) -> None:
    file = received(session, a_delay(identity=LAN, disclosure=Disclosure.NAMED))
    assert file.report.disclosure is Disclosure.NAMED
    assert LAN.name not in repr(vars(file.report))
    assert PROVINCE not in parts(file)


def test_the_filing_itself_never_prints_what_was_typed() -> None:
    shown = repr(a_delay(identity=LAN, contact=CONTACT))
    for secret in (LAN.name, LAN.phone, LAN.email, CONTACT.email, "quá hẹn mười hai ngày"):
        assert secret not in shown


@pytest.mark.both
def test_whoever_came_to_the_counter_is_told_within_ten_working_days(session: Session, story: Story) -> None:
    """Luật Tiếp công dân 42/2013/QH13 art. 28.1; accepting the case tells them."""
    file = received(session, a_conduct_report(channel=Channel.COUNTER))
    clock = next(one for one in running(session, file.case) if one.starts == Starts.RECEPTION)
    assert session.get_one(DeadlineRule, clock.rule_id).code == "feedback.reception_notice"
    assert clock.due_on == calendar(session).add(file.report.received_on, 10)
    by_telephone = received(session, a_conduct_report(channel=Channel.HOTLINE))
    assert Starts.RECEPTION not in {one.starts for one in running(session, by_telephone.case)}
    story.minh_accepts(file)
    assert session.get_one(Clock, clock.id).met_at is not None
