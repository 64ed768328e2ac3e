"""A receipt to print, with the letters that fonts get wrong."""

from datetime import UTC, datetime

import pytest

from portal.documents.receipts import ReceiptPaper, Section, Step


@pytest.fixture
def receipt() -> ReceiptPaper:
    """What a page would hand over."""
    return ReceiptPaper(
        language="vi",
        title="Giấy biên nhận phản ánh",
        issuer="Cổng Phản ánh",
        filed_at=datetime(2026, 3, 9, 2, 0, tzinfo=UTC),
        code="7K3QDM9XW24HTRBZE6VN1P8YC",
        code_title="Mã tra cứu của anh/chị",
        code_note="Ai có mã đều xem được phản ánh.",
        track_url="https://portal.test/track",
        track_words="Quét để mở trang tra cứu",
        facts=(("Nhận lúc", "09:00, 09/03/2026"), ("Nội dung", "Trễ hẹn"), ("Nơi tra cứu", "portal.test/track")),
        proof_title="Xác nhận đã gửi",
        proof="portal.test\nproof-of-filing/1\nxB8fQpvo=\n2026-03-09T02:00:00Z\n\n— portal.test 9JmX==",
        proof_note="Có chữ ký số của cổng.",
        steps_title="Việc gì diễn ra tiếp theo",
        steps=(
            Step("Đã tiếp nhận", "09:00, 09/03/2026", "Thời hạn đếm từ thứ Ba.", "done"),
            Step("Ủy ban nhân dân thành phố Hội An trả lời", "Chậm nhất thứ Hai 16/03/2026"),
        ),
        readers_title="Ai đọc được gì",
        readers_head=("Ai", "Lời kể", "Tên, số của anh/chị"),
        readers=(("Ủy ban Kiểm tra", "toàn bộ", "khi có lý do"), ("Nơi khác, công chúng", "không", "không")),
        readers_note="Tên và số của anh/chị đã được khóa riêng.",
        sections=(Section("Nếu mất mã", ("Xin đến Ủy ban Kiểm tra.",)), Section("Nếu bị gây khó", ("Xin báo ngay.",))),
    )
