"""What the pages of extending and reminding ask for, and what they cannot be done for today, and why."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.actions.reminding import ONCE_A_DAY
from portal.cases.casefile import CaseFile
from portal.cases.deadlines import days_left
from portal.cases.extending import Extension, extension_of, handle_of, running_answers
from portal.cases.models import Clock, Referral
from portal.cases.reminding import reminded_on
from portal.cases.status import Starts
from portal.catalogue import queries as catalogue
from portal.catalogue.words import Unit
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.foundation.time import local, today
from portal.web.desk.move_fields import Choice, Field, Shape
from portal.web.frame.language import named, said
from portal.web.frame.templating import day, weekday

Barred = list[tuple[str, str]]  # what, and why not


def _whose(file: CaseFile, clock: Clock) -> str:
    referral = next((one for one in file.referrals if one.id == clock.referral_id), None)
    what = _(labels.CLOCK[Starts(clock.starts)])
    return f"{what}: {named(referral.agency)}" if referral is not None else what


def _found(session: Session, file: CaseFile) -> list[tuple[Clock, Extension | PortalError]]:
    calendar = catalogue.calendar(session)
    rows = running_answers(file)
    return [(clock, extension_of(session, clock, rule, calendar, today())) for clock, rule in rows]


def _clocks(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    found = [(clock, one) for clock, one in _found(session, file) if isinstance(one, Extension)]
    return [Choice(handle_of(file, clock), _whose(file, clock), _what_it_gives(one)) for clock, one in found]


def _what_it_gives(one: Extension) -> str:
    amount = one.by.extension_amount
    if one.rule.unit is Unit.WORKING_DAYS:
        more = ngettext("%(num)s ngày làm việc", "%(num)s ngày làm việc", amount)
    else:
        more = ngettext("%(num)s ngày, tính cả ngày nghỉ", "%(num)s ngày, tính cả ngày nghỉ", amount)
    words: str = _(
        "Hạn mới: %(new)s (đang là %(old)s), thêm %(more)s. %(law)s",
        new=weekday(one.due_on),
        old=day(one.clock.due_on),
        more=more,
        law=one.by.citation,
    )
    only: str = _("Chỉ khi vụ việc phức tạp.")
    return f"{words}. {only}" if one.needs_complex else words


def _only_clock(session: Session, file: CaseFile, viewer: Viewer) -> str:
    found = _clocks(session, file, viewer)
    return found[0].value if len(found) == 1 else ""


def barred_clocks(session: Session, file: CaseFile, viewer: Viewer) -> Barred:
    """The clocks that cannot be extended today."""
    return [(_whose(file, clock), said(one)) for clock, one in _found(session, file) if isinstance(one, PortalError)]


def _bodies(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    told = reminded_on(session, file, today())
    return [
        Choice(one.agency.code, named(one.agency), _since(one)) for one in _waiting(file) if one.agency_id not in told
    ]


def _waiting(file: CaseFile) -> list[Referral]:
    return sorted(file.owing_referrals, key=lambda one: (one.due_on, one.id))


def _since(one: Referral) -> str:
    words: str = _("Chuyển ngày %(sent)s, hạn %(due)s", sent=day(local(one.sent_at).date()), due=day(one.due_on))
    return words


def _only_body(session: Session, file: CaseFile, viewer: Viewer) -> str:
    found = _bodies(session, file, viewer)
    return found[0].value if len(found) == 1 else ""


def barred_bodies(session: Session, file: CaseFile, viewer: Viewer) -> Barred:
    """The bodies that were reminded today."""
    told = reminded_on(session, file, today())
    return [(named(one.agency), _(ONCE_A_DAY)) for one in _waiting(file) if one.agency_id in told]


def _standard_words(session: Session, file: CaseFile, viewer: Viewer) -> str:
    """The letter's standard words, in Vietnamese as letters between bodies are; of the body that is due first."""
    waiting = _waiting(file)
    if not waiting:
        return ""
    first, calendar = waiting[0], catalogue.calendar(session)
    late = -days_left(today(), first.due_on, calendar)
    stands = f"Đến nay đã quá hạn {late} ngày làm việc, chưa có trả lời." if late > 0 else "Đến nay chưa có trả lời."
    sent = day(local(first.sent_at).date())
    return (
        f"Ngày {sent}, chúng tôi chuyển vụ việc {file.case.reference}, đề nghị trả lời chậm "
        f"nhất ngày {day(first.due_on)}. {stands}\n\n"
        "Đề nghị người đứng đầu cơ quan chỉ đạo trả lời sớm, nêu lý do và trách nhiệm nếu đã chậm."
    )


CLOCK = Field("clock", N_("Thời hạn nào"), Shape.RADIOS, choices=_clocks, first=_only_clock)
REQUEST = Field(
    "request",
    N_("Văn bản đề nghị của cơ quan"),
    Shape.TEXT,
    N_("Số và ngày. Cần có khi gia hạn cho một cơ quan: cơ quan đề nghị, kiểm tra viên quyết định."),
    optional=True,
    rows=2,
)
TO_REMIND = Field("agency", N_("Cơ quan nào"), Shape.RADIOS, choices=_bodies, first=_only_body)
REMINDER = Field(
    "text",
    N_("Lời đôn đốc"),
    Shape.TEXT,
    N_("Cơ quan đọc nguyên văn trên trang vụ việc và trong văn bản in ra. Xin đừng nhắc điều đã che."),
    rows=8,
    first=_standard_words,
)
