"""Writes the files of every standard into the folder of a release, each checked first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from pulih.common.errors import Message, Refusal
from pulih.people.scope import speaking_as_system

from .. import publishing
from ..models import Release
from . import dcat, fiscal, giving, ocds, reading
from .checking import OFFICIAL, differences, refuse_unless_valid, unchecked
from .rows import About

PUBLISHER = "Kementerian Perindustrian"
NO_ADDRESS = "https://pulih.invalid"  # An installation that does not know its own.


def register() -> None:
    """Let every release be published with these files."""
    publishing.register("money", write_money)
    publishing.register("grants", write_gifts)
    publishing.register_site("catalogue", write_catalogue)


def refuse_unless_official(release: Release, schemas: Path) -> list[Message]:
    """Check the files of a release against official schemas before anything is published.

    schemas: a folder with the schemas under the names that their publishers gave them. Refused if
    it holds none of them. Gives back what was not checked, because its schema is not there.
    """
    passed_over = unchecked(schemas)
    if len(passed_over) == len(OFFICIAL):
        raise Refusal(_no_folder(schemas))
    with TemporaryDirectory() as folder, speaking_as_system():
        write_money(release, Path(folder))
        write_gifts(release, Path(folder))
        if wrong := differences(Path(folder), schemas):
            raise Refusal(wrong[0])
    return passed_over


def _no_folder(schemas: Path) -> Message:
    names = ", ".join(OFFICIAL.values())
    return Message(
        f"{schemas} bukan folder skema: tidak satu pun dari {names} ada di situ. Tidak ada yang "
        "diterbitkan; sebutkan folder yang benar.",
        f"{schemas} is no folder of schemas: none of {names} is there. Nothing was published; "
        "name the right folder.",
    )


def about(release: Release) -> About:
    return About(
        number=release.number,
        as_of=release.as_of,
        published_at=release.published_at or release.known_at,
        site=settings.SITE_ADDRESS or NO_ADDRESS,
        publisher=PUBLISHER,
        ocid_prefix=settings.OCID_PREFIX,
        giving_prefix=settings.GIVING_PREFIX,
    )


def write_money(release: Release, folder: Path) -> None:
    """Write the contracts and the budget: `ocds/*.json`, `fiscal/datapackage.json`, its tables."""
    head, found = about(release), reading.ledger(release.as_of, release.known_at)
    _write_json(folder, "ocds/releases.json", ocds.release_package(found, head))
    _write_json(folder, "ocds/records.json", ocds.record_package(found, head))
    _write(folder, "fiscal/lines.csv", fiscal.lines_csv(found))
    _write(folder, fiscal.PAYMENTS_FILE, fiscal.payments_csv(found))
    _write_json(folder, "fiscal/datapackage.json", fiscal.package(head, release.as_of.year))


def write_gifts(release: Release, folder: Path) -> None:
    """Write `grants/360giving.json`; nothing where no goods were handed over yet."""
    package = giving.package(reading.gifts(release.as_of, release.known_at), about(release))
    if package is not None:
        _write_json(folder, "grants/360giving.json", package)


def write_catalogue(release: Release, folder: Path) -> None:
    """Write the catalogue and the Satu Data sheets of the newest release at the site's root."""
    head, own = about(release), dcat.listed(release.measures)
    there = folder / "data" / "r" / release.number
    tree = dcat.catalogue(head, [*own, *_written(dcat.STANDARDS, there)])
    _write(folder, "data/catalog.jsonld", dcat.as_jsonld(tree))
    _write(folder, "data/catalog.ttl", dcat.as_turtle(tree))
    for one in own:
        sheet = dcat.sheet(one.key, release.measures)
        _write(folder, f"data/satu-data/{one.key}.json", _json(sheet))


def _written(listed: Iterable[dcat.Listed], there: Path) -> list[dcat.Listed]:
    return [one for one in listed if (there / one.paths[0]).exists()]


def _write_json(folder: Path, path: str, document: dict[str, Any]) -> None:
    refuse_unless_valid(path, document)
    _write(folder, path, _json(document))


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write(folder: Path, path: str, text: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8", newline="\n")
