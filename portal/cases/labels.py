"""The words for statuses, events and clocks. Vietnamese, marked for translation; the doors show them."""

from portal.cases import events
from portal.cases.filters import Due, Order
from portal.cases.identifiers import Sort
from portal.cases.status import Starts
from portal.cases.suspect import Suspicion
from portal.cases.words import (
    ClockState,
    Disclosure,
    FollowUpAnswer,
    Language,
    RatingPoint,
    ReferralState,
    ReporterType,
    Status,
)
from portal.catalogue.words import AccusedRole, ReferralRole, Track
from portal.foundation.text import N_

STATUS: dict[Status, str] = {
    Status.RECEIVED: N_("Đã tiếp nhận"),
    Status.ACCEPTED: N_("Đã thụ lý"),
    Status.WAITING_FOR_REPORTER: N_("Chờ bổ sung thông tin"),
    Status.VERIFYING: N_("Đang xác minh"),
    Status.CONCLUDED: N_("Đã có kết luận"),
    Status.ANSWERED: N_("Đã trả lời"),
    Status.CLOSED: N_("Đã kết thúc"),
    Status.REFUSED: N_("Không thụ lý"),
    Status.FORWARDED: N_("Đã chuyển cơ quan khác"),
    Status.WITHDRAWN: N_("Đã rút"),
    Status.MERGED: N_("Đã nhập vụ việc"),
    Status.REOPENED: N_("Mở lại"),
}

# The look's three kinds of tag: outline waits, wash moves, solid is done.
STATUS_TAG: dict[Status, str] = {
    Status.RECEIVED: "waiting",
    Status.WAITING_FOR_REPORTER: "waiting",
    Status.ACCEPTED: "moving",
    Status.VERIFYING: "moving",
    Status.CONCLUDED: "moving",
    Status.REOPENED: "moving",
    Status.ANSWERED: "done",
    Status.CLOSED: "done",
    Status.REFUSED: "done",
    Status.FORWARDED: "done",
    Status.WITHDRAWN: "done",
    Status.MERGED: "done",
}

# What the reporter reads on top of the tracking page.
STATUS_SENTENCE: dict[Status, str] = {
    Status.RECEIVED: N_("Chúng tôi đã nhận được phản ánh"),
    Status.ACCEPTED: N_("Phản ánh đã được thụ lý"),
    Status.WAITING_FOR_REPORTER: N_("Chúng tôi cần anh/chị cho biết thêm"),
    Status.VERIFYING: N_("Phản ánh đang được xác minh"),
    Status.CONCLUDED: N_("Đã có kết luận, đang chờ duyệt"),
    Status.ANSWERED: N_("Đã có trả lời cho anh/chị"),
    Status.CLOSED: N_("Vụ việc đã kết thúc"),
    Status.REFUSED: N_("Phản ánh không được thụ lý"),
    Status.FORWARDED: N_("Phản ánh đã chuyển đến cơ quan khác"),
    Status.WITHDRAWN: N_("Anh/chị đã rút phản ánh"),
    Status.MERGED: N_("Phản ánh được xử lý cùng vụ việc khác"),
    Status.REOPENED: N_("Vụ việc đang được xem lại"),
}

WHAT_NEXT: dict[Status, str] = {
    Status.RECEIVED: N_("Kiểm tra viên đọc và quyết định có thụ lý hay không."),
    Status.ACCEPTED: N_("Cơ quan được giao đang xem việc của anh/chị."),
    Status.WAITING_FOR_REPORTER: N_("Xin trả lời câu hỏi bên dưới. Trong lúc chờ, thời hạn của cơ quan tạm dừng."),
    Status.VERIFYING: N_("Khi xác minh xong, kiểm tra viên viết kết luận và trả lời anh/chị tại đây."),
    Status.CONCLUDED: N_("Người thứ hai đọc lại kết luận rồi gửi cho anh/chị."),
    Status.ANSWERED: N_("Anh/chị đọc trả lời bên dưới, chấm điểm, hoặc đề nghị xem lại."),
    Status.CLOSED: N_("Có tình tiết mới, anh/chị gửi một phản ánh mới và nhắc đến việc này."),
    Status.REFUSED: N_("Lý do và nơi có thể gửi tiếp ở bên dưới. Anh/chị có thể đề nghị xem lại."),
    Status.FORWARDED: N_("Nơi nhận và cách liên hệ ở bên dưới."),
    Status.WITHDRAWN: N_("Chúng tôi không làm gì thêm. Anh/chị có thể gửi phản ánh khác bất cứ lúc nào."),
    Status.MERGED: N_("Nhiều phản ánh nói về cùng một việc nên được xử lý chung. Trả lời vẫn đến anh/chị tại đây."),
    Status.REOPENED: N_("Kiểm tra viên đọc lại vụ việc cùng những gì anh/chị viết thêm."),
}

TRACK: dict[Track, str] = {
    Track.FEEDBACK: N_("Phản ánh"),
    Track.COMPLAINT: N_("Khiếu nại"),
    Track.DENUNCIATION: N_("Tố cáo"),
    Track.COMMENDATION: N_("Khen ngợi"),
    Track.PROPOSAL: N_("Kiến nghị"),
}

# One line of the history. %(who)s is a person or body where the reader may know it.
EVENTS: dict[str, str] = {
    events.REPORT_FILED: N_("Đã gửi phản ánh"),
    events.CASE_ACCEPTED: N_("Đã thụ lý"),
    events.CASE_REFUSED: N_("Không thụ lý"),
    events.CASE_FORWARDED: N_("Đã chuyển cơ quan khác"),
    events.CASE_TAKEN_BACK: N_("Đã nhận lại vụ việc"),
    events.QUESTION_ASKED: N_("Đã hỏi người phản ánh"),
    events.QUESTION_ANSWERED: N_("Người phản ánh đã trả lời câu hỏi"),
    events.FACTS_ADDED: N_("Người phản ánh viết thêm"),
    events.TEXT_CLEARED: N_("Đã soạn bản che"),
    events.CASE_REFERRED: N_("Đã chuyển cho cơ quan xử lý"),
    events.VERIFYING_STARTED: N_("Bắt đầu xác minh"),
    events.REFERRAL_ANSWERED: N_("Cơ quan đã trả lời phiếu chuyển"),
    events.CASE_CONCLUDED: N_("Đã viết kết luận"),
    events.CONCLUSION_SENT_BACK: N_("Trả lại kết luận để sửa"),
    events.CASE_ANSWERED: N_("Đã trả lời người phản ánh"),
    events.CASE_CLOSED: N_("Đã kết thúc"),
    events.CASE_REOPENED: N_("Mở lại vụ việc"),
    events.CASE_WITHDRAWN: N_("Người phản ánh đã rút"),
    events.CASE_ASSIGNED: N_("Đã giao người phụ trách"),
    events.CASE_MERGED: N_("Đã nhập vào vụ việc khác"),
    events.CASE_SPLIT_OFF: N_("Đã tách khỏi vụ việc khác"),
    events.CASE_JOINED: N_("Một vụ việc được nhập vào đây"),
    events.CASE_LEFT: N_("Một vụ việc được tách ra"),
    events.CASE_RATED: N_("Người phản ánh đã chấm điểm"),
    events.CONTACT_GIVEN: N_("Người phản ánh để lại nơi báo tin"),
    events.CONTACT_REPLACED: N_("Người phản ánh đổi nơi báo tin"),
    events.CONTACT_WITHDRAWN: N_("Người phản ánh rút nơi báo tin"),
    events.CODE_REPLACED: N_("Người phản ánh đổi mã tra cứu"),
    events.FOLLOW_UP_ASKED: N_("Đã hỏi lại: việc đã thật sự được giải quyết chưa"),
    events.FOLLOW_UP_ANSWERED: N_("Người phản ánh đã trả lời câu hỏi lại"),
    events.ANSWER_LEFT_STANDING: N_("Đã xem câu trả lời hỏi lại, giữ nguyên kết quả"),
    events.NEW_CODE_ASKED: N_("Đã đề nghị cấp mã tra cứu mới"),
    events.NEW_CODE_GIVEN: N_("Đã cấp mã tra cứu mới"),
    events.NEW_CODE_REFUSED: N_("Không cấp mã tra cứu mới"),
    events.IDENTITY_OPENED: N_("Đã mở thông tin người phản ánh"),
    events.NOTE_WRITTEN: N_("Đã ghi chú nội bộ"),
    events.CASE_READ: N_("Đã mở đọc vụ việc hạn chế người đọc"),
    events.CASE_PRINTED: N_("Đã in vụ việc ra tệp PDF"),
    events.DEADLINES_MOVED: N_("Thời hạn được tính lại vì lịch làm việc thay đổi"),
    events.DEADLINE_EXTENDED: N_("Đã gia hạn"),
    events.REFERRAL_REMINDED: N_("Đã đôn đốc"),
    events.REFERRAL_DUE_SOON: N_("Đã nhắc: phiếu chuyển sắp đến hạn"),
    events.REFERRAL_LATE: N_("Đã quá hạn trả lời"),
    events.OVERDUE_LISTED: N_("Đã đưa vào danh sách quá hạn của Ủy ban Kiểm tra"),
    events.OUTSIDE_ASKED: N_("Đã hỏi nơi chưa có tài khoản, bằng đường dẫn một lần"),
    events.OUTSIDE_READ: N_("Đường dẫn được mở, bản che được đọc"),
    events.OUTSIDE_ANSWERED: N_("Nơi chưa có tài khoản đã trả lời"),
    events.OUTSIDE_REVOKED: N_("Đã thu hồi đường dẫn"),
    events.OUTSIDE_TRIED: N_("Có người bấm mở đường dẫn không còn dùng được"),
    events.REFERRAL_MOVED: N_("Phiếu chuyển sang cơ quan kế thừa do sắp xếp"),
    events.LEAD_TAKEN_OVER: N_("Ủy ban nhận lại phiếu chuyển, vì cơ quan kế thừa không được nhận vụ việc này"),
    events.TRACK_CHANGED: N_("Đã đổi loại vụ việc"),
    events.FORM_LODGED: N_("Đơn đã ký, đã nộp"),
    events.FORM_ACCEPTED: N_("Nơi nhận đơn đã thụ lý"),
    events.FORM_SETTLED: N_("Nơi nhận đơn đã giải quyết"),
    events.CASE_CLUSTERED: N_("Đã đưa vào cụm vụ việc"),
    events.CLUSTER_CLOSED: N_("Đã đóng cụm vụ việc"),
    events.REPORT_SPLIT: N_("Đã tách phản ánh thành hai phần"),
    events.PART_OPENED: N_("Mở cho một phần tách ra của phản ánh"),
    events.CONFLICT_DECLARED: N_("Tự khai có liên quan, không còn thấy vụ việc"),
    events.ACCOUNT_WALLED: N_("Đã chặn một tài khoản khỏi vụ việc"),
    events.WALL_LIFTED: N_("Đã bỏ chặn một tài khoản"),
    events.RETALIATION_TOLD: N_("Người phản ánh báo bị trả đũa vì phản ánh trước"),
    events.HANDED_UP: N_("Không còn ai không liên quan, chuyển lên cơ quan cấp trên"),
    events.HEARING_ASKED: N_("Đã gửi văn bản để nghe người bị phản ánh giải trình"),
    events.HEARING_ANSWERED: N_("Đã có giải trình của người bị phản ánh"),
    events.HEAD_LET_SUPPORT: N_("Đã đề nghị người đứng đầu nơi bị phản ánh phối hợp"),
    events.HEAD_SUPPORT_ANSWERED: N_("Người đứng đầu nơi bị phản ánh đã trả lời"),
    events.HEAD_SUPPORT_ENDED: N_("Đã rút đề nghị người đứng đầu phối hợp"),
    events.HEARING_TOLD: N_("Đã báo người phản ánh rằng người bị phản ánh đang được nghe giải trình"),
    events.HEARING_DUE_SOON: N_("Đã nhắc: giải trình sắp đến hạn"),
    events.HEARING_LATE: N_("Giải trình đã quá hạn"),
    events.HEARING_MOVED: N_("Việc nghe giải trình chuyển sang cơ quan kế thừa do sắp xếp"),
    events.HEARING_ENDED: N_(
        "Việc nghe giải trình dừng lại do sắp xếp: nơi nghe không được nhận vụ việc này nữa, có thể gửi nơi khác"
    ),
    events.QUARANTINE_RELEASED: N_("Đã xem: không phải thư rác, ra khỏi khu chờ"),
}

# The same facts, told to the reporter.
EVENTS_FOR_REPORTER: dict[str, str] = {
    events.REPORT_FILED: N_("Anh/chị đã gửi phản ánh"),
    events.CASE_ACCEPTED: N_("Đã thụ lý"),
    events.CASE_REFUSED: N_("Không thụ lý"),
    events.CASE_FORWARDED: N_("Đã chuyển cơ quan khác"),
    events.CASE_TAKEN_BACK: N_("Chúng tôi đã nhận lại vụ việc"),
    events.QUESTION_ASKED: N_("Có câu hỏi cho anh/chị"),
    events.QUESTION_ANSWERED: N_("Anh/chị đã trả lời câu hỏi"),
    events.FACTS_ADDED: N_("Anh/chị viết thêm"),
    events.CASE_REFERRED: N_("Đã chuyển cho cơ quan xử lý"),
    events.VERIFYING_STARTED: N_("Bắt đầu xác minh"),
    events.CASE_ANSWERED: N_("Đã có trả lời"),
    events.CASE_CLOSED: N_("Vụ việc kết thúc"),
    events.CASE_REOPENED: N_("Vụ việc được xem lại"),
    events.CASE_WITHDRAWN: N_("Anh/chị đã rút phản ánh"),
    events.CASE_MERGED: N_("Được xử lý cùng một vụ việc khác về cùng một việc"),
    events.CASE_SPLIT_OFF: N_("Được xử lý riêng trở lại"),
    events.CASE_RATED: N_("Anh/chị đã chấm điểm"),
    events.CONTACT_GIVEN: N_("Anh/chị để lại nơi báo tin"),
    events.CONTACT_REPLACED: N_("Anh/chị đổi nơi báo tin"),
    events.CONTACT_WITHDRAWN: N_("Anh/chị rút nơi báo tin"),
    events.CODE_REPLACED: N_("Anh/chị đổi mã tra cứu"),
    events.NEW_CODE_GIVEN: N_("Hai kiểm tra viên đã đối chiếu và cấp lại mã tra cứu"),
    events.FOLLOW_UP_ASKED: N_("Chúng tôi hỏi lại: việc đã thật sự được giải quyết chưa"),
    events.FOLLOW_UP_ANSWERED: N_("Anh/chị đã trả lời câu hỏi lại"),
    events.ANSWER_LEFT_STANDING: N_("Kiểm tra viên trưởng đã đọc và giữ nguyên kết quả"),
    events.DEADLINES_MOVED: N_("Thời hạn được tính lại vì lịch làm việc thay đổi"),
    events.DEADLINE_EXTENDED: N_("Thời hạn trả lời được gia hạn"),
    events.REFERRAL_MOVED: N_("Việc chuyển sang cơ quan kế thừa do sắp xếp bộ máy; thời hạn giữ nguyên"),
    events.TRACK_CHANGED: N_("Loại vụ việc được đổi, thời hạn được tính lại"),
    events.FORM_LODGED: N_("Đơn anh/chị ký đã được ghi nhận; thời hạn theo luật bắt đầu chạy"),
    events.FORM_ACCEPTED: N_("Nơi nhận đơn đã thụ lý đơn của anh/chị"),
    events.FORM_SETTLED: N_("Nơi nhận đơn đã giải quyết đơn của anh/chị"),
    events.REPORT_SPLIT: N_("Phản ánh nói hai việc nên được xử lý thành hai phần"),
    events.PART_OPENED: N_("Phần này được xử lý riêng"),
    events.HEARING_TOLD: N_("Người bị phản ánh đang được nghe giải trình"),
}

CLOCK: dict[Starts, str] = {
    Starts.TRIAGE: N_("Xem và phân loại"),
    Starts.FORWARD: N_("Chuyển đến nơi có thẩm quyền"),
    Starts.RECEPTION: N_("Báo người đến tiếp công dân biết"),
    Starts.ANSWER: N_("Trả lời người phản ánh"),
    Starts.REFERRAL: N_("Cơ quan trả lời"),
    Starts.QUESTION: N_("Người phản ánh trả lời câu hỏi"),
    Starts.REOPEN_WINDOW: N_("Chấm điểm hoặc đề nghị xem lại"),
    Starts.APPEAL_WINDOW: N_("Đề nghị xem lại việc không thụ lý"),
    Starts.ACCEPTANCE: N_("Nơi nhận đơn thụ lý"),
    Starts.SETTLEMENT: N_("Nơi nhận đơn giải quyết"),
    Starts.HEARING: N_("Giải trình của người bị phản ánh"),
}

CLOCK_STATE: dict[ClockState, str] = {
    ClockState.RUNNING: N_("còn thời hạn"),
    ClockState.DUE_TODAY: N_("hết hạn hôm nay"),
    ClockState.LATE: N_("quá hạn"),
    ClockState.PAUSED: N_("tạm dừng"),
    ClockState.MET: N_("đúng hạn"),
    ClockState.MET_LATE: N_("xong nhưng quá hạn"),
    ClockState.STOPPED: N_("đã dừng"),
}

# From when the reporter's own times are counted, by the word in `deadline_rules.csv`.
LIMIT_STARTS: dict[str, str] = {
    "answer_visible": N_("từ ngày có trả lời"),
    "refusal_visible": N_("từ ngày có thông báo không thụ lý"),
    "decision_known": N_("từ ngày anh/chị nhận được hoặc biết được quyết định, việc làm đó"),
    "first_decision_received_or_overdue": N_(
        "từ ngày anh/chị nhận được quyết định giải quyết lần đầu, hoặc từ ngày hết thời hạn giải quyết lần đầu"
    ),
}
LIMIT_STARTS_OTHERWISE = N_("từ ngày mà luật nêu ở dưới")

REFERRAL_ROLE: dict[ReferralRole, str] = {
    ReferralRole.LEAD: N_("chủ trì"),
    ReferralRole.SUPPORT: N_("phối hợp"),
    ReferralRole.INFORM: N_("để biết"),
    ReferralRole.OVERSEE: N_("theo dõi"),
}

HEAD_SUPPORT = N_("phối hợp; chỉ người đứng đầu đọc và trả lời")

REFERRAL_STATE: dict[ReferralState, str] = {
    ReferralState.SENT: N_("Đã chuyển"),
    ReferralState.RECEIVED: N_("Đã nhận"),
    ReferralState.ANSWERED: N_("Đã trả lời"),
    ReferralState.RETURNED: N_("Đã trả lại"),
    ReferralState.EXTENDED: N_("Đã gia hạn"),
    ReferralState.LATE: N_("Quá hạn"),
    ReferralState.REMINDED: N_("Đã đôn đốc"),
    ReferralState.ENDED: N_("Đã kết thúc"),
}

RATING_POINT: dict[RatingPoint, str] = {
    RatingPoint.ON_TIME: N_("Đúng hạn"),
    RatingPoint.LATE: N_("Quá lâu"),
    RatingPoint.EXPLAINED: N_("Giải thích dễ hiểu"),
    RatingPoint.NOT_EXPLAINED: N_("Giải thích chưa rõ"),
    RatingPoint.RESPECTFUL: N_("Tôn trọng người dân"),
    RatingPoint.NOT_RESPECTFUL: N_("Chưa tôn trọng người dân"),
    RatingPoint.SOLVED: N_("Việc đã được giải quyết"),
    RatingPoint.NOT_SOLVED: N_("Việc chưa được giải quyết"),
}

ANSWERED_IN: dict[Language, str] = {Language.VI: N_("tiếng Việt"), Language.EN: N_("tiếng Anh")}

PUT_RIGHT = N_("Việc đã thật sự được giải quyết chưa?")
FOLLOW_UP: dict[FollowUpAnswer, str] = {
    FollowUpAnswer.YES: N_("Đã xong"),
    FollowUpAnswer.HALF: N_("Mới xong một phần"),
    FollowUpAnswer.NO: N_("Chưa, vẫn như cũ"),
    FollowUpAnswer.NEW_TROUBLE: N_("Có rắc rối mới"),
}

DISCLOSURE: dict[Disclosure, str] = {
    Disclosure.ANONYMOUS: N_("Không nêu tên"),
    Disclosure.CONFIDENTIAL: N_("Giữ kín với mọi cơ quan, trừ Ủy ban Kiểm tra"),
    Disclosure.NAMED: N_("Nêu tên"),
}

REPORTER_TYPE: dict[ReporterType, str] = {
    ReporterType.CITIZEN: N_("Người dân"),
    ReporterType.BUSINESS: N_("Doanh nghiệp"),
}

ACCUSED_ROLE: dict[AccusedRole, str] = {
    AccusedRole.NONE: N_("Không liên quan đến riêng ai"),
    AccusedRole.OFFICER: N_("Cán bộ, nhân viên"),
    AccusedRole.DEPUTY: N_("Cấp phó của người đứng đầu"),
    AccusedRole.HEAD: N_("Người đứng đầu"),
    AccusedRole.UNKNOWN: N_("Không rõ chức vụ"),
}

LANGUAGE: dict[Language, str] = {
    Language.VI: N_("Viết bằng tiếng Việt"),
    Language.EN: N_("Viết bằng tiếng Anh"),
}

DUE: dict[Due, str] = {
    Due.LATE: N_("Quá hạn"),
    Due.TODAY: N_("Đến hạn hôm nay"),
    Due.AT_RISK: N_("Trong 3 ngày làm việc"),
    Due.PAUSED: N_("Tạm dừng"),
    Due.LAPSED: N_("Hết hạn trả lời câu hỏi"),
}

ORDER: dict[Order, str] = {
    Order.DUE: N_("Hạn gần nhất trước"),
    Order.NEWEST: N_("Mới nhận trước"),
    Order.SEVERITY: N_("Mức nặng trước"),
}

# What a proposed mask covers, as the inspector reads it.
MASKED_SORT: dict[Sort, str] = {
    Sort.PHONE: N_("số điện thoại"),
    Sort.EMAIL: N_("thư điện tử"),
    Sort.CITIZEN_ID: N_("số giấy tờ tùy thân"),
    Sort.TAX_CODE: N_("mã số thuế"),
    Sort.ACCOUNT: N_("số tài khoản hoặc giấy tờ"),
    Sort.NUMBER: N_("dãy số dài"),
    Sort.PLATE: N_("biển số xe"),
    Sort.DOSSIER: N_("mã hồ sơ"),
    Sort.NAME: N_("tên người"),
    Sort.ADDRESS: N_("địa chỉ"),
    Sort.DATE: N_("ngày"),
    Sort.OWN: N_("thông tin người phản ánh"),
    Sort.CHOSEN: N_("anh/chị thêm"),
}
SUSPICION: dict[Suspicion, str] = {
    Suspicion.EMPTY: N_("Không có lời nào"),
    Suspicion.REPEATED: N_("Lặp đi lặp lại một chữ"),
    Suspicion.LINKS: N_("Chỉ có liên kết"),
    Suspicion.SAME_TEXT: N_("Cùng một lời gửi nhiều lần trong ngày"),
}
