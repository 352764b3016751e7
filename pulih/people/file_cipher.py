"""Files as the disk holds them: encrypted in the format of age, below one line that names the key.

    pulih-file-1 KEY
    age-encryption.org/v1 …

KEY: which of the keys of persons' numbers opens it, so that one file of keys and one rotation serve
both. age (age-encryption.org) encrypts piece by piece and proves each, the last one as the last.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BufferedIOBase, RawIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from pyrage import ssh

from pulih.common.errors import Message, Refusal

from .number_cipher import secrets_by_id

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = b"pulih-file-1 "
KEY_LENGTH = 8
HEAD_LENGTH = len(MARK) + KEY_LENGTH + 1
Source = IO[bytes] | RawIOBase | BufferedIOBase
Secrets = Mapping[str, str]  # By the id of each; the newest first.


class NoSuchKey(Refusal):
    """A file that was encrypted with a key which is not on this machine."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__(cannot_open(name, key))
        self.key = key


def encrypt(source: Source, target: IO[bytes]) -> None:
    """Write what `source` holds encrypted with the newest key. May refuse: there is none."""
    newest, secret = next(iter(secrets_by_id().items()))
    target.write(MARK + newest.encode() + b"\n")
    reading, writing = _Faithful(source), _Faithful(target)
    try:
        pyrage.encrypt_io(reading, writing, [_key(secret)[1]])
    except pyrage.EncryptError as failed:
        raise reading.failed or writing.failed or failed from None


def newest_key() -> str:
    """The id of the key that encrypts. May refuse: there is none."""
    return next(iter(secrets_by_id()))


def key_of(path: Path) -> str:
    """The id of the key that opens a file; blank where it lies as it was delivered."""
    with path.open("rb") as file:
        head = file.read(HEAD_LENGTH)
    return head[len(MARK) : -1].decode("ascii", "replace") if _is_marked(head) else ""


def opened(path: Path, secrets: Secrets | None = None) -> BufferedIOBase:
    """Open a file to be read as it was delivered, from memory where the disk holds it encrypted.

    secrets: keys of another installation. May refuse: no key opens it, or it is damaged.
    """
    key = key_of(path)
    return _decrypted(path, key, secrets or secrets_by_id()) if key else path.open("rb")


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """Have a path under which a program of ours reads a file as it was delivered. May refuse.

    It leads into this process's memory: nothing is written to the disk, and it ends with us.
    """
    if not key_of(path):
        yield path
        return
    with opened(path) as plain, TemporaryDirectory() as folder:
        link = Path(folder, path.name)
        link.symlink_to(f"/proc/{os.getpid()}/fd/{plain.fileno()}")
        yield link


def _decrypted(path: Path, key: str, secrets: Secrets) -> BufferedIOBase:
    if key not in secrets:
        raise NoSuchKey(path.name, key)
    plain = os.fdopen(os.memfd_create("pulih"), "w+b")
    try:
        with path.open("rb") as file:
            file.seek(HEAD_LENGTH)
            pyrage.decrypt_io(file, plain, [_key(secrets[key])[0]])
        plain.seek(0)
    except (pyrage.DecryptError, OSError) as failed:  # A byte in the middle is told as the second.
        plain.close()
        raise Refusal(damaged(path.name, key)) from failed
    return plain


def _is_marked(head: bytes) -> bool:
    return len(head) == HEAD_LENGTH and head.startswith(MARK) and head.endswith(b"\n")


class _Faithful(RawIOBase):
    """A file that keeps the error it ended with: pyrage tells its words alone."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self.failed: Exception | None = None

    def read(self, size: int = -1) -> bytes | None:
        try:
            return self.file.read(size)
        except (OSError, Refusal) as failed:
            self.failed = failed
            raise

    def write(self, piece: Any) -> int | None:
        try:
            return self.file.write(piece)
        except OSError as failed:
            self.failed = failed
            raise


@lru_cache(maxsize=4)
def _key(secret: str) -> tuple[ssh.Identity, ssh.Recipient]:
    """What opens and what encrypts. age takes an Ed25519 key in the form of OpenSSH."""
    seed = hmac.digest(secret.encode(), b"pulih.file.cipher", hashlib.sha256)
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    identity = private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    return ssh.Identity.from_buffer(identity), ssh.Recipient.from_str(public.decode())


def cannot_open(name: str, key: str) -> Message:
    return Message(
        id=f"Berkas {name} dienkripsi dengan kunci {key}, yang tidak ada di mesin ini. Kembalikan"
        " number_keys.toml ke folder data; tanpa kunci itu berkasnya tidak terbaca.",
        en=f"The file {name} was encrypted with the key {key}, which is not on this machine. Put"
        " number_keys.toml back into the data folder; without that key it cannot be read.",
    )


def damaged(name: str, key: str) -> Message:
    return Message(
        id=f"Berkas {name} rusak: kunci {key} ada, tetapi tidak membukanya. Pulihkan"
        " dari cadangan.",
        en=f"The file {name} is damaged: the key {key} is here and does not open it. Restore it"
        " from a backup.",
    )
