"""The situations as they are written down: every category, every voice, no living person."""

from collections import Counter
from random import Random

import pytest

from portal.cases.masking import proposed_masks
from portal.cases.words import Disclosure, Language
from portal.demo.script import Situation
from portal.demo.situations import SITUATIONS
from portal.demo.wording import PLACES, spelled_out
from portal.foundation.text import fold
from tests.areas.catalogue.files import cells

# Who leads the country and who led the province while this was written: a demo accuses nobody by name.
KNOWN_NAMES = (
    "tô lâm",
    "lương cường",
    "phạm minh chính",
    "trần thanh mẫn",
    "lê trí thanh",
    "lê văn dũng",
    "phan việt cường",
)


def test_over_150_each_once() -> None:
    assert len(SITUATIONS) >= 150
    assert len({one.slug for one in SITUATIONS}) == len(SITUATIONS)
    assert len({one.narrative for one in SITUATIONS}) == len(SITUATIONS)


def test_every_category_several_times() -> None:
    found = Counter(one.category for one in SITUATIONS)
    assert found.keys() == {row["code"] for row in cells("categories")}
    assert min(found.values()) >= 4


def test_procedures_are_the_catalogues() -> None:
    known = {row["code"] for row in cells("procedures")}
    named = {one.procedure for one in SITUATIONS if one.procedure}
    assert named <= known
    assert len(named) >= 50


def test_voices() -> None:
    english = [one for one in SITUATIONS if one.language is Language.EN]
    bare = [one for one in SITUATIONS if one.language is Language.VI and fold(_read(one)) == _read(one).casefold()]
    assert len(english) >= 10
    assert len(bare) >= 10
    assert sum(bool(proposed_masks(_read(one))) for one in SITUATIONS) >= 4, "some type a number that is masked"
    assert {one.disclosure for one in SITUATIONS} == set(Disclosure)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.slug)
def test_reads_without_a_trace_of_its_making(situation: Situation) -> None:
    texts = [situation.narrative, *(step.text for step in situation.steps)]
    for text in (spelled_out(text, Random(1)) for text in texts):
        assert not set("[]{}|") & set(text)
        assert text == text.strip()
        assert not any(name in text.casefold() for name in KNOWN_NAMES)
    assert all(step.days < situation.age for step in situation.steps)
    assert [step.days for step in situation.steps] == sorted(step.days for step in situation.steps)


def test_clones_differ() -> None:
    draw = Random(2)
    for one in SITUATIONS:
        if one.is_cloned and "|" in one.narrative:
            assert len({spelled_out(one.narrative, draw) for _ in range(40)}) >= 2, one.slug


def test_every_place_has_a_name() -> None:
    for place in PLACES:
        assert spelled_out(f"{{{place}}}", Random(3))
        bare = spelled_out(f"{{{place}-}}", Random(3))
        assert bare == fold(bare)


def _read(situation: Situation) -> str:
    return spelled_out(situation.narrative, Random(0))
