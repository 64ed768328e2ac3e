"""What is answered where a report turns out not to be so, and what people write with a mark."""

from collections.abc import Mapping, Sequence

NOT_UPHELD, UNDETERMINED = "not_upheld", "undetermined"

_DOSSIERS = (
    (NOT_UPHELD, "Chúng tôi đã đối chiếu sổ hẹn: hồ sơ có một lần tạm dừng để bổ sung giấy tờ, thời gian này không tính vào hạn. Hồ sơ của anh/chị chưa quá hạn và sẽ có kết quả đúng ngày ghi trên phiếu hẹn."),
    (NOT_UPHELD, "Theo dữ liệu một cửa, kết quả đã được ký trong hạn và đã báo qua số điện thoại ghi trên phiếu. Anh/chị mang giấy hẹn đến quầy là nhận được ngay."),
    (UNDETERMINED, "Phiếu hẹn và sổ tiếp nhận ghi hai ngày khác nhau nên chưa đủ căn cứ để kết luận hồ sơ có trễ hay không. Chúng tôi đã cử một người theo dõi hồ sơ này đến khi có kết quả."),
)  # fmt: skip
_VISITS = (
    (NOT_UPHELD, "Chúng tôi đã xem phiếu hướng dẫn lần đầu: các giấy tờ cần có đã được ghi đủ. Chỗ nào trong phiếu khó hiểu, xin anh/chị gọi số ghi trên phiếu, chúng tôi giải thích ngay."),
    (UNDETERMINED, "Những lần đầu không có phiếu hướng dẫn lưu lại nên chưa đủ căn cứ để kết luận. Từ nay mỗi lần hướng dẫn đều có phiếu, anh/chị giữ một bản."),
)  # fmt: skip
_MANNERS = (
    (UNDETERMINED, "Chúng tôi đã hỏi người tiếp anh/chị và những người có mặt, mỗi người kể một khác. Vì vậy chưa đủ căn cứ để kết luận. Đơn vị đã nhắc mọi người giữ lời nói đúng mực khi tiếp dân."),
    (NOT_UPHELD, "Chúng tôi đã hỏi những người có mặt hôm đó và xem lại việc tiếp nhận. Sự việc không như phản ánh. Nếu anh/chị nhớ thêm chi tiết nào, xin bổ sung, chúng tôi sẽ xem lại."),
    (NOT_UPHELD, "Qua xác minh, người tiếp nhận đã giải thích đúng quy định và không có thái độ như phản ánh. Có thể lời giải thích còn khó hiểu; đơn vị đã rút kinh nghiệm để nói rõ hơn."),
)  # fmt: skip
_DISCIPLINE = (
    (NOT_UPHELD, "Chúng tôi đã đối chiếu lịch công tác và hỏi những người liên quan. Không có vi phạm như phản ánh. Nếu anh/chị có thêm hình ảnh hay giấy tờ, xin gửi, chúng tôi sẽ xem lại."),
    (UNDETERMINED, "Lời kể của các bên không khớp nhau và không có giấy tờ hay hình ảnh nào ghi lại, nên chưa đủ căn cứ để kết luận. Lãnh đạo đơn vị đã được đề nghị để ý việc này."),
)  # fmt: skip
_TROUBLE = (
    (NOT_UPHELD, "Chúng tôi đã kiểm tra sổ thu, biên lai và hồ sơ lưu: các khoản thu và giấy tờ yêu cầu đúng với quy định đang niêm yết. Nếu anh/chị có giấy tờ khác, xin gửi thêm, chúng tôi sẽ xem lại."),
    (UNDETERMINED, "Những người liên quan đều nói không có việc này, và chúng tôi không tìm được giấy tờ hay người làm chứng nào khác, nên chưa đủ căn cứ để kết luận. Anh/chị có thể gửi thêm chứng cứ bất cứ lúc nào."),
    (NOT_UPHELD, "Qua đối chiếu hồ sơ, việc yêu cầu bổ sung là đúng quy định và đã có phiếu ghi rõ lý do. Hồ sơ của anh/chị vẫn được giải quyết bình thường."),
)  # fmt: skip
_DECISION = (
    (NOT_UPHELD, "Chúng tôi đã xem lại hồ sơ và căn cứ của quyết định. Quyết định đúng thẩm quyền, đúng trình tự. Nếu không đồng ý, anh/chị vẫn có quyền khiếu nại hoặc khởi kiện trong thời hạn luật định."),
)  # fmt: skip
_ELSE = (
    (NOT_UPHELD, "Chúng tôi đã đến nơi kiểm tra và xem hồ sơ lưu. Sự việc không như phản ánh. Anh/chị cần xem tài liệu nào, xin đến bộ phận một cửa, chúng tôi cung cấp."),
    (UNDETERMINED, "Chúng tôi đã kiểm tra tại chỗ nhưng chưa đủ căn cứ để kết luận như phản ánh. Nếu sự việc lặp lại, xin anh/chị báo ngay, chúng tôi sẽ đến xem."),
)  # fmt: skip

# By how a category's code begins, the first that fits: finding and answer.
ANSWERS: Sequence[tuple[tuple[str, ...], Sequence[tuple[str, str]]]] = (
    (("delay.late_result", "delay.no_apology"), _DOSSIERS),
    (("delay.",), _VISITS),
    (("attitude.",), _MANNERS),
    (("discipline.",), _DISCIPLINE),
    (("harassment.",), _TROUBLE),
    (("decision.",), _DECISION),
    (("openness.", "retaliation", "other"), _ELSE),
)

# With the marks 1 and 2, with 3, with 4 and 5, by the language of the report. Many write nothing.
REASONS: Mapping[str, Sequence[Sequence[str]]] = {
    "vi": (
        (
            "Trả lời chung chung, đọc xong vẫn chưa biết việc của mình tới đâu.",
            "",
            "Tôi chưa đồng ý với kết luận này.",
            "Có trả lời mà việc thì vẫn vậy.",
            "",
            "Kết luận rồi mà chưa ai hỏi lại tôi câu nào.",
        ),
        ("", "Có trả lời, nhưng chỗ tôi hỏi chưa nói rõ.", "Tạm được.", "Mong lần sau viết dễ hiểu hơn."),
        ("", "Trả lời rõ ràng, cảm ơn.", "Cảm ơn đã xem xét.", "Giải thích dễ hiểu."),
    ),
    "en": (
        ("The answer does not say what happens next.", "", "I do not agree with the conclusion."),
        ("", "An answer, but not to all that I asked."),
        ("", "Clear answer, thank you.", "Thank you for looking into it."),
    ),
}
