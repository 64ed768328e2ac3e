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


@blueprint.get("/staff/oversight")
@allow(P.READ_OVERSIGHT)
def show_oversight() -> Response:
    """What will be here for the roles of this account."""
    account = staff()
    will_be = [(_(LABELS[role]), _(words)) for role, words in WILL_BE.items() if role in account.role_words]
    return make_response(render_template("oversight/show_oversight.html", will_be=will_be))
