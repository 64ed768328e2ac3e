"""From answers as typed to a Filing: which fields there are, on which page, and when they are complete.

Pages and API share these rules, so that nobody can file by one what the other refuses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from portal.cases.filing import Filing, PaidBack
from portal.cases.receipts import CODE_LENGTH
from portal.cases.words import Channel, Disclosure, Language, ReporterType
from portal.catalogue.models import Agency, Category, Procedure
from portal.catalogue.snapshot import Snapshot, snapshot
from portal.catalogue.words import AccusedRole, Kind
from portal.foundation.codes import fold_code
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean, clean_line
from portal.foundation.time import today
from portal.identity.contact import Contact
from portal.identity.envelope import PersonalData
from portal.intake.dates import is_settled, read_date
from portal.intake.fields import read_dossier_code, read_email, read_phone, read_tax_code

LONGEST_NARRATIVE = 10_000
LONGEST_EXTRA = 2_000
LONGEST_NAME = 200

STEPS: dict[str, tuple[str, ...]] = {
    "what": ("category",),
    "where": ("agency", "area", "procedure", "dossier_code", "promised_on", "committee_first"),
    "happened": (
        "narrative",
        "occurred_on",
        "occurred_until",
        "accused_role",
        "wish",
        "elsewhere",
        "first_code",
        "protection",
        "fears",
    ),
    "about": (
        "reporter_type",
        "disclosure",
        "name",
        "phone",
        "email",
        "tax_code",
        "notify_email",
        "notify_phone",
    ),
}
FIELDS = tuple(name for names in STEPS.values() for name in names)
IDENTITY_FIELDS = ("name", "phone", "email", "tax_code")
DATES = {"occurred_on": False, "occurred_until": False, "promised_on": True}  # whether it may lie ahead
UNKNOWN_CODE = N_("Không tìm thấy mã này. Mã có 25 chữ và số; xin xem lại từng nhóm.")
CHECK = N_("Xin kiểm tra lại những chỗ sau.")

Word = TypeVar("Word", bound=StrEnum)


@dataclass
class Collected:
    """The values that could be read, and what is wrong with the others."""

    values: dict[str, Any] = field(default_factory=dict, repr=False)
    errors: dict[str, PortalError] = field(default_factory=dict)

    def read(self, name: str, reader: Callable[[], Any]) -> None:
        """Keeps what the reader gives, or why it refuses."""
        try:
            self.values[name] = reader()
        except PortalError as error:
            self.errors[name] = error
            self.values[name] = None


def errors_of_step(
    session: Session, step: str, answers: Mapping[str, str], *, identity_allowed: bool
) -> dict[str, PortalError]:
    """What is missing or wrong on one page."""
    errors = collect(session, answers, identity_allowed=identity_allowed).errors
    return {name: error for name, error in errors.items() if name in STEPS[step]}


def understood(answers: Mapping[str, str]) -> dict[str, date]:
    """The days that were typed in words or without a year, and which ones they are today."""
    days: dict[str, date] = {}
    for name, may_lie_ahead in DATES.items():
        typed = answers.get(name, "")
        try:
            day = None if is_settled(typed) else read_date(typed, today(), may_lie_ahead=may_lie_ahead)
        except PortalError:
            continue
        if day is not None:
            days[name] = day
    return days


def to_filing(
    session: Session,
    answers: Mapping[str, str],
    *,
    channel: Channel,
    language: Language,
    identity_allowed: bool,
) -> Filing:
    """The complete filing. Raises FieldErrors, with each field's message, when it is not complete."""
    collected = collect(session, answers, identity_allowed=identity_allowed)
    if collected.errors:
        raise FieldErrors(CHECK, collected.errors)
    values = collected.values
    category: Category = values["category"]
    agency: Agency | None = values["agency"]
    procedure: Procedure | None = values["procedure"]
    email, phone = values["notify_email"], values["notify_phone"]
    return Filing(
        category=category.code,
        agency=agency.code if agency else None,
        area=values["area"],
        procedure=procedure.code if procedure else None,
        dossier_code=values["dossier_code"],
        promised_on=values["promised_on"],
        committee_first=values["committee_first"],
        occurred_on=values["occurred_on"],
        occurred_until=values["occurred_until"],
        accused_role=values["accused_role"],
        narrative=values["narrative"],
        wish=values["wish"],
        elsewhere=values["elsewhere"],
        language=language,
        channel=channel,
        disclosure=values["disclosure"],
        reporter_type=values["reporter_type"],
        identity=PersonalData(*(values[name] for name in IDENTITY_FIELDS)),
        contact=Contact(email=email, phone=phone) if email or phone else None,
        paid_back=_paid_back(values),
    )


def _paid_back(values: Mapping[str, Any]) -> PaidBack | None:
    code = values["first_code"]
    return PaidBack(code, values["protection"], values["fears"]) if code else None


def collect(session: Session, answers: Mapping[str, str], *, identity_allowed: bool) -> Collected:
    """Reads every field and notes what is wrong, all at once."""
    got = Collected()

    def typed(name: str) -> str:
        return answers.get(name, "")

    _read_what_and_where(snapshot(session, today()), got, typed)
    _read_what_happened(got, typed)
    _read_about(got, typed, identity_allowed)
    return got


def _read_what_and_where(known: Snapshot, got: Collected, typed: Callable[[str], str]) -> None:
    def category() -> Category:
        row = known.categories.get(clean_line(typed("category")))
        if row is None:
            raise PortalError(N_("Hãy chọn việc đã xảy ra."))
        return row

    def agency() -> Agency | None:
        code = clean_line(typed("agency"))
        row = known.agencies.get(code)
        if code and row is None:
            raise PortalError(N_("Không có cơ quan này. Hãy chọn lại trong danh sách."))
        if not code and not clean_line(typed("area")):
            raise PortalError(N_("Hãy chọn nơi anh/chị làm thủ tục, hoặc chọn địa phương nếu không biết cơ quan."))
        return row

    def area() -> str | None:
        code = clean_line(typed("area"))
        if code and known.tree.for_area(code) is None:
            raise PortalError(N_("Không có địa phương này. Hãy chọn lại trong danh sách."))
        return code or None

    def procedure() -> Procedure | None:
        code = clean_line(typed("procedure"))
        row = known.procedures.get(code)
        if code and row is None:
            raise PortalError(N_("Không có thủ tục này. Hãy chọn lại trong danh sách."))
        return row

    for name, reader in (
        ("category", category),
        ("agency", agency),
        ("area", area),
        ("procedure", procedure),
    ):
        got.read(name, reader)


def _read_what_happened(got: Collected, typed: Callable[[str], str]) -> None:
    kind = Kind(got.values["category"].kind) if got.values["category"] is not None else None

    def past_date(name: str) -> date | None:
        day = read_date(typed(name), today())
        if day is not None and day > today():
            raise PortalError(N_("Ngày này chưa đến. Hãy viết ngày việc đã xảy ra."))
        return day

    def until() -> date | None:
        try:
            day, start = past_date("occurred_until"), got.values["occurred_on"]
        except PortalError as error:  # the first day may have the same fault: say which of the two is meant
            raise PortalError(N_("Đến ngày: %(why)s"), why=error) from error
        if day is not None and start is not None and day < start:
            raise PortalError(N_("Ngày kết thúc đứng trước ngày bắt đầu."))
        return day

    def accused() -> AccusedRole:
        if kind in (Kind.COMMENDATION, Kind.PROPOSAL):
            return AccusedRole.NONE  # praise and proposals accuse nobody
        if kind is not Kind.CONDUCT and not typed("accused_role"):
            return AccusedRole.NONE
        return _one_of(AccusedRole, typed("accused_role"), N_("Hãy chọn việc này liên quan đến ai."))

    def committee_first() -> bool:
        answer = clean_line(typed("committee_first"))
        asked = kind is Kind.DELAY and got.values["agency"] is not None
        asked = asked and bool(got.values["dossier_code"] or got.values["promised_on"])
        if asked and answer not in ("yes", "no"):
            raise PortalError(N_("Hãy chọn chuyển ngay cho cơ quan, hay để Ủy ban Kiểm tra xem trước."))
        return answer == "yes"

    got.read("narrative", lambda: _text(typed("narrative"), LONGEST_NARRATIVE, N_("Hãy kể chuyện gì đã xảy ra.")))
    got.read("occurred_on", lambda: past_date("occurred_on"))
    got.read("occurred_until", until)
    got.read("accused_role", accused)
    got.read("dossier_code", lambda: read_dossier_code(typed("dossier_code")))
    got.read("promised_on", lambda: read_date(typed("promised_on"), today(), may_lie_ahead=True))
    got.read("committee_first", committee_first)
    got.read("wish", lambda: _text(typed("wish"), LONGEST_EXTRA))
    got.read("elsewhere", lambda: _text(typed("elsewhere"), LONGEST_EXTRA))
    _read_paid_back(got, typed)


def _read_paid_back(got: Collected, typed: Callable[[str], str]) -> None:
    """Whether somebody is paid back for an earlier report. Whose code it is, is looked up when the page is sent."""

    def first_code() -> str:
        code = fold_code(clean_line(typed("first_code")))
        if not code and (got.values["fears"] or clean_line(typed("protection")) == "yes"):
            raise PortalError(N_("Hãy ghi mã tra cứu của phản ánh trước, để chúng tôi gắn hai việc."))
        if code and len(code) != CODE_LENGTH:
            raise PortalError(UNKNOWN_CODE)
        return code

    def protection() -> bool:
        answer = clean_line(typed("protection"))
        if got.values["first_code"] and answer not in ("yes", "no"):
            raise PortalError(N_("Hãy chọn anh/chị có đề nghị được bảo vệ không."))
        return answer == "yes"

    got.read("fears", lambda: _text(typed("fears"), LONGEST_EXTRA))
    got.read("first_code", first_code)
    got.read("protection", protection)


def _read_about(got: Collected, typed: Callable[[str], str], identity_allowed: bool) -> None:
    def disclosure() -> Disclosure:
        chosen = _one_of(Disclosure, typed("disclosure"), N_("Hãy chọn ai được biết anh/chị là ai."))
        if chosen is not Disclosure.ANONYMOUS and not identity_allowed:
            raise PortalError(NO_VAULT)
        return chosen

    def name() -> str:
        text = clean_line(typed("name"))
        if len(text) > LONGEST_NAME:
            raise PortalError(N_("Họ tên dài quá %(longest)d ký tự."), longest=LONGEST_NAME)
        return text

    got.read(
        "reporter_type",
        lambda: _one_of(ReporterType, typed("reporter_type"), N_("Hãy chọn người dân hay doanh nghiệp.")),
    )
    got.read("disclosure", disclosure)
    got.read("name", name)
    got.read("phone", lambda: read_phone(typed("phone")))
    got.read("email", lambda: read_email(typed("email")))
    got.read("tax_code", lambda: read_tax_code(typed("tax_code")))
    got.read("notify_email", lambda: read_email(typed("notify_email")))
    got.read("notify_phone", lambda: read_phone(typed("notify_phone")))
    _check_identity(got)


NO_VAULT = N_("Cổng chưa thể giữ kín thông tin cá nhân, nên lúc này chỉ nhận phản ánh không nêu tên.")


def _check_identity(got: Collected) -> None:
    """Anonymous means nothing is given; otherwise at least one thing by which the person can be reached."""
    chosen = got.values["disclosure"]
    if chosen is Disclosure.ANONYMOUS:
        for name in IDENTITY_FIELDS:
            if got.values[name]:
                got.errors[name] = PortalError(N_("Anh/chị đã chọn không nêu tên: xin để trống ô này."))
    elif chosen is not None and not any(got.values[name] or name in got.errors for name in IDENTITY_FIELDS):
        got.errors["name"] = PortalError(N_("Hãy điền ít nhất một ô: họ tên, điện thoại, thư điện tử hoặc mã số thuế."))
    if got.values["notify_email"] and got.values["notify_phone"]:
        got.errors["notify_phone"] = PortalError(N_("Xin chọn một cách báo tin: thư điện tử hoặc điện thoại."))


def _text(typed: str, longest: int, needed: str | None = None) -> str:
    text = clean(typed)
    if needed and not text:
        raise PortalError(needed)
    if len(text) > longest:
        raise PortalError(
            N_("Nội dung dài %(length)d ký tự, nhiều nhất là %(longest)d."), length=len(text), longest=longest
        )
    return text


def _one_of(kind: type[Word], typed: str, message: str) -> Word:
    try:
        return kind(clean_line(typed))
    except ValueError as error:
        raise PortalError(message) from error
