"""Setting a paper as accessible PDF (PDF/UA-1): fonts of our own, texts as data, nothing written to disk.

A paper is a template under templates/print/ and the words that stand on it. The words reach it as one JSON value,
never as part of its source: whatever somebody typed is printed, not obeyed. Neither the machine's fonts nor
packages from elsewhere are looked at, so a paper is the same on every machine.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from config import ROOT

PAPERS = ROOT / "templates" / "print"
FONTS = Path(__file__).resolve().parent / "fonts"
NO_PACKAGES = FONTS / "no-packages"  # a folder that is not there


@cache
def _fonts() -> typst.Fonts:
    """Ours, and for codes the monospaced one that comes with the typesetter."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def typeset(paper: str, data: Mapping[str, object], *, title: str, language: str, at: datetime) -> bytes:
    """The PDF of a paper with these words on it. Title and language are what screen readers say first.

    `at` is the instant that the file says it was made. Raises typst.TypstError for a template that is wrong, or
    whose result would not be accessible.
    """
    words = {**data, "title": title, "language": language}
    compiler = typst.Compiler(
        root=PAPERS,
        font_paths=_fonts(),
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
    )
    made = compiler.compile(
        PAPERS / f"{paper}.typ",
        format="pdf",
        sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101 (a list would be pages as pictures)
    return made
