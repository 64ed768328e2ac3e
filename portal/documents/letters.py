"""A letter to print and sign as PDF: only the letter, so that no browser writes an address on the paper."""

from datetime import datetime

from portal.cases.letters import Blank, Letter, Line, Paragraph, Piece, Size
from portal.documents.typesetting import typeset

HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")  # on every petition, as it is signed


def letter_pdf(letter: Letter, at: datetime) -> bytes:
    """The Vietnamese letter as PDF/UA."""
    words: dict[str, object] = {
        "head": HEAD,
        "to": _paragraph(letter.to),
        "body": [_paragraph(one) for one in letter.body],
        "place": _paragraph(letter.place),
        "signature": [_paragraph(one) for one in letter.signature],
    }
    return typeset("letter", words, title=letter.title, language="vi", at=at)


def _paragraph(lines: Paragraph) -> list[dict[str, object]]:
    return [_line(line) for line in lines]


def _line(line: Line) -> dict[str, object]:
    last = line.pieces[-1]
    after = last.lines if isinstance(last, Blank) and last.size is Size.LINES else 0
    return {
        "pieces": [_piece(piece, is_field=line.field is not None) for piece in line.pieces],
        "has_box": line.has_box,
        "lines_after": after - 1 if after and line.field is not None else after,
    }


def _piece(piece: Piece, *, is_field: bool) -> dict[str, str]:
    if isinstance(piece, str):
        return {"text": piece}
    return {"blank": "rest" if is_field else piece.size.value}
