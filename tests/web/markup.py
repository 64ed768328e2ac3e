"""A piece of HTML read tag by tag, and what holds for any piece of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass(eq=False)
class Tag:
    """One tag: its attributes, the words in it, the tags it stands in."""

    name: str
    has: dict[str, str | None]
    within: list["Tag"]
    words: str = ""


class Page(HTMLParser):
    """The tags of a piece of HTML in order, each with its attributes and the words in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[Tag] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {[tag.name for tag in self.open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {tag} {attrs}"
        made = Tag(tag, dict(attrs), list(self.open))
        self.tags.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"closed but never opened: {tag}"
        assert self.open.pop().name == tag, f"closed in the wrong order: {tag}"

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            tag.words += data

    def all(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]

    def ids(self) -> list[str]:
        return [tag.has["id"] or "" for tag in self.tags if "id" in tag.has]

    def fields(self) -> Iterator[Tag]:
        yield from (tag for tag in self.all("input", "select", "textarea") if tag.has.get("type") != "hidden")


def _is_of_our_own(script: Tag) -> bool:
    """A script from a file of ours that stands in nobody's way; nothing is written into the page itself."""
    return (script.has.get("src") or "").startswith("/static/js/") and "defer" in script.has and not script.words


def check(page: Page) -> None:
    """What holds for any piece of our HTML."""
    ids = page.ids()
    assert len(ids) == len(set(ids)), f"an id twice: {sorted(ids)}"
    for tag in page.tags:
        for reference in ("aria-describedby", "aria-labelledby", "for"):
            for target in (tag.has.get(reference) or "").split():
                assert target in ids, f"{reference} leads nowhere: {target}"
        assert not [name for name in tag.has if name == "style" or name.startswith("on")], tag
        assert tag.name != "style"
        assert tag.name != "script" or _is_of_our_own(tag), tag
    named = {label.has.get("for") for label in page.all("label") if label.words.strip()}
    for field in page.fields():
        wrapped = any(tag.name == "label" and tag.words.strip() for tag in field.within)
        assert wrapped or field.has.get("id") in named, f"no label: {field}"
    for group in page.all("fieldset"):
        inside = [tag for tag in page.tags if group in tag.within]
        assert inside, "an empty fieldset"
        assert inside[0].name == "legend", "the legend comes first"
        assert inside[0].words.strip(), "an empty legend"
    for button in page.all("button", "a", "summary"):
        assert button.words.strip() or button.has.get("aria-hidden"), f"no words: {button}"
