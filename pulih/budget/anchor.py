"""The newest seal, kept outside the database: in a file of the installation's own folder.

Somebody with the owner's password can rewrite the ledger with all its chains and seals, and not
this file. It has the form of a manifest, so a copy of it serves `pulih check --anchor` as well.
"""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pulih.common.errors import Message

from .models import Seal

log = logging.getLogger(__name__)


def keep(seal_id: int) -> None:
    """Write the seal into the file once it is committed; never over one that the ledger lacks."""
    file = settings.SEAL_FILE
    if file is None or list(missing()):
        return
    seal = Seal.objects.get(pk=seal_id)
    content = {
        "seal": bytes(seal.hash).hex(),
        "entries": seal.entries,
        "sealed_at": seal.sealed_at.isoformat(timespec="seconds"),
    }
    transaction.on_commit(lambda: _write(file, json.dumps(content, indent=2) + "\n"))


def missing() -> Iterator[Message]:
    """Yield a sentence when the ledger lacks the seal of the file, or the file cannot be read."""
    file = settings.SEAL_FILE
    if file is None or not file.exists():
        return
    try:
        seal = bytes.fromhex(json.loads(file.read_text("utf-8"))["seal"])
    except (OSError, ValueError, KeyError, TypeError):
        yield _unreadable(file)
    else:
        if not Seal.objects.filter(hash=seal).exists():
            yield _gone(file, seal.hex()[:16])


def _write(file: Path, content: str) -> None:
    draft = file.with_suffix(".new")
    try:
        draft.write_text(content, "utf-8")
        draft.replace(file)
    except OSError as failed:  # A full disk must not undo the seal.
        log.warning("The newest seal could not be written to %s: %s", file, failed.strerror)


def _gone(file: Path, seal: str) -> Message:
    return Message(
        f"Segel {seal}… yang dicatat pemasangan ini di {file} tidak ada dalam buku: buku ditulis "
        "ulang atau basis datanya diganti. Bila Anda sendiri yang menggantinya, hapus berkas itu.",
        f"The seal {seal}… that this installation kept in {file} is not in the ledger: the ledger "
        "was rewritten or the database exchanged. If you exchanged it yourself, delete that file.",
    )


def _unreadable(file: Path) -> Message:
    return Message(
        f"{file} tidak memuat segel yang dapat dibaca. Bandingkan dengan salinannya, lalu hapus.",
        f"{file} holds no seal that can be read. Compare it with a copy, then delete it.",
    )
