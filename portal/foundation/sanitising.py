"""The one allow-list for anything that somebody wrote and a page shows as HTML. Nothing else imports bleach."""

import re

import bleach

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a"})
ATTRIBUTES = {"a": ["href"]}
PROTOCOLS = frozenset({"https", "mailto"})


def safe_html(html: str) -> str:
    """The HTML with everything outside the allow-list removed."""
    return bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)


def paragraphs(text: str) -> str:
    """Plain text as paragraphs and line breaks; every sign that means something in HTML is shown as typed."""
    escaped = bleach.clean(text, tags=frozenset(), strip=False)
    parts = [part for part in re.split(r"\n\s*\n", escaped) if part.strip()]
    return safe_html("".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts))
