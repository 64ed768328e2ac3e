"""Thanks, good ways of working, proposals, and what belongs to nobody else's list."""

from portal.demo.script import (
    BUSINESS,
    ENGLISH,
    NAMED,
    Situation,
    accepted,
    answered,
    asked,
    closed,
    forwarded,
    looked_into,
    rated,
    refused,
    verifying,
    withdrawn,
)

THANKS: tuple[Situation, ...] = (
    Situation(
        "praise", 38.2, "praise.person", "H-HA",
        "Chị ở quầy [2|3] ở lại ngoài giờ để trả kết quả cho mẹ tôi [80|76] tuổi, còn gọi xe giúp. Tôi rất cảm ơn.",
        (answered(3.1, "quy", "Cảm ơn anh/chị. Chúng tôi đã chuyển lời khen đến cán bộ và khen trước cơ quan.", "upheld", "praised"), rated(4.1, 5), closed(30.1)),
        disclosure=NAMED, is_over=True,
    ),
    Situation(
        "praise-wallet-returned", 7.1, "praise.person", "H-TK",
        "Tôi để quên ví ở phòng chờ, trong có [sáu|tám] triệu tiền bán heo với giấy tờ tuỳ thân. Anh bảo vệ dò số điện thoại {phone} trong ví gọi trả, mời uống nước, không nhận một đồng. Người như rứa phải khen.",
        (answered(3.2, "tam", "Thành phố đã chuyển lời cảm ơn và biểu dương anh trước toàn cơ quan. Cảm ơn ông đã viết thư.", "upheld", "praised"),),
        disclosure=NAMED,
    ),
    Situation(
        "praise-young-officer-flood", 2.1, "praise.person", "X-20398",
        "Đợt lụt vừa rồi có cô cán bộ trẻ lội nước tới [ngực|bụng] đem giấy xác nhận tới từng nhà để bà con kịp làm bảo hiểm xe. Không biết tên, chỉ nhớ đội nón tai bèo màu [xanh|đỏ] và cười hoài.",
    ),
    Situation(
        "praise-patient-english", 33.2, "praise.person", "H-HA",
        "I want to praise the young man who drew the whole procedure for me on a sheet of paper, with little houses and arrows, because his English and my Vietnamese were equally [bad|funny]. I was out in [twenty|thirty] minutes with the right stamp.",
        (answered(4.1, "quy", "Thank you. We have passed your words to him; the drawing now hangs at the counter.", "upheld", "praised"), rated(6.1, 5, "Wonderful!"), closed(12.1)),
        language=ENGLISH, is_over=True,
    ),
    Situation(
        "praise-night-registration", 16.4, "praise.person", "H-TK",
        "cam on c cong chuc da mo lai phong luc [17h20|17h45] de ky giay bao tu cho ba em, vi sang hom sau dua tang. luc do ca nha roi lam, co nguoi lam giup em khong quen duoc.",
        (answered(5.1, "tam", "Chúng tôi xin chia buồn cùng gia đình và đã chuyển lời cảm ơn đến người trực hôm đó.", "upheld", "praised"), rated(8.1, 5), closed(14.1)),
        procedure="civil.death", is_over=True,
    ),
    Situation(
        "model-home-delivery", 24.3, "praise.model", "H-TK",
        "Cách làm trả kết quả tận nhà cho người già ở {village} rất hay. Ba tôi [84|79] tuổi, ngồi nhà ký nhận, có người đọc lại từng chữ cho nghe. Nên làm ở các nơi khác nữa.",
        (answered(4.2, "tam", "Cảm ơn anh/chị. Thành phố đã giao các phường còn lại học cách làm này từ quý sau.", "upheld", "praised"), rated(6.2, 5), closed(15.3)),
        is_over=True,
    ),
    Situation(
        "model-saturday-counter", 11.3, "praise.model", "H-TK",
        "Quầy một cửa mở sáng thứ bảy, công nhân khu công nghiệp tụi em khỏi phải xin nghỉ. Trước đây xin nghỉ một buổi mất [chuyên cần|ba trăm ngàn]. Mong giữ lâu dài, đừng làm vài bữa rồi thôi nghe.",
        (answered(6.1, "tam", "Cảm ơn anh/chị. Thành phố tiếp tục mở quầy sáng thứ bảy trong cả năm và đã khen nhóm trực.", "upheld", "praised"),),
    ),
    Situation(
        "model-qr-guidance", 4.2, "praise.model", "X-20413",
        "Phường dán mã QR ở từng bàn, quét ra mẫu điền sẵn, hết cảnh [mượn bút|hỏi tới hỏi lui]. Bà xã tôi bán hàng ăn, quét một cái là xong. Khen!",
    ),
    Situation(
        "model-sign-language", 29.3, "praise.model", "H-HA",
        "Bộ phận một cửa có bạn biết ngôn ngữ ký hiệu trực [sáng thứ hai|chiều thứ tư]. Con trai tôi khiếm thính lần đầu tự làm giấy tờ mà không cần mẹ đi cùng. Xin cảm ơn người nghĩ ra việc này.",
        (answered(5.3, "quy", "Chúng tôi rất vui khi nhận thư. Lịch trực ký hiệu sẽ tăng lên ba buổi mỗi tuần từ tháng tới.", "upheld", "praised"), rated(7.1, 5, "Cả nhà cảm ơn."), closed(13.2)),
        disclosure=NAMED, is_over=True,
    ),
    Situation(
        "model-boat-office", 41.1, "praise.model", "H-NT",
        "Tổ lưu động xuống tận bến cá làm đăng ký tàu, tui khỏi nghỉ chuyến biển. [Nửa buổi|Hai tiếng] là cầm giấy. Đời đi biển bốn chục năm mới thấy cán bộ ra bến chớ không phải dân vô huyện.",
        procedure="agri.boat",
    ),
    Situation(
        "proposal", 3.4, "proposal.simplify", "H-HA",
        "Nên bỏ bản sao [công chứng|chứng thực] khi [đăng ký kinh doanh|sang tên xe] vì dữ liệu đã có sẵn.",
    ),
    Situation(
        "proposal-one-form", 18.3, "proposal.simplify", "STNMT",
        "Ba mẫu đơn biến động đất đai hỏi trùng nhau [mười bốn|mười bảy] mục. Đề nghị gộp làm một mẫu, mục nào máy đã có thì đừng bắt dân chép lại. Tôi làm dịch vụ đo đạc [mười|mười hai] năm, xin gửi kèm bản so sánh khi cần.",
        (answered(9.1, "son", "Sở ghi nhận, đã gửi kiến nghị sửa mẫu đến Bộ và trước mắt điền sẵn các mục có trong cơ sở dữ liệu đất đai.", "upheld", "rule_change_proposed"),),
        procedure="land.transfer", reporter=BUSINESS, disclosure=NAMED,
    ),
    Situation(
        "proposal-text-reminder", 13.2, "proposal.simplify", "H-TB",
        "Giấy phép con nào cũng có hạn, dân buôn bán nhỏ đâu nhớ hết. Xin cho tin nhắn nhắc trước [30|45] ngày. Tiệm gas nhà tui quên gia hạn có [bốn|năm] bữa mà phạt gần [mười|mười lăm] triệu.",
        procedure="trade.gas_shop", reporter=BUSINESS,
    ),
    Situation(
        "proposal-chip-card", 27.3, "proposal.simplify", "STNMT",
        "de nghi bo yeu cau nop ban sao cccd khi xin trich luc thua dat, vi quet chip la co het thong tin. moi lan photo [4000|6000] dong, khong nhieu nhung [phien|ton thoi gian] va lo lo thong tin",
        (answered(10.1, "son", "Kiến nghị hợp lý. Từ tuần này quầy quét căn cước gắn chip, không thu bản sao.", "upheld", "paper_dropped"), rated(12.1, 5), closed(20.2)),
        procedure="land.data", is_over=True,
    ),
    Situation(
        "proposal-plain-words", 6.4, "proposal.simplify", "SNV",
        "Mẫu văn bản của cơ quan nhà nước viết kiểu “liên quan đến việc…”, đọc [ba|năm] lần chưa hiểu. Tôi dạy văn cấp hai, xin đề nghị mỗi quyết định gửi dân kèm ba dòng: việc gì, phải làm gì, hạn ngày nào.",
        disclosure=NAMED,
    ),
    Situation(
        "proposal-bilingual-hotel", 37.3, "proposal.simplify", "SVHTTDL",
        "Small hotels must report each guest in three different systems, with the same [eleven|twelve] fields. Please let one entry feed all three. We are [two|three] people at the desk and it takes an hour every night.",
        (withdrawn(5.1),),
        procedure="resid.stay_notice", reporter=BUSINESS, language=ENGLISH, is_over=True, weight=1,
    ),
    Situation(
        "water-forwarded", 21.2, "other", "H-TK",
        "Nước máy [đục|yếu|mất] cả tuần, gọi công ty [không ai đến|cứ hẹn mai|máy bận hoài].",
        (forwarded(1.2, "water", "Việc này do công ty cấp nước giải quyết. Anh/chị gọi số trên hóa đơn nước."),),
        is_over=True, weight=2,
    ),
    Situation(
        "power-cut-forwarded", 12.1, "other", "H-DX",
        "Cúp điện [ba|bốn] bữa liền, gà công nghiệp chết gần [hai trăm|năm trăm] con. Gọi điện lực thì nói [“sửa tuyến”|“kế hoạch rồi”] mà có thông báo chi mô.",
        (forwarded(1.1, "electricity", "Việc cấp điện và thông báo cắt điện do công ty điện lực trả lời. Anh/chị gọi 19001909, nêu mã khách hàng trên hoá đơn."),),
        reporter=BUSINESS, is_over=True, weight=2,
    ),
    Situation(
        "noise-karaoke-neighbour", 8.2, "other", "X-20347",
        "Loa kẹo kéo nhà bên hát từ [7h tối|5h chiều] tới khuya, bài nào cũng lạc tông. Báo phường, phường tới thì tắt, đi thì mở. Con em thi [tốt nghiệp|chuyển cấp] mà học không nổi.",
        (accepted(), verifying()),
    ),
    Situation(
        "bus-stop-bench", 45.1, "other", "H-TK",
        "Trạm xe buýt ở {street} mất ghế, mất mái, chỉ còn cây cột. Người già đứng nắng chờ [nửa tiếng|bốn chục phút]. Không biết phản ánh ở đâu nên viết vào đây.",
        looked_into("Thành phố đã lắp lại mái và ghế tại trạm.", "upheld", "none_needed", until=6.2) + (rated(9.3, 5, "Có mái rồi, mừng ghê."), closed(14.2)),
        is_over=True, weight=5,
    ),
    Situation(
        "other-province", 17.3, "other", "",
        "Em lam giay to o [Da Nang|Quang Ngai|Hue], can bo o do [lam kho|hen hoai khong xong]. Khong biet trang nay co nhan khong, em gui thu.",
        (refused(1.2, "outside_province", "Việc xảy ra ở địa phương khác nên Cổng này không xem xét được. Anh/chị gửi qua Cổng Dịch vụ công quốc gia, chọn đúng tỉnh, thành phố."),),
        area="503", is_over=True, weight=2,
    ),
    Situation(
        "thank-you-note-unclear", 5.2, "other", "X-20344",
        "Alo test thử coi có ai đọc không. Nếu có đọc thì cho hỏi [chừng nào sửa xong cầu|đường trước nhà bao giờ đổ nhựa], cầu gỗ ở {village} mục [hai|ba] nhịp rồi, con nít đi học qua đó mỗi ngày.",
        (asked(1.3, "minh", "Chúng tôi có đọc. Anh/chị cho biết cầu nằm ở đoạn nào, gần nhà ai hay mốc nào để cơ quan quản lý đường đến xem?"),),
    ),
)
