"""One public page: where it stands, and what is written there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """path: below the root of its language, without a leading slash; a folder with an index."""

    path: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
