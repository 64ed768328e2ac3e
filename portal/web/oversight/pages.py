"""What each supervising role will find here, said plainly until it is here."""

from flask import Response, make_response, render_template
from flask_babel import gettext as _

from portal.foundation.text import N_
from portal.staff.permissions import Permission as P
from portal.staff.roles import LABELS, Role
from portal.web.frame.access import allow, staff
from portal.web.oversight import blueprint

WILL_BE = {
    Role.COORDINATOR: N_("tiến độ trả lời của từng cơ quan, việc quá hạn cần đôn đốc, nhắc nhở và báo cáo định kỳ"),
    Role.COUNCIL_OBSERVER: N_("số liệu giám sát theo kỳ công bố, và nơi gửi yêu cầu giải trình"),
    Role.FRONT_OBSERVER: N_(
        "số liệu giám sát về thái độ phục vụ theo kỳ công bố, và nơi ghi phản ánh giúp đoàn viên, hội viên"
    ),
    Role.ASSESSOR: N_("phiếu đánh giá, xếp loại hằng năm theo các tiêu chí của chỉ thị"),
    Role.EDITOR: N_("vụ việc đã kết luận có thể đăng tóm tắt, và gương làm tốt chờ biên tập"),
    Role.LEADER: N_("một trang tổng quan toàn tỉnh và báo cáo năm"),
}

# Each body's duty under the directive (Chỉ thị 30-CT/TU, part on carrying it out; domain.md §1).
DUTY = {
    Role.COORDINATOR: N_("Giúp Ban Thường vụ Tỉnh ủy theo dõi, đôn đốc; sơ kết, tổng kết định kỳ"),
    Role.COUNCIL_OBSERVER: N_("Tăng cường giám sát việc thực hiện quy định về cải cách hành chính và đạo đức công vụ"),
    Role.FRONT_OBSERVER: N_("Giám sát việc tu dưỡng, rèn luyện của người đứng đầu, cán bộ chủ chốt và đảng viên"),
    Role.ASSESSOR: N_("Đưa việc thực hiện chỉ thị vào đánh giá, xếp loại hằng năm"),
    Role.EDITOR: N_("Định hướng báo chí; phản ánh biểu hiện tiêu cực, biểu dương mô hình và cách làm hay"),
    Role.LEADER: N_("Nhận báo cáo hằng năm về việc thực hiện chỉ thị"),
}


@blueprint.get("/staff/oversight")
@allow(P.READ_OVERSIGHT)
def show_oversight() -> Response:
    """What will be here for the roles of this account."""
    account = staff()
    will_be = [(_(LABELS[role]), _(words)) for role, words in WILL_BE.items() if role in account.role_words]
    duties = [(_(LABELS[role]), _(words)) for role, words in DUTY.items() if role in account.role_words]
    return make_response(render_template("oversight/show_oversight.html", duties=duties, will_be=will_be))
