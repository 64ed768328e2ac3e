"""Situations as people write them, with and without marks, at every status: twenty-five, and one said twice."""

from portal.cases.words import Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole
from portal.demo.script import Situation, Step

NAMED, CONFIDENTIAL = Disclosure.NAMED, Disclosure.CONFIDENTIAL

DELAYS: tuple[Situation, ...] = (
    Situation(
        "late-land-certificate",
        1.3,
        "delay.late_result",
        "H-HA-MC",
        "Tôi nộp hồ sơ [đăng ký biến động đất đai|cấp đổi sổ đỏ|sang tên quyền sử dụng đất] tại một cửa, giấy hẹn đã quá "
        "[hai|ba|bốn] tuần. Tôi gọi [hai|ba|năm] lần, lần nào cũng bảo [“chưa có, về chờ điện thoại”|“đang trình ký”]. "
        "Tôi cần giấy để [vay vốn sửa nhà|làm thủ tục cho con|bán đất trả nợ].",
        procedure="land.transfer",
        has_dossier=True,
        promised_days_before=15,
        committee_first=False,
        wish="Cho biết hồ sơ đang ở đâu và ngày nào có kết quả.",
        has_contact=True,
    ),
    Situation(
        "late-business-household",
        4.2,
        "delay.late_result",
        "H-HA-MC",
        "Em đăng ký hộ kinh doanh [quán cà phê|tiệm may|homestay], phiếu hẹn 3 ngày mà nay đã [mười|mười hai|mười lăm] "
        "ngày. Lên hỏi thì mỗi người chỉ một nơi.",
        (
            Step(
                1.1,
                "quy",
                "ask",
                "Anh/chị đã nộp bản sao giấy tờ địa điểm kinh doanh chưa? Nếu rồi, xin cho biết ngày nộp.",
            ),
        ),
        has_dossier=True,
        promised_days_before=9,
        committee_first=False,
        reporter=ReporterType.BUSINESS,
        disclosure=NAMED,
    ),
    Situation(
        "late-answered",
        9.2,
        "delay.late_result",
        "H-HA-MC",
        "Toi nop ho so xin [tach thua|cap phep xay dung] tu thang truoc, hen tra ket qua roi ma toi nay chua co. "
        "Goi dien khong ai bat may. Mong som giai quyet.",
        (
            Step(
                4.1,
                "quy",
                "answer",
                "Phản ánh của anh/chị là đúng. Hồ sơ bị để lại ở khâu đối chiếu. Kết quả đã sẵn sàng, anh/chị đến nhận tại "
                "quầy số 4, không cần bốc số. Chúng tôi xin lỗi anh/chị.",
                "upheld",
                "result_handed_out",
            ),
        ),
        has_dossier=True,
        promised_days_before=12,
        committee_first=False,
    ),
    Situation(
        "late-closed",
        40.2,
        "delay.late_result",
        "H-HA-MC",
        "Hồ sơ [cấp giấy phép xây dựng|chuyển mục đích sử dụng đất] hẹn trả ngày ghi trên phiếu nhưng trễ [mười|hai mươi] "
        "ngày, không có thư xin lỗi. Cán bộ chỉ nói [chờ|đang xử lý|lãnh đạo đi vắng].",
        (
            Step(
                3.3,
                "quy",
                "answer",
                "Hồ sơ chậm do chờ ý kiến phòng chuyên môn. Kết quả có từ hôm nay. Chúng tôi đã gửi thư xin lỗi và hẹn lại "
                "ngày trả.",
                "upheld",
                "apology_letter",
            ),
            Step(5.2, "reporter", "rate", "Có kết quả là được, lần sau xin báo trước.", "4"),
            Step(30.1, "minh", "close"),
        ),
        has_dossier=True,
        promised_days_before=18,
        committee_first=False,
        disclosure=CONFIDENTIAL,
        has_contact=True,
        is_over=True,
    ),
    Situation(
        "late-committee-first",
        6.4,
        "delay.no_apology",
        "H-TK-MC",
        "Hồ sơ trễ hẹn mà không ai báo. Tôi xin Ủy ban xem trước vì [sợ bị làm khó|còn nhiều việc phải lên quầy này|lần "
        "trước góp ý thì bị để lâu hơn].",
        (
            Step(1.1, "minh", "accept"),
            Step(1.3, "minh", "clear", "Người dân phản ánh hồ sơ trễ hẹn, không có thông báo hay thư xin lỗi."),
            Step(1.4, "minh", "refer", "Đề nghị rà soát các hồ sơ trễ trong tháng.", "H-TK", "lead"),
        ),
        has_dossier=True,
        promised_days_before=7,
        committee_first=True,
    ),
    Situation(
        "passed-around",
        34.3,
        "delay.passed_around",
        "STNMT",
        "Doanh nghiệp chúng tôi xin [giấy phép môi trường|thẩm định báo cáo tác động môi trường]. Phòng này chỉ sang phòng "
        "kia, [hai|ba] tháng không nơi nào nhận.",
        (
            Step(1.2, "minh", "accept"),
            Step(
                1.5,
                "minh",
                "clear",
                "Doanh nghiệp phản ánh bị chỉ qua lại giữa các phòng, không nơi nào nhận hồ sơ.",
            ),
            Step(1.6, "minh", "refer", "Đề nghị cho biết phòng nào chủ trì.", "STNMT", "lead"),
            Step(
                8.2,
                "son",
                "answer_referral",
                "Phòng chủ trì đã được phân công. Hồ sơ được nhận và hẹn trả trong 15 ngày.",
            ),
            Step(
                9.2,
                "minh",
                "conclude",
                "Phản ánh đúng một phần. Sở đã phân công đầu mối và nhận hồ sơ.",
                "partly_upheld",
                "new_date_given",
            ),
            Step(10.2, "hanh", "approve"),
            Step(12.1, "reporter", "rate", "Đã có đầu mối rõ ràng.", "5"),
            Step(33.1, "minh", "close"),
        ),
        reporter=ReporterType.BUSINESS,
        disclosure=NAMED,
        is_over=True,
    ),
    Situation(
        "repeated-visits",
        3.1,
        "delay.repeated_visits",
        "X-20398",
        "Đi [bốn|năm|sáu] lần, mỗi lần hướng dẫn một kiểu: lần thì thiếu bản sao, lần thì sai mẫu, lần thì người ký đi họp.",
    ),
    Situation(
        "online-failure",
        2.6,
        "online.failure",
        "H-TK-MC",
        "Nộp trực tuyến [trên cổng dịch vụ công|bằng tài khoản VNeID] báo lỗi [ba|bốn] ngày nay, gọi thì bảo đem giấy lên "
        "nộp lại từ đầu.",
    ),
)

CONDUCT: tuple[Situation, ...] = (
    Situation(
        "rude-received",
        0.7,
        "attitude.rude",
        "H-HA-MC",
        "The person at counter [3|4|5] shouted at me in front of everyone because I asked [for a receipt|which form to use]. "
        "I am a foreign resident and only wanted to know what was missing.",
        accused=AccusedRole.OFFICER,
        language=Language.EN,
        disclosure=CONFIDENTIAL,
    ),
    Situation(
        "bribe-received",
        2.2,
        "harassment.bribe",
        "X-20434",
        "Người hướng dẫn nói [“anh bồi dưỡng chút cho nhanh”|“chị biết điều thì xong sớm”] khi tôi hỏi giấy phép. Tôi không "
        "đưa thì hồ sơ bị trả lại [hai|ba] lần.",
        accused=AccusedRole.OFFICER,
    ),
    Situation(
        "extra-fee-verifying",
        7.5,
        "harassment.extra_fee",
        "X-20971",
        "Chứng thực [ba|năm] bản sao, thu [150.000|200.000] đồng. Tôi xin biên lai thì được trả lời “xã không có biên lai”. "
        "Bảng phí treo trên tường ghi 2.000 đồng một trang.",
        (
            Step(0.6, "hanh", "assign", choice="minh"),
            Step(1.1, "minh", "accept"),
            Step(1.2, "minh", "verify"),
        ),
        accused=AccusedRole.HEAD,
    ),
    Situation(
        "trouble-referred",
        8.3,
        "harassment.trouble",
        "X-20401",
        "Cố ý làm khó, hồ sơ đủ vẫn bắt [xin xác nhận thêm|đi photo lại|chờ sang tuần]. Người quen thì làm ngay trước mắt tôi.",
        (
            Step(1.3, "minh", "accept"),
            Step(
                2.1,
                "minh",
                "clear",
                "Người dân phản ánh bị yêu cầu thêm giấy tờ ngoài quy định và bị để chờ trong khi người khác được giải quyết ngay.",
            ),
            Step(2.2, "minh", "refer", "Đề nghị kiểm tra tại quầy.", "H-HA", "lead"),
            Step(
                6.2,
                "quy",
                "answer_referral",
                "Chúng tôi đã làm việc với cán bộ ở quầy và nhắc nhở. Hồ sơ đã được nhận.",
            ),
        ),
        accused=AccusedRole.OFFICER,
    ),
    Situation(
        "refusal-concluded",
        12.2,
        "harassment.refusal",
        "H-HA-MC",
        "Đủ giấy theo bảng niêm yết nhưng cán bộ bảo [“về bổ sung”|“không nhận”], không ghi phiếu, không nói thiếu gì.",
        (
            Step(1.1, "minh", "accept"),
            Step(1.6, "minh", "verify"),
            Step(
                9.1,
                "minh",
                "conclude",
                "Hồ sơ đủ theo danh mục niêm yết. Quầy phải nhận và ghi phiếu hẹn.",
                "upheld",
                "result_handed_out",
            ),
        ),
        accused=AccusedRole.OFFICER,
        disclosure=CONFIDENTIAL,
    ),
    Situation(
        "papers-answered",
        20.2,
        "harassment.extra_papers",
        "H-TK-MC",
        "Yêu cầu [giấy xác nhận hôn nhân|sổ hộ khẩu giấy|bản sao công chứng] không có trong danh mục. Tôi hỏi căn cứ thì "
        "không ai trả lời.",
        (
            Step(1.1, "minh", "accept"),
            Step(1.2, "minh", "verify"),
            Step(
                8.1,
                "minh",
                "conclude",
                "Giấy này không có trong thành phần hồ sơ. Quầy đã bỏ yêu cầu đó.",
                "upheld",
                "paper_dropped",
            ),
            Step(9.1, "hanh", "send_back", "Xin nêu rõ căn cứ trong quyết định công bố thủ tục."),
            Step(
                10.1,
                "minh",
                "conclude",
                "Theo quyết định công bố thủ tục, giấy này không có trong thành phần hồ sơ. Quầy đã bỏ yêu cầu đó.",
                "upheld",
                "paper_dropped",
            ),
            Step(11.1, "hanh", "approve"),
        ),
        accused=AccusedRole.OFFICER,
    ),
    Situation(
        "absent-closed",
        48.2,
        "discipline.absent",
        "X-20977",
        "Quầy không có người từ [8|9] giờ đến [10|11] giờ, [chín|mười hai] người dân ngồi chờ. Bảo vệ nói [“đi họp”|“ra ngoài chút”].",
        (
            Step(1.1, "minh", "accept"),
            Step(1.2, "minh", "verify"),
            Step(
                11.1,
                "minh",
                "conclude",
                "Ngày hôm đó quầy vắng người do tập huấn mà không báo. Xã đã xin lỗi và phân công trực.",
                "upheld",
                "official_reminded",
            ),
            Step(12.1, "dung", "approve"),
            Step(14.2, "reporter", "rate", "", "5"),
            Step(40.1, "minh", "close"),
        ),
        accused=AccusedRole.OFFICER,
        is_over=True,
    ),
    Situation(
        "rude-not-upheld",
        52.2,
        "attitude.bureaucratic",
        "STNMT",
        "Không giải thích, chỉ trả lời [“hỏi cấp trên”|“đọc trên bảng”]. Tôi lớn tuổi, mắt kém, nhờ đọc giúp thì bị làm lơ.",
        (
            Step(1.1, "minh", "accept"),
            Step(1.2, "minh", "verify"),
            Step(
                12.1,
                "minh",
                "conclude",
                "Chúng tôi đã xem lại ngày hôm đó và hỏi những người có mặt; chưa đủ căn cứ kết luận như phản ánh. Sở đã đặt bàn hướng dẫn cho người lớn tuổi.",
                "undetermined",
            ),
            Step(13.1, "hanh", "approve"),
            Step(45.1, "minh", "close"),
        ),
        accused=AccusedRole.OFFICER,
        is_over=True,
    ),
    Situation(
        "favouring-reopened",
        26.2,
        "discipline.conflict",
        "H-TK",
        "Hồ sơ người quen của [trưởng phòng|cán bộ tiếp nhận] làm trong ngày, của tôi để [ba|bốn] tuần.",
        (
            Step(0.6, "hanh", "assign", choice="minh"),
            Step(1.1, "minh", "accept"),
            Step(1.2, "minh", "verify"),
            Step(9.1, "minh", "conclude", "Chưa thấy dấu hiệu ưu tiên trong sổ theo dõi hồ sơ.", "not_upheld"),
            Step(10.1, "dung", "approve"),
            Step(
                13.1,
                "reporter",
                "ask_review",
                "Sổ theo dõi không ghi hồ sơ nhận ngoài giờ. Xin xem lại camera ở quầy.",
            ),
        ),
        accused=AccusedRole.DEPUTY,
    ),
    Situation(
        "alcohol-asked",
        5.3,
        "discipline.alcohol",
        "X-20416",
        "Đầu giờ chiều cán bộ tiếp dân [nồng mùi bia|mặt đỏ, nói năng lè nhè], làm sai giấy của tôi [hai|ba] lần.",
        (Step(1.2, "minh", "ask", "Anh/chị có nhớ ngày nào và ở quầy số mấy không?"),),
        accused=AccusedRole.OFFICER,
    ),
)

OTHERS: tuple[Situation, ...] = (
    Situation(
        "decision-refused",
        15.2,
        "decision.disagree",
        "H-HA",
        "Tôi không đồng ý với quyết định [xử phạt|thu hồi đất|bồi thường]. Việc này tòa án [đã thụ lý|đang xét].",
        (
            Step(
                2.1,
                "minh",
                "refuse",
                "Tòa án đã thụ lý việc này nên Cổng không xem xét song song. Anh/chị theo dõi tại tòa án.",
                "before_court",
            ),
        ),
        is_over=True,
        weight=2,
    ),
    Situation(
        "water-forwarded",
        21.2,
        "other",
        "H-TK",
        "Nước máy [đục|yếu|mất] cả tuần, gọi công ty không ai đến.",
        (
            Step(
                1.2,
                "minh",
                "forward",
                "Việc này do công ty cấp nước giải quyết. Anh/chị gọi số trên hóa đơn nước.",
                "water",
            ),
        ),
        is_over=True,
        weight=2,
    ),
    Situation(
        "withdrawn",
        18.2,
        "attitude.incompetent",
        "X-20344",
        "Hướng dẫn sai mẫu đơn [hai|ba] lần, tôi phải chạy đi chạy lại.",
        (
            Step(1.1, "minh", "accept"),
            Step(3.1, "reporter", "withdraw"),
        ),
        accused=AccusedRole.OFFICER,
        is_over=True,
        weight=2,
    ),
    Situation(
        "praise",
        38.2,
        "praise.person",
        "H-HA",
        "Chị ở quầy [2|3] ở lại ngoài giờ để trả kết quả cho mẹ tôi [80|76] tuổi, còn gọi xe giúp. Tôi rất cảm ơn.",
        (
            Step(
                3.1,
                "quy",
                "answer",
                "Cảm ơn anh/chị. Chúng tôi đã chuyển lời khen đến cán bộ và khen trước cơ quan.",
                "upheld",
            ),
            Step(4.1, "reporter", "rate", "", "5"),
            Step(30.1, "minh", "close"),
        ),
        disclosure=NAMED,
        is_over=True,
    ),
    Situation(
        "proposal",
        3.4,
        "proposal.simplify",
        "H-HA",
        "Nên bỏ bản sao [công chứng|chứng thực] khi [đăng ký kinh doanh|sang tên xe] vì dữ liệu đã có sẵn.",
    ),
    Situation(
        "unknown-office",
        2.9,
        "openness.missing",
        "",
        "Tôi không biết nơi đó tên gì, ở gần [chợ|bến xe|trường học], không niêm yết phí và danh mục hồ sơ.",
        area="503",
    ),
)

# Played after the case that it is merged into; never cloned, because a clone would point to another's case.
TWICE_SAID: tuple[Situation, ...] = (
    Situation(
        "refusal-merged",
        4.2,
        "harassment.refusal",
        "H-HA-MC",
        "Hôm đó tôi đứng sau một người bị trả hồ sơ dù đủ giấy. Tới lượt tôi cũng vậy, cán bộ nói [về đi|hôm khác hãy tới].",
        (
            Step(1.1, "minh", "accept"),
            Step(1.6, "minh", "merge", choice="refusal-concluded"),
        ),
        accused=AccusedRole.OFFICER,
        is_cloned=False,
    ),
)

# Waits for the chief inspector; never cloned, because a thousand of them would wait.
NOT_PUT_RIGHT: tuple[Situation, ...] = (
    Situation(
        "late-not-put-right",
        62.3,
        "delay.late_result",
        "H-HA-MC",
        "Hồ sơ [cấp đổi sổ đỏ|tách thửa] trễ hẹn [ba|bốn] tuần. Nhận được rồi thì phải xong luôn, đừng bắt tôi làm lại.",
        (
            Step(
                3.3,
                "quy",
                "answer",
                "Kết quả đã có. Chúng tôi xin lỗi anh/chị vì để chờ lâu.",
                "upheld",
                "result_handed_out",
            ),
            Step(5.2, "reporter", "rate", "Trả lời lịch sự nhưng lâu.", "3"),
            Step(31.1, "minh", "close"),
            Step(52.2, "portal", "ask_follow_up"),
            Step(
                53.3,
                "reporter",
                "answer_follow_up",
                "Giấy nhận về ghi sai số thửa. Tôi lên hỏi thì được bảo nộp lại hồ sơ mới từ đầu.",
                "no",
            ),
        ),
        has_dossier=True,
        promised_days_before=20,
        committee_first=False,
        is_cloned=False,
        is_over=True,
    ),
)

SITUATIONS: tuple[Situation, ...] = DELAYS + CONDUCT + OTHERS + TWICE_SAID + NOT_PUT_RIGHT
