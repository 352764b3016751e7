"""Backups in the format of age (age-encryption.org): who writes them cannot read them.

The machine knows public keys alone. The private key lies elsewhere, and is needed to restore.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage
from pyrage import x25519

from pulih.common.errors import Message, Refusal
from pulih.config import settings

ENDING = ".age"
STARTS = b"age-encryption.org/"


def make_key(file: Path) -> str:
    """Write a new private key that only its owner may read, and return its public one."""
    key = x25519.Identity.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as failed:
        raise Refusal(_cannot_write(file, failed)) from failed
    with os.fdopen(handle, "w") as kept:
        kept.write(f"# public key: {key.to_public()}\n{key}\n")
    return str(key.to_public())


def recipients() -> list[x25519.Recipient]:
    """Return the keys to write for, as the setting names them; none is no encryption."""
    found = []
    for text in settings.BACKUP_RECIPIENTS:
        try:
            found.append(x25519.Recipient.from_str(text))
        except pyrage.RecipientError as failed:
            raise Refusal(_no_recipient(text)) from failed
    return found


@contextmanager
def encrypted(file: IO[bytes], readers: list[x25519.Recipient]) -> Iterator[IO[bytes]]:
    """Yield a stream whose bytes reach the file encrypted; the file itself where nobody reads."""
    if not readers:
        yield file
        return
    source, sink = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        encrypting = pool.submit(_encrypt, source, file, readers)
        try:
            with os.fdopen(sink, "wb") as stream:
                yield stream
        except BrokenPipeError:
            encrypting.result()  # Why it takes no more.
            raise
        encrypting.result()


def is_encrypted(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(STARTS)) == STARTS


def decrypt(source: Path, target: Path, key: Path | None) -> None:
    """Write the plain content of an encrypted file. May refuse."""
    if key is None:
        raise Refusal(_needs_key(source))
    try:
        pyrage.decrypt_file(str(source), str(target), _identities(key))
    except pyrage.DecryptError as failed:
        raise Refusal(_wrong_key(source, key)) from failed
    except OSError as failed:  # A changed byte in the middle is told as one, too.
        raise Refusal(_unreadable(source, failed)) from failed


def _encrypt(source: int, file: IO[bytes], readers: list[x25519.Recipient]) -> None:
    with os.fdopen(source, "rb") as stream:
        pyrage.encrypt_io(stream, file, readers)


def _identities(key: Path) -> list[x25519.Identity]:
    try:
        lines = [line.strip() for line in key.read_text().splitlines()]
        found = [x25519.Identity.from_str(one) for one in lines if one and not one.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError) as failed:
        raise Refusal(_no_key(key)) from failed
    if not found:
        raise Refusal(_no_key(key))
    return found


def _cannot_write(file: Path, failed: OSError) -> Message:
    return Message(
        id=f"Kunci tidak dapat ditulis ke {file}: {failed.strerror}.",
        en=f"The key cannot be written to {file}: {failed.strerror}.",
    )


def _no_recipient(text: str) -> Message:
    return Message(
        id=f"PULIH_BACKUP_RECIPIENTS: {text[:20]}… bukan kunci publik age (age1…).",
        en=f"PULIH_BACKUP_RECIPIENTS: {text[:20]}… is no public key of age (age1…).",
    )


def _needs_key(source: Path) -> Message:
    return Message(
        id=f"{source} terenkripsi. Sebutkan berkas kunci dengan --key.",
        en=f"{source} is encrypted. Name the file of the key with --key.",
    )


def _wrong_key(source: Path, key: Path) -> Message:
    return Message(
        id=f"{source} tidak terbuka dengan {key}: kunci lain, atau berkas rusak.",
        en=f"{source} does not open with {key}: another key, or a damaged file.",
    )


def _unreadable(source: Path, failed: OSError) -> Message:
    return Message(
        id=f"{source} rusak atau tidak terbaca ({failed}). Pakai cadangan lain.",
        en=f"{source} is damaged or cannot be read ({failed}). Use another backup.",
    )


def _no_key(key: Path) -> Message:
    return Message(
        id=f"{key} tidak memuat kunci privat age (AGE-SECRET-KEY-…).",
        en=f"{key} holds no private key of age (AGE-SECRET-KEY-…).",
    )
