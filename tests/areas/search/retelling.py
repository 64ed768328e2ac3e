"""How somebody else tells of the same matter: without marks, with slips, in another order, in other words."""

from random import Random  # noqa: TID251 (figures that come out the same each time)

from portal.foundation.text import fold

_OTHER_WORDS = {
    "tôi": ("em", "mình", "tui"),
    "tui": ("tôi", "em"),
    "cán bộ": ("nhân viên", "anh cán bộ"),
    "hồ sơ": ("giấy tờ", "bộ hồ sơ"),
    "không": ("chẳng", "chưa"),
    "nói": ("bảo", "kêu"),
    "bảo": ("nói", "dặn"),
    "phường": ("ủy ban", "xã"),
    "tiền": ("mấy đồng", "tiền bạc"),
}
_BEFORE = ("Xin phản ánh với cơ quan.", "Kính gửi cấp trên.", "Chuyện thế này.", "Em xin kể lại việc hôm đó.")
_AFTER = ("Mong được xem xét.", "Rất mong sớm có trả lời.", "Xin cảm ơn.", "Nhiều người cũng gặp như vậy.")


def retold(text: str, draw: Random) -> str:
    """The same matter in another's words: each way of changing a text comes or does not come."""
    sentences = [one.strip() for one in text.replace("! ", ". ").split(". ") if one.strip()]
    if len(sentences) > 2 and draw.random() < 0.5:
        sentences.pop(draw.randrange(len(sentences)))
    if draw.random() < 0.5:
        draw.shuffle(sentences)
    told = ". ".join([draw.choice(_BEFORE).rstrip("."), *sentences, draw.choice(_AFTER)])
    for word, others in _OTHER_WORDS.items():
        if draw.random() < 0.5:
            told = told.replace(f" {word} ", f" {draw.choice(others)} ")
    told = " ".join(_slipped(word, draw) for word in told.split())
    return fold(told) if draw.random() < 0.4 else told


def _slipped(word: str, draw: Random) -> str:
    """One word in twelve with a letter lost, doubled or swapped with the next."""
    if len(word) < 3 or draw.random() > 1 / 12:
        return word
    at = draw.randrange(len(word) - 1)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
