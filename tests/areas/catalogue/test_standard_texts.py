"""Standard texts: filled with what is known, gaps for the rest; versions that nobody overwrites."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.catalogue.importing import import_files
from portal.catalogue.standard_text_rows import (
    CHANGED_MEANWHILE,
    newest_texts,
    versions_of,
    words_of,
    write_version,
)
from portal.catalogue.standard_texts import (
    LETTERS,
    MOMENTS,
    ONLY_IN_LETTERS,
    VARIABLES,
    Moment,
    fault_of,
    filled,
    gap,
    gaps_in,
    variables_in,
)
from portal.cli.catalogue import counted
from portal.foundation.database import transaction
from portal.foundation.errors import Conflict, FieldErrors
from tests.areas.catalogue.files import Cells, cells, changed, ours
from tests.makers.committed import Committed

ROWS = {row["code"]: row for row in cells("standard_texts")}
CODE = "refused.before_court"


def test_every_variable_is_used_and_every_moment_named() -> None:
    used = {name for row in ROWS.values() for name in variables_in(row["body_vi"])}
    assert used == VARIABLES.keys()
    for language in range(2):
        assert len({words[language] for words in VARIABLES.values()}) == len(VARIABLES), (
            "gaps that cannot be told apart"
        )
    assert MOMENTS.keys() == set(Moment) == {row["status_or_action"] for row in ROWS.values()}


def test_no_text_to_a_reporter_has_a_name_or_a_number_of_the_case() -> None:
    for row in ROWS.values():
        if Moment(row["status_or_action"]) not in LETTERS:
            assert not ONLY_IN_LETTERS & set(variables_in(row["body_vi"]))
    assert fault_of("{reference}", "{reference}", Moment.ANSWERED) is not None
    assert fault_of("{reference}", "{reference}", Moment.REMINDER_LETTER) is None


@pytest.mark.parametrize(
    ("body", "translation", "told"),
    [
        ("{reporter_name}", "{reporter_name}", "reporter_name"),
        ("{due_on}", "", "due_on"),
        ("{due_on", "{due_on", None),
        ("due_on}", "due_on}", None),
        ("{due on}", "{due on}", None),
        ("[…: ngày]", "", None),
    ],
)
def test_what_no_text_may_be(body: str, translation: str, told: str | None) -> None:
    fault = fault_of(body, translation, Moment.ANSWERED)
    assert fault is not None
    assert fault[1].get("name") == told


values = st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.text(st.characters(exclude_characters="{}[]")))


@given(st.sampled_from(sorted(ROWS)), st.sampled_from(["vi", "en"]), values)
def test_a_filled_text_has_no_brace_left_and_says_what_is_missing(
    code: str, language: str, known: dict[str, str]
) -> None:
    body = ROWS[code][f"body_{language}"]
    text = filled(body, known, language)
    assert not set("{}") & set(text)
    missing = [name for name in variables_in(body) if not known.get(name)]
    assert gaps_in(text) == list(dict.fromkeys(gap(name, language)[4:-1] for name in missing))
    for name in set(variables_in(body)) - set(missing):
        assert known[name] in text


def test_what_is_put_in_is_not_read_again() -> None:
    assert filled("{reason}", {"reason": "{hotline}", "hotline": "1022"}, "vi") == "{hotline}"


def test_a_gap_that_was_half_written_over_is_still_one() -> None:
    assert gaps_in("Vì […: lý do và […: lý do], […:") == ["lý do và […: lý do", "…"]
    assert gaps_in("Vì mưa […] và [1]") == []


def edited(**words: str) -> dict[str, str]:
    return {**{name: ROWS[CODE][name] for name in ("title_vi", "body_vi", "title_en", "body_en")}, **words}


def retitle(rows: Cells) -> None:
    next(row for row in rows if row["code"] == CODE)["title_vi"] = "Việc của Tòa"


@pytest.mark.both
def test_a_changed_file_is_a_new_version_and_an_unchanged_one_nothing(committed: Committed, tmp_path: Path) -> None:
    session = committed.session()
    with transaction(session):
        (again,) = import_files(session, ours("standard_texts"))
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(ROWS))
    with transaction(session):
        (result,) = import_files(session, [changed(tmp_path, "standard_texts", retitle)])
    assert (result.added, result.changed, result.kept) == (0, 1, ())
    assert [(one.version, one.title_vi, one.by_login) for one in versions_of(session, CODE)] == [
        (2, "Việc của Tòa", None),
        (1, ROWS[CODE]["title_vi"], None),
    ]


@pytest.mark.both
def test_what_people_edited_no_file_overwrites(committed: Committed, tmp_path: Path) -> None:
    session = committed.session()
    with transaction(session):
        write_version(session, CODE, edited(title_en="The court’s"), seen=1, by_login="hanh")
    with transaction(session):
        (result,) = import_files(session, [changed(tmp_path, "standard_texts", retitle)])
    assert result.kept == (CODE,)
    assert counted(result).endswith(f"giữ bản đã được sửa trên Cổng: {CODE}")
    (newest,) = [one for one in newest_texts(session) if one.code == CODE]
    assert (newest.version, newest.title_en, newest.title_vi) == (2, "The court’s", ROWS[CODE]["title_vi"])


@pytest.mark.both
def test_only_what_starts_from_the_newest_version_is_saved(committed: Committed) -> None:
    session = committed.session()
    with transaction(session):
        assert write_version(session, CODE, edited(), seen=1, by_login="hanh") is None
        assert write_version(session, CODE, edited(title_vi="Một"), seen=1, by_login="hanh") is not None
    with pytest.raises(Conflict, match=CHANGED_MEANWHILE[:20]), transaction(session):
        write_version(session, CODE, edited(title_vi="Hai"), seen=1, by_login="minh")
    with pytest.raises(FieldErrors) as refused, transaction(session):
        write_version(session, CODE, edited(body_vi="{ai}", title_en=" "), seen=2, by_login="minh")
    assert refused.value.fields.keys() == {"body_vi", "body_en", "title_en"}
    assert words_of(versions_of(session, CODE)[0])["title_vi"] == "Một"


@pytest.mark.both
@pytest.mark.parametrize("statement", ["UPDATE standard_text SET title_vi = 'x'", "DELETE FROM standard_text"])
def test_no_version_is_ever_changed(committed: Committed, statement: str) -> None:
    session = committed.session()
    with pytest.raises(DBAPIError, match="append-only"), transaction(session):
        session.execute(text(statement))
