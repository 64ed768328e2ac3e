"""Looks for many words in every file of a folder, in every form in which they could have slipped out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.areas.identity.canaries import forms

HEAD = 8  # no form of any word is shorter


class Found(NamedTuple):
    """A word, its form, and the file in which it stands."""

    word: str
    form: str
    file: str


class Search:
    """All words in all forms, filed under their first bytes, so that one pass over a file finds any of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._needles: defaultdict[bytes, list[tuple[bytes, str, str]]] = defaultdict(list)
        for word in words:
            for form, needle in forms(word).items():
                assert len(needle) >= HEAD, f"{form} of {word} is too short to look for"
                self._needles[needle[:HEAD]].append((needle, word, form))

    def inside(self, data: bytes, name: str) -> Iterator[Found]:
        """What stands in some bytes."""
        heads = self._needles
        for at in range(len(data) - HEAD + 1):
            head = data[at : at + HEAD]
            if head in heads:
                yield from (
                    Found(word, form, name) for needle, word, form in heads[head] if data.startswith(needle, at)
                )

    def under(self, folders: Iterable[Path]) -> set[Found]:
        """What stands in the files of some folders, their names included."""
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        assert files, "no file to look in"
        found: set[Found] = set()
        for path in files:
            found.update(self.inside(path.read_bytes(), path.name))
            found.update(self.inside(str(path).encode(), f"name of {path.name}"))
        return found
