"""What must hold of cutting and masking."""

import unicodedata
from typing import Any

from hypothesis import strategies as st

from portal.foundation.text import fold
from tests.areas.cases.rules.checking import Check, for_all
from tests.areas.cases.rules.masking_examples import LEFT_ALONE, MASKED, M

JUDGED = "portal.cases.masking"

PHONE, EMAIL, TAX_CODE = "0905123456", "Lan.Nguyen@example.vn", "4000123456"
NAME = "Nguyễn Thị Thúy Hòa"

# Pieces that sit badly together: what looks like part of something, next to what is it.
_PIECES = (
    *("0905123456", "0905 123 456", "+84 905-123-456", "(84) 905.123.456", "(0905) 123456", "905123456"),
    *("lan.nguyen@example.vn", "LAN.NGUYEN@EXAMPLE.VN", "hoa@example.com", "@", "@example.vn", "example.vn"),
    *("0914555666", "0235 381 2345", "049085001234", "205123456", "4000123456", "-001", "stk", "MST", "tk"),
    *("12345678", "1234 5678", "43A-123.45", "12345", "H47-240909-0012", "000.00.35.", "240909-0012", "43A-"),
    *("150.000 đồng", "15.10.2024", "2024", "đồng", "của tôi", M, "█", "09", "05", "84", "0", "5", "000"),
    *(" ", " ", ", ", ".", "-", "(", ")", "+", "\n", "/", ":", "a", "B", "x.y", "  -  "),
)


def _text_of(drawn: bytes) -> str:
    """A text of some of the pieces: the first byte says how many, each other which."""
    return "".join(_PIECES[one % len(_PIECES)] for one in drawn[1 : 1 + drawn[0] % len(drawn)])


_TEXTS = st.binary(min_size=15, max_size=15).map(_text_of)
# Places and lengths by turns.
_PLACES = st.binary(max_size=12).map(lambda drawn: list(zip(drawn[::2], drawn[1::2], strict=False)))


def _spans(module: Any, text: str, drawn: list[tuple[int, int]]) -> list[Any]:
    places = [(min(start % 60, len(text)), min(start % 60 + length % 13, len(text))) for start, length in drawn]
    return [module.Span(start, end, module.Sort.OWN) for start, end in places]


def _masked(module: Any, text: str) -> str:
    return str(module.apply_masks(text, module.proposed_masks(text)))


def _stored(module: Any, text: str, **words: Any) -> str:
    return str(module.cut(text, module.identity_cuts(text, module.IdentityWords(**words)))[0])


def check_what_is_masked(module: Any) -> None:
    """Every form of the list is masked from its first character to its last."""
    for typed, masked in MASKED:
        assert _masked(module, typed) == masked


def check_what_is_left_alone(module: Any) -> None:
    """Amounts, dates, years, decrees and public numbers stay readable."""
    for typed in LEFT_ALONE:
        assert _masked(module, typed) == typed


def check_sorts(module: Any) -> None:
    """A span says what it covers; of things that touch, the longest."""
    for typed, sort in (
        ("0905 123 456", "phone"),
        ("lan@example.vn", "email"),
        ("049085001234", "citizen_id"),
        ("4000123456-001", "tax_code"),
        ("stk 12345678", "account"),
        ("1234567890123", "number"),
        ("43A-123.45", "plate"),
        ("H47.12.4-250909-0012", "dossier"),
        (f"{M}0905123456", "phone"),
        ("(84) 905123456nguyen.thi.lan@example.vn", "email"),
        ("+84 (0) 905 123 456a@b.vn", "phone"),
    ):
        assert [span.sort for span in module.proposed_masks(typed)] == [sort], typed


def check_cut_and_restore(module: Any) -> None:
    """What was cut can be put back exactly, whatever the text and the spans, masks in the text too."""

    @for_all(module, examples=200, text=_TEXTS, drawn=_PLACES)
    def _holds(text: str, drawn: list[tuple[int, int]]) -> None:
        stored, pieces = module.cut(text, _spans(module, text, drawn))
        assert module.restore(stored, pieces) == text
        assert all(stored[piece.at : piece.at + len(M)] == M for piece in pieces)
        assert all(piece.text for piece in pieces)


def check_masks_tell_no_length(module: Any) -> None:
    """Of two texts that differ only in what is covered, one reading: same masks, none side by side."""

    @for_all(module, examples=100, lengths=st.binary(min_size=4, max_size=12))
    def _holds(lengths: bytes) -> None:
        text, spans, groups = "a", [], (lengths[:1], lengths[1:3], lengths[3:])
        for group in groups:
            for length in (1 + one % 9 for one in group):  # these touch
                spans.append(module.Span(len(text), len(text) + length, module.Sort.OWN))
                text += "x" * length
            text += "a"
        assert module.apply_masks(text, spans[::-1]) == f"a{M}a{M}a{M}a"


def check_cutting_first_changes_nothing(module: Any) -> None:
    """Cutting the reporter's own phone or e-mail and masking the rest reads like masking alone."""

    @for_all(module, examples=1200, text=_TEXTS)
    def _holds(text: str) -> None:
        stored = _stored(module, text, phones=(PHONE,), emails=(EMAIL,))
        assert _masked(module, stored) == _masked(module, text)


def check_masking_twice_changes_nothing(module: Any) -> None:
    """A masked text has nothing left to mask."""

    @for_all(module, examples=300, text=_TEXTS)
    def _holds(text: str) -> None:
        once = _masked(module, text)
        assert _masked(module, once) == once


_GAPS = st.sampled_from(["", " ", "  ", ".", "-", " - ", "\u00a0"])


@st.composite
def _phones(draw: st.DrawFn) -> str:
    """The phone as people type it: where they group, with what between, from 0 or from 84."""
    gap = draw(_GAPS)
    body = gap.join(
        draw(st.sampled_from([("905", "123", "456"), ("905123456",), ("90", "512", "3456"), ("905", "123456")]))
    )
    start = draw(st.sampled_from(["0", "+84", "84", "0084", "(0)", "(84)", "(+84)", "+84 (0)", "+84 0", "+84-"]))
    return start + (gap if start.lstrip("(+").startswith("84") else "") + body


_AROUND = st.text("abcđÊẵ ,.;:!?\n()", max_size=8)


def check_own_phone_is_cut(module: Any) -> None:
    """The reporter's phone is cut in all usual forms, and nothing but signs around it."""

    @for_all(module, examples=250, before=_AROUND, typed=_phones(), after=_AROUND)
    def _holds(before: str, typed: str, after: str) -> None:
        stored = _stored(module, f"{before} {typed} {after}", phones=(PHONE,))
        assert not any(char.isdigit() for char in stored)
        assert stored.count(M) == 1
        letters = [char for char in before + after if char.isalpha()]
        assert [char for char in stored if char.isalpha()] == letters

    for given in ("0905123456", "+84905123456", "0905 123 456", "84 905 123 456"):
        assert _stored(module, "số 0905.123.456 đó", phones=(given,)) == f"số {M} đó"
    assert _stored(module, "số 0914 555 666 đó", phones=(PHONE,)) == "số 0914 555 666 đó"
    assert _stored(module, "số 0905.123.456", phones=("",), emails=("",), tax_codes=("",)) == "số 0905.123.456"


def check_own_email_is_cut(module: Any) -> None:
    """The reporter's e-mail address is cut in any case."""

    @for_all(module, before=_AROUND, after=_AROUND, upper=st.lists(st.booleans(), min_size=21, max_size=21))
    def _holds(before: str, after: str, upper: list[bool]) -> None:
        typed = "".join(char.upper() if up else char.lower() for char, up in zip(EMAIL, upper, strict=True))
        stored = _stored(module, f"{before} {typed} {after}", emails=(EMAIL,))
        assert stored == f"{before} {M} {after}"

    assert _stored(module, "thư an@example.vn", emails=(EMAIL,)) == "thư an@example.vn"


def check_own_tax_code_is_cut(module: Any) -> None:
    """The reporter's tax code is cut with or without branch, hyphen and groups; a household's, its citizen ID."""
    for typed in ("4000123456", "4000123456-001", "4000 123 456", "4000.123.456", "400-0123-456", "4000123456001"):
        for given in ("4000123456", "4000123456-001"):
            assert _stored(module, f"MST {typed}.", tax_codes=(given,)) == f"MST {M}.", typed
    for typed in ("049085001234", "0490 8500 1234", "049.085.001.234"):
        assert _stored(module, f"số {typed}", tax_codes=("049085001234",)) == f"số {M}"
    assert _stored(module, "MST 4000123457", tax_codes=(TAX_CODE,)) == "MST 4000123457"


def check_own_name_is_cut(module: Any) -> None:
    """The full name is cut however it is typed: case, marks, form of Unicode, blanks, place of the tone."""

    @for_all(
        module,
        examples=150,
        cases=st.lists(st.sampled_from([str.lower, str.upper, str.title, str]), min_size=4, max_size=4),
        bare=st.booleans(),
        form=st.sampled_from(["NFC", "NFD"]),
        gap=st.sampled_from([" ", "  ", "\u00a0", "\n"]),
        before=_AROUND,
    )
    def _holds(cases: Any, bare: bool, form: Any, gap: str, before: str) -> None:
        typed = gap.join(change(word) for change, word in zip(cases, NAME.split(), strict=True))
        typed = fold(typed) if bare else unicodedata.normalize(form, typed)
        assert _stored(module, f"{before} {typed}, xã A", name=NAME) == f"{before} {M}, xã A"

    for typed in ("Nguyễn Thị Thuý Hoà", "nguyen thi thuy hoa", "NGUYỄN THỊ THÚY HÒA", "Nguyển Thi Thúy Hoa"):
        assert _stored(module, f"Tôi là {typed}.", name=NAME) == f"Tôi là {M}."
    for given, typed in (("Đỗ Đình Đông", "do dinh dong"), ("do dinh dong", "Đỗ Đình Đông")):
        assert _stored(module, f"Tôi là {typed}.", name=given) == f"Tôi là {M}."


def check_last_two_words_are_cut(module: Any) -> None:
    """Of a name of three words or more, its last two in exact spelling; nothing that could be another word."""
    for typed, stored in (
        ("Tôi là Thúy Hòa đây", f"Tôi là {M} đây"),
        ("chị Thuý Hoà ở xã A", f"chị {M} ở xã A"),
        ("Tôi Thúy Hòa", f"Tôi {M}"),
        ("Gửi UBND\nThúy Hòa", f"Gửi UBND\n{M}"),
        ("thúy hòa", "thúy hòa"),
        ("Thuy Hoa", "Thuy Hoa"),
        ("Thúy Hoa", "Thúy Hoa"),
        ("Lê Thúy Hòa", "Lê Thúy Hòa"),  # somebody else
        ("Thúy Hòa Bình", "Thúy Hòa Bình"),
        ("Thúy, Hòa", "Thúy, Hòa"),
        ("Hòa", "Hòa"),
    ):
        assert _stored(module, typed, name=NAME) == stored
    assert _stored(module, "Xây Dựng lại", name="Công ty Minh Xây Dựng") == "Xây Dựng lại"


def check_short_names_spare_other_words(module: Any) -> None:
    """Gaps where common words stood would tell the name: a short one is cut only where it is nothing else."""
    for name, typed, stored in (
        ("Hồ Thu", "Tôi là Hồ Thu", f"Tôi là {M}"),
        ("Hồ Thu", "toi la ho thu", f"toi la {M}"),
        ("Hồ Thu", "hộ thu phí", "hộ thu phí"),
        ("ho thu", "Tôi là Hồ Thu", f"Tôi là {M}"),
        ("Lan", "chị Lan đến lần hai", f"chị {M} đến lần hai"),
        ("Lan", "Chị Lan", f"Chị {M}"),
        ("Lan", "lan can, làn đường", "lan can, làn đường"),
        ("Nam", "tỉnh Quảng Nam", "tỉnh Quảng Nam"),
        ("Nam", "Nam Giang", "Nam Giang"),
    ):
        assert _stored(module, typed, name=name) == stored


def check_cuts_take_whole_things(module: Any) -> None:
    """Own data inside something that is masked is cut with all of it: no rest stays that nobody recognises."""
    for typed, stored in (
        ("thư x0905123456@example.vn", f"thư {M}"),
        ("hồ sơ 000.00.35.H47-240909-0012 0905123456", f"hồ sơ 000.00.35.H47-240909-0012 {M}"),
        (f"{M}0905123456", M),
        ("số 10905123456789", f"số {M}"),
    ):
        assert _stored(module, typed, phones=(PHONE,)) == stored
    assert _stored(module, "Thúy Hòa(0914)555666", name=NAME) == M


def check_cuts_do_not_overlap(module: Any) -> None:
    """Spans come in order, and no two overlap or touch."""

    @for_all(module, examples=300, text=_TEXTS, name=st.sampled_from(["", "x y B", "B"]))
    def _holds(text: str, name: str) -> None:
        words = module.IdentityWords(name=name, phones=(PHONE,), emails=(EMAIL,), tax_codes=(TAX_CODE,))
        for spans in (module.identity_cuts(text, words), module.proposed_masks(text)):
            ends = [0, *(span.end for span in spans)]
            assert all(span.start > end or span.start == end == 0 for span, end in zip(spans, ends, strict=False))
            assert all(span.start < span.end <= len(text) for span in spans)


def check_long_texts(module: Any) -> None:
    """The longest texts, and what makes a careless pattern try everything, are handled to the end."""
    text = "gọi 0905 123 456, " * 2000
    assert len(module.proposed_masks(text)) == 2000
    assert _stored(module, text, phones=(PHONE,)) == f"gọi {M}, " * 2000
    for piece in ("0 ", "1.", "a@", "@", "a", "stk ", "12A-", "H47.1.", "█a", "(+", "a.b.", "09", "-"):
        blob = piece * (20_000 // len(piece))
        stored, pieces = module.cut(blob, module.identity_cuts(blob, module.IdentityWords(NAME, (PHONE,), (EMAIL,))))
        assert module.restore(stored, pieces) == blob
        assert module.proposed_masks(blob) is not None


CHECKS: tuple[Check, ...] = (
    check_what_is_masked,
    check_what_is_left_alone,
    check_sorts,
    check_cut_and_restore,
    check_masks_tell_no_length,
    check_cutting_first_changes_nothing,
    check_masking_twice_changes_nothing,
    check_own_phone_is_cut,
    check_own_email_is_cut,
    check_own_tax_code_is_cut,
    check_own_name_is_cut,
    check_last_two_words_are_cut,
    check_short_names_spare_other_words,
    check_cuts_take_whole_things,
    check_cuts_do_not_overlap,
    check_long_texts,
)
