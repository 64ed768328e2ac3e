"""The words of notices, in the reporter's language. They say that there is news, never what."""

from dataclasses import dataclass

from portal.cases.words import Language


@dataclass(frozen=True)
class Words:
    """A subject and a text with a place for the portal's address."""

    subject: str
    text: str


FILED, NEWS = "filed", "news"

WORDS: dict[tuple[str, Language], Words] = {
    (FILED, Language.VI): Words(
        "Cổng đã nhận tin của anh/chị",
        "Cổng đã nhận tin của anh/chị.\n\nKhi có tin mới, chúng tôi báo vào địa chỉ này. Để xem, anh/chị mở "
        "%(address)s/track và nhập mã đã lưu. Thư này gửi tự động, xin đừng trả lời.\n",
    ),
    (NEWS, Language.VI): Words(
        "Cổng có tin mới cho anh/chị",
        "Cổng có tin mới cho anh/chị.\n\nĐể xem, anh/chị mở %(address)s/track và nhập mã đã lưu. "
        "Thư này gửi tự động, xin đừng trả lời.\n",
    ),
    (FILED, Language.EN): Words(
        "The portal has your message",
        "The portal has your message.\n\nWhen there is news we tell you at this address. To read it, open "
        "%(address)s/track and type the code that you kept. This mail is automatic; please do not reply.\n",
    ),
    (NEWS, Language.EN): Words(
        "The portal has news for you",
        "The portal has news for you.\n\nTo read it, open %(address)s/track and type the code that you kept. "
        "This mail is automatic; please do not reply.\n",
    ),
}
