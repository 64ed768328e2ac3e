"""The page of each move, as one table: what it asks for, what it does, who hears of it.

Its order is the order of the buttons, the likeliest first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import Response
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.concluding import Details
from portal.cases.queries import case_seen_as, viewer_of
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.web.desk import track_fields
from portal.web.desk.accounts_named import login_named
from portal.web.desk.acting import Acting
from portal.web.desk.conclusion_fields import CONCLUSION, Preview, given, preview
from portal.web.desk.move_fields import (
    ACCOUNT,
    ACCUSED_BODY,
    AGENCY,
    ASKED_HEAD,
    ASSIGNEE,
    FORWARD_BODY,
    GROUND,
    IDENTIFIED,
    INTERNAL,
    INTO,
    NOTE,
    REASON,
    REPORT_BACK,
    REQUEST_TO_HEAD,
    ROLE,
    SECOND_TOPIC,
    WALLED_ACCOUNT,
    WHY_ASIDE,
    WHY_NO_CODE,
    WHY_THE_HEAD,
    Field,
    question,
    to_reporter,
)
from portal.web.desk.new_codes import show_new_code
from portal.web.desk.outside import OUTSIDE_FIELDS, show_link
from portal.web.desk.time_fields import CLOCK, REMINDER, REQUEST, TO_REMIND, Barred, barred_bodies, barred_clocks
from portal.web.frame.installed import installed

Typed = Mapping[str, str]
Act = Callable[[Acting, CaseFile, Typed], str | None]  # a string is a code, to be shown once


@dataclass(frozen=True)
class MovePage:
    """One move's page. What nobody hears stays empty."""

    act: Act
    done: str
    fields: tuple[Field, ...] = ()
    reporter_hears: str = ""
    agencies_hear: str = ""
    inspectors_hear: str = ""  # of a move that an agency makes
    remark: str = ""
    then: str = ""  # the portal's own move that follows at once
    barred: Callable[[Session, CaseFile, Viewer], Barred] | None = None  # for what it cannot be done today, and why
    shows: Callable[[CaseFile, str], Response] = show_new_code  # what `act` returned, once
    leaves: bool = False  # whoever makes it does not see the case afterwards
    preview: Callable[[Session, CaseFile, Viewer, Typed], Preview] | None = None  # nothing is made but what it showed
    button: str = ""  # where the move's own name does not say what the button does


class _Plain(Protocol):
    def __call__(self, session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> object: ...


class _WithText(Protocol):
    def __call__(self, session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> object: ...


class _WithFinding(Protocol):
    def __call__(
        self,
        session: Session,
        file: CaseFile,
        staff: Staff,
        viewer: Viewer,
        *,
        finding: str,
        remedy: str,
        text: str,
        details: Details,
    ) -> object: ...


def _plain(action: _Plain) -> Act:
    def act(who: Acting, file: CaseFile, typed: Typed) -> None:
        action(who.session, file, who.staff, who.viewer)

    return act


def _with_text(action: _WithText) -> Act:
    def act(who: Acting, file: CaseFile, typed: Typed) -> None:
        action(who.session, file, who.staff, who.viewer, text=typed["text"])

    return act


def _with_finding(action: _WithFinding) -> Act:
    def act(who: Acting, file: CaseFile, typed: Typed) -> None:
        one = given(typed)
        said = {"finding": one.finding, "remedy": one.remedy, "text": one.text}
        action(who.session, file, who.staff, who.viewer, **said, details=one.details)

    return act


def _refuse(who: Acting, file: CaseFile, typed: Typed) -> None:
    actions.refuse(who.session, file, who.staff, who.viewer, ground=typed["ground"], text=typed["text"])


def _forward(who: Acting, file: CaseFile, typed: Typed) -> None:
    actions.forward(who.session, file, who.staff, who.viewer, body=typed["body"], text=typed["text"])


def _refer(who: Acting, file: CaseFile, typed: Typed) -> None:
    if typed["role"] not in ("lead", "support", "inform"):
        raise FieldErrors(N_("Xin kiểm tra lại."), {"role": PortalError(N_("Hãy chọn vai trò của cơ quan."))})
    role, note = ReferralRole(typed["role"]), typed["note"]
    actions.refer(who.session, file, who.staff, who.viewer, agency=typed["agency"], role=role, note=note)


def _assign(who: Acting, file: CaseFile, typed: Typed) -> None:
    assignee = staff_by_login(who.session, typed["assignee"])
    if assignee is None:
        raise FieldErrors(N_("Xin kiểm tra lại."), {"assignee": PortalError(N_("Hãy chọn một người."))})
    sees = viewer_of(who.session, assignee)
    actions.assign(who.session, file, who.staff, who.viewer, assignee=assignee, sees=sees)


def _extend(who: Acting, file: CaseFile, typed: Typed) -> None:
    clock, text, request = typed["clock"], typed["text"], typed["request"]
    actions.extend(who.session, file, who.staff, who.viewer, clock=clock, text=text, request=request)


def _remind(who: Acting, file: CaseFile, typed: Typed) -> None:
    actions.remind(who.session, file, who.staff, who.viewer, agency=typed["agency"], text=typed["text"])


def _wall_off(who: Acting, file: CaseFile, typed: Typed) -> None:
    account = login_named(who.session, typed["account"])
    actions.wall_off(who.session, file, who.staff, who.viewer, account=account, text=typed["text"])


def _lift_wall(who: Acting, file: CaseFile, typed: Typed) -> None:
    actions.lift_wall(who.session, file, who.staff, who.viewer, account=typed["account"], text=typed["text"])


def _merge(who: Acting, file: CaseFile, typed: Typed) -> None:
    into = case_seen_as(who.session, who.viewer, typed["into"])
    actions.merge(who.session, file, who.staff, who.viewer, into=into)


def _split(who: Acting, file: CaseFile, typed: Typed) -> None:
    actions.split(who.session, file, who.staff, who.viewer, category=typed["category"])


def _give_new_code(who: Acting, file: CaseFile, typed: Typed) -> str:
    code_key = installed().secrets.code_key
    return actions.give_new_code(who.session, file, who.staff, who.viewer, code_key=code_key)


def _send_outside(who: Acting, file: CaseFile, typed: Typed) -> str:
    code_key = installed().secrets.code_key
    return actions.send_outside(who.session, file, who.staff, who.viewer, code_key=code_key, **typed)


def _hear(who: Acting, file: CaseFile, typed: Typed) -> None:
    agency, person, statement = typed["agency"], typed["person"], typed["statement"]
    actions.hear(who.session, file, who.staff, who.viewer, agency=agency, person=person, statement=statement)


def _let_head_support(who: Acting, file: CaseFile, typed: Typed) -> None:
    actions.let_head_support(who.session, file, who.staff, who.viewer, **typed)


def _end_head_support(who: Acting, file: CaseFile, typed: Typed) -> None:
    actions.end_head_support(who.session, file, who.staff, who.viewer, agency=typed["agency"], text=typed["text"])


_READS_ANSWER = N_("đọc kết luận và trả lời này; có thể chấm điểm hoặc đề nghị xem lại")
_READS_TEXT = N_("đọc lời này trên trang tra cứu")

MOVE_PAGES: dict[str, MovePage] = {
    "accept": MovePage(
        _plain(actions.accept),
        N_("Đã thụ lý vụ việc."),
        reporter_hears=N_("trang tra cứu ghi “Đã thụ lý”"),
        agencies_hear=N_("thấy vụ việc đã thụ lý"),
    ),
    "approve": MovePage(
        _plain(actions.approve),
        N_("Kết luận đã duyệt và gửi."),
        reporter_hears=_READS_ANSWER,
        agencies_hear=N_("đọc kết luận và trả lời"),
    ),
    "answer": MovePage(
        _with_finding(actions.answer),
        N_("Trả lời đã gửi cho người phản ánh."),
        CONCLUSION,
        reporter_hears=_READS_ANSWER,
        agencies_hear=N_("đọc kết luận và trả lời"),
        inspectors_hear=N_("đọc trả lời và có thể mở lại vụ việc"),
        preview=preview,
        button=N_("Gửi đúng bản xem trước"),
    ),
    "answer_referral": MovePage(
        _with_text(actions.answer_referral),
        N_("Trả lời đã gửi cho kiểm tra viên."),
        (REPORT_BACK,),
        reporter_hears=N_("thấy vụ việc đang được xác minh, không đọc trả lời này"),
        inspectors_hear=N_("đọc trả lời này rồi kết luận"),
        then="verify_by_rule",
    ),
    "conclude": MovePage(
        _with_finding(actions.conclude),
        N_("Kết luận đã lưu. Người phản ánh chưa đọc được."),
        CONCLUSION,
        remark=N_(
            "Bản đã lưu không sửa được. Kết luận nào phải có kiểm tra viên trưởng duyệt thì chờ duyệt; kết luận khác "
            "thì anh/chị tự gửi ở bước sau."
        ),
        preview=preview,
        button=N_("Lưu đúng bản xem trước"),
    ),
    "send_answer": MovePage(
        _plain(actions.send_answer),
        N_("Trả lời đã gửi cho người phản ánh."),
        reporter_hears=_READS_ANSWER,
        agencies_hear=N_("đọc kết luận và trả lời"),
        remark=N_("Kết luận này không phải chờ kiểm tra viên trưởng duyệt. Gửi rồi thì không rút lại được."),
    ),
    "refer": MovePage(
        _refer,
        N_("Đã chuyển cho cơ quan."),
        (AGENCY, ROLE, NOTE),
        reporter_hears=N_("thấy vụ việc đã chuyển cho cơ quan xử lý, trừ khi chuyển “để biết”"),
        agencies_hear=N_("thấy vụ việc có thêm nơi xử lý, không thấy tên nơi ấy"),
        remark=N_("Không gọi lại được phiếu đã chuyển. Cơ quan đọc bản che mới nhất và lời nhắn, không đọc gì khác."),
    ),
    "hear": MovePage(
        _hear,
        N_("Đã gửi văn bản để nghe giải trình."),
        button=N_("Gửi đúng văn bản này"),
        remark=N_("Gửi rồi thì không sửa được. Nơi nhận chỉ đọc văn bản này, không đọc phản ánh."),
    ),
    "let_head_support": MovePage(
        _let_head_support,
        N_("Đã gửi đề nghị đến người đứng đầu."),
        (ACCUSED_BODY, REQUEST_TO_HEAD, WHY_THE_HEAD),
        remark=N_(
            "Người đứng đầu cơ quan bị phản ánh sẽ đọc bản đã che và trả lời; người khác trong cơ quan đó không thấy "
            "gì. Lý do thì chỉ kiểm tra viên đọc."
        ),
        button=N_("Gửi đề nghị này"),
    ),
    "end_head_support": MovePage(
        _end_head_support,
        N_("Đã rút đề nghị. Người đứng đầu không còn đọc được."),
        (ASKED_HEAD, REASON),
        remark=N_("Người đứng đầu không còn thấy bản che, lời đề nghị và câu trả lời của mình. Không ai báo cho họ."),
        button=N_("Rút đề nghị"),
    ),
    "clear": MovePage(
        _with_text(actions.clear),
        N_("Bản che đã lưu."),
        button=N_("Lưu bản che này"),
        remark=N_("Bản đã lưu không sửa được nữa. Muốn đổi thì soạn bản mới; bản cũ vẫn được lưu cùng tên anh/chị."),
    ),
    "verify": MovePage(
        _plain(actions.verify),
        N_("Vụ việc đang được xác minh."),
        reporter_hears=N_("trang tra cứu ghi “Đang xác minh”"),
        agencies_hear=N_("thấy vụ việc đang được xác minh"),
    ),
    "ask": MovePage(
        _with_text(actions.ask),
        N_("Câu hỏi đã gửi; thời hạn tạm dừng đến khi có trả lời."),
        (question(),),
        reporter_hears=N_("đọc câu hỏi trên trang tra cứu; ai để lại liên hệ thì được nhắn “có tin mới”"),
        agencies_hear=N_("thấy vụ việc đang chờ người phản ánh; câu hỏi thì chỉ người hỏi đọc"),
        inspectors_hear=N_("đọc câu hỏi và câu trả lời"),
    ),
    "extend": MovePage(
        _extend,
        N_("Đã gia hạn."),
        (CLOCK, to_reporter(N_("Lý do")), REQUEST),
        reporter_hears=N_(
            "đọc lý do và ngày mới, ai để lại liên hệ thì được nhắn “có tin mới”; của cơ quan phối hợp thì không"
        ),
        agencies_hear=N_("thấy thời hạn đã gia hạn, không đọc lý do"),
        remark=N_("Gia hạn rồi thì không rút lại được. Hạn mới tính theo lịch làm việc, kể cả ngày đã tạm dừng."),
        barred=barred_clocks,
        button=N_("Gia hạn"),
    ),
    "record_form": MovePage(
        track_fields.record_form,
        N_("Đã ghi đơn. Thời hạn theo luật đang chạy."),
        (
            track_fields.FORM,
            track_fields.BODY,
            track_fields.LODGED_NUMBER,
            track_fields.LODGED_ON,
            track_fields.CONDITION,
        ),
        reporter_hears=N_("đọc nơi nhận, số và ngày nộp đơn, và thời hạn theo luật"),
        remark=N_(
            "Ghi rồi thì thời hạn trả lời của phản ánh dừng lại. Ủy ban Kiểm tra theo dõi, không giải quyết đơn thay "
            "nơi nhận. Cổng không gửi gì cho nơi ấy, và không cơ quan nào thấy bước này."
        ),
    ),
    "record_step": MovePage(
        track_fields.record_step,
        N_("Đã ghi."),
        (track_fields.STEP, track_fields.DONE_ON, track_fields.STEP_NUMBER, track_fields.CONDITION_NOW),
        reporter_hears=N_("thấy nơi nhận đơn đã làm bước này, và thời hạn tiếp theo"),
    ),
    "change_track": MovePage(
        track_fields.change_track,
        N_("Đã đổi loại vụ việc. Thời hạn đã tính lại."),
        (track_fields.TRACK, track_fields.WHY),
        reporter_hears=N_("đọc lý do và thời hạn mới, ai để lại liên hệ thì được nhắn “có tin mới”"),
        agencies_hear=N_("thấy thời hạn của mình nếu thời hạn ấy đổi, không đọc lý do"),
        remark=N_("Thời hạn tính lại từ ngày cũ, theo quy định của ngày ấy; phần đã gia hạn không chuyển sang."),
    ),
    "remind": MovePage(
        _remind,
        N_("Đã đôn đốc. Văn bản để in nằm ở phần phiếu chuyển."),
        (TO_REMIND, REMINDER),
        remark=N_("Cơ quan được đôn đốc thấy lời này trên đầu trang vụ việc; cơ quan khác không thấy."),
        barred=barred_bodies,
    ),
    "send_outside": MovePage(
        _send_outside,
        N_("Đã tạo đường dẫn."),
        OUTSIDE_FIELDS,
        remark=N_(
            "Đường dẫn chỉ hiện một lần, ngay sau khi bấm nút. Ai có đường dẫn đều đọc được bản che đã chọn và trả lời "
            "một lần; mỗi lần mở đều được ghi lại. Anh/chị thu hồi được bất cứ lúc nào."
        ),
        button=N_("Tạo đường dẫn"),
        shows=show_link,
    ),
    "assign": MovePage(_assign, N_("Đã giao người phụ trách."), (ASSIGNEE,)),
    "note": MovePage(
        _with_text(actions.note),
        N_("Đã lưu ghi chú nội bộ."),
        (INTERNAL,),
        button=N_("Lưu ghi chú"),
    ),
    "send_back": MovePage(_with_text(actions.send_back), N_("Kết luận đã trả lại để sửa."), (REASON,)),
    "close": MovePage(
        _plain(actions.close),
        N_("Vụ việc đã kết thúc."),
        reporter_hears=N_("trang tra cứu ghi “Đã kết thúc”; nơi báo tin được xóa sau khi Cổng hỏi lại lần cuối"),
        agencies_hear=N_("thấy vụ việc đã kết thúc"),
    ),
    "take_back": MovePage(
        _with_text(actions.take_back),
        N_("Đã nhận lại vụ việc."),
        (REASON,),
        reporter_hears=_READS_TEXT,
        agencies_hear=N_("thấy vụ việc đã thụ lý"),
    ),
    "reopen": MovePage(
        _with_text(actions.reopen),
        N_("Vụ việc đã mở lại."),
        (REASON,),
        reporter_hears=_READS_TEXT,
        agencies_hear=N_("thấy vụ việc đang được xem lại"),
    ),
    "let_stand": MovePage(
        _with_text(actions.let_stand),
        N_("Đã giữ nguyên kết quả và báo người phản ánh."),
        (REASON,),
        reporter_hears=_READS_TEXT,
    ),
    "go_on": MovePage(
        _with_text(actions.go_on),
        N_("Vụ việc tiếp tục vì lợi ích chung."),
        (REASON,),
        reporter_hears=_READS_TEXT,
        agencies_hear=N_("thấy vụ việc đang được xác minh"),
    ),
    "forward": MovePage(
        _forward,
        N_("Đã ghi: chuyển cơ quan khác."),
        (FORWARD_BODY, to_reporter(N_("Giải thích cho người phản ánh"))),
        reporter_hears=N_("đọc tên nơi nhận, cách liên hệ và lời giải thích"),
        agencies_hear=N_("thấy vụ việc đã chuyển đi, không đọc lời giải thích"),
        remark=N_("Cổng không gửi thay: phản ánh được chuyển bằng đường công văn của cơ quan."),
    ),
    "refuse": MovePage(
        _refuse,
        N_("Đã ghi: không thụ lý."),
        (GROUND, to_reporter(N_("Giải thích cho người phản ánh"))),
        reporter_hears=N_("đọc căn cứ, lời giải thích và nơi có thể gửi tiếp; có thể đề nghị xem lại"),
        agencies_hear=N_("thấy vụ việc không được thụ lý, không đọc lời giải thích"),
    ),
    "merge": MovePage(
        _merge,
        N_("Đã nhập vào vụ việc kia."),
        (INTO,),
        reporter_hears=N_("đọc rằng việc này được xử lý cùng một vụ việc khác, không thấy gì của vụ việc ấy"),
        agencies_hear=N_("thấy vụ việc đã nhập, không thấy nhập vào đâu"),
        remark=N_("Tách lại được bất cứ lúc nào: thời hạn và phiếu chuyển trở lại như trước khi nhập."),
    ),
    "split": MovePage(
        _split,
        N_("Đã mở vụ việc thứ hai cho cùng phản ánh này."),
        (SECOND_TOPIC,),
        reporter_hears=N_("thấy hai phần trên trang tra cứu, cùng một mã; mỗi phần có thời hạn và trả lời riêng"),
        remark=N_(
            "Vụ việc thứ hai đi theo quy tắc của nội dung ấy, thời hạn tính từ hôm nay. Tách nhầm thì nhập phần ấy trở "
            "lại vụ việc này."
        ),
        button=N_("Tách thành hai phần"),
    ),
    "undo_merge": MovePage(
        _plain(actions.undo_merge),
        N_("Đã tách lại. Thời hạn tính như trước khi nhập."),
        reporter_hears=N_("đọc rằng việc này được xử lý riêng trở lại"),
        agencies_hear=N_("thấy vụ việc được xử lý trở lại"),
    ),
    "give_new_code": MovePage(
        _give_new_code,
        N_("Đã cấp mã tra cứu mới."),
        reporter_hears=N_(
            "đọc trên trang tra cứu rằng mã đã được cấp lại; ai để lại liên hệ thì được nhắn “có tin mới”"
        ),
        remark=N_(
            "Bấm nút là anh/chị xác nhận đã tự đối chiếu người này với thông tin đã khóa. Mã cũ thôi dùng ngay; mã mới "
            "chỉ hiện một lần, nên xin chờ đến khi người đó sẵn sàng chép."
        ),
    ),
    "refuse_new_code": MovePage(
        _with_text(actions.refuse_new_code),
        N_("Đã ghi: không cấp mã mới. Mã cũ vẫn dùng được."),
        (WHY_NO_CODE,),
        remark=N_("Xin tự báo cho người mất mã: Cổng không nhắn gì về việc này."),
    ),
    "ask_new_code": MovePage(
        _with_text(actions.ask_new_code),
        N_("Đã ghi đề nghị. Một kiểm tra viên khác đối chiếu rồi cấp mã."),
        (IDENTIFIED,),
        remark=N_(
            "Người đề nghị không tự cấp được. Đề nghị hết hiệu lực sau 14 ngày, tính cả ngày nghỉ; khi đó đề nghị lại."
        ),
    ),
    "wall_off": MovePage(
        _wall_off,
        N_("Tài khoản đã bị chặn khỏi vụ việc."),
        (ACCOUNT, REASON),
        remark=N_(
            "Người ấy không còn thấy vụ việc ngay khi anh/chị bấm nút: trong danh sách, tìm kiếm, số đếm và thư báo. "
            "Đang phụ trách thì thôi phụ trách. Không ai báo cho họ. Kiểm tra viên khác đọc được lý do."
        ),
        button=N_("Chặn tài khoản này"),
    ),
    "lift_wall": MovePage(
        _lift_wall,
        N_("Đã bỏ chặn."),
        (WALLED_ACCOUNT, REASON),
        remark=N_("Người ấy lại thấy vụ việc, trong phạm vi quyền của họ. Không ai báo cho họ."),
        button=N_("Bỏ chặn"),
    ),
    "declare_conflict": MovePage(
        _with_text(actions.declare_conflict),
        N_("Đã ghi. Anh/chị không còn thấy vụ việc này."),
        (WHY_ASIDE,),
        remark=N_(
            "Bấm nút thì anh/chị không còn thấy vụ việc: trong danh sách, tìm kiếm, số đếm và thư báo. "
            "Anh/chị đang phụ trách thì vụ việc chờ giao người khác. Chỉ kiểm tra viên trưởng mở lại được cho anh/chị."
        ),
        leaves=True,
        button=N_("Tôi không làm vụ việc này"),
    ),
}
