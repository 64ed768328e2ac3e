"""What in a narrative makes it suspect: no words, one thing said over and over, nothing but links; and the same text
sent again and again.

Pure. A machine discards nothing by it: the Committee looks first, and an inspector says what it is. A sentence beside
all that is always enough not to be suspect.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from unicodedata import category, normalize

from portal.foundation.text import fold

SHORTEST = 60  # letters: what is shorter, several people may well write alike
MOST_ALIKE = 5  # reports with one text within `WITHIN`; the next one is suspect
WITHIN = timedelta(hours=24)
FEWEST = 2  # words with a letter
SAME_OF_TEN = 8  # so many of ten characters or words are the same
SENTENCE = 5  # so many other words tell something, whatever stands around them
_LINK = re.compile(  # begins with a word, so that a long one is looked at once
    r"(?<![\w.+-])(?:[a-z][a-z0-9+.-]{0,19}://\S+|www\.\S+|(?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,24}(?![\w.-])(?:/\S*)?)"
)
_WORD = re.compile(r"[^\W_]+")


class Suspicion(StrEnum):
    """Why a narrative is suspect."""

    EMPTY = "empty"
    REPEATED = "repeated"
    LINKS = "links"
    SAME_TEXT = "same_text"


def suspicion(narrative: str, alike: int = 0) -> Suspicion | None:
    """Why this narrative is suspect; None for nearly all. `alike`: how often its text was sent just before."""
    return _suspicion(narrative) or (Suspicion.SAME_TEXT if alike >= MOST_ALIKE else None)


def bare_text(narrative: str) -> str:
    """A narrative's letters and digits, without case, marks, blanks and what cannot be seen; "" if there are few."""
    bare = "".join(one for one in fold(normalize("NFKC", narrative)) if one.isalnum())
    return bare if sum(one.isalpha() for one in bare) >= SHORTEST else ""


def _suspicion(narrative: str) -> Suspicion | None:
    text = normalize("NFC", narrative).casefold()
    words = _words(text)
    if len(words) < FEWEST:
        return Suspicion.LINKS if _LINK.search(text) else Suspicion.EMPTY
    if len(_words(_LINK.sub(" ", text))) < FEWEST:
        return Suspicion.LINKS
    return Suspicion.REPEATED if _is_repeated(text, words) else None


def _words(text: str) -> list[str]:
    """Words with a letter. Writings without blanks between words have about one to a letter."""
    found: list[str] = []
    for word in _WORD.findall(text):
        apart = [letter for letter in word if category(letter) == "Lo"]
        found += apart or ([word] if any(letter.isalpha() for letter in word) else [])
    return found


def _is_repeated(text: str, words: list[str]) -> bool:
    word = _most(words)
    if word and len([one for one in words if one != word]) < SENTENCE:
        return True
    letter = _most("".join(text.split()))
    return bool(letter) and len([one for one in words if set(one) != {letter}]) < SENTENCE


def _most(things: Iterable[str]) -> str:
    """The one that nearly all are; "" if there is none."""
    counted = Counter(things)
    one, times = counted.most_common(1)[0]
    return one if 10 * times >= SAME_OF_TEN * counted.total() else ""
