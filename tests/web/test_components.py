"""The components by themselves, in the strictest Jinja there is: what every page may take for granted."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from deploy.local import stylesheet, weigh
from tests.web.bare_jinja import ROOT, TEMPLATES, strict_jinja
from tests.web.component_calls import FULL, LEAST
from tests.web.markup import Page, check

# These take more than arguments: {% call %}.
WITH_CALL = [
    "chart",
    "checkboxes",
    "date_input",
    "details",
    "fieldset",
    "finder",
    "form",
    "message",
    "next_step",
    "nothing",
    "note",
    "notice",
    "panel",
    "paper",
    "radios",
    "slip",
    "summary_list",
    "summary_row",
    "text_input",
    "textarea",
    "thread",
]


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return strict_jinja()


def macro(jinja: Environment, call: str, inside: str | None = None) -> str:
    """What a call gives; inside: what stands in {% call %}."""
    name = call.split("(")[0]
    body = f"{{{{ {call} }}}}" if inside is None else f"{{% call {call} %}}{inside}{{% endcall %}}"
    return jinja.from_string(f'{{% from "components/{name}.html" import {name} %}}{body}').render()


def names() -> list[str]:
    return sorted(path.stem for path in TEMPLATES.glob("components/*.html") if path.stem != "all")


def test_each_component_is_known_here_and_under_the_one_name(jinja: Environment) -> None:
    assert sorted(LEAST) == names()
    exported = jinja.get_template("components/all.html").module
    assert [name for name in names() if not hasattr(exported, name)] == []


def test_the_guide_names_each_component() -> None:
    guide = (ROOT / "docs" / "components.md").read_text(encoding="utf-8")
    assert [name for name in names() if f"`{name}`" not in guide] == []


@pytest.mark.parametrize("call", [*LEAST.values(), *FULL])
def test_markup_is_sound(jinja: Environment, call: str) -> None:
    check(Page(macro(jinja, call)))


@pytest.mark.parametrize("name", WITH_CALL)
def test_what_stands_in_a_call_is_shown_once(jinja: Environment, name: str) -> None:
    page = macro(jinja, LEAST[name], "<b>đây</b>")
    assert page.count("<b>đây</b>") == 1
    check(Page(page))


@pytest.mark.parametrize("call", ["radios", "checkboxes", "rating", "choices", "kind"])
def test_nothing_is_preset(jinja: Environment, call: str) -> None:
    assert [tag for tag in Page(macro(jinja, LEAST[call])).tags if "checked" in tag.has] == []


@pytest.mark.parametrize(
    "call",
    [
        'text_input("a", x, x, x, x, note=x)',
        'textarea("a", x, x, x, x, count=x)',
        'select("a", x, [(x, x)], x)',
        'radios("a", x, [{"value": x, "text": x, "hint": x, "lines": [(x, x)]}], x, x, x)',
        'kind(x, x, "lock", "a", [{"value": x, "text": x}])',
        "own_words([('plain', x), ('mask', x), ('mark', x), ('left_open', x)])",
        "message(x, x, x)",
        "summary_row(x, x, '/a', x)",
        "table([x], [[x, x]], x, (), x)",
        "slip(x, x)",
        'error_summary({"a": x})',
    ],
)
def test_what_people_typed_stays_text(jinja: Environment, call: str) -> None:
    typed = '"><script>alert(1)</script>'
    name = call.split("(")[0]
    source = f'{{% from "components/{name}.html" import {name} %}}{{{{ {call} }}}}'
    page = jinja.from_string(source).render(x=typed)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_text_that_begins_with_an_empty_line_keeps_it(jinja: Environment) -> None:
    assert ">\n\nTôi</textarea>" in macro(jinja, 'textarea("narrative", "Kể lại", "\nTôi")')


def test_an_empty_field_has_no_value(jinja: Environment) -> None:
    for call in ('text_input("a", "A", none)', 'text_input("a", "A", "")', 'textarea("a", "A", none)'):
        assert "None" not in macro(jinja, call)


def test_an_unknown_icon_is_an_error(jinja: Environment) -> None:
    with pytest.raises(Exception, match="no attribute 'hammer'"):
        macro(jinja, 'icon("hammer")')


def test_the_stylesheet_is_made_of_its_parts() -> None:
    assert stylesheet.main(["--check"]) == 0


def test_the_stylesheet_asks_nobody_else() -> None:
    css = stylesheet.SHEET.read_text(encoding="utf-8")
    assert "GDS" not in css
    assert "@import" not in css
    for address in re.findall(r"url\(\"?([^\")]+)", css):
        assert address.startswith("#") or (ROOT / "static" / address).is_file(), address


def test_each_class_of_the_design_system_is_kept() -> None:
    """One that is missing: add it to KEPT in deploy/local/stylesheet.py and run `make vendor`."""
    used = set(re.findall(r"govuk-[a-z][\w-]*", "".join(map(read, TEMPLATES.rglob("*.html")))))
    assert {name for name in used if not name.endswith("-")} - stylesheet.KEPT == set()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_a_first_visit_stays_under_60_kb() -> None:
    assert weigh.main() == 0
