"""Text as it comes in (NFC, nothing invisible) and as it is compared (folded)."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def N_(message: str) -> str:  # noqa: N802 (the name that translation tools know)
    """Marks a message for translation where it stands; the page translates it when it shows it."""
    return message


def clean(text: str) -> str:
    """NFC, one kind of line end, no control or invisible characters, no blanks around it."""
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ")).strip()


def clean_line(text: str) -> str:
    """The same for a field of one line: every run of blanks becomes one space."""
    return " ".join(clean(text).split())


# Old and new placement of the tone mark (hòa, hoà) are one spelling; folding away all marks makes them so.
def fold(text: str) -> str:
    """Lower case without marks, đ as d: what a search compares."""
    spread = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))
