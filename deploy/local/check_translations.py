"""Is every text that a person can see there in every language, and nothing else?

Fails on a text without translation, an empty or guessed (fuzzy) one, one whose placeholders are not those of the
source, and a translation of a text that is gone.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "portal" / "translations"
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w*)\}")
Key = tuple[str | None, str]


def read(path: Path, language: str | None = None) -> Catalog:
    """A catalogue as it stands in its file."""
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale=language)


def texts_in_source() -> Catalog:
    """Every marked text in code and templates, with the file where it stands."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.pot"
        subprocess.run([ROOT / "deploy" / "local" / "extract.sh", path], check=True)
        return read(path)


def by_key(catalog: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue by what makes them the same text; its header is none of them."""
    return {(message.context, forms(message.id)[0]): message for message in catalog if message.id}


def forms(text: object) -> list[str]:
    """A text as the list of its plural forms, mostly one."""
    return [str(form or "") for form in (text if isinstance(text, list | tuple) else [text])]


def placeholders(text: object) -> set[str]:
    """The names that a text leaves open."""
    return {named or braced for named, braced in PLACEHOLDER.findall(" ".join(forms(text)))}


def faults(source: Catalog, translated: Catalog) -> Iterator[str]:
    """What is wrong with one catalogue, a line each."""
    needed, known = by_key(source), by_key(translated)
    for key in needed.keys() - known.keys():
        yield f"not there: {key[1]!r} ({needed[key].locations[0][0]})"
    for key in known.keys() - needed.keys():
        yield f"no longer used: {key[1]!r}"
    for message in translated.obsolete.values():
        yield f"no longer used: {forms(message.id)[0]!r}"
    for key in needed.keys() & known.keys():
        if fault := fault_of(known[key]):
            yield f"{fault}: {key[1]!r}"


def fault_of(message: Message) -> str:
    """What is wrong with one translation, or nothing."""
    if not all(form.strip() for form in forms(message.string)):
        return "empty"
    if message.fuzzy:
        return "guessed (fuzzy)"
    if placeholders(message.string) != placeholders(message.id):
        return f"other placeholders than {sorted(placeholders(message.id))}"
    return ""


def main() -> int:
    """0 where nothing is wrong."""
    source = texts_in_source()
    paths = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
    if not paths:
        print("There is no catalogue under portal/translations")
        return 1
    wrong = 0
    for path in paths:
        found = sorted(faults(source, read(path, path.parts[-3])))
        wrong += len(found)
        print(f"{path.relative_to(ROOT)}: {len(source)} texts, {len(found)} faults", *found, sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
