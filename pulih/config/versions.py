"""What wrote a data folder, so that an older program never touches the work of a newer one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulih.common.errors import Message, Refusal
from pulih.common.version import VERSION
from pulih.config.data_folder import DataFolder
from pulih.config.postgres_programs import Programs
from pulih.config.rooms import PACKAGE
from pulih.config.secrets import damaged, read_toml


def read(folder: DataFolder) -> dict[str, Any]:
    """Return what was recorded; nothing for a fresh folder."""
    try:
        return read_toml(folder.versions)
    except FileNotFoundError:
        return {}


def record(folder: DataFolder, programs: Programs) -> None:
    """Write down PostgreSQL's major and the program's version."""
    _write(folder, {**read(folder), "program": VERSION, "postgresql": str(programs.major)})


def record_schema(folder: DataFolder, fingerprint: str) -> None:
    """Write down our migrations and the key of all, once all of them have run."""
    _write(folder, {**read(folder), "migrated": fingerprint, "schema": migrations_here()})


def refuse_newer(folder: DataFolder, programs: Programs) -> None:
    """Refuse a folder that a newer PostgreSQL, program or schema has written."""
    kept = read(folder)
    recorded = _whole(str(kept.get("postgresql") or 0), folder.versions)
    major = max(cluster_major(folder.cluster), recorded)
    if major > programs.major:
        raise Refusal(_newer(folder.path, f"PostgreSQL {major}"))
    if _parts(str(kept.get("program", "0"))) > _parts(VERSION):
        raise Refusal(_newer(folder.path, f"Pulih {kept['program']}"))
    refuse_unknown_migrations(str(folder.path), kept.get("schema", []))


def refuse_unknown_migrations(place: str, applied: list[str]) -> None:
    """Refuse a schema with migrations that this program does not have."""
    unknown = sorted(set(applied) - set(migrations_here()))
    if unknown:
        raise Refusal(_newer(Path(place), unknown[0]))


def migrations_here() -> list[str]:
    """Return our own migrations as `room.0001_name`, sorted."""
    files = PACKAGE.glob("*/migrations/[0-9]*.py")
    return sorted(f"{path.parts[-3]}.{path.stem}" for path in files)


def cluster_major(cluster: Path) -> int:
    """Return the PostgreSQL major that made a cluster; 0 when there is none."""
    file = cluster / "PG_VERSION"
    try:
        return _whole(file.read_text(errors="replace"), file)
    except FileNotFoundError:
        return 0


def _whole(text: str, file: Path) -> int:
    if not text.strip().isdecimal():
        raise Refusal(damaged(file, f"“{text.strip()[:20]}”"))
    return int(text)


def _write(folder: DataFolder, kept: dict[str, Any]) -> None:
    draft = folder.versions.with_suffix(".new")
    # A JSON string or list of strings is also TOML.
    draft.write_text("".join(f"{name} = {json.dumps(kept[name])}\n" for name in sorted(kept)))
    draft.replace(folder.versions)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _newer(path: Path, what: str) -> Message:
    return Message(
        id=f"Data di {path} ditulis oleh versi yang lebih baru ({what}). Perbarui Pulih, atau"
        " pilih folder lain lewat PULIH_DATA.",
        en=f"The data in {path} was written by a newer version ({what}). Update Pulih, or choose"
        " another folder through PULIH_DATA.",
    )
