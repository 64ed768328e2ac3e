"""Where each standard text is used, in words: on which pages it waits, or when the portal says it by itself."""

from flask_babel import gettext as _

from portal.cases.status import BY_NAME
from portal.cases.text_values import OFFERED
from portal.catalogue.standard_texts import SAID_BY_PORTAL, Moment


def where_used(moment: Moment) -> str:
    """One sentence or two. Raises KeyError for a moment that no page has."""
    if moment in SAID_BY_PORTAL:
        return str(
            _(
                "Cổng tự hiện lời này trên trang tra cứu của người phản ánh. Câu nào có chỗ Cổng không biết thì bỏ cả "
                "câu ấy."
            )
        )
    moves = [_(BY_NAME[move].label) for move, moments in OFFERED.items() if moment in moments]
    if moves:
        return str(
            _(
                "Chọn được ở việc: %(moves)s. Chỗ “[…: ]” là điều Cổng không biết; ai gửi thì viết vào.",
                moves=", ".join(f"“{one}”" for one in moves),
            )
        )
    return {
        Moment.ANSWER_VISIBLE: str(
            _(
                "Cổng gửi lời này khi có tin mới hoặc có trả lời. Hộp thư có thể có người khác đọc, nên thư không điền "
                "gì của vụ việc, và tiêu đề thư giữ nguyên."
            )
        ),
        Moment.APOLOGY_LETTER: str(
            _(
                "Cơ quan bị phản ánh chậm soạn thư từ mẫu này ở trang vụ việc, rồi in và ký. Chỗ “[…: ]” thì cơ quan "
                "viết vào."
            )
        ),
        Moment.EXPLANATION_REQUEST: str(
            _(
                "Soạn từ mẫu này ở trang “Nơi nhiều phản ánh”, rồi in và ký. Chỗ “[…: ]” là điều Cổng không biết; ai "
                "gửi thì viết vào."
            )
        ),
    }[moment]
