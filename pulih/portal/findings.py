"""What protection could not help, in the words of the release instead of codes of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulih.common.errors import Message

from .areas import areas_on
from .models import Release

PARTS = ("measure", "period", "area", "dimension", "category")  # As the core names a cell.


def in_words(release: Release, finding: Mapping[str, Any]) -> Message:
    code = " / ".join(finding[part] for part in PARTS if finding.get(part))
    said = Message(finding["message_id"], finding["message_en"])
    if not code:
        return said
    named = Message(_named(release, finding, "id"), _named(release, finding, "en"))
    return Message(said.id.replace(code, named.id), said.en.replace(code, named.en))


def _named(release: Release, finding: Mapping[str, Any], language: str) -> str:
    measure, area, category = (finding[part] for part in ("measure", "area", "category"))
    places = areas_on(release.as_of).places
    words = release.words.get(finding["dimension"], {}).get(category, {})
    parts = (
        release.measures.get(measure, {}).get(f"label_{language}", measure),
        places[area].name if area in places else area,
        words.get(language, category),
    )
    return "“" + ", ".join(part for part in parts if part) + "”"
