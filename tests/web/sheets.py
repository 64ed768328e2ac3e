"""Spreadsheet files as tests read them: their cells, and all that is in them but the instant they were made."""

import io
import re
import zipfile
from html import unescape

_ROW = re.compile(r"<row [^>]*>(.*?)</row>", re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"[^>]*>(?:<is><t[^>]*>(.*?)</t></is>)?</c>', re.DOTALL)
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
SHEET = "xl/worksheets/sheet1.xml"


def cells(file: bytes) -> list[list[str]]:
    """The sheet, row by row."""
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        sheet = book.read(SHEET).decode()
    return [[unescape(text) for _, text in _CELL.findall(row)] for row in _ROW.findall(sheet)]


def unpacked(file: bytes) -> bytes:
    """Every part of the file one after the other. Packed, two files of different instants differ anywhere."""
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        parts = [(part.filename, _MADE.sub(rb"\1-", book.read(part))) for part in book.infolist()]
    return b"\n".join(name.encode() + b"\n" + content for name, content in parts)
