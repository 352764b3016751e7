"""What the page build has left for Django: hashed files, the icons, the paths of the map."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.templatetags.static import static

ROOM = Path(__file__).parent
BUILD = ROOM / "static" / "web" / "build"
ENTRY = "pulih/web/assets/js/pulih.js"
SCAN = "pulih/web/assets/js/scan.js"


def style_urls() -> list[str]:
    """Return the addresses of the style sheets; none while the pages are not built."""
    return [_url(name) for name in manifest().get(ENTRY, {}).get("css", ())]


def script_urls() -> list[str]:
    """Return the addresses of the scripts that every page loads, modules all of them."""
    entry = manifest().get(ENTRY)
    return [_url(entry["file"])] if entry else []


def scan_files() -> list[str]:
    """Return the static names of the script that finds square codes and of what it imports.

    The script comes first; none while the pages are not built.
    """
    entry = manifest().get(SCAN)
    if entry is None:
        return []
    files = [entry["file"], *(manifest()[one]["file"] for one in entry.get("imports", ()))]
    return [f"web/build/{one}" for one in files]


def icon_url(name: str) -> str:
    """Return the address of one icon in the sprite. An unlisted name is our own mistake."""
    assert name in icon_names(), f"Icon {name!r} is not in pulih/web/assets/icons.txt"
    return f"{_url(sprite())}#{name}" if sprite() else f"#{name}"


def sprite() -> str:
    """Return the file that holds all icons; blank while the pages are not built."""
    file: str = manifest().get("icons.svg", {}).get("file", "")
    return file


@cache
def icon_names() -> frozenset[str]:
    """Return the names that pulih/web/assets/icons.txt lists."""
    lines = (ROOM / "assets" / "icons.txt").read_text().split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


def country_paths() -> dict[str, Any] | None:
    """Return `viewBox`, `paths` and `centres` of the 34 provinces by Kemendagri code, or None."""
    return _read_json(BUILD / "provinces-34.json")


def manifest() -> dict[str, Any]:
    """Return the build's list of files, empty while there is none."""
    return _read_json(BUILD / "manifest.json") or {}


def check_the_build(**options: Any) -> list[CheckMessage]:
    """Warn when the pages have no look yet."""
    if manifest():
        return []
    hint = "Run `python -m pulih.web.build`."
    return [Warning("The page build is missing.", hint=hint, id="web.W001")]


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        return _parsed(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@cache
def _parsed(path: Path, changed_at: int) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(path.read_text())
    return parsed


def _url(name: str) -> str:
    return static(f"web/build/{name}")
