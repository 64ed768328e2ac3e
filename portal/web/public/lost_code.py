"""What to do when the receipt code is lost: the same words on the receipt, on its paper, and under /help."""

from flask_babel import gettext as _

from portal.cases.words import Disclosure
from portal.web.frame.site import site


def unbroken(number: str) -> str:
    """A phone number that no line breaks in two."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def still_handled() -> str:
    """What does not depend on the code."""
    return _("Phản ánh vẫn được xử lý. Cổng không lưu mã, nên không ai đọc lại cho anh/chị được, kể cả qua điện thoại.")


def if_lost(disclosure: Disclosure, body: str, hotline: str) -> list[str]:
    """What this reporter can do, a sentence or two a line."""
    if disclosure is Disclosure.ANONYMOUS:
        return [
            _("Anh/chị không nêu tên, nên không có cách nào biết phản ánh nào là của anh/chị."),
            _("Xin gửi một phản ánh mới và nói là đã gửi một lần. Anh/chị nhận mã mới."),
        ]
    return [
        _(
            "Xin đến %(body)s, hoặc gọi %(hotline)s và xin được liên hệ lại theo số điện thoại hay thư điện tử "
            "đã gửi kèm phản ánh.",
            body=body,
            hotline=hotline,
        ),
        _(
            "Hai kiểm tra viên cùng mở thông tin đã khóa để đối chiếu, rồi cấp mã mới. Mã cũ thôi dùng. "
            "Việc mở và cấp mã được ghi lại."
        ),
    ]


def for_everybody() -> list[tuple[str, list[str]]]:
    """The same for whoever reads on: under which choice, what can be done."""
    here = site()
    hotline = unbroken(here.hotline)
    return [
        (_("Đã giữ kín hoặc nêu tên"), if_lost(Disclosure.CONFIDENTIAL, here.body_name, hotline)),
        (_("Không nêu tên"), if_lost(Disclosure.ANONYMOUS, here.body_name, hotline)),
    ]
