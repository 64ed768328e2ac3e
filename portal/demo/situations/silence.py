"""Late and nobody says so; sent here and there; come again tomorrow; a page on the web that does not work."""

from portal.demo.script import (
    BUSINESS,
    CONFIDENTIAL,
    ENGLISH,
    NAMED,
    Situation,
    accepted,
    added,
    answered,
    approved,
    asked,
    cleared,
    closed,
    concluded,
    heard,
    looked_into,
    rated,
    referred,
    replied,
    verifying,
    withdrawn,
)

SILENCE: tuple[Situation, ...] = (
    Situation(
        "late-committee-first", 6.4, "delay.no_apology", "H-TK-MC",
        "Hồ sơ trễ hẹn mà không ai báo. Tôi xin Ủy ban xem trước vì [sợ bị làm khó|còn nhiều việc phải lên quầy này|lần trước góp ý thì bị để lâu hơn].",
        (
            accepted(),
            cleared(1.3, "Người dân phản ánh hồ sơ trễ hẹn, không có thông báo hay thư xin lỗi."),
            referred(1.4, "H-TK", "Đề nghị rà soát các hồ sơ trễ trong tháng."),
        ),
        has_dossier=True, promised_days_before=7, committee_first=True,
    ),
    Situation(
        "apology-letter-unsigned", 3.2, "delay.no_apology", "H-HA-MC",
        "Thư xin lỗi có, mà không ngày hẹn lại, không chữ ký, tên tôi còn viết sai dấu. Tôi đọc xong càng [bực|buồn cười] hơn. Xin lỗi thì phải cho biết [lý do|bao giờ xong] chứ.",
        procedure="build.permit_house", has_dossier=True, promised_days_before=6, committee_first=False,
    ),
    Situation(
        "sms-never-came", 16.3, "delay.no_apology", "H-TK-MC",
        "Lúc nộp có đăng ký nhận tin nhắn. Quá hẹn [tám|chín] ngày không tin nhắn, không cuộc gọi, đt {phone} của tui mở suốt 24/24. Tự lên mới biết hồ sơ bị trả lại từ [tuần trước|đời nào] vì thiếu [một chữ ký|tờ khai thuế].",
        (
            answered(6.3, "tam", "Tin nhắn không gửi được do số điện thoại nhập thiếu một chữ số ở quầy. Chúng tôi đã gọi xin lỗi, nhận bổ sung tại nhà và trả kết quả trong hai ngày.", "upheld", "apology_in_person"),
            rated(8.1, 4, "Có gọi xin lỗi đàng hoàng."),
            closed(13.1),
        ),
        procedure="land.change_name", has_dossier=True, promised_days_before=9, committee_first=False, is_over=True, weight=9,
    ),
    Situation(
        "third-new-date", 27.4, "delay.no_apology", "H-DL-MC",
        "Hẹn lại lần [thứ ba|thứ tư] rồi. Lần mô cũng gạch ngày cũ viết ngày mới bằng [bút bi|bút chì] trên cái phiếu cũ, không thư từ chi hết. Nghe nói nhà nước quy định chỉ được hẹn lại một lần thôi mà?",
        procedure="land.reissue_exchange", has_dossier=True, promised_days_before=22, committee_first=False,
    ),
    Situation(
        "no-word-for-cooperative", 36.4, "delay.no_apology", "SNNPTNT",
        "HTX rau sạch tụi mình xin giấy chứng nhận an toàn thực phẩm cho [rau|nấm|trứng], quá hạn mà Chi cục không báo gì. Siêu thị [cắt hợp đồng|chuyển sang nhà cung cấp khác] vì thiếu giấy. Không xin bồi thường, chỉ cần một văn bản nói rõ lý do để nói chuyện với đối tác.",
        (
            asked(2.2, "minh", "Đề nghị hợp tác xã gửi mã hồ sơ trên giấy hẹn và cho biết đã nhận được thông báo bổ sung nào chưa."),
            replied(4.1, "Mã hồ sơ tụi mình có ghi lúc gửi. Chưa nhận văn bản nào, chỉ có một lần anh cán bộ gọi hỏi đường."),
        ),
        procedure="food.agri", has_dossier=True, promised_days_before=14, committee_first=True, reporter=BUSINESS, disclosure=CONFIDENTIAL,
    ),
    Situation(
        "holiday-counted-twice", 22.1, "delay.no_apology", "H-HA-MC",
        "Tre hen roi cong them ngay le, ngay le qua roi lai cong them ngay nghi bu. Minh lam ke toan nen tinh duoc, tru het ngay nghi van tre [5|6|8] ngay. Khong thay thu xin loi nhu niem yet.",
        (
            answered(5.1, "quy", "Anh/chị tính đúng: trừ ngày nghỉ, hồ sơ vẫn trễ. Phần mềm cộng hai lần ngày nghỉ bù. Kết quả và thư xin lỗi đã gửi qua bưu điện; phần mềm đã báo sửa.", "fault_of_system", "apology_letter"),
            rated(7.3, 5, "Ghi nhan cach tra loi thang than."),
            closed(15.2),
        ),
        has_dossier=True, promised_days_before=11, committee_first=False, is_over=True, weight=7,
    ),
    Situation(
        "repeated-visits", 3.1, "delay.repeated_visits", "X-20398",
        "Đi [bốn|năm|sáu] lần, mỗi lần hướng dẫn một kiểu: lần thì thiếu bản sao, lần thì sai mẫu, lần thì người ký đi họp.",
    ),
    Situation(
        "photo-size-visits", 11.2, "delay.repeated_visits", "H-TK-MC",
        "Lần 1: ảnh nền xanh không nhận. Lần 2: ảnh nền trắng nhưng [đeo kính|tóc che tai]. Lần 3: ảnh đúng, máy in hỏng. Lần 4: người phụ trách nghỉ phép. Em là sinh viên, đi từ [Huế|Đà Nẵng] vào, tiền xe cũng hết [bốn trăm|sáu trăm] ngàn rồi ạ.",
        (
            accepted(),
            cleared(1.5, "Người dân phản ánh bốn lần đến quầy, mỗi lần bị nêu một lý do khác nhau về ảnh và máy in."),
            referred(2.1, "H-TK", "Đề nghị kiểm tra việc hướng dẫn một lần đầy đủ bằng văn bản."),
            heard(8.2, "tam", "Bộ phận một cửa đã niêm yết mẫu ảnh, in phiếu hướng dẫn một lần và cử người thay khi nghỉ phép."),
        ),
    ),
    Situation(
        "ethnic-woman-mountain", 18.4, "delay.repeated_visits", "H-NTM-MC",
        "Nhà mình ở [Trà Linh|Trà Cang|Trà Nam], xuống huyện đi bộ nửa ngày rồi đi nhờ xe nữa. Cán bộ nói về lấy giấy xã, xã nói về lấy giấy thôn, thôn nói giấy này huyện làm. Mình đi [ba|năm] lần rồi, bắp trên rẫy không ai bẻ. Mình nói tiếng Kinh chưa rành, cán bộ nói nhanh quá.",
        looked_into("Ba nơi đã hướng dẫn khác nhau về cùng một tờ giấy. Giấy này do xã cấp và đã được trao tận nhà. Huyện đã phân công một người biết tiếng Xơ Đăng trực quầy vào ngày phiên.", "upheld", "procedure_corrected") + (rated(13.2, 5, "Cám ơn cán bộ đem giấy lên nhà."), closed(16.1)),
        procedure="social.poor_household", is_over=True, weight=5,
    ),
    Situation(
        "company-five-trips", 7.2, "delay.repeated_visits", "SKHDT",
        "Chỉ thay đổi địa chỉ trụ sở mà văn thư công ty phải lên Sở [năm|bảy] lượt: sai phông chữ, sai giãn dòng, thiếu dấu treo, rồi tới [tên phường mới|số nhà cũ]. Mỗi lần chỉ nói một lỗi. Sao không nói hết một lần cho người ta sửa?",
        (accepted(), verifying()),
        procedure="biz.change", reporter=BUSINESS, disclosure=CONFIDENTIAL, wish="Đề nghị có bảng kiểm các lỗi thường gặp để doanh nghiệp tự soát.",
    ),
    Situation(
        "marriage-paper-sailor", 46.2, "delay.repeated_visits", "X-20434",
        "Em đi tàu viễn dương, mỗi lần vô bờ được [năm|bảy] ngày. Xin giấy xác nhận tình trạng hôn nhân để cưới, xã hẹn tới hẹn lui qua [hai|ba] chuyến tàu. Cô dâu [giận|khóc] mấy bận. Cần giấy tờ gì nói một lần em nộp đủ luôn.",
        looked_into("Xã đã yêu cầu bổ sung ba lần trong khi có thể nêu đủ ở lần đầu. Giấy xác nhận đã cấp; xã gửi lời xin lỗi đến gia đình.", "upheld", "apology_in_person", until=7.1, chief="dung") + (rated(10.1, 5, "Kịp ngày cưới, cảm ơn mọi người!"), closed(38.1)),
        procedure="civil.marital_status", disclosure=NAMED, is_over=True,
    ),
    Situation(
        "resident-card-tourist-home", 30.3, "delay.repeated_visits", "X-20419",
        "I rent out two rooms and tried to declare my guests as the law says. The office sent me home [three|four] times: first for a stamp, then for a copy of the stamp, then because the officer was at [a wedding|training]. I lost [two|three] working days for a form of one page.",
        (accepted(), asked(2.2, "minh", "Could you tell us on which days you went there, and whether anybody gave you a written list of what was missing?")),
        language=ENGLISH, reporter=BUSINESS, procedure="resid.stay_notice",
    ),
    Situation(
        "passed-around", 34.3, "delay.passed_around", "STNMT",
        "Doanh nghiệp chúng tôi xin [giấy phép môi trường|thẩm định báo cáo tác động môi trường]. Phòng này chỉ sang phòng kia, [hai|ba] tháng không nơi nào nhận.",
        (
            accepted(1.2),
            cleared(1.5, "Doanh nghiệp phản ánh bị chỉ qua lại giữa các phòng, không nơi nào nhận hồ sơ."),
            referred(1.6, "STNMT", "Đề nghị cho biết phòng nào chủ trì."),
            heard(8.2, "son", "Phòng chủ trì đã được phân công. Hồ sơ được nhận và hẹn trả trong 15 ngày."),
            concluded(9.2, "Phản ánh đúng một phần. Sở đã phân công đầu mối và nhận hồ sơ.", "partly_upheld", "new_date_given"),
            approved(10.2),
            rated(12.1, 5, "Đã có đầu mối rõ ràng."),
            closed(33.1),
        ),
        procedure="env.eia", reporter=BUSINESS, disclosure=NAMED, is_over=True,
    ),
    Situation(
        "tree-fallen-three-offices", 10.4, "delay.passed_around", "H-TK",
        "Cây [xà cừ|bàng|phượng] ngã đè mái nhà tôi trên {street}. Gọi phường, phường chỉ công ty cây xanh; công ty chỉ phòng quản lý đô thị; phòng nói phải có công văn của phường. [Mười|Mười hai] ngày rồi cây vẫn nằm trên mái.",
        (accepted(), cleared(1.4, "Người dân phản ánh ba nơi chỉ qua lại việc dọn cây ngã đè nhà."), referred(1.6, "H-TK", "Đề nghị giao một đầu mối và dọn cây ngay."),),
    ),
    Situation(
        "merit-file-two-districts", 43.2, "delay.passed_around", "SLDTBXH",
        "Cha tôi hy sinh ở [Quế Sơn|Hiệp Đức], hồ sơ gốc ở [Thăng Bình|Tiên Phước], tôi giờ sống tại Tam Kỳ. Huyện này nói huyện kia giữ hồ sơ, huyện kia nói sở giữ, sở nói hỏi lại huyện. [Hai|Ba] năm rồi chưa sửa được một chữ trên giấy báo tử.",
        (accepted(), verifying(), concluded(20.1, "Hồ sơ gốc do Sở lưu. Sở có trách nhiệm trả lời, không yêu cầu gia đình đi lại giữa hai huyện.", "upheld", "dossier_accepted")),
        procedure="merit.reissue", disclosure=NAMED,
    ),
    Situation(
        "boat-papers-fisher", 25.2, "delay.passed_around", "SNNPTNT",
        "Dan bien tui dang ky lai tau ca, chi cuc noi hoi dang kiem, dang kiem noi hoi bien phong, bien phong noi quay lai chi cuc. Tau nam bo [20|30] ngay, [8|11] ban thuyen an mi tom. Ai lam ai chiu trach nhiem thi noi mot tieng.",
        (accepted(), verifying(), withdrawn(9.2)),
        procedure="agri.boat", reporter=BUSINESS, is_over=True, weight=2,
    ),
    Situation(
        "house-number-nobody", 39.3, "delay.passed_around", "H-DB",
        "Xin cái số nhà mà phường nói phòng kinh tế hạ tầng, phòng nói tổ dân phố, tổ trưởng nói [ổng đâu có thẩm quyền|chờ họp dân]. Shipper giao hàng toàn lạc qua [đầu làng|xóm dưới]. Nghe thì nhỏ mà [hai|ba] năm nay không ai làm.",
        looked_into("Phòng quản lý đô thị có thẩm quyền cấp số nhà. Thị xã đã giao một người làm đầu mối và gắn số cho cả tuyến đường trong tháng.", "upheld", "procedure_corrected", chief="dung") + (rated(15.1, 4, "Có số nhà rồi, cảm ơn."), closed(20.1)),
        procedure="house.number", is_over=True, weight=7,
    ),
    Situation(
        "online-failure", 2.6, "online.failure", "H-TK-MC",
        "Nộp trực tuyến [trên cổng dịch vụ công|bằng tài khoản VNeID] báo lỗi [ba|bốn] ngày nay, gọi thì bảo đem giấy lên nộp lại từ đầu.",
    ),
    Situation(
        "upload-limit-drawing", 9.4, "online.failure", "H-HA-MC",
        "Hệ thống chỉ cho tải tệp dưới [2|5|6] MB mà bản vẽ xin phép xây dựng quét ra [30|48] MB. Nén lại thì bị trả vì “mờ”. Nộp online vậy thì ai nộp được?",
        procedure="build.permit_house", reporter=BUSINESS, wish="Cho phép tải nhiều tệp hoặc tệp lớn hơn.",
    ),
    Situation(
        "paid-twice-online", 15.4, "online.failure", "SGTVT",
        "Thanh toán trực tuyến báo thất bại nhưng tài khoản vẫn trừ [135.000|270.000] đồng, [hai|ba] lần như vậy. Ngân hàng nói tiền đã về kho bạc, bên cổng nói chưa nhận. Hồ sơ đổi bằng lái tự huỷ sau 24h.",
        procedure="trans.licence_exchange", has_dossier=True, committee_first=False,
    ),
    Situation(
        "otp-grandparents", 4.3, "online.failure", "X-20347",
        "mn oi sao app dvc cu bat ma OTP gui ve so cu cua ong noi e, ong mat sim [2|3] nam roi. len phuong thi bao “nop online di, o day k nhan giay nua”. ong [78|81] tuoi xai dien thoai cuc gach, ntn moi nop dc a?",
        procedure="social.monthly_allowance",
    ),
    Situation(
        "english-page-blank", 20.3, "online.failure", "SNGV",
        "The English version of the online form opens as a blank page on [my phone|two different computers]. The Vietnamese one works, but I cannot read it well enough to sign it. I wrote to the help address [twice|three times] since [March|May] and got no reply.",
        language=ENGLISH, disclosure=CONFIDENTIAL,
    ),
    Situation(
        "online-still-paper", 28.2, "online.failure", "H-DX-MC",
        "Đã nộp đủ trên mạng, có mã, có chữ ký số. Tới ngày nhận thì quầy bảo in ra [hai|ba] bộ, ký tươi, nộp lại. Vậy nộp online để làm chi? Công ty tôi ở {village} chạy ra chạy vô mất cả buổi.",
        procedure="hhb.change", has_dossier=True, committee_first=True, reporter=BUSINESS,
        steps=looked_into("Quầy không được yêu cầu bản giấy khi hồ sơ trực tuyến đã có chữ ký số. Huyện đã nhắc nhở và bỏ yêu cầu in lại.", "upheld", "paper_dropped") + (rated(14.1, 5), closed(18.3)),
        is_over=True,
    ),
    Situation(
        "portal-slow-evening", 5.2, "online.failure", "STTTT",
        "Cổng dịch vụ công tối nào từ [19|20] giờ cũng quay vòng vòng, điền xong bấm nộp là mất hết. Em điền lại [ba|bốn] lần rồi, đi làm cả ngày chỉ có buổi tối rảnh thôi ạ.",
        (added(2.3, "Tối qua em thử lại vẫn vậy, em có chụp màn hình lúc [20h14|21h07]."),),
    ),
)
