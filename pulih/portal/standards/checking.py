"""Files of standards against schemas: our own strict ones always, the official ones on request."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from pulih.common.errors import Message, Refusal

OURS = Path(__file__).parent / "schemas"
# The official schemas under the names that their publishers gave them, by our files.
OFFICIAL = {
    "ocds/releases.json": "release-package-schema.json",
    "ocds/records.json": "record-package-schema.json",
    "grants/360giving.json": "360-giving-package-schema.json",
    "fiscal/datapackage.json": "fiscal-data-package.json",
}
SCHEMA_OF = {
    "ocds/releases.json": "ocds_releases.json",
    "ocds/records.json": "ocds_records.json",
    "grants/360giving.json": "giving.json",
    "fiscal/datapackage.json": "fiscal.json",
}


def refuse_unless_valid(path: str, document: Any) -> None:
    """Raise Refusal at the first place where a file breaks our own schema of it."""
    error = next(iter(_ours(SCHEMA_OF[path]).iter_errors(document)), None)
    if error is not None:
        raise Refusal(_broken(path, error))


def differences(folder: Path, schemas: Path) -> list[Message]:
    """Check the files of a release against the official schemas that lie in `schemas`.

    A file or a schema that is not there is passed over; `unchecked` names the latter.
    """
    found = []
    for path, name in OFFICIAL.items():
        if (folder / path).exists() and (schemas / name).exists():
            document = json.loads((folder / path).read_text("utf-8"))
            found += [
                _broken(path, error) for error in _validator(schemas, name).iter_errors(document)
            ]
    return found


def unchecked(schemas: Path) -> list[Message]:
    """Say which files of a release no schema in `schemas` can judge, and by which name it would."""
    return [
        Message(
            f"{path} tidak diperiksa: {name} tidak ada di {schemas}.",
            f"{path} was not checked: there is no {name} in {schemas}.",
        )
        for path, name in OFFICIAL.items()
        if not (schemas / name).exists()
    ]


@cache
def _ours(name: str) -> Any:
    return _validator(OURS, name)


def _validator(schemas: Path, name: str) -> Any:
    """Read a schema; what it refers to is taken from the same folder, never from the network."""
    texts = {path.name: json.loads(path.read_text("utf-8")) for path in schemas.glob("*.json")}

    def retrieve(address: str) -> Any:
        return texts[address.partition("#")[0].rpartition("/")[2]]

    return jsonschema_rs.validator_for(texts[name], retriever=retrieve, validate_formats=True)


def _broken(path: str, error: Any) -> Message:
    place = "/".join(str(step) for step in error.instance_path) or "/"
    reason = str(error.message)[:200]
    return Message(
        f"{path}, {place}: tidak menurut standarnya ({reason}). Tidak ada yang terbit; laporkan "
        "kepada pengelola Pulih.",
        f"{path}, {place}: not as its standard asks ({reason}). Nothing is published; tell those "
        "who look after Pulih.",
    )
