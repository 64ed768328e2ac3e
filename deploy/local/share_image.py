"""Draws static/share.png, which other sites show beside a link to the portal: 1200 × 630, gate, name, one sentence.

    python -m deploy.local.share_image

It names no place, for the code serves any province. Needs Chromium; the picture is committed, so nobody else does.
"""

import base64
import html
from pathlib import Path

from tests.journeys.browsing import browser

STATIC = Path(__file__).resolve().parents[2] / "static"
NAME, WORDS = "Cổng Phản ánh", "Làm thủ tục mà bị gây khó, bị trễ hẹn? Xin kể lại ở đây."
DEEP, LAMP, SOFT = "#0a4541", "#f5d98f", "#cfe3df"
GATE = "M5 25v-4a19 19 0 0 1 38 0v4H32v-4a8 8 0 0 0-16 0v4z"
REFLECTION = "M5.6 28.5h11v4H7.2zM31.4 28.5h11l-1.6 4h-9.4zM9.6 35.5h28.8l-3.2 3.5H12.8zM17 42h14v2.5H17z"
LIGHT = "M17.6 25v-4a6.4 6.4 0 0 1 12.8 0v4z"


def font(subset: str, weight: int) -> str:
    """A vendored font as a rule of its own: the page has no address to load it from."""
    (file,) = (STATIC / "vendor").glob(f"be-vietnam-pro-{subset}-{weight}.*.woff2")
    data = base64.b64encode(file.read_bytes()).decode()
    return f"@font-face {{ font-family: {subset}; font-weight: {weight}; src: url(data:font/woff2;base64,{data}); }}"


def page() -> str:
    """What is drawn."""
    fonts = "".join(font(subset, weight) for subset in ("latin", "vietnamese") for weight in (400, 600))
    return f"""<!DOCTYPE html><meta charset="utf-8"><style>{fonts}
body {{ display: flex; align-items: center; gap: 64px; box-sizing: border-box; width: 1200px; height: 630px; margin: 0;
  padding: 0 96px; background: {DEEP}; color: #fff; font: 400 40px/1.5 vietnamese, latin; }}
svg {{ flex: none; width: 340px; height: 340px; fill: {SOFT}; }}
h1 {{ margin: 0 0 20px; font-size: 76px; font-weight: 600; line-height: 1.3; letter-spacing: -0.01em;
  white-space: nowrap; }}
p {{ margin: 0; color: {SOFT}; text-wrap: balance; }}
</style><svg viewBox="2 0 44 48"><path d="{GATE}{REFLECTION}"/><path d="{LIGHT}" fill="{LAMP}"/></svg>
<div><h1>{html.escape(NAME)}</h1><p>{html.escape(WORDS)}</p></div>"""


def main() -> None:
    with browser() as launched:
        drawing = launched.new_page(viewport={"width": 1200, "height": 630})
        drawing.set_content(page())
        drawing.evaluate("() => document.fonts.ready")
        drawing.screenshot(path=STATIC / "share.png")
    print(f"static/share.png: {(STATIC / 'share.png').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
