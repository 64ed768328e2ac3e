"""Words around names and places, as people in the province write them: what announces a name, and what is none.

All in lower case and NFC. Whoever adds a word runs tests/areas/cases/test_clearing.py: it prints what that changes.
"""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# What stands before a name. Those of the second list are common words once the marks are gone.
TITLES = (
    *("anh", "chị", "ông", "bà", "cô", "chú", "bác", "em", "cháu", "thầy", "cậu", "dì", "mợ", "thím", "dượng", "bé"),
    *("vợ", "chồng", "mẹ", "cha", "má", "con", "cán bộ", "đồng chí", "đ/c", "nhân viên", "công chức", "viên chức"),
    *("bác sĩ", "bác sỹ", "y sĩ", "y tá", "điều dưỡng", "hộ lý", "kế toán", "văn thư", "thủ quỹ", "bảo vệ"),
    *("bí thư", "chủ tịch", "giám đốc", "hiệu trưởng", "hiệu phó", "trưởng thôn", "tổ trưởng", "công an", "già làng"),
    *("trưởng phòng", "phó phòng", "phó chủ tịch", "phó bí thư", "phó giám đốc", "cô giáo", "thầy giáo", "đội trưởng"),
    *("thanh tra viên", "kiểm tra viên", "chuyên viên", "giáo viên", "luật sư", "lái xe", "bạn", "tên", "nạn nhân"),
    *("người làm đơn", "người viết đơn", "người phản ánh", "ký tên", "kí tên", "họ tên", "họ và tên", "tôi", "tui"),
    *("thiếu úy", "trung úy", "thượng úy", "đại úy", "thiếu tá", "trung tá", "thượng tá", "đại tá", "trưởng bản"),
    *("anh ta", "tên đầy đủ", "tên thật", "tên gọi", "kính đơn", "người gửi", "chủ tài khoản", "ông chủ", "bà chủ"),
)
BARE_TITLES = (
    *("anh", "ong", "chu", "bac", "em", "chau", "can bo", "dong chi", "nhan vien", "ten", "toi", "vo", "chong", "me"),
    *("bac si", "y ta", "ke toan", "bi thu", "chu tich", "giam doc", "hieu truong", "truong phong", "chuyen vien"),
    *("ho ten", "ho va ten", "ky ten", "cong an", "truong thon"),
)
# As bare words they mean much else: only before a family name.
DOUBTFUL_TITLES = ("chi", "ba", "co", "thay", "cha", "con", "di", "be")
# What may stand between the two: "con gái tôi tên là …".
BETWEEN = (
    *("gái", "trai", "ruột", "dâu", "rể", "nội", "ngoại", "út", "cả", "tôi", "tui", "em", "chị", "anh", "ông", "bà"),
    *("ấy", "đó", "này", "nớ", "kia", "là", "tên", "họ", "bà", "cô", "gai", "ruot", "toi", "la", "ten", "ay", "do"),
    *("đầy", "đủ", "thật"),
)
# Offices and work that people write with a capital letter behind a title.
OFFICES = (
    *("chủ tịch", "phó chủ tịch", "trưởng phòng", "phó phòng", "phó trưởng phòng", "giám đốc", "phó giám đốc"),
    *("bí thư", "phó bí thư", "trưởng ban", "phó ban", "trưởng công an", "hiệu trưởng", "hiệu phó", "trưởng thôn"),
    *("tổ trưởng", "đội trưởng", "cán bộ", "địa chính", "tư pháp", "hộ tịch", "một cửa", "văn hóa", "văn hoá"),
    *("văn phòng", "văn thư", "kế toán", "tài chính", "thủ quỹ", "công an", "quân sự", "lao động", "thương binh"),
    *("xây dựng", "môi trường", "nông nghiệp", "nông dân", "y tế", "tiếp dân", "thanh tra", "kiểm tra", "mặt trận"),
    *("ủy ban", "uỷ ban", "chính sách", "bộ phận", "chi cục", "trung tâm", "bảo hiểm", "hội đồng", "hội nông dân"),
    *("hội phụ nữ", "hội", "đoàn thanh niên", "phòng", "sở", "ban", "đội", "tổ", "chi nhánh", "phó", "trưởng", "thuế"),
    *("hải quan", "kiểm lâm", "tín dụng", "giáo dục", "nội vụ", "tài nguyên", "quản lý", "đảng", "đất đai"),
    *("việt nam", "nhà nước", "quốc hội", "phụ nữ", "hội nông dân", "đảng ủy", "hành chính", "văn hóa xã"),
)
# Behind a title and one of these a family name is meant, or none: "chủ tịch xã Lê …", "chủ tịch xã Bình Minh".
REGIONS = ("tỉnh", "huyện", "xã", "phường", "thành phố", "thị trấn", "thị xã", "thôn")
NO_NAMES = _words(
    "ubnd hđnd mttq cccd cmnd cmtnd cand csgt ubkt vpđk vpđkđđ stk mst sđt tp tx tt qđ nđ bhyt bhxh thcs thpt",
    "vnpt evn zalo facebook internet email pdf vneid gcn gcnqsdđ hđ qr otp sms ca hcc ttpvhcc ubmttq nghị luật",
    "thông quyết theo khi nếu nhưng và mà còn thì tôi tui anh chị ông bà em đề kính xin nay hôm sáng chiều không",
    "có được bị đã đang sẽ vẫn cũng là ở tại từ đến do vì nên",
)
FAMILIES = _words(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương đoàn đào lâm mai trịnh",
    "cao tô hà tạ lương châu thái phùng kiều tôn thân trà hứa mạc lưu quách doãn khương tăng thạch từ vương",
    "triệu đàm nghiêm la giáp bạch văn cù chu ông ung phó quan sử thiều tống trang viên vi zơrâm alăng bhling",
    "bhnướch pơloong bríu hôih coor arất tơngôl ating",
)
# Families whose words without marks, or before a common word, mean much else.
PLAIN_FAMILIES = _words(
    "ông phó quan từ viên trang la văn sử châu thái thân cao hà lâm mai tô trà vi chu",
)
BARE_FAMILIES = _words(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh truong doan dao lam trinh ta",
    "luong phung luu quach tang vuong trieu dam nghiem tong",
)
MIDDLES = _words(
    "văn thị đình hữu minh ngọc quang xuân thanh kim hoài gia bá công đức tấn thành thế trọng viết như mỹ diễm",
    "bích cẩm ánh bảo khánh quốc tiến mạnh duy hồng thúy thùy tuyết nữ van thi dinh huu quang ngoc xuan kim ba",
    "duc tan the trong viet my quoc tien manh duy",
)
# Given names that are no word of a sentence behind "anh", "chị", … when typed small or all in capitals.
GIVENS = _words(
    "hùng dũng tuấn lan hương thủy thuỷ thúy thuý thảo hạnh trang linh phương nga loan nhung quyên trâm ngân vân",
    "hồng hằng dung dương đức hải hoàng huy khoa khải lâm long lộc minh nam nghĩa nhật phú phúc phước quân sơn",
    "thắng thiện thịnh thọ thuận tín tú tùng vinh vũ vy yến oanh oánh nguyệt ngọc nhàn ly lệ huệ hoa hà giang",
    "duyên diễm điệp cúc cường bích tuyết uyên thơm sương quỳnh phượng nhi mỹ my lụa lành kiệt khánh hậu hào",
)
BARE_GIVENS = _words(
    "hung dung tuan huong thuy hanh linh phuong nhung quyen tram ngan khoa long phuc quan",
)
# Titles behind which a given name alone is understood.
KIN = _words("anh chị ông bà cô chú bác em cháu thầy tên cậu dì")
# Of these families a name is meant whatever follows.
SURE_FAMILIES = _words("nguyễn trần phạm huỳnh hoàng đặng bùi nguyen tran pham huynh")
# Before "van" and "thi" ("thì") without marks, where no title stands before.
BARE_FULL_FAMILIES = _words("nguyen tran pham huynh le bui hoang trinh")
# Where a name that is not written with capital letters ends.
STOPS = _words(
    "ở là có và với cùng đã đang sẽ không chưa bị được cho nói bảo kêu đòi thu nhận trú ngụ sinh cán bộ tại làm",
    "thì mà nên do vì để từ đến rồi nè nhé hẹn bắt yêu cầu trực ngồi quầy xã phường huyện tỉnh thôn tổ khối điện",
    "số địa nhà xin gọi ra vào đi về lấy trả nộp ký ghi gửi hỏi quát mắng chửi này đó ấy kia nớ của trong ngoài",
    "lúc vừa cũng đều ai chỉ muốn phải hay hoặc khi nếu như trước sau đưa cấp giữ ép cư thường chức trưởng phó o",
    "co va voi da dang se khong chua bi duoc noi bao doi tru ngu sinh can tai lam ma nen vi roi xa phuong huyen",
    "thon khoi dien so dia nha ra vao di ve lay tra nop ky hen nhan thu cua toi",
)
# A family name behind these begins the name of a place, a school or a firm.
PLACES = _words(
    "đường phố trường xã phường huyện tỉnh trấn chợ cầu ty sông núi hồ viện biển đảo đèo tp quận khu công quảng",
    "nghĩa đài tượng lăng học thpt thcs non",
)
NO_PERSONS = ("hà nội", "hà lam", "hà tĩnh", "hà tây", "hà nam", "hồ chí minh", "lý sơn", "trà my", "trà bồng")
