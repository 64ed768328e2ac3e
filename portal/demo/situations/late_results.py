"""Results that come late: land, building, business, people's own papers."""

from portal.demo.script import (
    BUSINESS,
    CONFIDENTIAL,
    ENGLISH,
    NAMED,
    Situation,
    added,
    answered,
    asked,
    closed,
    rated,
    replied,
)

LATE_RESULTS: tuple[Situation, ...] = (
    Situation(
        "late-land-certificate", 1.3, "delay.late_result", "H-HA-MC",
        "Tôi nộp hồ sơ [đăng ký biến động đất đai|cấp đổi sổ đỏ|sang tên quyền sử dụng đất] tại một cửa, giấy hẹn đã quá [hai|ba|bốn] tuần. Tôi gọi [hai|ba|năm] lần, lần nào cũng bảo [“chưa có, về chờ điện thoại”|“đang trình ký”]. Tôi cần giấy để [vay vốn sửa nhà|làm thủ tục cho con|bán đất trả nợ].",
        procedure="land.transfer", has_dossier=True, promised_days_before=15, committee_first=False,
        wish="Cho biết hồ sơ đang ở đâu và ngày nào có kết quả.", has_contact=True,
    ),
    Situation(
        "late-business-household", 4.2, "delay.late_result", "H-HA-MC",
        "Em đăng ký hộ kinh doanh [quán cà phê|tiệm may|homestay] ở {street}, phiếu hẹn 3 ngày mà nay đã [mười|mười hai|mười lăm] ngày. Lên hỏi thì mỗi người chỉ một nơi.",
        (asked(1.1, "quy", "Anh/chị đã nộp bản sao giấy tờ địa điểm kinh doanh chưa? Nếu rồi, xin cho biết ngày nộp."),),
        procedure="hhb.register", has_dossier=True, promised_days_before=9, committee_first=False, reporter=BUSINESS, disclosure=NAMED,
    ),
    Situation(
        "late-answered", 9.2, "delay.late_result", "H-HA-MC",
        "Toi nop ho so xin [tach thua|cap phep xay dung] tu thang truoc, hen tra ket qua roi ma toi nay chua co. Goi dien khong ai bat may. Mong som giai quyet.",
        (answered(4.1, "quy", "Phản ánh của anh/chị là đúng. Hồ sơ bị để lại ở khâu đối chiếu. Kết quả đã sẵn sàng, anh/chị đến nhận tại quầy số 4, không cần bốc số. Chúng tôi xin lỗi anh/chị.", "upheld", "result_handed_out"),),
        has_dossier=True, promised_days_before=12, committee_first=False,
    ),
    Situation(
        "late-closed", 40.2, "delay.late_result", "H-HA-MC",
        "Hồ sơ [cấp giấy phép xây dựng|chuyển mục đích sử dụng đất] hẹn trả ngày ghi trên phiếu nhưng trễ [mười|hai mươi] ngày, không có thư xin lỗi. Cán bộ chỉ nói [chờ|đang xử lý|lãnh đạo đi vắng].",
        (
            answered(3.3, "quy", "Hồ sơ chậm do chờ ý kiến phòng chuyên môn. Kết quả có từ hôm nay. Chúng tôi đã gửi thư xin lỗi và hẹn lại ngày trả.", "upheld", "apology_letter"),
            rated(5.2, 4, "Có kết quả là được, lần sau xin báo trước."),
            closed(30.1),
        ),
        has_dossier=True, promised_days_before=18, committee_first=False, disclosure=CONFIDENTIAL, has_contact=True, is_over=True, weight=10,
    ),
    Situation(
        "split-plot-late-daughter", 26.4, "delay.late_result", "H-TK-MC",
        "Ba tôi tách thửa cho con gái út ở {village}, đo đạc xong từ [tháng giêng|mùa mưa năm ngoái|trước Tết]. Phiếu hẹn ghi [15|20] ngày làm việc, bây giờ là ngày thứ [34|41|52]. Ông già [bảy mươi|tám mươi] rồi, cứ [ba bữa|mỗi tuần] lại bắt tôi chở lên hỏi.",
        (
            answered(5.2, "tam", "Hồ sơ tách thửa của gia đình chậm do phải đo bổ sung ranh giới phía bắc. Trích đo đã được duyệt, giấy chứng nhận được trả trong tuần này. Chúng tôi xin lỗi vì không báo trước cho gia đình.", "upheld", "new_date_given"),
            rated(8.1, 3, "Đúng tuần đó có giấy, nhưng phải hỏi mới biết."),
            closed(24.2),
        ),
        procedure="land.split_merge", has_dossier=True, promised_days_before=24, committee_first=False, is_over=True, weight=8,
    ),
    Situation(
        "mortgage-bank-waits", 2.2, "delay.late_result", "H-TK-MC",
        "Xoá thế chấp trong ngày là xong mà tôi chờ [năm|sáu|bảy] ngày rồi. Ngân hàng [ngoài Đà Nẵng|trong Tam Kỳ] hối giấy để giải ngân khoản mới, trễ nữa là họ [phạt lãi|huỷ hồ sơ vay]. Người nhận hồ sơ biểu để số điện thoại lại, số tôi {phone}, rồi im luôn.",
        procedure="land.mortgage_release", has_dossier=True, promised_days_before=6, committee_first=False, reporter=BUSINESS, disclosure=NAMED, has_contact=True,
    ),
    Situation(
        "house-permit-rainy-season", 12.3, "delay.late_result", "H-DB-MC",
        "Nhà tôi ở {village} tốc mái sau bão, xin phép sửa lại để [kịp mùa mưa|che cho hai đứa nhỏ]. Hẹn [mười|mười lăm] ngày, nay [hai mươi ba|gần một tháng]. Mưa tới nơi rồi mà giấy phép chưa thấy đâu, thợ thì [đòi đi chỗ khác|đã nhận tiền cọc].",
        procedure="build.permit_repair", has_dossier=True, promised_days_before=8, committee_first=False, wish="Xin cấp phép trước khi vào mùa mưa.",
    ),
    Situation(
        "building-permit-shop", 17.4, "delay.late_result", "H-HA-MC",
        "Cty mình xin GPXD cho showroom ở {street}, nộp đủ bản vẽ từ [05/03|12/04|20/05]. Hẹn 15 ngày làm việc. Giờ hỏi thì bảo chờ “xin ý kiến phòng văn hoá”, hỏi tiếp thì “văn bản đang đi”. Mặt bằng thuê [40|55|70] triệu/tháng mà phải đóng cửa chờ.",
        (
            asked(3.1, "quy", "Đề nghị công ty cho biết khu đất có nằm trong vùng đệm phố cổ không, và gửi số văn bản xin ý kiến mà công ty được thông báo."),
            replied(5.4, "Lô đất ngoài vùng đệm, cách ranh khoảng [60|80|120] mét. Bên mình không được đưa số văn bản nào hết, chỉ nói miệng."),
            answered(11.2, "quy", "Khu đất ngoài vùng đệm nên không phải xin ý kiến. Việc gửi hồ sơ đi xin ý kiến là nhầm. Giấy phép được cấp ngày hôm nay; phòng chuyên môn đã nhận khuyết điểm.", "upheld", "result_handed_out"),
        ),
        procedure="build.permit_house", has_dossier=True, promised_days_before=11, committee_first=False, reporter=BUSINESS, disclosure=NAMED,
    ),
    Situation(
        "birth-certificate-vaccination", 0.6, "delay.late_result", "X-20404",
        "Con em mới sinh được [hai|ba] tháng, làm khai sinh nói trong ngày có mà [mười|mười một] ngày rồi chưa xong. Không có giấy khai sinh thì k làm đc thẻ BHYT, đi tiêm phải trả tiền. Em hỏi thì anh tư pháp nói [máy đang lỗi|mạng chậm], hẹn mai, mai lại mai.",
        procedure="civil.birth", has_dossier=True, promised_days_before=10, committee_first=False,
    ),
    Situation(
        "death-record-funeral-money", 21.3, "delay.late_result", "H-TK-MC",
        "Má tui mất hồi [tháng tư|tháng sáu], hồ sơ xin tiền mai táng phí nộp cho xã rồi chuyển lên thành phố. Nghe nói [mười|mười lăm] ngày, mà tới bữa ni qua [hai|ba] cái rằm vẫn chưa có. Tui không phải ham chi số tiền nớ, nhưng tiền mượn lo đám còn đó.",
        (
            answered(6.1, "tam", "Quyết định hỗ trợ chi phí mai táng đã ký. Tiền được trả tại bưu điện phường, gia đình mang theo căn cước. Hồ sơ chậm vì bảng kê cấp xã gửi thiếu; chúng tôi đã chấn chỉnh và xin chia buồn, xin lỗi gia đình.", "upheld", "apology_letter"),
            rated(9.2, 5, "Cám ơn, đã nhận đủ."),
            closed(14.3),
        ),
        procedure="social.funeral", has_dossier=True, promised_days_before=30, committee_first=False, disclosure=NAMED, is_over=True,
    ),
    Situation(
        "old-age-allowance-grandmother", 8.4, "delay.late_result", "H-TK-MC",
        "Bà nội em 80 tuổi, làm hồ sơ trợ cấp xã hội từ [đầu năm|tháng ba] tới giờ. Xã nói gửi thành phố, thành phố nói xã chưa gửi. Em đi học [ở Huế|ở Sài Gòn|ngoài Đà Nẵng], mỗi lần về hỏi là mất [hai|ba] ngày.",
        (answered(6.2, "tam", "Chúng tôi đã đối chiếu: hồ sơ của bà đến ngày 4 nhưng bị xếp nhầm sang nhóm người khuyết tật. Quyết định đã ban hành, bà được truy lĩnh từ tháng đủ điều kiện.", "upheld", "result_handed_out"),),
        procedure="social.monthly_allowance", has_dossier=True, promised_days_before=20, committee_first=False, has_contact=True,
    ),
    Situation(
        "disability-level-late", 33.4, "delay.late_result", "H-NT-MC",
        "Con trai tui bị [bại não|chậm phát triển] từ nhỏ, hội đồng xã xác định mức độ khuyết tật đã họp [hai|ba] tháng trước. Giấy xác nhận hẹn [hai mươi lăm|ba mươi] ngày. Hai vợ chồng [đi biển|làm công nhân] không có thì giờ lên hoài, xin các anh chị coi giùm.",
        procedure="social.disability", has_dossier=True, promised_days_before=40, committee_first=False,
    ),
    Situation(
        "toxic-agent-veteran", 44.3, "delay.late_result", "H-TP-MC",
        "Tôi là bộ đội phục viên, hồ sơ hưởng chế độ chất độc hoá học nộp từ [năm kia|tháng 9 năm ngoái]. Giấy hẹn tôi còn giữ, đã ố vàng. Đồng đội cùng đơn vị ở [Duy Xuyên|Đại Lộc] nộp sau mà có rồi. Tôi không xin ưu tiên, tôi chỉ xin một câu trả lời [cho ra câu trả lời|rõ ràng bằng giấy].",
        procedure="merit.toxic", has_dossier=True, promised_days_before=60, committee_first=False, disclosure=NAMED,
    ),
    Situation(
        "work-permit-late-english", 6.3, "delay.late_result", "SLDTBXH",
        "Our school applied for a work permit for [a teacher|two teachers] from [Canada|South Africa|the Philippines]. The receipt promised five working days; [four|five] weeks have passed. Each call ends with “please wait”. Their visas expire [next month|in ten days] and nobody will say what is missing.",
        procedure="labour.work_permit", has_dossier=True, promised_days_before=21, committee_first=False, reporter=BUSINESS, disclosure=NAMED, language=ENGLISH, has_contact=True,
    ),
    Situation(
        "driving-licence-exchange", 3.3, "delay.late_result", "SGTVT",
        "Đổi bằng lái qua cổng quốc gia, đóng tiền rồi, trạng thái cứ “đang xử lý” từ [ngày 02|ngày 09|ngày 17] tới nay. E chạy xe tải cho {business}, bằng hết hạn là [nghỉ chạy|mất việc]. Mong đc trả lời sớm ạ.",
        procedure="trans.licence_exchange", has_dossier=True, promised_days_before=5, committee_first=False,
    ),
    Situation(
        "environment-permit-factory", 31.2, "delay.late_result", "STNMT",
        "Công ty chúng tôi nộp hồ sơ cấp giấy phép môi trường cho xưởng [gỗ|may|chế biến thuỷ sản] tại cụm công nghiệp ở {village}. Đoàn kiểm tra thực tế đã đến và không có ý kiến. Từ đó đến nay [bốn mươi|năm mươi] ngày, hồ sơ không có văn bản nào. Dây chuyền nhập về nằm kho, [120|180] lao động đang chờ việc.",
        (
            answered(9.3, "son", "Hồ sơ chậm do chờ lấy ý kiến cơ quan quản lý công trình thuỷ lợi. Sở đã có văn bản đôn đốc, tổ chức họp thẩm định và ký giấy phép. Sở xin lỗi doanh nghiệp vì không thông báo lý do kéo dài.", "upheld", "result_handed_out"),
            rated(12.2, 4, "Cảm ơn Sở. Mong lần sau có thông báo để chúng tôi sắp xếp sản xuất."),
            closed(28.1),
        ),
        procedure="env.permit_province", has_dossier=True, promised_days_before=25, committee_first=False, reporter=BUSINESS, disclosure=NAMED, has_contact=True, is_over=True,
    ),
    Situation(
        "well-licence-water-plant", 24.2, "delay.late_result", "STNMT",
        "HTX nước sạch xin giấy phép khai thác nước dưới đất, hẹn 45 ngày làm việc, nay quá hẹn [ba|sáu] tuần. Dân [hai|ba] thôn đang xài nước giếng phèn, giếng khoan mới thì [niêm phong chờ phép|chưa dám bơm].",
        (answered(14.2, "son", "Sở đã thẩm định xong, còn chờ hợp tác xã nộp bản đồ vùng bảo hộ vệ sinh. Khi nhận được bản đồ, Sở trả giấy phép trong ba ngày làm việc.", "partly_upheld", "new_date_given"),),
        procedure="water.groundwater", has_dossier=True, promised_days_before=20, committee_first=False, reporter=BUSINESS,
    ),
    Situation(
        "land-data-one-day", 5.4, "delay.late_result", "STNMT",
        "Xin trích lục thông tin thửa đất để [nộp toà|làm di chúc], quy định một ngày mà [chín|mười] ngày chưa có. Đã đóng phí, biên lai còn đây. Nhân viên tư vấn thì nhiệt tình nhưng [không ai ký|chỉ biết xin lỗi].",
        procedure="land.data", has_dossier=True, promised_days_before=9, committee_first=False,
    ),
    Situation(
        "first-red-book-old-farmer", 38.3, "delay.late_result", "H-TB-MC",
        "Đất ni ông nội tui khai hoang từ [năm 1976|hồi mới giải phóng], ba đời mần ruộng ở {village}. Làm sổ lần đầu, đoàn đo về đo [hai|ba] bận, thuế đóng rồi, ký giáp ranh đủ hết. Rứa mà [bảy|chín] tháng nay hỏi mô cũng nói chờ. Tui già rồi, chỉ mong cầm được cuốn sổ trước khi nhắm mắt.",
        (added(20.2, "Bữa [qua|hổm] địa chính xã nói hồ sơ của tui bị lạc bản đồ, biểu ký giáp ranh lại. Hàng xóm có người đi làm ăn xa, ký răng được."),),
        procedure="land.first_certificate", has_dossier=True, promised_days_before=35, committee_first=False,
    ),
    Situation(
        "correct-typo-on-title", 29.1, "delay.late_result", "H-HA-MC",
        "Sổ đỏ ghi sai tên đệm của vợ tôi, {person} thành người khác. Lỗi do cơ quan in sai chứ không phải dân khai sai, vậy mà nộp đính chính [một|hai] tháng chưa xong. Bán nhà không được, công chứng họ không nhận.",
        (
            answered(4.2, "quy", "Sai sót do khâu nhập liệu của chúng tôi. Giấy chứng nhận đã đính chính, xin mời gia đình đến nhận, không thu phí. Chúng tôi thành thật xin lỗi.", "upheld", "result_handed_out"),
            rated(6.1, 5, "Giải quyết nhanh sau khi phản ánh."),
            closed(12.1),
        ),
        procedure="land.correct", has_dossier=True, promised_days_before=16, committee_first=False, disclosure=NAMED, is_over=True, weight=5,
    ),
    Situation(
        "food-certificate-restaurant", 19.3, "delay.late_result", "H-HA-MC",
        "Quan com ga cua gia dinh xin giay ve sinh an toan thuc pham, doan da kiem tra ngay [3|8|14] noi la dat, ma giay thi khong thay. Cuoi tuan khach dong, [quan ly thi truong|doan lien nganh] toi hoi giay la phat, luc do ai chiu?",
        (
            answered(7.1, "quy", "Giấy chứng nhận đã ký từ ngày 20 nhưng chưa chuyển ra quầy. Hôm nay giấy đã có tại quầy 6. Trong thời gian chờ, quán dùng phiếu hẹn để xuất trình khi có kiểm tra.", "upheld", "result_handed_out"),
            rated(8.2, 4),
            closed(16.1),
        ),
        procedure="food.catering", has_dossier=True, promised_days_before=10, committee_first=False, reporter=BUSINESS, is_over=True,
    ),
    Situation(
        "late-mistaken-date", 35.2, "delay.late_result", "H-TK-MC",
        "Phiếu ghi trả ngày [12|15|22], tôi nghỉ làm lên lấy thì chưa có. Đi xe máy từ {village} xuống mất [hai|ba] tiếng.",
        (
            answered(4.4, "tam", "Chúng tôi đã kiểm tra phiếu: ngày ghi trên phiếu là ngày của tháng sau, chữ số tháng bị mờ do máy in. Hồ sơ vẫn trong hạn. Xin lỗi anh/chị vì phiếu in không rõ; máy in đã được thay mực.", "not_upheld", "explained"),
            rated(9.2, 3, "Mực mờ thì đành chịu, nhưng mất công quá."),
            closed(32.2),
        ),
        has_dossier=True, promised_days_before=1, committee_first=False, is_over=True, weight=4,
    ),
    Situation(
        "inheritance-siblings", 14.4, "delay.late_result", "H-DX-MC",
        "Anh em tôi [bốn|năm] người, kẻ Nam người Bắc, hẹn nhau về ký phân chia thừa kế rồi nộp đăng ký biến động. Quá hẹn [mười|mười hai] ngày. Chị tôi ở [Đắk Lắk|Bình Dương] phải đổi vé xe [hai|ba] lần để chờ.",
        procedure="land.transfer", has_dossier=True, promised_days_before=12, committee_first=False, wish="Xin trả kết quả qua bưu điện để khỏi phải chờ.",
    ),
)

