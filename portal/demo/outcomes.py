"""What else a played case could have come to: another finding, another mark, none. Its way stays the same.

A sibling shares all rows with the template that it was made of, but for the few that say something else.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from portal.cases.events import CASE_RATED
from portal.cases.models import Conclusion, Event, Rating, Report
from portal.catalogue.words import Kind
from portal.demo.situations.other_words import ANSWERS, REASONS
from portal.demo.templates import Row, Template
from portal.statistics.looking import UPHELD

MARKS = range(1, 6)
HIGH = 4  # a mark of a reporter who is content
ENDINGS = (NONE, IS_UPHELD, NOT_UPHELD) = ("", "upheld", "not_upheld")


def ending(template: Template) -> str:
    """What was found first: upheld, not upheld, or nothing (refused, forwarded, withdrawn)."""
    seen = [row["finding"] for row in template.rows[Conclusion] if row["visible_at"] is not None]
    if not seen:
        return NONE
    return IS_UPHELD if seen[0] in UPHELD else NOT_UPHELD


def with_siblings(templates: Iterable[Template], kinds: dict[str, Kind]) -> list[Template]:
    """The templates, those of another finding beside them, each with all marks that it may get."""
    found: list[Template] = []
    for number, one in enumerate(templates):
        found.append(one)
        if kinds[one.situation.category] in (Kind.DELAY, Kind.CONDUCT, Kind.DECISION):
            found.extend(_otherwise(one, number))
    for number, one in enumerate(found):
        if kinds[one.situation.category] not in (Kind.COMMENDATION, Kind.PROPOSAL):
            one.marked.update(_marked(one, number))
    return found


def _otherwise(template: Template, number: int) -> list[Template]:
    """The same report, if it had turned out not to be so. Not where a body owned up to it before."""
    conclusions = template.rows[Conclusion]
    heard = any(step.move == "answer_referral" for step in template.situation.steps)
    category = template.situation.category
    said = next((texts for beginning, texts in ANSWERS if category.startswith(beginning)), ())
    if not said or heard or len(conclusions) != 1 or ending(template) != IS_UPHELD:
        return []
    finding, text = said[number % len(said)]
    before = conclusions[0]["text"]

    def told(model: Any, row: Row) -> Row:
        changed: Row = {name: text for name, value in row.items() if value == before}
        if model is Conclusion:
            changed |= {"finding": finding, "remedy": None}
        return row | changed if changed else row

    rows = _changed(template, told)
    documents = [[(sort, text if line == before else line) for sort, line in lines] for lines in template.documents]
    return [replace(template, rows=rows, documents=documents, is_sibling=True, marked={})]


def _changed(template: Template, told: Callable[[Any, Row], Row]) -> dict[Any, list[Row]]:
    return {model: [told(model, row) for row in rows] for model, rows in template.rows.items()}


def _marked(template: Template, number: int) -> dict[int, Template]:
    """By mark; 0: without one. Empty if its reporter had no time to give any."""
    if not template.rows[Rating]:
        return {}
    return {0: _unrated(template)} | {mark: _rated(template, mark, number + mark) for mark in MARKS}


def _rated(template: Template, mark: int, number: int) -> Template:
    own, report = template.rows[Rating][0], template.rows[Report][0]
    said = REASONS[report["language"]][(mark > 2) + (mark >= HIGH)]
    is_own = mark >= HIGH and own["score"] >= HIGH and ending(template) == IS_UPHELD
    rating = own | {"score": mark, "reasons": own["reasons"] if is_own else said[number % len(said)]}

    def told(row: Row) -> Row:
        return row | {"payload": row["payload"] | {"score": mark}} if row["kind"] == CASE_RATED else row

    rows = template.rows | {Rating: [rating], Event: [told(row) for row in template.rows[Event]]}
    return replace(template, rows=rows, marked={})


def _unrated(template: Template) -> Template:
    kept = [place for place, row in enumerate(template.rows[Event]) if row["kind"] != CASE_RATED]
    rows = template.rows | {Rating: [], Event: [template.rows[Event][place] for place in kept]}
    moves = template.moves | {Rating: [], Event: [template.moves[Event][place] for place in kept]}
    return replace(template, rows=rows, moves=moves, marked={})
