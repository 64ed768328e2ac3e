"""What the pages of tracks and signed forms ask for. Each choice says which clock stops and which one starts."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import actions, formal, labels
from portal.cases.access import Viewer
from portal.cases.actions.tracks import OUTSIDE, Followed, followed, open_steps
from portal.cases.casefile import CaseFile, events_of
from portal.cases.deadlines import due_on
from portal.cases.formal import Form, FormKind, FormStep
from portal.cases.status import Starts
from portal.cases.words import Audience
from portal.catalogue import queries as catalogue
from portal.catalogue.words import Condition, Track
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.intake.dates import read_date
from portal.web.desk.acting import Acting
from portal.web.desk.due_words import amount_words
from portal.web.desk.move_fields import Choice, Field, Shape, agencies, to_reporter
from portal.web.frame.language import named
from portal.web.frame.templating import weekday

FORM_KIND: dict[FormKind, str] = {
    FormKind.COMPLAINT: N_("Đơn khiếu nại lần đầu"),
    FormKind.SECOND_COMPLAINT: N_("Đơn khiếu nại lần hai"),
    FormKind.DENUNCIATION: N_("Đơn tố cáo"),
}
FORM_STEP: dict[FormStep, str] = {
    FormStep.ACCEPTED: N_("Đã thụ lý đơn"),
    FormStep.SETTLED: N_("Đã giải quyết xong"),
}


def _tracks(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    return [
        Choice(one.value, _(labels.TRACK[one]), _what_changes(session, file, one))
        for one in formal.tracks_to(file.case.track)
    ]


def _what_changes(session: Session, file: CaseFile, track: Track) -> str:
    """Which clocks run by another rule then, until when, by which article. (Extensions are not carried over.)"""
    running = formal.running_clock(file)
    if running is not None:
        return _(
            "“%(what)s” dừng; việc trả lời người phản ánh chạy lại.", what=_(labels.CLOCK[Starts(running[0].starts)])
        )
    lines = [_began(one) for one in followed(session, file, track)]
    return " ".join(lines) or _("Không thời hạn nào thay đổi.")


def _began(one: Followed) -> str:
    words: str = _(
        "“%(what)s” tính lại từ ngày cũ, đến %(day)s: %(law)s.",
        what=_(labels.CLOCK[Starts(one.clock.starts)]),
        day=weekday(one.due_on),
        law=one.rule.citation,
    )
    return words


def _forms(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    return [Choice(one.value, _(FORM_KIND[one]), _law_of(session, one)) for one in FormKind]


def _law_of(session: Session, kind: FormKind) -> str:
    """What the law gives a form that is lodged today; of another day the rules may be others."""
    rules, calendar = catalogue.deadline_rules(session, today()), catalogue.calendar(session)
    rule = formal.rule_of(kind, Starts.ACCEPTANCE, rules)
    after = formal.rule_of(kind, Starts.SETTLEMENT, rules)
    if rule is None or after is None:
        return ""
    words: str = _(
        "Nộp hôm nay thì nơi nhận phải thụ lý chậm nhất %(day)s (%(law)s). Thụ lý rồi thì giải quyết trong %(days)s "
        "ngày (%(settle)s).",
        day=weekday(due_on(rule, today(), calendar)),
        law=rule.citation,
        days=after.amount,
        settle=after.citation,
    )
    return words


CONDITION_WORDS: dict[Condition, str] = {
    Condition.NORMAL: N_("Không áp dụng"),
    Condition.REMOTE: N_("Vùng sâu, vùng xa, đi lại khó khăn"),
    Condition.VERIFY: N_("Phải xác minh nhiều nơi hoặc ủy quyền xác minh"),
}
# Which clocks a condition makes longer.
_LONGER: dict[Condition, tuple[tuple[FormKind, Starts, str], ...]] = {
    Condition.REMOTE: (
        (FormKind.COMPLAINT, Starts.SETTLEMENT, N_("Khiếu nại lần đầu: giải quyết trong %(limit)s (%(law)s).")),
        (FormKind.SECOND_COMPLAINT, Starts.SETTLEMENT, N_("Lần hai: giải quyết trong %(limit)s (%(law)s).")),
    ),
    Condition.VERIFY: (
        (FormKind.DENUNCIATION, Starts.ACCEPTANCE, N_("Tố cáo: kiểm tra ban đầu trong %(limit)s (%(law)s).")),
    ),
}


def _conditions(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """What may be said of a form of any kind."""
    return [Choice(one.value, _(words), _longer(session, one, None)) for one, words in CONDITION_WORDS.items()]


def _conditions_now(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """What may be said of the form that is accepted now, where it makes the time to settle it longer."""
    form = _accepting(session, file)
    if form is None or form.kind is FormKind.DENUNCIATION:
        return []
    return [
        Choice(one.value, _(CONDITION_WORDS[one]), _longer(session, one, form.kind))
        for one in formal.conditions_of(form.kind)
    ]


def _longer(session: Session, condition: Condition, kind: FormKind | None) -> str:
    """How long the law gives then, with its article, of one kind of form or of all."""
    rules, found = catalogue.deadline_rules(session, today()), []
    for one, starts, words in _LONGER.get(condition, ()):
        rule = formal.rule_of(one, starts, rules, condition)
        if kind in (None, one) and rule is not None:
            found.append(_(words, limit=amount_words(rule), law=rule.citation))
    return " ".join(found)


def _accepting(session: Session, file: CaseFile) -> Form | None:
    """The form that its body has not accepted yet."""
    running = formal.running_clock(file)
    if running is None or running[0].starts != Starts.ACCEPTANCE:
        return None
    return formal.newest_form(events_of(session, file.case, frozenset(Audience)))


def _said(session: Session, file: CaseFile, viewer: Viewer) -> str:
    form = _accepting(session, file)
    return form.condition.value if form is not None else ""


def _places(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    """Where forms are lodged: any body of today, the accused one too, for the law may name it; and bodies outside."""
    outside = [
        Choice(f"{OUTSIDE}{row.code}", named(row), group=_("Ngoài tỉnh")) for row in catalogue.forward_bodies(session)
    ]
    return [*agencies(session), *outside]


def _steps(session: Session, file: CaseFile, viewer: Viewer) -> list[Choice]:
    running = formal.running_clock(file)
    hints = {
        FormStep.ACCEPTED: _("Thời hạn thụ lý kết thúc, thời hạn giải quyết theo luật chạy từ ngày này."),
        FormStep.SETTLED: _("Thời hạn giải quyết kết thúc. Vụ việc ở đây vẫn mở để trả lời người phản ánh."),
    }
    return [Choice(one.value, _(FORM_STEP[one]), hints[one]) for one in open_steps(running[0])] if running else []


def _only_step(session: Session, file: CaseFile, viewer: Viewer) -> str:
    found = _steps(session, file, viewer)
    return found[0].value if len(found) == 1 else ""


def _day(typed: str, field: str) -> date | None:
    """The day as it was typed; None when nothing was. Raises FieldErrors."""
    try:
        return read_date(typed, today())
    except PortalError as error:
        raise FieldErrors(N_("Xin kiểm tra lại."), {field: error}) from error


def change_track(who: Acting, file: CaseFile, typed: Mapping[str, str]) -> None:
    """The move as its page asks for it."""
    actions.change_track(who.session, file, who.staff, who.viewer, track=typed["track"], text=typed["text"])


def record_form(who: Acting, file: CaseFile, typed: Mapping[str, str]) -> None:
    """The move as its page asks for it."""
    form, body, number = typed["form"], typed["body"], typed["number"]
    said = {"form": form, "body": body, "number": number, "condition": typed["condition"]}
    day = _day(typed["lodged_on"], "lodged_on")
    actions.record_form(who.session, file, who.staff, who.viewer, **said, lodged_on=day)


def record_step(who: Acting, file: CaseFile, typed: Mapping[str, str]) -> None:
    """The move as its page asks for it."""
    said = {name: typed[name] for name in ("step", "number", "condition")}
    actions.record_step(who.session, file, who.staff, who.viewer, **said, done_on=_day(typed["done_on"], "done_on"))


TRACK = Field(
    "track",
    N_("Loại vụ việc"),
    Shape.RADIOS,
    N_("Thành khiếu nại hoặc tố cáo thì phải có đơn đã ký, đã nộp: dùng việc “Ghi đơn đã ký, đã nộp”."),
    choices=_tracks,
)
FORM = Field("form", N_("Loại đơn"), Shape.RADIOS, choices=_forms)
BODY = Field(
    "body",
    N_("Nơi nhận đơn"),
    Shape.SELECT,
    N_("Có thể là chính nơi bị phản ánh: luật định nơi giải quyết, và đơn do người dân tự nộp."),
    choices=_places,
)
LODGED_NUMBER = Field("number", N_("Số tiếp nhận"), Shape.LINE, N_("Số mà nơi nhận đã ghi. Ví dụ: 12/TCD."))
LODGED_ON = Field(
    "lodged_on", N_("Ngày nộp đơn"), Shape.LINE, N_("Ví dụ: 10/03/2026. Thời hạn của luật tính từ ngày này.")
)
CONDITION = Field(
    "condition",
    N_("Thời hạn riêng của luật"),
    Shape.RADIOS,
    N_("Cổng không tự biết nơi nào là vùng sâu, vùng xa. Chỉ chọn khi đơn hoặc nơi nhận nêu rõ."),
    choices=_conditions,
    first=lambda *_: Condition.NORMAL.value,
)
CONDITION_NOW = Field(
    "condition",
    N_("Thời hạn riêng của luật"),
    Shape.RADIOS,
    choices=_conditions_now,
    first=_said,
    only_with_choices=True,
)
STEP = Field("step", N_("Nơi nhận đơn đã làm gì"), Shape.RADIOS, choices=_steps, first=_only_step)
DONE_ON = Field("done_on", N_("Ngày"), Shape.LINE, N_("Ví dụ: 10/03/2026."))
STEP_NUMBER = Field("number", N_("Số văn bản"), Shape.LINE, optional=True)
WHY = to_reporter(N_("Lý do"))
