"""What must not stand in the code, found by reading it."""

import ast
import csv
import re
from collections.abc import Iterator

import pytest

from portal.cli.docs import DOCS, rendered
from portal.foundation.database import Base
from portal.identity import keystore
from portal.tables import AREAS, metadata

Sources = dict[str, str]
# The release job loads OpenDP when there is something to release: whoever serves pages never does.
LATE_IMPORTS = {"portal/statistics/laplace.py opendp_draw": ["import opendp.prelude as dp"]}
TABLE_FILES = re.compile(r"portal/(?:\w+/models|tables)\.py")


def python(sources: Sources, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """The parsed modules of some folders."""
    for path, text in sources.items():
        if path.endswith(".py") and path.startswith(folders):
            yield path, ast.parse(text)


def imported(tree: ast.Module) -> set[str]:
    """The modules that a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_no_table_is_unused(sources: Sources) -> None:
    code = "\n".join(
        text for path, text in sources.items() if path.startswith("portal/") and not TABLE_FILES.search(path)
    )
    models = {mapper.class_.__name__ for mapper in Base.registry.mappers}
    unused = {name for name in models if not re.search(rf"\b{name}\b", code)}
    assert unused == set()
    assert {mapper.local_table.name for mapper in Base.registry.mappers} == set(metadata.tables)  # type: ignore[attr-defined]
    assert set(keystore.metadata.tables) == {"data_key", "tombstone"}


def test_every_area_with_tables_is_known_to_the_migrations(sources: Sources) -> None:
    with_tables = {path.split("/")[1] for path in sources if re.fullmatch(r"portal/\w+/models\.py", path)}
    assert {area.__name__.split(".")[1] for area in AREAS} == with_tables


def test_nothing_is_drawn_from_a_guessable_source(sources: Sources) -> None:
    for path, tree in python(sources, "portal/", "config.py", "migrations/"):
        if not path.startswith("portal/demo/"):  # the same seed makes the same province
            assert not {"random", "uuid"} & imported(tree), path


def test_statements_are_never_put_together_from_text(sources: Sources) -> None:
    """Parameters are bound. Migrations have no parameters, and SQLite's pragmas take none."""
    for path, tree in python(sources, "portal/"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("text", "execute", "exec_driver_sql", "scalar", "scalars") and _is_put_together(node.args[0]):
                assert "PRAGMA" in ast.unparse(node.args[0]), f"{path}:{node.lineno}"


def _is_put_together(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (
        isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format"
    )


def test_imports_stand_at_the_top_and_nothing_is_left_to_do(sources: Sources) -> None:
    for path, tree in python(sources, "portal/", "config.py", "wsgi.py"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom)]
                loads = [ast.unparse(one) for one in inner]
                assert loads == LATE_IMPORTS.get(f"{path} {node.name}", []), f"{path}:{node.lineno}"
        assert not re.search(r"\b(?:TODO|FIXME|XXX)\b", sources[path]), path
        assert ast.get_docstring(tree), f"{path} does not say why it is there"


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<style\b",
        r"<script\b(?![^>]*\bsrc=)",
        r"\sstyle=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"\|\s*safe\b",
        r"(?:src|href|action)=[\"'](?:https?:)?//",
    ],
)
def test_no_template_has(sources: Sources, forbidden: str) -> None:
    for path, text in sources.items():
        if path.startswith("templates/"):
            bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
            assert not re.search(forbidden, bare), f"{path}: {forbidden}"


def test_what_the_public_types_is_in_no_address(sources: Sources) -> None:
    for path, text in sources.items():
        if path.startswith(("templates/public/", "templates/layouts/", "templates/components/")):
            assert not re.search(r"method=[\"']?get", text, re.IGNORECASE), path
            assert 'method="post"' in text or "<form" not in text, path


def test_no_style_sheet_or_drawing_asks_another_origin(sources: Sources) -> None:
    for path, text in sources.items():
        if path.startswith("static/") and path.endswith((".css", ".svg")):
            assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import|href=[\"']https?:", text), path


def test_no_place_is_named_in_code_or_templates(sources: Sources) -> None:
    """Names, trees and codes are data. (Comments and docstrings may give an example.)"""
    rows = csv.DictReader(sources["portal/catalogue/data/agencies_quang_nam_2022.csv"].splitlines())
    kinds = r"^.*?(?:thành phố|thị xã|huyện|tỉnh|Tỉnh ủy) "
    places = {re.sub(kinds, "", row["name_vi"]) for row in rows if row["kind"] in ("district", "provincial", "party")}
    places = {place for place in places if place.istitle() and " " in place} | {"Quảng Nam", "Đà Nẵng"}
    assert {"Hội An", "Tam Kỳ", "Quảng Nam"} <= places
    for path, tree in python(sources, "portal/", "config.py"):
        if not path.startswith("portal/demo/"):
            named = [text for text in said_in(tree) if any(place in text for place in places)]
            assert not named, f"{path}: {named}"
    for path, text in sources.items():
        if path.startswith("templates/"):
            assert not [place for place in places if place in text], path


def said_in(tree: ast.Module) -> Iterator[str]:
    """Every text in a module but its docstrings."""
    described = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, HAS_DOCSTRING)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in described:
            yield node.value


HAS_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def test_every_test_runs_and_can_fail(sources: Sources) -> None:
    """No test is left out, and none depends on how fast the machine is."""
    for path, tree in python(sources, "tests/"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("skip", "skipif", "xfail", "importorskip"), f"{path}:{node.lineno}"
                assert node.attr not in ("perf_counter", "process_time"), f"{path}:{node.lineno}"
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            if function.name.startswith("test_"):
                assert function.returns is not None, f"{path}:{function.lineno} is not typed"


def test_documents_made_from_code_are_up_to_date() -> None:
    """`flask --app wsgi docs render` brings them there."""
    for name, text in rendered().items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, name
