"""The seal of the ledger as a release published it, to be held against the ledger of today.

Somebody who rewrites the ledger, its chains and its seals in one go deceives `pulih check`, but not
the copies of a manifest that others took away.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from pulih.common.errors import Message, Refusal

SEAL = re.compile(r"[0-9a-f]{64}")


def published_seal(manifest: Path) -> str:
    """Return the seal in a release's `manifest.json`, hex. May refuse."""
    try:
        content = json.loads(manifest.read_text("utf-8"))
    except OSError as failed:
        raise Refusal(_unreadable(manifest, failed.strerror or "?")) from failed
    except ValueError as failed:
        raise Refusal(_unreadable(manifest, "JSON")) from failed
    seal = content.get("seal") if isinstance(content, dict) else None
    if not isinstance(seal, str) or not SEAL.fullmatch(seal):
        raise Refusal(_without_seal(manifest))
    return seal


def lost(seal: str) -> Message:
    """Say that the ledger does not hold a published seal."""
    return Message(
        f"segel {seal[:16]}… dari manifes tidak ada dalam buku ini: buku ditulis ulang sesudah "
        "rilis itu, atau manifesnya dari pemasangan lain.",
        f"the seal {seal[:16]}… of the manifest is not in this ledger: the ledger was rewritten "
        "after that release, or the manifest is of another installation.",
    )


def _unreadable(manifest: Path, reason: str) -> Message:
    return Message(
        f"{manifest} tidak dapat dibaca sebagai manifes ({reason}). Tidak ada yang diperiksa; "
        "unduh lagi manifest.json dari rilisnya.",
        f"{manifest} cannot be read as a manifest ({reason}). Nothing was checked; download "
        "manifest.json of the release again.",
    )


def _without_seal(manifest: Path) -> Message:
    return Message(
        f"{manifest} tidak memuat segel buku (bagian “seal”, 64 angka heksadesimal). Tidak ada "
        "yang diperiksa; pakai manifest.json dari rilis yang memuatnya.",
        f"{manifest} holds no seal of the ledger (“seal”, 64 hexadecimal digits). Nothing was "
        "checked; use manifest.json of a release that has one.",
    )
