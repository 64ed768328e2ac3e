"""The project's own files keep what the design promises, whoever edits them next."""

import unicodedata

import pytest

from portal.catalogue.words import AccusedRole, Function, Kind
from tests.areas.catalogue.files import DATA, SUCCESSIONS, TREE_2022, TWO_TIERS, cells

ALL = sorted(path.stem for path in DATA.glob("*.csv"))


@pytest.mark.parametrize("name", ALL)
def test_files_are_composed_utf8_with_plain_line_ends(name: str) -> None:
    text = (DATA / f"{name}.csv").read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")
    assert f"`{name}.csv`" in (DATA / "README.md").read_text(encoding="utf-8")


def test_the_last_routing_rule_takes_whatever_is_left() -> None:
    *_, last = sorted(cells("routing_rules"), key=lambda row: int(row["rank"]))
    conditions = ("kinds", "accused", "about", "min_severity", "min_recent_reports", "needs", "categories")
    assert [last[name] for name in conditions] == [""] * len(conditions)
    assert (last["lead"], last["release"]) == ("inspection_committee", "after_clearing")


def test_what_is_released_at_once_accuses_nobody_and_is_watched() -> None:
    at_once = [row for row in cells("routing_rules") if row["release"] == "at_once"]
    assert {row["code"] for row in at_once} == {"online_service", "delay_direct", "commendation", "proposal"}
    for row in at_once:
        assert "nobody_accused" in row["needs"].split()
        assert row["oversee"] == "inspection_committee"


def test_the_wording_does_not_tell_how_many_reports_there_are() -> None:
    # A reporter reads the reason; an official may file one to count the others (design.md §4).
    rules = {row["code"]: row for row in cells("routing_rules")}
    for counting, plain in (("repeated", "anything_else"), ("repeated_officer", "officer_accused")):
        for reason in ("reason_vi", "reason_en"):
            assert rules[counting][reason] == rules[plain][reason]


def test_reports_about_the_party_committee_are_refused_to_somewhere() -> None:
    refusing = [row for row in cells("routing_rules") if row["lead"] == "none"]
    kinds = {word for row in refusing for word in row["kinds"].split()}
    accused = {word for row in refusing for word in row["accused"].split()}
    assert kinds == set(Kind) - {Kind.COMMENDATION, Kind.PROPOSAL}
    assert accused == set(AccusedRole) - {AccusedRole.NONE}
    assert {row["refused_to"] for row in refusing} <= {row["code"] for row in cells("forward_bodies")}


@pytest.mark.parametrize(("tree", "functions"), [TREE_2022, TWO_TIERS])
def test_every_function_has_a_body(tree: str, functions: str) -> None:
    held = cells(functions)
    assert {row["function"] for row in held} == set(Function)
    assert {row["agency_code"] for row in held} <= {row["code"] for row in cells(tree)}


def test_every_old_body_has_a_successor() -> None:
    successions = cells(SUCCESSIONS)
    assert {row["old_code"] for row in successions} == {row["code"] for row in cells(TREE_2022[0])}
    assert {row["new_code"] for row in successions} <= {row["code"] for row in cells(TWO_TIERS[0])}
