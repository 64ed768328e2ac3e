"""Finding bodies and procedures by what people type."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.finding import Findable, find, index
from portal.foundation.text import fold

DATA = Path(__file__).resolve().parents[3] / "portal" / "catalogue" / "data"
ALSO = {"one_stop": "một cửa"}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


BODIES = _rows("agencies_quang_nam_2022.csv")
TREE = index(Findable(row["code"], (row["name_vi"], row["name_en"]), ALSO.get(row["kind"], "")) for row in BODIES)
PROCEDURES = index(Findable(row["code"], (row["name_vi"], row["name_en"])) for row in _rows("procedures.csv"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("hoi an", "H-HA"),
        ("Hội An", "H-HA"),
        ("HỘI AN", "H-HA"),
        ("ubnd hoi an", "H-HA"),
        ("mot cua hoi an", "H-HA-MC"),
        ("một cửa Hội An", "H-HA-MC"),
        ("hoi an mot cua", "H-HA-MC"),
        ("so tnmt", "STNMT"),
        ("stnmt", "STNMT"),
        ("h-ha-mc", "H-HA-MC"),
        ("STNMT", "STNMT"),
        ("sở tài nguyên", "STNMT"),
        ("tai nguyen moi truong", "STNMT"),
        ("hooij an", "H-HA"),
        ("Tam Kyf", "H-TK"),
        ("Ddieenj Banf", "H-DB"),
        ("nam tra my", "H-NTM"),
        ("People's Committee Hoi An", "H-HA"),
    ],
)
def test_a_body_is_found_first(typed: str, code: str) -> None:
    assert find(TREE, typed)[0] == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khai sinh", "civil.birth"),
        ("dang ky khai sinh nuoc ngoai", "civil.birth_foreign"),
        ("tach thua", "land.split_merge"),
        ("work permit", "labour.work_permit"),
        ("ho chieu", "resid.passport"),
    ],
)
def test_a_procedure_is_found(typed: str, code: str) -> None:
    assert code in find(PROCEDURES, typed)[:3]


def test_marks_go_first_where_they_are_typed() -> None:
    things = index([Findable("a", ("Xã Hoa Sơn",)), Findable("b", ("Xã Hòa Sơn",)), Findable("c", ("Xã Hóa Sơn",))])
    assert find(things, "hòa sơn")[0] == "b"
    assert sorted(find(things, "hoa son")) == ["a", "b", "c"]


def test_old_and_new_placement_of_the_tone_are_one() -> None:
    things = index([Findable("a", ("Phường Hòa Thuận",)), Findable("b", ("Xã Thuỷ Bằng",))])
    assert find(things, "hoà thuận") == ["a"]
    assert find(things, "thủy bằng") == ["b"]


@pytest.mark.parametrize("typed", ["", "  ", "…", "zzzz", "hoi an zzzz"])
def test_nothing_is_found(typed: str) -> None:
    assert find(TREE, typed) == []


@given(st.sampled_from(BODIES), st.booleans(), st.booleans(), st.booleans())
def test_every_body_is_found_by_its_name(row: dict[str, str], spread: bool, bare: bool, upper: bool) -> None:
    typed = unicodedata.normalize("NFD" if spread else "NFC", row["name_vi"])
    typed = fold(typed) if bare else typed
    found = find(TREE, typed.upper() if upper else typed)
    assert row["code"] in found or _same_name_as(found, row)


def _same_name_as(found: list[str], row: dict[str, str]) -> bool:
    names = {one["code"]: fold(one["name_vi"]) for one in BODIES}
    return any(names[code] == fold(row["name_vi"]) for code in found)


@given(st.text(max_size=300))
def test_whatever_is_typed_gives_a_list(typed: str) -> None:
    assert len(find(TREE, typed)) <= 12
