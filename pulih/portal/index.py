"""What lies in the folder on show, as our own server reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

CURRENT, INDEX = "current", "index.json"
PRESSED_ENDINGS = (".br", ".gz")  # Copies beside a file; the best first.
HOME = re.compile(r"/(?:en/)?(?!en/)[^/]+/")
FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=300"


@dataclass(frozen=True)
class Index:
    """What the folder on show holds: hashes by address, reasons by the address of what is gone."""

    root: Path
    files: Mapping[str, Mapping[str, Any]]
    gone: Mapping[str, str]

    @cached_property
    def homes(self) -> tuple[str, ...]:
        """Folders of public pages, `/places/`, `/en/places/`: all below them is ours to answer."""
        return tuple(sorted({home[0] for one in self.files if (home := HOME.match(one))}))

    def found(self, address: str) -> str:
        """The file that an address names; empty where there is none."""
        for one in (address, f"{address}index.html" if address.endswith("/") else ""):
            if one in self.files:
                return one
        return ""

    def reason(self, address: str) -> str:
        within = (why for home, why in self.gone.items() if f"{address}/".startswith(f"{home}/"))
        return next(within, "")


def index_on_show() -> Index | None:
    """What is on show now; None before anything was published."""
    try:
        home = (Path(settings.PUBLIC_FOLDER) / CURRENT).resolve(strict=True)
    except OSError:
        return None
    return _index_of(home)


@lru_cache(maxsize=2)
def _index_of(home: Path) -> Index:
    read = json.loads((home / INDEX).read_text("utf-8"))
    return Index(home / "site", read["files"], read["gone"])
