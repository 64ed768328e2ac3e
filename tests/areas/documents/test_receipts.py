"""The receipt on paper: one accessible page with everything on it, and nothing of the code anywhere else."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import segno

from portal.documents.qr import QUIET, QrCode, qr_code
from portal.documents.receipts import ReceiptPaper, Section, Step, receipt_pdf
from tests.areas.documents.reading import fonts_of, nodes_of, opened, tags_of, words_of

GROUPS = "7K3QD M9XW2 4HTRB ZE6VN 1P8YC"
TONES = (
    "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE}"
    "\N{COMBINING HOOK ABOVE}\N{COMBINING DOT BELOW}"
)


def test_all_words_stand_in_its_text_layer(receipt: ReceiptPaper) -> None:
    words = words_of(receipt_pdf(receipt))
    assert GROUPS in words
    lines = [receipt.title, receipt.issuer, receipt.code_note, receipt.readers_note, receipt.proof_note]
    lines += [part for fact in receipt.facts for part in fact]
    lines += [part for row in receipt.readers for part in row]
    lines += [part for step in receipt.steps for part in (step.what, step.when, step.text)]
    lines += [line for section in receipt.sections for line in (section.title, *section.lines)]
    for line in [*lines, *receipt.proof.split("\n")]:
        assert line in words, line


def test_every_vietnamese_letter_is_drawn_and_can_be_copied_out(receipt: ReceiptPaper) -> None:
    tones = ("", *TONES)
    letters = [unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in tones]
    assert {len(letter) for letter in letters} == {1}
    lines = tuple(" ".join(letters[start : start + 12]) for start in range(0, len(letters), 12))
    pdf = receipt_pdf(replace(receipt, sections=(Section("Đ đ", lines),)))
    words = words_of(pdf)
    assert [line for line in lines if line not in words] == []
    assert fonts_of(pdf) == {"NotoSans-Regular", "NotoSans-Bold", "DejaVuSansMono", "DejaVuSansMono-Bold"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_screen_reader_finds_its_way(receipt: ReceiptPaper, language: str) -> None:
    pdf = receipt_pdf(replace(receipt, language=language))
    file = opened(pdf)
    root = file.trailer["/Root"]
    assert root["/Lang"] == language  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert file.metadata is not None
    assert file.metadata.title == receipt.title
    assert file.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file.xmp_metadata.stream.get_data()
    tags = tags_of(pdf)
    assert [tag for tag in tags if re.fullmatch(r"/H\d", tag)] == ["/H1", "/H2", "/H2", "/H2", "/H2"]
    assert tags.count("/TH") == len(receipt.readers_head)
    assert tags.count("/TD") == sum(len(row) for row in receipt.readers)
    assert tags.count("/LI") == len(receipt.steps)
    drawn = [node for node in nodes_of(pdf) if str(node["/S"]) == "/Figure"]
    assert [str(node["/Alt"]) for node in drawn] == [f"{receipt.track_words}: {receipt.track_url}"]


def test_what_somebody_wrote_is_printed_not_obeyed(receipt: ReceiptPaper) -> None:
    typed = '#read("/etc/passwd") #sys.inputs *a* $x$ \\ <b> `c` // d "e" @f'
    paper = replace(receipt, issuer=typed, steps=(Step(typed, typed, typed),), facts=((typed, typed),) * 3)
    assert words_of(receipt_pdf(paper)).count(typed) == 1 + 3 + 6


def test_the_longest_receipt_still_fits_on_one_sheet(receipt: ReceiptPaper) -> None:
    body = "Bộ phận Tiếp nhận và Trả kết quả huyện Bắc Trà My"
    reads = "bản do kiểm tra viên soạn, đã che những gì có thể lộ anh/chị"
    paper = replace(
        receipt,
        facts=(
            ("Nhận lúc", "09:00, 09/03/2026"),
            ("Nội dung", reads),
            ("Nơi tra cứu", "phananh.tinh.example.vn/track"),
        ),
        steps=(Step(f"{body} trả lời", "Chậm nhất thứ Hai 16/03/2026", f"{reads}."),) * 4,
        readers=((body, "đã che thông tin riêng; thấy mã hồ sơ", "chỉ khi kiểm tra viên chuyển kèm"),) * 6,
        sections=(Section("Nếu mất mã", (f"{reads}. {reads}.",) * 3),) * 2,
    )
    assert len(opened(receipt_pdf(paper)).pages) == 1


def test_the_same_receipt_is_the_same_file(receipt: ReceiptPaper) -> None:
    assert receipt_pdf(receipt) == receipt_pdf(receipt)
    assert receipt_pdf(receipt) != receipt_pdf(replace(receipt, code="0" * 25))


def test_nothing_is_written_while_it_is_set(
    receipt: ReceiptPaper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = _bytes_written()
    receipt_pdf(replace(receipt, code="ABCDE" * 5))
    assert _bytes_written() - before < len("ABCDE" * 5)
    assert list(tmp_path.iterdir()) == []


def _bytes_written() -> int:
    """What this process has handed to the system to write, to any file at all."""
    counters = dict(line.split(": ") for line in Path("/proc/self/io").read_text(encoding="ascii").splitlines())
    return int(counters["wchar"])


def test_the_code_is_in_no_name_or_mark_of_the_file(receipt: ReceiptPaper) -> None:
    file = opened(receipt_pdf(receipt))
    said = f"{file.metadata} {file.trailer.get('/ID')} {file.xmp_metadata and file.xmp_metadata.stream.get_data()!r}"
    assert not [group for group in GROUPS.split() if group in said]


# The QR code.


def squares(code: QrCode) -> list[list[bool]]:
    """The dark squares that a path draws, with the white around them."""
    drawn = [[False] * code.size for _ in range(code.size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", code.path):
        for step in range(int(length)):
            assert not drawn[int(y)][int(x) + step], "a square twice"
            drawn[int(y)][int(x) + step] = True
    return drawn


@pytest.mark.parametrize("address", ["https://portal.test/track", "https://phan-anh.tinh-nao-do.example.vn/track"])
def test_the_drawing_is_the_code_of_the_address_with_white_around(address: str) -> None:
    code = qr_code(address)
    expected = segno.make_qr(address, error="m", boost_error=False)
    assert expected.error == "M"
    assert squares(code) == [[bool(one) for one in row] for row in expected.matrix_iter(border=QUIET)]
    assert f'viewBox="0 0 {code.size} {code.size}"' in code.svg
    assert squares(code) != squares(qr_code(address + "?"))
