"""Looks for a person's words in files, in every form in which they could have slipped out."""

import base64
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path


def forms(word: str) -> dict[str, bytes]:
    """The word as bytes: plain, decomposed, hex, base64 anywhere, UTF-16, escaped, reversed, hashed."""
    plain = word.encode()
    found = {
        "plain": plain,
        "decomposed": unicodedata.normalize("NFD", word).encode(),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "escaped": word.encode("unicode_escape"),
        "reversed": word[::-1].encode(),
        "reversed bytes": plain[::-1],
    }
    for start in range(3):
        found[f"base64 from {start}"] = _base64_inside(plain, start)
    for algorithm in ("md5", "sha1", "sha256"):
        digest = hashlib.new(algorithm, plain, usedforsecurity=False).digest()
        found[algorithm] = digest
        found[f"{algorithm} in hex"] = digest.hex().encode()
        found[f"{algorithm} in base64"] = base64.b64encode(digest).rstrip(b"=")
    return found


def leaks(words: Iterable[str], folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each (word, form, file) that is found under a folder."""
    needles = [(word, form, needle) for word in words for form, needle in forms(word).items()]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        yield from ((word, form, path.name) for word, form, needle in needles if needle in data)


def _base64_inside(plain: bytes, start: int) -> bytes:
    """What a base64 of a longer text shows of the word when it begins `start` bytes into a group of three."""
    encoded = base64.b64encode(b"\x00" * start + plain)
    whole = (start + len(plain)) // 3 * 4
    return encoded[(0, 2, 3)[start] : whole]
