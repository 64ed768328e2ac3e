"""What a conclusion must say, by the track it is written on, and who reads it before the reporter does.

`formal` tracks: Luật Tố cáo 25/2018/QH14 art. 35 (right, partly right or untrue, with its ground), Luật Khiếu nại
02/2011/QH13 art. 31 (the same of a decision). Only feedback may end without a finding either way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.cases.approval_models import ApprovalRule
from portal.cases.casefile import CaseFile
from portal.cases.models import Conclusion
from portal.cases.words import FORMAL_TRACKS
from portal.catalogue.models import Finding, Remedy
from portal.catalogue.words import Kind, Track
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean, clean_line

LONGEST, LONGEST_GROUND, LONGEST_BODY, MOST_DAYS = 10_000, 1_000, 200, 999
FORMAL_FINDINGS = frozenset({"upheld", "partly_upheld", "not_upheld"})
DISCIPLINE = frozenset({"discipline_referred", "party_discipline_referred"})
EMPTY, TOO_LONG = N_("Hãy viết nội dung."), N_("Nội dung dài quá %(longest)d ký tự.")


@dataclass(frozen=True)
class Details:
    """What a conclusion says beside finding, first remedy and text."""

    more_remedies: tuple[str, ...] = ()
    ground: str = ""
    discipline_body: str = ""
    apologised_on: date | None = None
    days_saved: int | None = None  # working days


@dataclass(frozen=True)
class Found:
    """A conclusion whose parts fit each other and the case."""

    finding: str
    remedies: tuple[str, ...]  # the first stands in the figures
    text: str
    details: Details


NO_DETAILS = Details()


def found_of(written: Conclusion) -> Found:
    """A conclusion as it was written."""
    details = Details(
        tuple(written.more_remedies),
        written.ground,
        written.discipline_body,
        written.apologised_on,
        written.days_saved,
    )
    first = (written.remedy,) if written.remedy else ()
    return Found(written.finding, (*first, *written.more_remedies), written.text, details)


def open_findings(codes: Iterable[str], track: Track) -> list[str]:
    """The findings that a track allows, in their order."""
    return [one for one in codes if track not in FORMAL_TRACKS or one in FORMAL_FINDINGS]


def checked(
    session: Session, file: CaseFile, today: date, finding: str, remedy: str, text: str, details: Details
) -> Found:
    """The conclusion, cleaned. Raises FieldErrors with every field that is wrong."""
    more = tuple(dict.fromkeys(one for one in details.more_remedies if one and one != remedy))
    remedies = tuple(one for one in (remedy, *more) if one)
    told = Details(
        remedies[1:],
        clean(details.ground),
        clean_line(details.discipline_body),
        details.apologised_on,
        details.days_saved,
    )
    errors = _wrong_findings(session, file, finding, remedy, more) | _wrong_details(file, today, told, remedies)
    text = clean(text)
    if not text:
        errors["text"] = PortalError(EMPTY)
    elif len(text) > LONGEST:
        errors["text"] = PortalError(TOO_LONG, longest=LONGEST)
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
    return Found(finding, remedies, text, told)


def _wrong_findings(
    session: Session, file: CaseFile, finding: str, remedy: str, more: tuple[str, ...]
) -> dict[str, PortalError]:
    errors: dict[str, PortalError] = {}
    if session.get(Finding, finding) is None:
        errors["finding"] = PortalError(N_("Hãy chọn kết quả xác minh."))
    elif not open_findings([finding], file.case.track):
        errors["finding"] = PortalError(N_("Khiếu nại, tố cáo phải kết luận: đúng, đúng một phần hoặc không đúng."))
    wrong = N_("Hãy chọn một biện pháp trong danh sách.")
    if remedy and session.get(Remedy, remedy) is None:
        errors["remedy"] = PortalError(wrong)
    if any(session.get(Remedy, one) is None for one in more):
        errors["more_remedy"] = PortalError(wrong)
    return errors


def _wrong_details(file: CaseFile, today: date, told: Details, remedies: tuple[str, ...]) -> dict[str, PortalError]:
    errors: dict[str, PortalError] = {}
    if not told.ground and file.case.track in FORMAL_TRACKS:
        errors["ground"] = PortalError(N_("Khiếu nại, tố cáo phải kết luận theo căn cứ. Hãy ghi điều luật."))
    if len(told.ground) > LONGEST_GROUND:
        errors["ground"] = PortalError(TOO_LONG, longest=LONGEST_GROUND)
    if DISCIPLINE.intersection(remedies) and not told.discipline_body:
        errors["discipline_body"] = PortalError(N_("Hãy ghi nơi xem xét kỷ luật."))
    if len(told.discipline_body) > LONGEST_BODY:
        errors["discipline_body"] = PortalError(TOO_LONG, longest=LONGEST_BODY)
    if told.apologised_on is not None and told.apologised_on > today:
        errors["apologised_on"] = PortalError(N_("Ngày xin lỗi chưa đến. Chưa xin lỗi thì để trống."))
    if told.days_saved is not None and not 1 <= told.days_saved <= MOST_DAYS:
        errors["days_saved"] = PortalError(N_("Hãy ghi số ngày từ 1 đến %(most)d, hoặc để trống."), most=MOST_DAYS)
    return errors


def needs_approval(session: Session, file: CaseFile, today: date) -> bool:
    """Whether a rule of today asks for a chief inspector's approval of this case's conclusion."""
    return asks_approval(_rules(session, today), file.case.track, file.kind, file.case.severity)


def asks_approval(rules: Iterable[ApprovalRule], track: Track, kind: Kind, severity: int) -> bool:
    """Whether one of these rules fits."""
    return any(
        rule.track in (None, track) and rule.kind in (None, kind) and severity >= rule.severity_from for rule in rules
    )


def _rules(session: Session, on: date) -> list[ApprovalRule]:
    query = select(ApprovalRule).where(
        ApprovalRule.valid_from <= on, or_(ApprovalRule.valid_to.is_(None), ApprovalRule.valid_to >= on)
    )
    return list(session.scalars(query.order_by(ApprovalRule.id)))
