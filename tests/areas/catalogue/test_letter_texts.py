"""The letters of the data: what may stand in them, how they are read, and which article holds on a day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.catalogue.importing import import_files
from portal.catalogue.letter_texts import (
    BY_HAND,
    FILLED,
    IN_DENUNCIATION,
    NOT_IN_DENUNCIATION,
    TO_COMMITTEE_ONLY,
    citation_on,
    is_to_committee,
    may_show,
    variables_in,
)
from portal.catalogue.queries import next_steps
from portal.catalogue.reading import ImportRefused
from portal.catalogue.words import Situation, Track
from tests.areas.catalogue.files import Cells, cells, changed, ours

ROWS = {row["code"]: row for row in cells("next_steps")}
LANGUAGES = ("vi", "en")


@pytest.fixture
def rules(session: Session) -> Session:
    """A catalogue with the time limits that the steps name."""
    import_files(session, ours("deadline_rules"))
    return session


def test_letters_arrive_as_they_were_written(rules: Session) -> None:
    import_files(rules, ours("next_steps"))
    stored = {step.code: step for step in next_steps(rules)}
    assert list(stored) == list(ROWS), "in the order of the file"
    for code, row in ROWS.items():
        for language in LANGUAGES:
            assert getattr(stored[code], f"letter_body_{language}") == row[f"letter_body_{language}"], code
        assert (stored[code].situation, stored[code].last_day_rule) == (row["when"], row["last_day_rule"] or None)


def test_every_situation_has_a_step_and_every_variable_a_letter() -> None:
    assert {row["when"] for row in ROWS.values()} == set(Situation)
    used = frozenset[str]().union(*(variables_in(row["letter_body_vi"]) for row in ROWS.values()))
    assert used == FILLED | BY_HAND
    assert not FILLED & BY_HAND
    assert TO_COMMITTEE_ONLY | IN_DENUNCIATION | NOT_IN_DENUNCIATION <= FILLED


@pytest.mark.parametrize("code", ROWS)
def test_no_letter_tells_an_office_what_it_must_not_know(code: str) -> None:
    row = ROWS[code]
    for language in LANGUAGES:
        body = row[f"letter_body_{language}"]
        names = variables_in(body)
        assert "code" not in " ".join(names).replace("dossier_code", "")
        assert "reference" not in names or is_to_committee(body)
        if row["track"] == Track.DENUNCIATION:
            assert not names & NOT_IN_DENUNCIATION
            assert {name for name in FILLED if may_show(name, body, row["track"])} == IN_DENUNCIATION
        elif not is_to_committee(body):
            assert not [name for name in TO_COMMITTEE_ONLY if may_show(name, body, row["track"])]
        assert not [name for name in BY_HAND if may_show(name, body, row["track"])]


def in_letter(code: str, old: str, new: str, *languages: str) -> Callable[[Cells], None]:
    """Puts something else into a letter."""

    def change(rows: Cells) -> None:
        row = next(row for row in rows if row["code"] == code)
        for language in languages:
            assert old in row[f"letter_body_{language}"]
            row[f"letter_body_{language}"] = row[f"letter_body_{language}"].replace(old, new)

    return change


PLACE = "{place}, "
BAD = [
    (in_letter("late.feedback", "{subject}", "{colour}", *LANGUAGES), "letter_body_vi", "colour"),
    (in_letter("late.feedback", "{subject}", "{receipt_code}", *LANGUAGES), "letter_body_vi", "receipt_code"),
    (in_letter("late.feedback", "{subject}", "{subject", *LANGUAGES), "letter_body_vi", "ngoặc nhọn"),
    (in_letter("late.feedback", "{subject}", "{wish}", "en"), "letter_body_vi", "subject"),
    (in_letter("extra_fee.return_money", "{paid_on}", "{reference}", *LANGUAGES), "letter_body_vi", "reference"),
    (in_letter("wants_denunciation.form", "{evidence}", "{filed_on}", *LANGUAGES), "letter_body_vi", "filed_on"),
    (in_letter("late.denunciation", "{due_on}", "{portal_name}", *LANGUAGES), "letter_body_vi", "portal_name"),
    (in_letter("late.feedback", PLACE, "", *LANGUAGES), "letter_body_vi", "{place}"),
]


@pytest.mark.parametrize(("change", "column", "reason"), BAD)
def test_a_bad_letter_is_refused(
    rules: Session, tmp_path: Path, change: Callable[[Cells], None], column: str, reason: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_files(rules, [changed(tmp_path, "next_steps", change)])
    (bad,) = refused.value.rows
    assert bad.column == column
    assert reason in bad.reason
    assert "%" not in bad.reason
    assert not next_steps(rules)


LAST_OF_JUNE, FIRST_OF_JULY = date(2025, 6, 30), date(2025, 7, 1)
CITATIONS = [
    ("Luật A Điều 1; Luật B Điều 2", FIRST_OF_JULY, "Luật A Điều 1; Luật B Điều 2"),
    ("Nghị định A; từ 01/07/2025: Nghị định B (sửa đổi bởi C)", LAST_OF_JUNE, "Nghị định A"),
    ("Nghị định A; từ 01/07/2025: Nghị định B (sửa đổi bởi C)", FIRST_OF_JULY, "Nghị định B (sửa đổi bởi C)"),
    ("Từ 01/07/2025: B, C; trước đó: A; D", LAST_OF_JUNE, "A; D"),
    ("Từ 01/07/2025: B, C; trước đó: A; D", FIRST_OF_JULY, "B, C"),
    ("A; từ 01/01/2025: B; từ 01/07/2025: C; D", LAST_OF_JUNE, "B"),
    ("A; từ 01/01/2025: B; từ 01/07/2025: C; D", FIRST_OF_JULY, "C; D"),
    ("A; từ 01/07/2025 tính theo B", FIRST_OF_JULY, "A; từ 01/07/2025 tính theo B"),
]


@pytest.mark.parametrize(("citation", "on", "holds"), CITATIONS)
def test_the_article_in_force_on_a_day(citation: str, on: date, holds: str) -> None:
    assert citation_on(citation, on) == holds


@pytest.mark.parametrize("code", ROWS)
def test_some_article_holds_on_any_day(code: str) -> None:
    for on in (date(2022, 11, 17), LAST_OF_JUNE, FIRST_OF_JULY, date(2026, 1, 1), date(2030, 1, 1)):
        holds = citation_on(ROWS[code]["citation"], on)
        assert holds
        assert ": " not in holds, "no word on when it holds is left"
