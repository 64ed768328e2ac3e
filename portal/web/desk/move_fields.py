"""The fields that moves ask for, and the lists they choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer, has_lapsed, liftable_walls
from portal.cases.casefile import CaseFile
from portal.cases.head_support import bodies_accused
from portal.cases.queries import can_hold, line_of, viewer_of, walled_ids
from portal.cases.workload import team
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency
from portal.catalogue.words import AgencyKind, ReferralRole
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.web.frame.language import named


class Shape(StrEnum):
    """How a field looks."""

    TEXT = "text"
    LINE = "line"
    NAME = "name"  # a line of words
    SELECT = "select"
    RADIOS = "radios"


MOST_ROWS = 20  # a long text that a page opens with is seen whole


@dataclass(frozen=True)
class Choice:
    """One thing to choose; `group` is its heading in a long list."""

    value: str
    text: str
    hint: str = ""
    group: str = ""


Choices = Callable[[Session, CaseFile, Viewer], Sequence[Choice]]
First = Callable[[Session, CaseFile, Viewer], str]


@dataclass(frozen=True)
class Field:
    """One field of a move's page."""

    name: str
    label: str
    shape: Shape
    hint: str = ""
    optional: bool = False
    rows: int = 6
    choices: Choices | None = None
    first: First | None = None  # what it holds when the page opens
    only_with_choices: bool = False  # not asked for where there is nothing to choose
    folded: bool = False  # stands behind the others, to be opened by whoever needs it


def shown_field(one: Field, held: str, choices: Sequence[Choice] = ()) -> dict[str, object]:
    """A field as its page shows it: what it holds, and what can be chosen, by groups where the list is long."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in choices if one.shape is Shape.SELECT else ():
        groups.setdefault(choice.group, []).append((choice.value, choice.text))
    return {
        "name": one.name,
        "label": _(one.label),
        "hint": _(one.hint) if one.hint else "",
        "shape": one.shape.value,
        "rows": max(one.rows, min(MOST_ROWS, held.count("\n") + len(held) // 80 + 2)) if held else one.rows,
        "optional": one.optional,
        "folded": one.folded,
        "value": held,
        "items": groups.pop("", []) if one.shape is Shape.SELECT else choices,
        "groups": list(groups.items()),
    }


def grounds(session: Session) -> list[Choice]:
    """The grounds for not taking a report up, each with its article."""
    rows = catalogue.refusal_grounds(session)
    return [Choice(row.code, named(row), f"{named(row, 'guidance')} {row.citation}") for row in rows]


def _topics(session: Session, file: CaseFile, who: Viewer) -> Sequence[Choice]:
    return [Choice(row.code, named(row)) for row in catalogue.categories(session) if row.code != file.case.category]


def _bodies(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    return [Choice(row.code, named(row)) for row in catalogue.forward_bodies(session)]


def roles() -> list[Choice]:
    """What a body is asked to do with a case."""
    means = {
        ReferralRole.LEAD: _("trả lời trong thời hạn; nơi đang chủ trì chuyển sang phối hợp hoặc theo dõi"),
        ReferralRole.SUPPORT: _("trả lời phần việc của mình trong thời hạn"),
        ReferralRole.INFORM: _("chỉ đọc, không có thời hạn"),
    }
    return [Choice(role.value, _(labels.REFERRAL_ROLE[role]), hint) for role, hint in means.items()]


def _agencies(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """The bodies of today that may be referred to: none behind a wall, none that has it already."""
    walled = walled_ids(session, file.case)
    taken = {referral.agency_id for referral in file.live_referrals}
    return agencies(session, lambda row: row.id not in taken and not walled.intersection(line_of(row)))


def agencies(session: Session, is_meant: Callable[[Agency], bool] = lambda _: True) -> list[Choice]:
    """The bodies of today, by district."""
    rows = catalogue.agencies_on(session, today())
    groups = {row.id: named(row) for row in rows if row.kind is AgencyKind.DISTRICT}
    return [Choice(row.code, named(row), group=_group_of(row, groups)) for row in rows if is_meant(row)]


def _group_of(row: Agency, districts: dict[int, str]) -> str:
    if row.kind is AgencyKind.ONE_STOP:
        return str(_("Bộ phận một cửa"))
    if row.kind in (AgencyKind.DISTRICT, AgencyKind.COMMUNE):
        above = next((districts[one] for one in line_of(row) if one in districts), "")
        return above or str(_("Xã, phường, đặc khu"))
    return str(_("Cấp tỉnh"))


def _accused_bodies(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """The accused bodies whose head was not asked yet."""
    return [Choice(row.code, named(row)) for row in bodies_accused(session, file)]


def _only_accused_body(session: Session, file: CaseFile, viewer: Viewer) -> str:
    return _only(_accused_bodies(session, file, viewer))


def _asked_bodies(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """The bodies whose head was asked, with or without an answer."""
    return [Choice(one.agency.code, named(one.agency)) for one in file.head_supports]


def _only_asked_body(session: Session, file: CaseFile, viewer: Viewer) -> str:
    return _only(_asked_bodies(session, file, viewer))


def _only(choices: Sequence[Choice]) -> str:
    return choices[0].value if len(choices) == 1 else ""


def _suggested(session: Session, file: CaseFile, viewer: Viewer) -> str:
    row = session.get(Agency, file.case.suggested_id) if file.case.suggested_id else None
    return row.code if row is not None and file.referral_of(row.id) is None else ""


def _colleagues(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """Colleagues of the same body who read reports and can see this case."""
    return [
        colleague(one)
        for one in team(session, viewer.agency_id)
        if one.id != file.case.assigned_id and can_hold(session, viewer_of(session, one), file.case)
    ]


def colleague(one: Staff) -> Choice:
    """An account as a list names it."""
    return Choice(one.login, f"{one.name} ({one.login})")


def _walled_accounts(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """The accounts whose wall this inspector may take away."""
    return [colleague(session.get_one(Staff, wall.staff_id)) for wall in liftable_walls(viewer, file)]


def _oneself(session: Session, file: CaseFile, viewer: Viewer) -> str:
    """Whoever opens the page, unless they hold the case already."""
    return session.get_one(Staff, viewer.staff_id).login if file.case.assigned_id != viewer.staff_id else ""


def to_reporter(label: str) -> Field:
    """A text that the reporter reads."""
    return Field("text", label, Shape.TEXT, N_("Người phản ánh đọc nguyên văn. Viết ngắn, gọi là anh/chị."))


def question() -> Field:
    """A question to the reporter."""
    hint = N_("Người phản ánh đọc nguyên văn. Đừng hỏi điều có thể cho biết họ là ai, trừ khi thật cần.")
    return Field("text", N_("Câu hỏi"), Shape.TEXT, hint)


def _proposed_ground(session: Session, file: CaseFile, viewer: Viewer) -> str:
    """What follows from a question that nobody has answered in time; else what a link names, or nothing."""
    return NO_ANSWER if has_lapsed(file, today()) else request.args.get("ground", "")[:40]


NO_ANSWER = "no_answer_from_reporter"
GROUND = Field(
    "ground",
    N_("Căn cứ không thụ lý"),
    Shape.RADIOS,
    choices=lambda session, *_: grounds(session),
    first=_proposed_ground,
)
FORWARD_BODY = Field("body", N_("Nơi nhận"), Shape.SELECT, choices=_bodies)
REPORT_BACK = Field(
    "text",
    N_("Trả lời kiểm tra viên"),
    Shape.TEXT,
    N_("Kiểm tra viên đọc nguyên văn; người phản ánh không đọc."),
    rows=10,
)
IDENTIFIED = Field(
    "text",
    N_("Anh/chị đối chiếu bằng cách nào"),
    Shape.TEXT,
    N_(
        "Ví dụ: gọi lại số đã gửi kèm phản ánh, người nghe nói đúng ngày gửi. Kiểm tra viên khác đọc lời này. "
        "Xin đừng ghi tên, số điện thoại hay số giấy tờ."
    ),
    rows=4,
)
WHY_NO_CODE = Field(
    "text",
    N_("Lý do"),
    Shape.TEXT,
    N_("Chỉ kiểm tra viên đọc. Xin đừng ghi tên, số điện thoại hay số giấy tờ."),
    rows=4,
)
REASON = Field("text", N_("Lý do"), Shape.TEXT, rows=4)
WHY_ASIDE = Field(
    "text",
    N_("Lý do"),
    Shape.TEXT,
    N_("Ví dụ: người bị phản ánh là anh rể tôi. Người thay anh/chị giữ vụ việc đọc lời này."),
    rows=4,
)
ACCOUNT = Field(
    "account",
    N_("Tài khoản bị chặn"),
    Shape.LINE,
    N_("Ghi tên đăng nhập. Chưa biết thì ghi một phần họ tên: trang sẽ nêu các tài khoản có tên ấy."),
)
WALLED_ACCOUNT = Field("account", N_("Tài khoản được bỏ chặn"), Shape.RADIOS, choices=_walled_accounts)
AGENCY = Field(
    "agency",
    N_("Cơ quan nhận"),
    Shape.SELECT,
    N_("Nơi bị phản ánh và cấp dưới của nơi ấy không có trong danh sách."),
    choices=_agencies,
    first=_suggested,
)
ROLE = Field("role", N_("Vai trò"), Shape.RADIOS, choices=lambda *_: roles())
NOTE = Field(
    "note",
    N_("Lời nhắn cho cơ quan"),
    Shape.TEXT,
    N_("Cơ quan đọc nguyên văn. Xin đừng nhắc điều đã che."),
    optional=True,
    rows=3,
)
ACCUSED_BODY = Field(
    "agency",
    N_("Cơ quan bị phản ánh"),
    Shape.RADIOS,
    choices=_accused_bodies,
    first=_only_accused_body,
)
ASKED_HEAD = Field(
    "agency",
    N_("Rút đề nghị đã gửi người đứng đầu của"),
    Shape.RADIOS,
    choices=_asked_bodies,
    first=_only_asked_body,
)
REQUEST_TO_HEAD = Field(
    "request",
    N_("Đề nghị gửi người đứng đầu"),
    Shape.TEXT,
    N_("Người đứng đầu đọc nguyên văn. Xin hỏi điều cần hỏi, đừng nhắc điều đã che."),
)
WHY_THE_HEAD = Field(
    "text",
    N_("Vì sao cần người đứng đầu phối hợp"),
    Shape.TEXT,
    N_("Viết ít nhất một câu. Chỉ kiểm tra viên đọc."),
    rows=4,
)
INTERNAL = Field(
    "text",
    N_("Ghi chú"),
    Shape.TEXT,
    N_("Ghi rồi thì không sửa được. Xin đừng ghi điều cho biết ai đã phản ánh."),
    rows=6,
)
ASSIGNEE = Field("assignee", N_("Người phụ trách"), Shape.SELECT, choices=_colleagues, first=_oneself)
SECOND_TOPIC = Field(
    "category", N_("Việc thứ hai là về"), Shape.SELECT, N_("Việc thứ nhất giữ nội dung đang có."), choices=_topics
)
INTO = Field(
    "into",
    N_("Số của vụ việc kia"),
    Shape.LINE,
    N_(
        "Ví dụ VV-4K7QPM. Kết luận của vụ việc kia cũng là trả lời cho người phản ánh này: xin viết sao cho không ai "
        "đọc ra người kia."
    ),
    first=lambda session, file, who: request.args.get("into", "")[:20],
)
