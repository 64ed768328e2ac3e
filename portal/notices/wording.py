"""The words of notices, in the reader's language. They say that there is news, of which sort, and never more.

No code, no reference, nothing of a case: who else reads the mailbox learns that somebody uses the portal. Where a
standard text holds for a notice, it says its words; subject, way to the page and end are always these here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.cases.words import Language
from portal.notices.letters import Letter

# To reporters.
FILED, NEWS, QUESTION, ANSWER, LATE = "filed", "news", "question", "answer", "late"
# To staff.
REFERRAL_NEW, DUE_SOON, OVERDUE, ESCALATED = "referral_new", "due_soon", "overdue", "escalated"
URGENT, LATE_BELOW = "urgent", "late_below"
HEARING_DUE_SOON, HEARING_LATE = "hearing_due_soon", "hearing_late"

REPORTER_KINDS = (FILED, NEWS, QUESTION, ANSWER, LATE)
STAFF_KINDS = (REFERRAL_NEW, DUE_SOON, OVERDUE, ESCALATED, URGENT, LATE_BELOW, HEARING_DUE_SOON, HEARING_LATE)
# Whose words come from a standard text, where it holds (`standard_texts.notice` says what may stand in it).
STANDARD = {NEWS: "notice.new_answer", ANSWER: "notice.new_answer"}
PAGES = {LATE_BELOW: "staff/late-below"}  # where a notice leads that does not lead to the start of its door


@dataclass(frozen=True)
class Words:
    """A subject and paragraphs."""

    subject: str
    said: Sequence[str]


_NEWS_VI, _NEWS_EN = "Cổng có tin mới cho anh/chị", "The portal has news for you"
_WORK_VI, _WORK_EN = "Bàn làm việc có việc cần anh/chị xem", "Your desk at the portal needs you"

WORDS: dict[tuple[str, Language], Words] = {
    (FILED, Language.VI): Words(
        "Cổng đã nhận tin của anh/chị",
        ("Cổng đã nhận tin của anh/chị.", "Khi có tin mới, chúng tôi báo vào địa chỉ này."),
    ),
    (FILED, Language.EN): Words(
        "The portal has your message",
        ("The portal has your message.", "When there is news we tell you at this address."),
    ),
    (NEWS, Language.VI): Words(_NEWS_VI, ("Cổng có tin mới cho anh/chị.",)),
    (NEWS, Language.EN): Words(_NEWS_EN, ("The portal has news for you.",)),
    (QUESTION, Language.VI): Words(_NEWS_VI, ("Có một câu hỏi đang chờ anh/chị trả lời.",)),
    (QUESTION, Language.EN): Words(_NEWS_EN, ("A question waits for your answer.",)),
    (ANSWER, Language.VI): Words(_NEWS_VI, ("Đã có câu trả lời cho anh/chị.",)),
    (ANSWER, Language.EN): Words(_NEWS_EN, ("There is an answer for you.",)),
    (LATE, Language.VI): Words(
        _NEWS_VI,
        (
            "Việc của anh/chị xong muộn hơn ngày đã hẹn. Chúng tôi xin lỗi anh/chị.",
            "Trang theo dõi ghi việc đang ở đâu, vì sao muộn và anh/chị có thể làm gì.",
        ),
    ),
    (LATE, Language.EN): Words(
        _NEWS_EN,
        (
            "Your matter takes longer than promised. We apologise.",
            "The tracking page says where it is, why it is late and what you can do.",
        ),
    ),
    (REFERRAL_NEW, Language.VI): Words(_WORK_VI, ("Có việc mới chuyển đến cơ quan của anh/chị.",)),
    (REFERRAL_NEW, Language.EN): Words(_WORK_EN, ("New work has come to your office.",)),
    (DUE_SOON, Language.VI): Words(_WORK_VI, ("Có việc sắp đến hạn.",)),
    (DUE_SOON, Language.EN): Words(_WORK_EN, ("Some work is due soon.",)),
    (OVERDUE, Language.VI): Words(_WORK_VI, ("Có việc đã quá hạn.",)),
    (OVERDUE, Language.EN): Words(_WORK_EN, ("Some work is overdue.",)),
    (URGENT, Language.VI): Words(_WORK_VI, ("Có việc cần anh/chị xem trong hôm nay.",)),
    (URGENT, Language.EN): Words(_WORK_EN, ("Something needs you today.",)),
    (ESCALATED, Language.VI): Words(_WORK_VI, ("Có việc quá hạn được báo lên anh/chị.",)),
    (ESCALATED, Language.EN): Words(_WORK_EN, ("Overdue work has been passed up to you.",)),
    (LATE_BELOW, Language.VI): Words(_WORK_VI, ("Có cơ quan cấp dưới đang trả lời muộn.",)),
    (LATE_BELOW, Language.EN): Words(_WORK_EN, ("A body below yours is late with an answer.",)),
}
# Whoever reads the mailbox learns nothing of a hearing: its mails are those of any work.
WORDS |= {
    (kind, language): WORDS[like, language]
    for kind, like in ((HEARING_DUE_SOON, DUE_SOON), (HEARING_LATE, OVERDUE))
    for language in Language
}
_WAYS = {
    (True, Language.VI): "Để xem, anh/chị mở %(address)s và nhập mã đã lưu.",
    (True, Language.EN): "To read it, open %(address)s and type the code that you kept.",
    (False, Language.VI): "Để xem, anh/chị mở %(address)s và đăng nhập.",
    (False, Language.EN): "To see it, open %(address)s and sign in.",
}
_ADDRESSES = {Language.VI: "Trang tra cứu: %(address)s", Language.EN: "The tracking page: %(address)s"}
_ENDS = {
    Language.VI: "Thư này gửi tự động, xin đừng trả lời.",
    Language.EN: "This mail is automatic; please do not reply.",
}


def letter_of(kind: str, language: Language, message_id: str, origin: str, standard: str = "") -> Letter:
    """The letter of a notice: its words, the way to the page, and that nobody reads replies.

    `standard`: the standard text that says the words, filled; empty where none holds.
    """
    words = WORDS[kind, language]
    said = [one for one in standard.split("\n") if one.strip()] or words.said
    to_reporter = kind in REPORTER_KINDS
    address = f"https://{origin}/{PAGES.get(kind, 'track' if to_reporter else 'staff')}"
    way = _ADDRESSES[language] if standard else _WAYS[to_reporter, language]
    paragraphs = (*said, way % {"address": address}, _ENDS[language])
    link = Markup('<a href="{0}">{0}</a>').format(address)
    shown = (*map(escape, said), escape(way) % {"address": link}, escape(_ENDS[language]))
    html = Markup('<!doctype html><html lang="{0}"><meta charset="utf-8"><title>{1}</title><body>{2}</body></html>')
    body = Markup("").join(Markup("<p>{0}</p>").format(one) for one in shown)
    return Letter(
        words.subject,
        "\n\n".join(paragraphs) + "\n",
        str(html.format(language.value, words.subject, body)),
        language.value,
        f"{message_id}@{origin}",
    )
