"""What is filed: Vietnamese reports of about 600 characters, in two shapes, for the portal and for its peer."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

BODIES = 400
WHICH = "LUOT"  # load.lua writes which request it is: the same text many times in a day would be held (decision 0049)
SENTENCES = (
    "Tôi nộp hồ sơ tại bộ phận một cửa từ đầu tháng mà đến nay chưa có kết quả",
    "Giấy hẹn ghi mười lăm ngày làm việc nhưng đã quá hẹn và không ai báo lý do",
    "Mỗi lần hỏi, người ở quầy bảo chờ thêm vì cán bộ phụ trách đi vắng",
    "Tôi đã gọi đường dây nóng nhiều lần nhưng không có ai bắt máy",
    "Hồ sơ bị yêu cầu bổ sung ba lần, lần nào cũng thêm một giấy tờ khác",
    "Sự việc diễn ra vào khoảng mười giờ sáng, có nhiều người cùng chờ",
    "Tôi xin được giữ kín thông tin vì còn phải làm thủ tục ở đây nhiều lần nữa",
    "Đề nghị kiểm tra, trả kết quả và cho biết bao giờ xong",
)


def narrative(number: int) -> str:
    """The text of one report; one in five holds a phone number, as people write them."""
    picked = [SENTENCES[(number * 3 + place) % len(SENTENCES)] for place in range(8)]
    phone = f" Xin gọi 0905 {number % 1000:03d} {number % 997:03d}." if number % 5 == 0 else ""
    return ". ".join(picked) + f". Quầy số {number % 9 + 1}. Lượt {WHICH}.{phone}"


def portal_bodies(path: Path) -> Path:
    """For POST /api/v1/reports: half delays that go to the office at once, half conduct; all confidential."""
    return _written(path, (json.dumps(_report(number), ensure_ascii=False) for number in range(BODIES)))


def _report(number: int) -> dict[str, object]:
    is_delay = number % 2 == 0
    return {
        "category": "delay.late_result" if is_delay else "attitude.rude",
        "agency": "H-HA-MC",
        "dossier_code": f"000.00.35.H47-260212-{number:04d}" if is_delay else None,
        "accused_role": "none" if is_delay else "officer",
        "narrative": narrative(number),
        "reporter": {"type": "citizen", "name": "Nguyễn Thị Lan", "phone": f"0905{number:06d}"},
        "notify": {"email": f"dan{number}@thu.vn"},
        "disclosure": "confidential",
    }


def helpdesk_bodies(path: Path, token: str, queue: str) -> Path:
    """For django-helpdesk's public form: the same texts, a title, an e-mail address."""
    bodies = (
        {
            "csrfmiddlewaretoken": token,
            "queue": queue,
            "title": f"Phản ánh số {number}",
            "body": narrative(number),
            "submitter_email": f"dan{number}@thu.vn",
            "priority": "3",
        }
        for number in range(BODIES)
    )
    return _written(path, map(urlencode, bodies))


def _written(path: Path, lines: Iterator[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
