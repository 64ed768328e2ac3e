"""Reading a made PDF back, as a person would, and as a screen reader would."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


def opened(pdf: bytes) -> PdfReader:
    """The file, read strictly."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def words_of(pdf: bytes) -> str:
    """Its text layer, every run of blanks as one."""
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).split())


def tags_of(pdf: bytes) -> list[str]:
    """The structure that screen readers walk through, tag by tag, in reading order."""
    return [str(node["/S"]) for node in nodes_of(pdf)]


def nodes_of(pdf: bytes) -> Iterator[DictionaryObject]:
    """The elements of that structure."""
    root = opened(pdf).trailer["/Root"]
    yield from _below(root["/StructTreeRoot"])  # type: ignore[index]


def _below(node: DictionaryObject) -> Iterator[DictionaryObject]:
    kids: Any = node.get("/K", ArrayObject())
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            yield from _below(element)


def fonts_of(pdf: bytes) -> set[str]:
    """The fonts that it is set in, by their name without the mark of the subset."""
    found = set()
    for page in opened(pdf).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return found
