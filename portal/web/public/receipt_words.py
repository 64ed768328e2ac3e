"""The words of a receipt, worked out from its case: what comes when, who reads what, what to do without the code."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.clocks import rule_code
from portal.cases.deadlines import due_on
from portal.cases.readers import Identity, Place, Reader, Text, keeper_of, readers_of
from portal.cases.status import Starts
from portal.cases.story import ClockView, Story, story_of
from portal.cases.words import ClockState, Disclosure, Status
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule
from portal.catalogue.words import AccusedRole, Unit
from portal.documents.receipts import ReceiptPaper, Section, Step
from portal.foundation.time import today
from portal.intake.submission import FiledReceipt
from portal.web.frame.language import chosen, named
from portal.web.frame.site import site, tracking_address
from portal.web.frame.templating import moment, weekday
from portal.web.public.lost_code import if_lost, still_handled, unbroken

RUNNING = (ClockState.RUNNING, ClockState.DUE_TODAY, ClockState.LATE)


def receipt_paper(session: Session, receipt: FiledReceipt, file: CaseFile) -> ReceiptPaper:
    """Everything that the receipt says, in the page's language."""
    story, here = story_of(session, file, chosen()), site()
    url = tracking_address()
    return ReceiptPaper(
        language=chosen(),
        title=_("Giấy biên nhận phản ánh"),
        issuer=", ".join(filter(None, (here.name, here.place))),
        filed_at=receipt.filed_at,
        code=receipt.code,
        code_title=_("Mã tra cứu của anh/chị"),
        code_note=_("Ai có mã đều xem được phản ánh, vì thế xin đừng đưa cho người khác, kể cả cán bộ."),
        track_url=url,
        track_words=_("Quét để mở trang tra cứu"),
        facts=(
            (_("Nhận lúc"), moment(receipt.filed_at)),
            (_("Nội dung"), story.category),
            (_("Nơi tra cứu"), url.partition("://")[2]),
        ),
        proof_title=_("Xác nhận đã gửi"),
        proof=receipt.proof.strip(),
        proof_note=_(
            "Có chữ ký số của cổng: phản ánh đã nằm trong sổ nhật ký lúc đó. Nếu sau này có ai bớt đi hay sửa ngày, "
            "đoạn này là bằng chứng. Nó không chứa mã tra cứu, cũng không cho biết anh/chị là ai."
        ),
        steps_title=_("Việc gì diễn ra tiếp theo"),
        steps=tuple(_steps(session, file, story)),
        readers_title=_("Ai đọc được gì"),
        readers_head=(_("Ai"), _("Lời kể"), _("Tên, số của anh/chị")),
        readers=tuple(_cells(one, file) for one in readers_of(session, file)),
        readers_note=_readers_note(file),
        sections=_sections(session, file),
    )


def _steps(session: Session, file: CaseFile, story: Story) -> list[Step]:
    calendar = catalogue.calendar(session)
    first_day = calendar.add(file.report.received_on, 1)
    direct = file.case.is_direct and story.lead
    taken = _("Đã tiếp nhận và chuyển đến %(lead)s", lead=story.lead) if direct else _("Đã tiếp nhận")
    counts = _(
        "Thời hạn đếm từ %(first)s; thứ Bảy, Chủ nhật và ngày lễ không tính.",
        first=weekday(first_day),
    )
    steps = [Step(taken, moment(file.report.filed_at), counts, "done")]
    owed = sorted((one for one in story.clocks if one.is_ours and one.state in RUNNING), key=lambda one: one.due_on)
    steps += [_owed(one) for one in owed]
    if story.status is Status.RECEIVED and owed:
        steps.append(_after_triage(session, file, owed[0]))
    window = catalogue.deadline_rule(session, rule_code(Starts.REOPEN_WINDOW, file.case.track, file.kind), today())
    asks = _("Anh/chị chấm điểm, hoặc đề nghị xem lại")
    return [*steps, Step(asks, _("Trong %(limit)s sau khi có trả lời", limit=_limit(window)))]


def _owed(clock: ClockView) -> Step:
    """What somebody owes the reporter, and the last day for it."""
    when = _("Chậm nhất %(due)s", due=weekday(clock.due_on))
    within = _("Trong %(limit)s.", limit=_limit(clock.rule))
    if clock.starts is Starts.TRIAGE:
        text = _("Thụ lý, hỏi thêm anh/chị, hoặc nói rõ vì sao không thụ lý và nên gửi đến đâu.")
        return Step(_("Kiểm tra viên đọc và phân loại"), when, f"{within} {text}")
    what = _("%(lead)s trả lời", lead=clock.agency) if clock.agency else _("Trả lời anh/chị")
    late = _("Nếu chậm, cấp trên được báo.")
    return Step(what, when, f"{within} {late}")


def _after_triage(session: Session, file: CaseFile, triage: ClockView) -> Step:
    """The answer's last day, if the case is accepted on the last day for that."""
    rule = catalogue.deadline_rule(session, rule_code(Starts.ANSWER, file.case.track, file.kind), today())
    last = due_on(rule, triage.due_on, catalogue.calendar(session))
    when = _("Nếu thụ lý đúng hạn: chậm nhất %(due)s", due=weekday(last))
    text = _("Trong %(limit)s từ khi thụ lý. Trang tra cứu cho biết hạn chính thức.", limit=_limit(rule))
    return Step(_("Xác minh và trả lời"), when, text)


def _limit(rule: DeadlineRule) -> str:
    number = abs(rule.amount)
    if rule.unit is Unit.WORKING_DAYS:
        return str(ngettext("%(num)s ngày làm việc", "%(num)s ngày làm việc", number))
    return str(_("%(num)s ngày theo lịch", num=number))


def _cells(reader: Reader, file: CaseFile) -> tuple[str, ...]:
    is_asked_later = reader.place is Place.HEAD_LATER  # in few words: the row above says what a cleared text is
    text = str(_("chỉ nội dung đã che")) if is_asked_later else _text(reader.text)
    return _who(reader, file), text, _identity(reader.identity)


def _who(reader: Reader, file: CaseFile) -> str:
    name = named(reader.agency) if reader.agency is not None else ""
    if reader.place is Place.ACCUSED:
        accuses = file.report.accused_role is not AccusedRole.NONE
        below = _("%(agency)s và cấp dưới", agency=name)
        return str(_("Người bị phản ánh và %(agency)s", agency=name) if accuses else below)
    if reader.place is Place.HEAD:
        return str(_("Người đứng đầu %(agency)s, do kiểm tra viên đề nghị phối hợp", agency=name))
    if reader.place is Place.HEAD_LATER:
        return str(_("Người đứng đầu nơi bị phản ánh, nếu kiểm tra viên thấy cần"))
    if reader.place is Place.LATER:
        return str(_("Cơ quan được giao xử lý, nếu có"))
    return name or reader.called or str(_("Nơi khác, công chúng"))


def _text(text: Text) -> str:
    words: dict[Text, str] = {
        Text.ALL: _("toàn bộ"),
        Text.CLEARED: _("đã che thông tin riêng"),
        Text.CLEARED_WITH_DOSSIER: _("đã che thông tin riêng; thấy mã hồ sơ"),
        Text.ONCE_CLEARED: _("bản do kiểm tra viên soạn, đã che những gì có thể lộ anh/chị"),
        Text.NOTHING: _("không"),
    }
    return words[text]


def _identity(identity: Identity) -> str:
    words: dict[Identity, str] = {
        Identity.NONE_GIVEN: _("không có gì để mở"),
        Identity.WITH_A_REASON: _("khi có lý do, có ghi lại"),
        Identity.TO_CONTACT: _("được mở để liên hệ"),
        Identity.IF_PASSED_ON: _("chỉ khi kiểm tra viên chuyển kèm"),
        Identity.NOTHING: _("không"),
    }
    return words[identity]


def _readers_note(file: CaseFile) -> str:
    if file.report.disclosure is Disclosure.ANONYMOUS:
        return str(_("Anh/chị không nêu tên: không ai, kể cả chúng tôi, biết anh/chị là ai."))
    return str(_("Tên và số của anh/chị đã được khóa riêng; những chỗ có trong lời kể đã được cắt ra."))


def _sections(session: Session, file: CaseFile) -> tuple[Section, ...]:
    hotline = unbroken(site().hotline)
    lost = if_lost(file.report.disclosure, named(keeper_of(session, file)), hotline)
    harmed = _(
        "Sau khi phản ánh mà bị gây khó, xin báo ngay: mở trang tra cứu và viết thêm, hoặc gửi một phản ánh mới "
        "về việc trả thù."
    )
    call = _(
        "Cần nói chuyện, gọi %(hotline)s trong giờ hành chính. Không ai cần hỏi mã của anh/chị.",
        hotline=hotline,
    )
    return (
        Section(_("Nếu mất mã"), (still_handled(), *lost)),
        Section(_("Nếu bị gây khó, hoặc cần nói chuyện"), (harmed, call)),
    )
