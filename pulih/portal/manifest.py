"""`manifest.json` and `SHA256SUMS` of a release's folder: what lies there, and how to prove it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from .index import PRESSED_ENDINGS
from .models import Release

LICENCE = "CC-BY-4.0"
MANIFEST, SUMS, FOLDER_PAGE = "manifest.json", "SHA256SUMS", "index.html"


def write_manifest(release: Release, folder: Path) -> str:
    """Name every file with its size and hash; return the hash of the manifest, hex.

    rows: left out where a file is no table of rows.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [_entry(path, folder) for path in paths]
    content = {
        "release": release.number,
        "as_of": release.as_of.isoformat(),
        "known_at": release.known_at.isoformat(),
        "published_at": release.published_at.isoformat() if release.published_at else None,
        "licence": LICENCE,
        "seal": release.seal,
        "program": f"pulih {release.program_version}",
        "restates": release.restates.number if release.restates else None,
        "restatement_reason": release.restatement_reason or None,
        "restatement_reason_en": release.restatement_reason_en or None,
        "not_published": [
            {
                "measure": one.measure,
                "dimension": one.dimension,
                "reason": one.reason,
                "reason_en": one.reason_en or None,
            }
            for one in release.left_out.order_by("measure", "dimension")
        ],
        "files": files,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    lines = [f"{one['sha256']}  {one['path']}" for one in files] + [f"{digest}  {MANIFEST}"]
    (folder / SUMS).write_text("\n".join(lines) + "\n", "utf-8")
    return digest


def write_folder_page(release: Release, folder: Path) -> None:
    """List the files of a release's folder for people who shorten an address, in both languages.

    It stands in no manifest: it says nothing of its own.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    plain = [name for name in (*names, SUMS) if not name.endswith(PRESSED_ENDINGS)]
    context = {"number": release.number, "names": plain}
    page = render_to_string("portal/public/folder.html", context)
    (folder / FOLDER_PAGE).write_text(page, "utf-8")


def _entry(path: Path, folder: Path) -> dict[str, Any]:
    content = path.read_bytes()
    entry: dict[str, Any] = {
        "path": path.relative_to(folder).as_posix(),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if path.suffix == ".csv":
        # Our tables have one heading line and no line break within a cell.
        entry["rows"] = max(content.count(b"\n") - 1, 0)
    return entry
