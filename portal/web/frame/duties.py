"""What each role has to do with the directive, what its accounts find here now, and what is not here yet.

The duties are those of Directive 30-CT/TU, actor by actor (domain.md §1): a role's words say no more than it does.
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from portal.foundation.text import N_
from portal.staff.models import Staff
from portal.staff.roles import LABELS, Role

Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Duty:
    """One role. What is not here yet is empty where nothing is missing that its page should name."""

    by_directive: str
    here: Links
    not_yet: str = ""


@dataclass(frozen=True)
class DutyLines:
    """A role as its page shows it."""

    role: str
    by_directive: str
    here: list[tuple[str, str]]
    not_yet: str


_OFFICIALS = N_("Làm theo “5 có, 3 không”: giữ giờ làm việc, không uống rượu bia, nói năng đúng mực")
_INSPECTS = N_("Ủy ban Kiểm tra Tỉnh ủy chủ trì, cùng các cơ quan tham mưu, kiểm tra, giám sát việc thực hiện chỉ thị")
_INSPECTIONS = N_("kế hoạch kiểm tra, giám sát theo chuyên đề")
_QUEUE, _WORKLOAD = "/staff/queue", "/staff/workload"
_STATISTICS = ("/statistics", N_("Đọc số liệu đã công bố"))
_TRANSPARENCY = ("/transparency", N_("Xem Cổng đã làm gì với phản ánh"))
_DECISIONS = ("/decisions", N_("Đọc vụ việc đã công bố"))
_PUBLISHED: Links = (_STATISTICS, _TRANSPARENCY, _DECISIONS, ("/open-data", N_("Tải dữ liệu mở")))
_EXACT = ("/staff/oversight/figures", N_("Xem số liệu chính xác, chỉ để dùng nội bộ"))
_TRIES: Links = (
    (_QUEUE, N_("Phân loại, xác minh và kết luận vụ việc")),
    (_WORKLOAD, N_("Xem phần việc của tổ và nhận vụ việc tiếp theo")),
    _EXACT,
)

DUTIES: dict[Role, Duty] = {
    Role.COUNTER_OFFICER: Duty(
        _OFFICIALS,
        (
            ("/staff/assist", N_("Ghi giúp người đến quầy hoặc gọi điện; mã tra cứu trao cho họ giữ")),
            ("/track", N_("Tra cứu giúp, khi người có mã tự đọc mã")),
            ("/help", N_("Đọc trợ giúp để giải thích cho người dân")),
        ),
    ),
    Role.AGENCY_OFFICER: Duty(
        _OFFICIALS, ((_QUEUE, N_("Trả lời vụ việc và phiếu chuyển gửi đến cơ quan")),), N_("kế hoạch khắc phục")
    ),
    Role.AGENCY_HEAD: Duty(
        N_(
            "Nêu gương; chịu trách nhiệm trước tỉnh về cán bộ của mình; tự kiểm tra, chấn chỉnh và xử lý sách nhiễu, "
            "tiêu cực, làm việc kém hiệu quả"
        ),
        (
            (_QUEUE, N_("Đọc vụ việc và thời hạn của cơ quan; trả lời là việc của cán bộ cơ quan")),
            ("/staff/head-support", N_("Trả lời đề nghị phối hợp mà kiểm tra viên gửi riêng người đứng đầu")),
        ),
        N_("bảng của cơ quan, kế hoạch khắc phục và hạn giải trình với tỉnh"),
    ),
    Role.INSPECTOR: Duty(_INSPECTS, _TRIES, _INSPECTIONS),
    Role.CHIEF_INSPECTOR: Duty(
        _INSPECTS, (*_TRIES, ("/staff/handover", N_("Bàn giao vụ việc của người nghỉ, chuyển việc"))), _INSPECTIONS
    ),
    Role.COORDINATOR: Duty(
        N_("Giúp Ban Thường vụ Tỉnh ủy theo dõi, đôn đốc; sơ kết, tổng kết định kỳ"),
        (_EXACT, *_PUBLISHED),
        N_("nhắc nhở, đôn đốc từng cơ quan và báo cáo định kỳ"),
    ),
    Role.COUNCIL_OBSERVER: Duty(
        N_("Tăng cường giám sát việc thực hiện quy định về cải cách hành chính và đạo đức công vụ"),
        _PUBLISHED,
        N_("số liệu giám sát theo kỳ công bố, và nơi gửi yêu cầu giải trình"),
    ),
    Role.FRONT_OBSERVER: Duty(
        N_("Giám sát việc tu dưỡng, rèn luyện của người đứng đầu, cán bộ chủ chốt và đảng viên"),
        (*_PUBLISHED, ("/report", N_("Gửi phản ánh giúp đoàn viên, hội viên; mã tra cứu trao cho họ giữ"))),
        N_("số liệu giám sát về thái độ phục vụ theo kỳ công bố"),
    ),
    Role.ASSESSOR: Duty(
        N_("Đưa việc thực hiện chỉ thị vào đánh giá, xếp loại hằng năm"),
        _PUBLISHED,
        N_("phiếu đánh giá, xếp loại hằng năm theo các tiêu chí của chỉ thị"),
    ),
    Role.EDITOR: Duty(
        N_("Định hướng báo chí; phản ánh biểu hiện tiêu cực, biểu dương mô hình và cách làm hay"),
        (_DECISIONS, ("/commendations", N_("Đọc lời khen đã công bố")), _STATISTICS),
        N_("vụ việc đã kết luận có thể đăng tóm tắt, và gương làm tốt chờ biên tập"),
    ),
    Role.LEADER: Duty(
        N_("Nhận báo cáo hằng năm về việc thực hiện chỉ thị"),
        (_EXACT, *_PUBLISHED),
        N_("một trang tổng quan toàn tỉnh và báo cáo năm"),
    ),
    Role.ADMINISTRATOR: Duty(
        N_("Chỉ thị không giao nhiệm vụ riêng; quản trị viên giữ tài khoản để những người khác làm việc"),
        (("/staff/admin", N_("Cấp, đổi, khóa tài khoản; không xem được vụ việc nào")),),
    ),
}


def duties_of(account: Staff) -> list[DutyLines]:
    """The account's roles, in the order of the table, in the page's language."""
    return [
        DutyLines(
            _begun(_(LABELS[role])),
            f"{_begun(_(duty.by_directive))}.",
            [(address, _(words)) for address, words in duty.here],
            f"{_begun(_(duty.not_yet))}." if duty.not_yet else "",
        )
        for role, duty in DUTIES.items()
        if role in account.role_words
    ]


def _begun(words: str) -> str:
    """Words as a sentence begins."""
    return words[:1].upper() + words[1:]
