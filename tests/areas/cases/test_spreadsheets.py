"""Cells that no spreadsheet takes for a formula, in both kinds of file."""

import csv
import io
import re
import zipfile

import pytest

from portal.cases.spreadsheets import BOM, LONGEST_CELL, as_csv, defused, write_xlsx

DANGEROUS = ["=1+1", "+84 905", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"]
HARMLESS = ["", "Chậm trả kết quả", "a=1", "'=1", "1-2", "Dòng một\n=dòng hai", 'Ông "Ba", quầy 3']


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_formula_is_defused(cell: str) -> None:
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_other_words_stay(cell: str) -> None:
    assert defused(cell) == cell


@pytest.mark.parametrize("letter", ["ế", "😀"])
def test_a_cell_is_no_longer_than_excel_holds(letter: str) -> None:
    cut = defused(letter * LONGEST_CELL * 2)
    assert cut.endswith("…")
    assert LONGEST_CELL - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert defused("a" * LONGEST_CELL) == "a" * LONGEST_CELL


def test_csv_reads_back() -> None:
    text = b"".join(as_csv([DANGEROUS, HARMLESS])).decode()
    assert text.startswith(BOM)
    read = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))
    assert read == [[f"'{cell}" for cell in DANGEROUS], HARMLESS]


def test_no_cell_of_a_sheet_is_anything_but_a_string() -> None:
    file = io.BytesIO()
    write_xlsx(file, [["https://example.org", "12", "\x01"], DANGEROUS, ["x" * LONGEST_CELL * 2]], [10, 20])
    sheet = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    kinds = set(re.findall(r'<c r="[A-Z]+[0-9]+"(?: s="\d+")? t="(\w+)"', sheet))
    assert kinds == {"inlineStr"}
    assert len(re.findall("<c ", sheet)) == 3 + len(DANGEROUS) + 1
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
