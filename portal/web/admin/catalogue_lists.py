"""The four lists that administrators change: what each shows, how it is looked through, which fields a row has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.changing import Changeable
from portal.catalogue.finding import Findable, find, index
from portal.catalogue.models import Agency, Announcement, CalendarDay, Category
from portal.catalogue.queries import agencies_on, categories
from portal.catalogue.words import AgencyKind, Kind, Sure
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.web.admin.catalogue_fields import Choices, Field
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.frame.templating import day, weekday

AGENCY_KINDS = {
    AgencyKind.PARTY: N_("Cơ quan Đảng"),
    AgencyKind.INSPECTION: N_("Ủy ban Kiểm tra"),
    AgencyKind.COUNCIL: N_("Hội đồng nhân dân"),
    AgencyKind.FRONT: N_("Mặt trận Tổ quốc"),
    AgencyKind.PROVINCIAL: N_("Ủy ban nhân dân cấp tỉnh"),
    AgencyKind.DEPARTMENT: N_("Sở, ngành"),
    AgencyKind.INSPECTORATE: N_("Cơ quan thanh tra"),
    AgencyKind.DISTRICT: N_("Cấp huyện"),
    AgencyKind.COMMUNE: N_("Cấp xã"),
    AgencyKind.ONE_STOP: N_("Bộ phận một cửa"),
}
KINDS = {
    Kind.DELAY: N_("Chậm trễ"),
    Kind.CONDUCT: N_("Thái độ, hành vi"),
    Kind.DECISION: N_("Không đồng ý với quyết định"),
    Kind.COMMENDATION: N_("Khen ngợi"),
    Kind.PROPOSAL: N_("Kiến nghị"),
}
SURE = {Sure.CERTAIN: N_("Đã ban hành"), Sure.LIKELY: N_("Dự kiến"), Sure.UNSURE: N_("Chưa rõ")}

NAME_VI, NAME_EN = Field("name_vi", N_("Tên tiếng Việt")), Field("name_en", N_("Tên tiếng Anh"))
_DAY = N_("Ví dụ 15/03/2026")


@dataclass(frozen=True)
class Line:
    """One row of a list: its key in the address, what it is, two cells more."""

    key: str
    title: str
    small: str
    cells: tuple[str, str]


@dataclass(frozen=True)
class Section:
    """One list."""

    slug: str
    table: type[Changeable]
    title: str
    lead: str
    head: tuple[str, str, str]
    fields: tuple[Field, ...]
    lines: Callable[[Session, Mapping[str, str]], list[Line]]
    name: Callable[[Any], str]
    filters: Callable[[], list[tuple[str, str, Choices]]] = list
    new: str = ""
    key_field: Field | None = None  # of a new row; None: its code is drawn


def _found(
    session: Session, rows: Sequence[Any], key: Callable[[Any], str], names: Callable[[Any], Any], q: str
) -> Any:
    """The rows that fit what was typed, best first; all of them for nothing typed."""
    if not q:
        return rows
    by_key = {key(row): row for row in rows}
    things = index(Findable(code, tuple(names(row))) for code, row in by_key.items())
    return [by_key[code] for code in find(things, q, most=len(by_key))]


def _period(first: date, last: date | None) -> str:
    return f"{day(first)} – {day(last)}" if last else _("Từ %(day)s", day=day(first))


def _districts(session: Session) -> Choices:
    rows = session.scalars(select(Agency).where(Agency.kind == AgencyKind.DISTRICT).order_by(Agency.id))
    return [(row.district_code or "", named(row)) for row in rows]


def _agency_filters() -> list[tuple[str, str, Choices]]:
    return [
        ("kind", _("Loại cơ quan"), [(kind.value, _(words)) for kind, words in AGENCY_KINDS.items()]),
        ("district", _("Địa bàn cấp huyện"), _districts(db.session())),
        ("state", _("Hiệu lực"), [("now", _("đang hoạt động")), ("ended", _("đã hết hiệu lực"))]),
    ]


def _agency_lines(session: Session, typed: Mapping[str, str]) -> list[Line]:
    on = today()
    rows = [
        row
        for row in session.scalars(select(Agency).order_by(Agency.id))
        if typed["kind"] in ("", row.kind.value)
        and typed["district"] in ("", row.district_code)
        and typed["state"] in ("", "ended" if row.valid_to is not None and row.valid_to < on else "now")
    ]
    found = _found(session, rows, lambda row: str(row.id), lambda row: (row.name_vi, row.name_en, row.code), typed["q"])
    return [
        Line(
            str(row.id),
            named(row),
            row.code,
            (_(AGENCY_KINDS[row.kind]), _period(row.valid_from, row.valid_to)),
        )
        for row in found
    ]


def _all_agencies() -> Choices:
    rows = db.session().scalars(select(Agency).order_by(Agency.name_vi, Agency.id))
    return [(str(row.id), f"{named(row)} ({row.code}, {_period(row.valid_from, row.valid_to)})") for row in rows]


def _agencies_now() -> Choices:
    return [(row.code, f"{named(row)} ({row.code})") for row in agencies_on(db.session(), today())]


def _categories() -> Choices:
    return [(row.code, named(row)) for row in categories(db.session())]


def _category_lines(session: Session, typed: Mapping[str, str]) -> list[Line]:
    rows = [row for row in categories(session) if typed["kind"] in ("", row.kind.value)]
    found = _found(
        session, rows, lambda row: row.code, lambda row: (row.name_vi, row.name_en, row.example_vi), typed["q"]
    )
    return [
        Line(row.code, named(row), row.code, (_(KINDS[row.kind]), _("Mức %(severity)s", severity=row.severity)))
        for row in found
    ]


def _calendar_filters() -> list[tuple[str, str, Choices]]:
    years = sorted({on.year for on in db.session().scalars(select(CalendarDay.on))}, reverse=True)
    return [("year", _("Năm"), [(str(year), str(year)) for year in years])]


def _works(row: CalendarDay) -> str:
    return _("Đi làm bù") if row.is_working else _("Ngày nghỉ")


def _calendar_lines(session: Session, typed: Mapping[str, str]) -> list[Line]:
    rows = [
        row
        for row in session.scalars(select(CalendarDay).order_by(CalendarDay.on.desc()))
        if typed["year"] in ("", str(row.on.year))
    ]
    found = _found(
        session,
        rows,
        lambda row: row.on.isoformat(),
        lambda row: (row.name_vi, row.name_en, day(row.on), row.source or ""),
        typed["q"],
    )
    return [
        Line(
            row.on.isoformat(),
            weekday(row.on),
            named(row),
            (_works(row), ", ".join(filter(None, (_(SURE[row.sure]), row.source)))),
        )
        for row in found
    ]


def _announcement_lines(session: Session, typed: Mapping[str, str]) -> list[Line]:
    on = today()
    rows = [
        row
        for row in session.scalars(select(Announcement).order_by(Announcement.valid_from.desc(), Announcement.code))
        if typed["state"] in ("", "ended" if row.valid_to < on else "now")
    ]
    found = _found(session, rows, lambda row: row.code, lambda row: (row.text_vi, row.text_en), typed["q"])
    return [
        Line(
            row.code,
            named(row, "text"),
            "",
            (row.agency_code or row.category or _("Mọi người gửi"), _period(row.valid_from, row.valid_to)),
        )
        for row in found
    ]


AGENCIES = Section(
    slug="agencies",
    table=Agency,
    title=N_("Cơ quan"),
    lead=N_("Đổi tên, nơi liên hệ, thời gian hiệu lực và cơ quan kế thừa. Vụ việc cũ vẫn giữ cơ quan của mình."),
    head=(N_("Cơ quan, mã"), N_("Loại cơ quan"), N_("Hiệu lực")),
    fields=(
        NAME_VI,
        NAME_EN,
        Field("phone", N_("Điện thoại"), most=60, is_optional=True),
        Field("address", N_("Địa chỉ"), is_optional=True),
        Field("valid_from", N_("Có hiệu lực từ ngày"), "day", hint=_DAY),
        Field("valid_to", N_("Đến hết ngày"), "day", is_optional=True, hint=N_("Để trống nếu còn hoạt động.")),
        Field("successor_id", N_("Cơ quan kế thừa"), "choice", is_optional=True, choices=_all_agencies, convert=int),
    ),
    lines=_agency_lines,
    name=named,
    filters=_agency_filters,
)
CATEGORIES = Section(
    slug="categories",
    table=Category,
    title=N_("Loại phản ánh"),
    lead=N_("Đổi lời và mức độ. Loại nào chuyển đến đâu do quy tắc chuyển quyết định, không sửa ở đây."),
    head=(N_("Loại phản ánh, mã"), N_("Nhóm"), N_("Mức độ")),
    fields=(
        NAME_VI,
        NAME_EN,
        Field("example_vi", N_("Ví dụ tiếng Việt"), "text", most=600),
        Field("example_en", N_("Ví dụ tiếng Anh"), "text", most=600),
        Field(
            "severity",
            N_("Mức độ nghiêm trọng"),
            "choice",
            hint=N_("Từ 1 (nhẹ) đến 5 (rất nặng). Từ mức 4, Ủy ban Kiểm tra chủ trì."),
            choices=lambda: [(str(number), str(number)) for number in range(1, 6)],
            convert=int,
        ),
    ),
    lines=_category_lines,
    name=named,
    filters=lambda: [("kind", _("Nhóm"), [(kind.value, _(words)) for kind, words in KINDS.items()])],
)
CALENDAR = Section(
    slug="calendar",
    table=CalendarDay,
    title=N_("Lịch làm việc"),
    lead=N_("Ngày nghỉ và ngày đi làm bù. Đổi lịch thì thời hạn đang chạy được tính lại, mỗi vụ việc ghi một dòng."),
    head=(N_("Ngày"), N_("Nghỉ hay làm"), N_("Căn cứ")),
    fields=(
        Field(
            "is_working",
            N_("Ngày này"),
            "choice",
            choices=lambda: [("False", _("Ngày nghỉ")), ("True", _("Đi làm bù"))],
            convert=lambda typed: typed == "True",
        ),
        NAME_VI,
        NAME_EN,
        Field(
            "sure",
            N_("Tình trạng"),
            "choice",
            choices=lambda: [(sure.value, _(words)) for sure, words in SURE.items()],
            convert=Sure,
        ),
        Field("source", N_("Văn bản quy định"), hint=N_("Ví dụ Nghị quyết 28/2026/QH16")),
    ),
    lines=_calendar_lines,
    name=lambda row: weekday(row.on),
    filters=_calendar_filters,
    new=N_("Thêm ngày"),
    key_field=Field(
        "on",
        N_("Ngày, tháng, năm"),
        "day",
        hint=N_("Ví dụ 15/03/2026. Ngày 1/1 của một năm thì thêm sau cùng: từ đó cả năm chỉ theo danh sách này."),
    ),
)
ANNOUNCEMENTS = Section(
    slug="announcements",
    table=Announcement,
    title=N_("Thông báo"),
    lead=N_("Câu hiện trên trang gửi phản ánh, từ ngày này đến ngày kia. Muốn dừng, sửa ngày cuối."),
    head=(N_("Nội dung"), N_("Hiện cho ai"), N_("Thời gian")),
    fields=(
        Field("text_vi", N_("Nội dung tiếng Việt"), "text", most=600),
        Field("text_en", N_("Nội dung tiếng Anh"), "text", most=600),
        Field(
            "agency_code",
            N_("Chỉ khi phản ánh về cơ quan"),
            "choice",
            is_optional=True,
            choices=_agencies_now,
        ),
        Field("category", N_("Chỉ khi gửi loại phản ánh"), "choice", is_optional=True, choices=_categories),
        Field("valid_from", N_("Hiện từ ngày"), "day", hint=_DAY),
        Field("valid_to", N_("Đến hết ngày"), "day"),
    ),
    lines=_announcement_lines,
    name=lambda row: _("Thông báo %(code)s", code=row.code),
    filters=lambda: [("state", _("Thời gian"), [("now", _("đang hoặc sắp hiện")), ("ended", _("đã hết"))])],
    new=N_("Thêm thông báo"),
)
SECTIONS = {one.slug: one for one in (AGENCIES, CATEGORIES, CALENDAR, ANNOUNCEMENTS)}
