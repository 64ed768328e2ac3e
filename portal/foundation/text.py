"""Text as it comes in (NFC, nothing invisible) and as it is compared (folded).

What is dropped is what nobody sees and copying brings along: joiners, marks of direction, soft hyphens, variation
selectors, tag letters, object marks. Emoji that are glued of several fall into their parts; nothing else changes.
"""

import re
import unicodedata
from functools import cache

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffc\ufdd0-\ufdef\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_ONLY_COMMON = re.compile("[\n -~\u00c0-\u01b0\u1ea0-\u1ef9]*")  # ASCII and Vietnamese: nothing here is dropped
_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212", "-") | dict.fromkeys("\u2044\u2215", "/")
)
_LATIN_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
# What folding makes of each letter of Vietnamese, small as it is by then, and of marks by themselves.
_VIETNAMESE = {
    code: _LATIN_MARKS.sub("", unicodedata.normalize("NFD", chr(code))).replace("đ", "d")
    for code in (*range(0xE0, 0x1B1), *range(0x300, 0x34F), *range(0x350, 0x370), *range(0x1EA0, 0x1EFA))
}
_SHORT = 64  # letters: ordering the marks of so few takes no time
_MOST_MARKS = 8  # on one letter: Vietnamese has two at most


def N_(message: str) -> str:  # noqa: N802 (the name that translation tools know)
    """Marks a message for translation where it stands; the page translates it when it shows it."""
    return message


@cache
def _heaps() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{re.escape(marks)}]{{{_MOST_MARKS}}})[{re.escape(marks)}]+")


def without_heaps(text: str) -> str:
    """No more than a few marks on one letter: ordering ten thousand of them would take seconds."""
    return text if text.isascii() else _heaps().sub(r"\1", text)


def clean(text: str) -> str:
    """NFC, one kind of line end and of blank, no control or invisible characters, no blanks around it."""
    if _ONLY_COMMON.fullmatch(text):  # most texts: composing them is all that is left
        return unicodedata.normalize("NFC", text).strip()
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", without_heaps(_BLANKS.sub(" ", text))).strip()


def clean_line(text: str) -> str:
    """The same for a field of one line: every run of blanks becomes one space."""
    return " ".join(clean(text).split())


def plain_line(text: str) -> str:
    """A line to read numbers and addresses from: ASCII digits, plain hyphens and slashes, nothing full-width."""
    text = clean_line(unicodedata.normalize("NFKC", without_heaps(text)))
    return "".join(str(int(char)) if char.isdecimal() else char for char in text.translate(_PLAIN))


# Old and new placement of the tone mark (hòa, hoà) are one spelling; folding away all marks makes them so.
def fold(text: str) -> str:
    """Lower case without marks, đ as d: what a search compares."""
    text = text.casefold()
    if text.isascii():
        return text
    plain = text.translate(_VIETNAMESE)
    if plain.isascii():
        return plain
    spread = unicodedata.normalize("NFD", without_heaps(text) if len(text) > _SHORT else text)
    bare = _LATIN_MARKS.sub("", spread).replace("đ", "d")
    if bare.isascii():  # Vietnamese always is by now; each letter is looked at only in other writings
        return bare
    return unicodedata.normalize("NFC", "".join(char for char in bare if not unicodedata.combining(char)))
