"""How each component is called at the least, and every field with all that can be said about it at once."""

CHOICES = '[{"value": "a", "text": "A"}, {"value": "b", "text": "B"}]'
EXPLAINED = """[
    {"value": "a", "text": "A", "hint": "x", "lines": [("Ai:", "không ai")], "reveal": "thêm", "count": 2},
    {"value": "b", "text": "B", "hint": "y"},
]"""
CHART = """{"scale": [200, 100, 0], "band": "M0 0z", "line": "M0 0L100 9", "dot": "M100 9h0", "ticks": ["09/2026"]}"""
DOTS = """{"scale": [40, 20, 0], "whiskers": "M5 9V20", "dots": "M5 12h0", "ticks": ["Quý I/2025", "Quý II/2026"]}"""
BAR = """[{"name": "Trễ hẹn", "figure": {"value": "388", "margin": "33"},
    "bar": {"sure": "M0 0h9v8H0z", "ripple": "M9 0h2v8H9z", "tick": "M10 0v8"}}]"""
INTERVAL = """[{"name": "Hội An", "figure": {"value": "89%", "margin": "8"}, "is_own": true,
    "whisker": {"line": "M52 4H92", "dot": "M72 4h0"}}]"""
BINS = """[{"sure": "M0 0h9v8H0z", "ripple": "M9 0h2v8H9z", "outline": "M0 98H4"}]"""
ERRORS = '{"agency": "Hãy chọn nơi", "when": "Ngày này chưa đến"}'

# The least that each macro must be given. A new component needs a row here.
LEAST = {
    "actions": 'actions([{"href": "/a", "text": "Thụ lý"}, {"href": "/b", "text": "Chuyển"}])',
    "back_link": 'back_link("/report")',
    "bars": f"bars({BAR})",
    "bins": f'bins("draw", {BINS}, ["14%"], ["0"], "Số rút thăm", "Cao nhất ở giữa")',
    "button": 'button("Tiếp tục")',
    "chart": f'chart("months", {CHART}, "Mỗi tháng", "Từ 09/2026 đến 10/2026")',
    "checkbox": 'checkbox("agree", "Tôi đã lưu mã")',
    "checkboxes": f'checkboxes("due", "Thời hạn", {CHOICES})',
    "choices": f'choices({CHOICES}, "kind", "kind")',
    "clock": 'clock("Phân loại")',
    "date_input": 'date_input("promised_on", "Ngày hẹn")',
    "date_period": 'date_period("Khi nào?", "occurred_on", "occurred_until")',
    "date_text": 'date_text("on", "Gửi ngày")',
    "day_key": "day_key()",
    "days": 'days(["gone", "today", "left"])',
    "details": 'details("Chọn theo huyện")',
    "dots": f'dots("quarters", {DOTS}, "Mỗi quý", "Chấm là con số")',
    "downloads": 'downloads("area_quarter", "2026-Q3")',
    "error_message": 'error_message("agency-error", "Hãy chọn nơi")',
    "error_summary": f"error_summary({ERRORS})",
    "facts": 'facts([{"name": "Nhận lúc", "text": "09:42"}])',
    "fieldset": 'fieldset("Liên hệ")',
    "figures": 'figures([{"words": "phản ánh", "value": "466"}])',
    "finder": 'finder("agency", "Nơi làm thủ tục", "agency_name")',
    "form": "form()",
    "icon": 'icon("lock")',
    "intervals": f"intervals({INTERVAL}, ['80%', '100%'])",
    "kind": f'kind("Trễ hẹn", "Quá ngày hẹn", "clock", "category", {CHOICES})',
    "link_list": 'link_list([("/", "Về trang đầu")])',
    "log": 'log([{"when": "14/10", "text": "Đã tiếp nhận"}])',
    "mark": "mark()",
    "mask": 'mask("số điện thoại")',
    "message": 'message("Anh/chị kể")',
    "next_step": 'next_step("Hôm nay: phân loại")',
    "note": 'note("lock")',
    "nothing": 'nothing("Không có gì ở đây")',
    "notice": "notice()",
    "number": 'number("466")',
    "own_words": 'own_words([("plain", "Tôi "), ("mask", "ngày"), ("mark", "a"), ("left_open", "b")])',
    "pager": "pager()",
    "panel": "panel()",
    "paper": "paper()",
    "part_head": 'part_head("Diễn biến")',
    "progress": 'progress(2, 5, "Ở đâu")',
    "radios": f'radios("type", "Anh/chị là", {CHOICES})',
    "rating": 'rating("score", "Anh/chị thấy thế nào?")',
    "ripple": "ripple()",
    "select": 'select("district", "Huyện")',
    "severity": "severity(4)",
    "slip": 'slip("7K3QD-M9XW2-4HTRB-ZE6VN-1P8YC")',
    "spark": 'spark({"line": "M3 20L97 8", "dot": "M97 8h0"})',
    "steps": 'steps([{"title": "Ngay lúc gửi", "text": "Anh/chị nhận mã."}])',
    "summary_list": "summary_list()",
    "summary_row": 'summary_row("Nội dung")',
    "table": 'table(["Quý", "Đã nhận"], [["III", "466"]])',
    "tag": 'tag("Đã tiếp nhận")',
    "text_button": 'text_button("Xóa bản nháp này", "do", "erase")',
    "text_input": 'text_input("dossier_code", "Mã hồ sơ")',
    "textarea": 'textarea("narrative", "Anh/chị kể lại")',
    "thread": "thread()",
    "verdict": 'verdict("better", "tốt hơn kỳ trước")',
    "views": 'views([{"href": "/a", "text": "Mới"}])',
    "way": 'way([{"what": "Đã tiếp nhận"}])',
}

# Every field with all that can be said about it at once.
FULL = (
    'text_input("agency", "Nơi", hint="h", error="e", note="n", optional=true, prefix="a", suffix="b")',
    'textarea("narrative", "Kể lại", "x", hint="Theo thứ tự", error="Hãy kể", count="Đã viết 1 ký tự")',
    'select("district", "Huyện", [("A", "a")], "A", [("Khác", [("B", "b")])], "Chọn", "h", "e")',
    'checkbox("agree", "Đồng ý", true, hint="Gợi ý", error="Hãy chọn")',
    f'checkboxes("due", "Thời hạn", {EXPLAINED}, ["a"], hint="h", error="e")',
    f'radios("who", "Ai biết?", {EXPLAINED}, "b", hint="h", error="e", cards=true, note="n")',
    'date_input("promised_on", "Ngày hẹn", ("31", "9", "2024"), hint="h", error="e")',
    'date_period("Khi nào?", "occurred_on", "occurred_until", "7/10", "nay", "h", "e", "e", understood="n")',
    'date_text("on", "Gửi ngày", "hôm qua", "Gợi ý", "Sai", understood="Hiểu là")',
    'finder("agency", "Nơi", "agency_name", "cẩm", "h", "e")',
    'rating("score", "Thế nào?", 4, "Hãy chấm")',
)
