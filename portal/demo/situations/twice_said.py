"""What is not cloned: reports that were merged into others, and answers that were not put right."""

from portal.demo.script import NAMED, OFFICER, Situation, Step, accepted, answered, closed, looked_into, rated

# Played after the case that it is merged into; never cloned, because a clone would point to another's case.
TWICE_SAID: tuple[Situation, ...] = (
    Situation(
        "refusal-merged", 4.2, "harassment.refusal", "H-HA-MC",
        "Hôm đó tôi đứng sau một người bị trả hồ sơ dù đủ giấy. Tới lượt tôi cũng vậy, cán bộ nói [về đi|hôm khác hãy tới].",
        (accepted(), Step(1.6, "minh", "merge", choice="refusal-concluded")),
        accused=OFFICER, is_cloned=False,
    ),
    Situation(
        "waiting-room-merged", 3.3, "discipline.absent", "X-20410",
        "Sáng đó tôi cũng ngồi chờ ở phường, thấy nguyên phòng kéo nhau đi ăn mì quảng. Tôi xác nhận là đúng như người ta nói.",
        (accepted(), Step(1.7, "minh", "merge", choice="absent-tea-shop")),
        accused=OFFICER, is_cloned=False,
    ),
)

# Waits for the chief inspector; never cloned, because a thousand of them would wait.
NOT_PUT_RIGHT: tuple[Situation, ...] = (
    Situation(
        "late-not-put-right", 62.3, "delay.late_result", "H-HA-MC",
        "Hồ sơ [cấp đổi sổ đỏ|tách thửa] trễ hẹn [ba|bốn] tuần. Nhận được rồi thì phải xong luôn, đừng bắt tôi làm lại.",
        (
            answered(3.3, "quy", "Kết quả đã có. Chúng tôi xin lỗi anh/chị vì để chờ lâu.", "upheld", "result_handed_out"),
            rated(5.2, 3, "Trả lời lịch sự nhưng lâu."),
            closed(31.1),
            Step(52.2, "portal", "ask_follow_up"),
            Step(53.3, "reporter", "answer_follow_up", "Giấy nhận về ghi sai số thửa. Tôi lên hỏi thì được bảo nộp lại hồ sơ mới từ đầu.", "no"),
        ),
        has_dossier=True, promised_days_before=20, committee_first=False, is_cloned=False, is_over=True,
    ),
    Situation(
        "money-asked-again", 70.2, "harassment.extra_fee", "X-20404",
        "Tuần trước mới trả lại tiền thu sai, tuần này cũng cô đó thu lại của em gái tôi, đổi tên thành “phí hỗ trợ”.",
        (
            *looked_into("Khoản thu không có trong danh mục. Phường đã trả lại tiền.", "upheld", "money_returned", until=8.1, is_given=True),
            rated(12.1, 2, "Trả rồi thu lại thì cũng như không."),
            closed(40.1, "hanh"),
            Step(58.2, "portal", "ask_follow_up"),
            Step(60.1, "reporter", "answer_follow_up", "Hôm qua người nhà tôi lại phải đóng, lần này có ghi giấy nhưng không đóng dấu.", "new_trouble"),
        ),
        accused=OFFICER, disclosure=NAMED, is_cloned=False, is_over=True,
    ),
    Situation(
        "code-lost-asked", 6.3, "delay.repeated_visits", "X-20407",
        "Tôi đã phản ánh một lần nhưng làm rớt điện thoại xuống sông, mất mã tra cứu. Việc của tôi: đi [bốn|năm] lần chưa xong giấy chứng thực chữ ký.",
        (accepted(), Step(3.2, "minh", "ask_new_code", "Người gửi đến trụ sở, xuất trình căn cước trùng với họ tên đã khai, đề nghị cấp mã mới.")),
        procedure="auth.signature", disclosure=NAMED, is_cloned=False,
    ),
)
