"""The files of a release written once more from its cells: whether they are the same bytes."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pulih.common.errors import Message

from . import publishing, site
from .manifest import MANIFEST, write_manifest
from .models import Release
from .reads import releases as reads


def repeatable() -> list[Release]:
    """Return the releases whose files are on show, the newest first."""
    return list(reads.on_show())


def repeated(release: Release) -> Iterator[Message]:
    """Yield what differs when the files of a release are written again; nothing if they agree."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        publishing.write_release(release, folder)
        if write_manifest(release, folder) == release.manifest_sha256:
            return
        now = _hashes(folder)
    home = site.current()
    shown = home / "site" / "data" / "r" / release.number if home else None
    before = _hashes(shown) if shown and (shown / MANIFEST).exists() else {}
    names = [
        name for name in sorted(now.keys() | before.keys()) if now.get(name) != before.get(name)
    ]
    for name in names or [MANIFEST]:
        yield Message(
            f"rilis {release.number}: {name} menjadi lain; ditulis oleh pulih"
            f" {release.program_version}",
            f"release {release.number}: {name} comes out otherwise; it was written by pulih"
            f" {release.program_version}",
        )


def _hashes(folder: Path) -> dict[str, str]:
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    return {one["path"]: one["sha256"] for one in told["files"]}
