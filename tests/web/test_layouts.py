"""The layouts and error pages by themselves: one heading for title and h1, errors first, no script."""

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment

from tests.web.bare_jinja import context, strict_jinja
from tests.web.markup import Page, check


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return strict_jinja()


def step(jinja: Environment, fields: str = "", **more: Any) -> Page:
    source = (
        '{% extends "layouts/step.html" %}{% block heading %}{{ _("Ở đâu?") }}{% endblock %}'
        '{% block back %}{{ ui.back_link("/report") }}{% endblock %}'
        '{% block progress %}{{ ui.progress(2, 5, "Ở đâu") }}{% endblock %}'
        f"{{% block fields %}}{fields}{{% endblock %}}"
    )
    return Page(jinja.from_string(source).render(context(**more)))


def test_a_step_says_its_heading_once_and_leads_to_its_errors(jinja: Environment) -> None:
    errors = {
        "agency": "Hãy chọn nơi",
        "promised_on": "Tháng 9 có 30 ngày",
        "who": "Hãy chọn",
        "narrative": "Hãy kể",
    }
    fields = """
        {{ ui.finder("agency", "Nơi", "agency_name", error=errors.agency) }}
        {{ ui.date_input("promised_on", "Ngày hẹn", error=errors.promised_on) }}
        {{ ui.radios("who", "Ai?", [{"value": "a", "text": "A"}], error=errors.who) }}
        {{ ui.textarea("narrative", "Kể lại", error=errors.narrative) }}"""
    page = step(jinja, fields, errors=errors)
    check(page)
    assert page.all("title")[0].words == "Lỗi: Ở đâu? · Cổng Phản ánh"
    assert [tag.words for tag in page.all("h1")] == ["Ở đâu?"]
    fields_by_id = {tag.has.get("id"): tag for tag in page.fields()}
    links = [tag for tag in page.all("a") if "error-summary" in str(tag.within[-1].within[-1].has)]
    assert [(link.has["href"], link.words) for link in links] == [(f"#{at}", text) for at, text in errors.items()]
    assert all((link.has["href"] or "")[1:] in fields_by_id for link in links)


def test_errors_are_read_before_the_heading(jinja: Environment) -> None:
    order = [tag.name for tag in step(jinja, errors={"a": "Sai"}).tags if tag.name in {"h1", "h2"}]
    assert order[:2] == ["h2", "h1"]


def test_enter_in_a_step_goes_on(jinja: Environment) -> None:
    """A browser presses the form's first button in the page, and the language button stands above it."""
    page = step(jinja, draft="d1")
    first = next(tag for tag in page.all("button") if tag.has.get("form") == "step" or tag.within[-1].name == "form")
    assert (first.has.get("name"), first.has.get("tabindex")) == (None, "-1")
    hidden = {tag.has.get("name"): tag.has.get("value") for tag in page.all("input") if tag.has.get("type") == "hidden"}
    assert hidden == {"csrf_token": "token", "draft": "d1"}


def test_a_step_without_its_form_changes_language_by_link(jinja: Environment) -> None:
    source = (
        '{% extends "layouts/step.html" %}{% set other_language_form = "" %}'
        "{% block heading %}Xem lại{% endblock %}{% block form %}{% endblock %}"
    )
    page = Page(jinja.from_string(source).render(context()))
    assert [tag for tag in page.all("button") if tag.has.get("form") == "step"] == []
    assert "?lang=en" in [tag.has.get("href") for tag in page.all("a")]


@pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
@pytest.mark.parametrize("layout", ["page", "desk"])
def test_layouts(jinja: Environment, layout: str, language: str, other: str) -> None:
    source = (
        f'{{% extends "layouts/{layout}.html" %}}'
        "{% block heading %}{{ _('Tra cứu &amp;') }}{% endblock %}"
        "{% block aside %}<p>Cần biết</p>{% endblock %}{% block content %}<p>Nội dung</p>{% endblock %}"
    )
    staff = SimpleNamespace(name="Lê Thị Hạnh", login="hanh", role_words="kiểm tra viên") if layout == "desk" else None
    html = jinja.from_string(source).render(context(language=language, staff=staff))
    page = Page(html)
    check(page)
    assert page.all("html")[0].has["lang"] == language
    assert page.all("title")[0].words == page.all("h1")[0].words + " · Cổng Phản ánh"
    assert f"?lang={other}" in [tag.has.get("href") for tag in page.all("a")]
    assert page.all("a")[0].has["href"] == "#main"
    assert len(page.all("main")) == 1
    assert len(page.all("aside")) == 1
    assert html.count("<p>Nội dung</p>") == 1


def test_a_page_marks_where_one_is(jinja: Environment) -> None:
    source = '{% extends "layouts/page.html" %}{% block heading %}x{% endblock %}'
    page = Page(jinja.from_string(source).render(context()))
    assert [tag.has["href"] for tag in page.all("a") if "aria-current" in tag.has] == ["/track"]


def test_signing_out_is_not_offered_to_nobody(jinja: Environment) -> None:
    source = '{% extends "layouts/desk.html" %}{% block heading %}Đăng nhập{% endblock %}'
    page = Page(jinja.from_string(source).render(context()))
    check(page)
    assert page.all("form") == []


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_error_pages(jinja: Environment, status: int) -> None:
    page = Page(jinja.get_template(f"errors/{status}.html").render(context()))
    check(page)
    assert page.all("title")[0].words == page.all("h1")[0].words + " · Cổng Phản ánh"


@pytest.mark.parametrize("status", [500, 503])
def test_what_is_shown_when_all_is_broken_needs_nothing(jinja: Environment, status: int) -> None:
    page = Page(jinja.get_template(f"errors/{status}.html").render())
    check(page)
    assert page.all("h1")[0].words.strip()
