"""Every text that a person can see is there in both languages, and nothing else."""

import pytest

from deploy.local.check_translations import TRANSLATIONS, faults, read, texts_in_source


@pytest.mark.parametrize("language", ["en"])
def test_complete(language: str) -> None:
    translated = read(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po", language)
    assert list(faults(texts_in_source(), translated)) == []


def test_a_text_that_is_missing_is_found() -> None:
    source = texts_in_source()
    translated = read(TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po", "en")
    source.add("Một câu chưa ai dịch.", locations=[("templates/public/home.html", 1)])
    assert any("Một câu chưa ai dịch." in fault for fault in faults(source, translated))
