"""Weighs what a browser fetches on its first visit to a page of the form: markup, stylesheet, fonts.

The goal is 60 KB, because many who need this portal pay for each megabyte. The page itself is weighed by the
benchmark over the wire; here 5 KB stand for it.
"""

import gzip
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
GOAL = 60 * 1024
PAGE = 5 * 1024


def compressed(path: Path) -> int:
    """Bytes over the wire; fonts are compressed as they are."""
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 9))


def main() -> int:
    parts = [STATIC / "portal.css", STATIC / "favicon.svg", *sorted(STATIC.glob("vendor/*.woff2"))]
    total = PAGE + sum(compressed(part) for part in parts)
    print(f"{'page (allowed for)':<46}{PAGE / 1024:6.1f} KB")
    for part in parts:
        print(f"{part.relative_to(STATIC)!s:<46}{compressed(part) / 1024:6.1f} KB")
    print(f"{'first visit':<46}{total / 1024:6.1f} KB, goal {GOAL // 1024}")
    return int(total > GOAL)


if __name__ == "__main__":
    sys.exit(main())
