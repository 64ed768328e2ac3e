"""Cases for the staff pages: one in each state from which a move can be made, and enough to fill somebody's hands."""

from datetime import timedelta

from portal.cases.words import Disclosure
from portal.cases.workload import AHEAD
from portal.catalogue.words import ReferralRole
from tests.journeys.told_cases import CLEARED, QUESTION, Story, step
from tests.makers.cast import CITY, LAN, OTHER_CITY
from tests.makers.days import MONDAY
from tests.makers.filings import a_conduct_report, a_delay, a_denunciation

OTHER_OFFICE = "H-TK-MC"
ANSWER = (
    "Hồ sơ bị để lại ở khâu đối chiếu; kết quả đã sẵn sàng từ sáng nay, mời chị đến quầy số 4, không cần bốc số.\n\n"
    "Chúng tôi xin lỗi chị."
)
FOUND: dict[str, object] = {"finding": "upheld", "remedy": "apology_letter", "text": ANSWER}
_RUDE = a_conduct_report(agency=OTHER_OFFICE)
_NAMED = a_conduct_report(agency=OTHER_OFFICE, disclosure=Disclosure.CONFIDENTIAL, identity=LAN)
_ACCEPTED = step(1, "minh", "accept")
_GIVEN = step(1.1, "hanh", "assign", assignee="minh")
_LODGED = step(
    1.2, "minh", "record_form", form="complaint", body=CITY, number="12/TCD", lodged_on=MONDAY - timedelta(days=4)
)
_HEARD = step(
    2,
    "minh",
    "hear",
    agency=CITY,
    person="Cán bộ tiếp nhận ở quầy số 3",
    statement="Ông đã lớn tiếng với người dân ở nơi nhận giấy tờ.\n\nXin ông viết rõ sự việc.",
    tells_reporter=True,
)
_HEAD_ASKED = step(
    1.4,
    "minh",
    "let_head_support",
    agency=CITY,
    request="Xin cho biết ai trực quầy và đã nhắc nhở thế nào.\n\nCảm ơn anh/chị.",
    text="Chỉ người đứng đầu biết lịch phân công của quầy.",
)
_CLEARED = step(1.1, "minh", "clear", text=CLEARED)
_TO_THE_CITY = step(
    1.2, "minh", "refer", agency=CITY, role=ReferralRole.LEAD, note="Xin trả lời trước thứ Sáu.\n\nCảm ơn anh/chị."
)
_BESIDE = step(1.3, "minh", "refer", agency=OTHER_CITY, role=ReferralRole.INFORM, note="")
_ANSWERED = step(5, "quy", "answer", finding="upheld", remedy="result_handed_out", text=ANSWER)
_NOTED = step(1.5, "minh", "note", text="Đã gọi bộ phận một cửa.\n\nNgười trực hẹn trả lời trước thứ Năm.")
REMINDER = "Đề nghị quý cơ quan trả lời trước thứ Sáu.\n\nNếu chậm, xin nêu lý do."
_EXTENDED = step(
    7, "minh", "extend", clock=CITY, text="Cần đo lại thửa đất cùng hai hộ bên cạnh.", request="Công văn 45/UBND"
)
_ASKED = step(2, "minh", "ask", text=QUESTION)
_REPLIED = step(3, "", "reply", text="Khoảng chín giờ sáng.\n\nChị hàng xóm tôi cùng nghe.")

# In the order in which they are told: "merged" joins "received".
AT_WORK: dict[str, Story] = {
    "received": Story(_RUDE, 1),
    "merged": Story(_RUDE, 4, (step(1, "minh", "merge", into="received"),)),
    "accepted": Story(_RUDE, 5, (_ACCEPTED, _NOTED, _ASKED, _REPLIED)),
    "lodged": Story(_RUDE, 5, (_ACCEPTED, _LODGED)),
    "cleared": Story(_RUDE, 5, (_ACCEPTED, _CLEARED)),
    "referred": Story(_RUDE, 12, (_ACCEPTED, _CLEARED, _TO_THE_CITY, _BESIDE)),
    "urged": Story(
        _RUDE,
        12,
        (_ACCEPTED, _CLEARED, _TO_THE_CITY, step(6, "minh", "remind", agency=CITY, text=REMINDER), _EXTENDED),
    ),
    "walled": Story(_RUDE, 5, (_ACCEPTED, step(2, "minh", "wall_off", account="quy", text="Người này được nêu tên."))),
    "verifying": Story(_RUDE, 6, (_ACCEPTED, step(2, "minh", "verify"))),
    "concluded": Story(_RUDE, 9, (_ACCEPTED, step(2, "minh", "verify"), step(3, "minh", "conclude", **FOUND))),
    "asked": Story(a_delay(), 4, (step(1, "quy", "ask", text=QUESTION),)),
    "delayed": Story(a_delay(), 3, (step(1, "quy", "note", text="Hồ sơ đang ở phòng quản lý đô thị."),)),
    "late": Story(a_delay(), 45),
    "answered": Story(a_delay(), 7, (_ANSWERED, step(6, "", "rate", score=4, reasons="Lần sau xin báo trước."))),
    "reopened": Story(a_delay(), 9, (_ANSWERED, step(6, "", "ask_review", text="Kết quả ghi sai tên đường."))),
    "not_put_right": Story(
        a_delay(),
        60,
        (
            _ANSWERED,
            step(45, "", "ask_follow_up"),
            step(46, "", "answer_follow_up", answer="no", text="Tên đường vẫn sai, chưa ai sửa."),
        ),
    ),
    "closed": Story(a_delay(), 20, (_ANSWERED, step(6, "", "rate", score=2, reasons=""), step(18, "minh", "close"))),
    "forwarded": Story(_RUDE, 5, (step(2, "minh", "forward", body="court", text="Xin gửi đơn đến tòa án."),)),
    "denounced": Story(a_denunciation(agency=OTHER_OFFICE), 2),
    "withdrawn": Story(a_denunciation(agency=OTHER_OFFICE), 5, (step(2, "", "withdraw"),)),
    "named": Story(_NAMED, 2),
    "code_lost": Story(_NAMED, 4, (step(1, "minh", "ask_new_code", text="Gọi lại số máy cũ, kể khớp."),)),
    "head_asked": Story(a_conduct_report(agency=CITY), 5, (_ACCEPTED, _CLEARED, _HEAD_ASKED)),
    "heard": Story(_RUDE, 5, (_ACCEPTED, _HEARD)),
    # Minh has many more to do than the others of the team: the next case is not simply handed out.
    **{f"held_{number}": Story(_RUDE, 3, (_ACCEPTED, _GIVEN)) for number in range(AHEAD + 1)},
}
