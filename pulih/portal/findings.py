"""What protection could not help, in the words of the release instead of codes of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulih.common.errors import Message

from .areas import Areas, areas_on
from .models import Release

PARTS = ("measure", "period", "area", "dimension", "category")  # As the core names a cell.


def in_words(release: Release) -> list[Message]:
    """Say every finding of a release's protection; the areas of its day are asked for once."""
    findings = release.explanation.get("findings", [])
    areas = areas_on(release.as_of) if findings else Areas({}, {})
    return [_said(release, areas, one) for one in findings]


def _said(release: Release, areas: Areas, finding: Mapping[str, Any]) -> Message:
    code = " / ".join(finding[part] for part in PARTS if finding.get(part))
    said = Message(finding["message_id"], finding["message_en"])
    if not code:
        return said
    named = Message(*(_named(release, areas, finding, one) for one in ("id", "en")))
    return Message(said.id.replace(code, named.id), said.en.replace(code, named.en))


def _named(release: Release, areas: Areas, finding: Mapping[str, Any], language: str) -> str:
    measure, area, category = (finding[part] for part in ("measure", "area", "category"))
    places = areas.places
    words = release.words.get(finding["dimension"], {}).get(category, {})
    parts = (
        release.measures.get(measure, {}).get(f"label_{language}", measure),
        places[area].name if area in places else area,
        words.get(language, category),
    )
    return "“" + ", ".join(part for part in parts if part) + "”"
