"""Makes static/portal.css, the one stylesheet that pages load, and the vendored file it starts from.

    python3 deploy/local/stylesheet.py                  joins and shrinks static/vendor and static/css
    python3 deploy/local/stylesheet.py --check          says whether static/portal.css is up to date
    python3 deploy/local/stylesheet.py --vendor FILE    first cuts govuk-frontend down to what we use

A first visit may weigh 60 KB with its fonts, and govuk-frontend alone is 16 KB compressed, of which we use
a quarter: so a rule stays only if every class in its selector is in KEPT. Standard library only, because
whoever changes a colour should need nothing but Python.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
SHEET = STATIC / "portal.css"
VENDORED = STATIC / "vendor" / "govuk-frontend.css"
SOURCES = (VENDORED, *(STATIC / "css" / name for name in ("tokens.css", "portal.css", "letter.css")))

LICENCE = """/*! govuk-frontend 6.6.0, shortened and without its font.
MIT License, Copyright (c) 2017 Crown Copyright (Government Digital Service) */
"""

# Without their "govuk-".
_NAMES = """
back-link
button button--secondary button-group
checkboxes checkboxes--small checkboxes__hint checkboxes__input checkboxes__item checkboxes__label
date-input date-input__item date-input__label
details details__summary details__summary-text details__text
error-message
error-summary error-summary__body error-summary__list error-summary__title
fieldset fieldset__legend fieldset__legend--l
form-group form-group--error
hint
input input--error
input--width-2 input--width-3 input--width-4 input--width-5 input--width-10 input--width-20
input__prefix input__suffix input__wrapper
label link list
radios radios--small radios__hint radios__input radios__item radios__label
select select--error
skip-link
summary-list summary-list__actions summary-list__key summary-list__row summary-list__value
textarea textarea--error
"""
KEPT = frozenset(f"govuk-{name}" for name in re.findall(r"\S+", _NAMES))

# Internet Explorer and old Edge cannot read our tokens anyway; printing has rules of our own.
_DROPPED_BLOCKS = re.compile(r"@media (only )?print|@media not print|\\0|@-moz-document|min-width:0\)|@charset")


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a stylesheet: (selector or at-rule, what stands in its braces)."""
    start = 0
    while (opening := css.find("{", start)) >= 0:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[start:opening].strip(), css[opening + 1 : end - 1]
        start = end


def used_rules(css: str) -> str:
    """The stylesheet without the rules that no template of ours can meet."""
    kept = []
    for head, body in blocks(css):
        if head.startswith("@"):
            inner = "" if _DROPPED_BLOCKS.search(head) or head.startswith("@font-face") else used_rules(body)
            kept.append(f"{head}{{{inner}}}" if inner else "")
        else:
            selectors = [one for one in head.split(",") if is_used(one)]
            kept.append(f"{','.join(selectors)}{{{body}}}" if selectors else "")
    return "".join(kept)


def is_used(selector: str) -> bool:
    """Whether every class of the selector is one of ours (and it names one at all)."""
    classes = re.findall(r"\.([A-Za-z][\w-]*)", selector)
    return bool(classes) and KEPT.issuperset(classes)


def vendored(css: str) -> str:
    """govuk-frontend as we keep it: our font in the place of theirs, only used rules, colours from tokens."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = css[css.index(";") + 1 :] if css.startswith("@charset") else css
    css = css.replace("GDS Transport,arial,sans-serif", "var(--font)")
    css = re.sub(r"(var\(--govuk-[\w-]+-colour),#[0-9a-f]+\)", r"\1)", used_rules(css))
    if "GDS" in css:
        raise SystemExit("The GDS font is still named in the stylesheet: it is not ours to use.")
    return LICENCE + css.replace("}", "}\n")


def shrunk(css: str) -> str:
    """Without comments (but the licence) and needless blanks."""
    css = re.sub(r"/\*(?!!).*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r"(?<=[{;])([\w-]+): ", r"\1:", css)
    return css.replace(";}", "}").replace("*/ ", "*/\n").strip() + "\n"


def with_hashed_fonts(css: str) -> str:
    """Fonts have their hash in their name, so that a browser may keep them for good."""

    def named(match: re.Match[str]) -> str:
        (file,) = (STATIC / "vendor").glob(f"{match[1]}.*.woff2")
        return f'url("vendor/{file.name}")'

    return re.sub(r'url\("vendor/([\w-]+)\.woff2"\)', named, css)


def sheet() -> str:
    """The whole stylesheet, in the order in which one part may override another."""
    return with_hashed_fonts(shrunk("".join(part.read_text(encoding="utf-8") for part in SOURCES)))


def main(arguments: list[str]) -> int:
    match arguments:
        case ["--vendor", source]:
            VENDORED.write_text(vendored(Path(source).read_text(encoding="utf-8")), encoding="utf-8")
        case ["--check"]:
            if SHEET.read_text(encoding="utf-8") == sheet():
                return 0
            print("static/portal.css is older than its parts: run python3 deploy/local/stylesheet.py")
            return 1
        case []:
            pass
        case _:
            print(__doc__)
            return 2
    SHEET.write_text(sheet(), encoding="utf-8")
    for old in (SHEET.with_suffix(".css.br"), SHEET.with_suffix(".css.gz")):
        old.unlink(missing_ok=True)  # made anew at the next set-up; until then the sheet goes out as it is
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
