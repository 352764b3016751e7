"""The random words of one installation, in a file that only its owner can read."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tomllib
from pathlib import Path
from typing import Any

from pulih.common import disk
from pulih.common.errors import Message, Refusal


def read_secrets(path: Path) -> dict[str, str]:
    """Return what the file holds; nothing when there is none or it is another account's.

    May refuse: it is damaged. Then it is not to be replaced either.
    """
    try:
        return {name: str(value) for name, value in read_toml(path).items()}
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return {}


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a file of the data folder. May refuse: it is damaged."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (ValueError, IsADirectoryError) as wrong:
        raise Refusal(damaged(path, str(wrong))) from wrong


def keep_secrets(path: Path, wanted: dict[str, str]) -> dict[str, str]:
    """Add the names the file lacks and return everything it then holds.

    wanted: value by name; an empty value asks for a random one.
    """
    held = read_secrets(path)
    missing = {name: value or new_secret() for name, value in wanted.items() if name not in held}
    if missing:
        held |= missing
        _write(path, held)
    return held


def replace_secrets(path: Path, held: dict[str, str]) -> None:
    """Let the file hold these and nothing else, whole or not at all."""
    _write(path, held)


def keep_demo_passwords(path: Path, users: list[str]) -> dict[str, str]:
    """Return a password for each demo log-in, made once and kept under `demo_password_<user>`."""
    names = {user: f"demo_password_{user}" for user in users}
    held = keep_secrets(path, {name: secrets.token_urlsafe(9) for name in names.values()})
    return {user: held[name] for user, name in names.items()}


def new_secret() -> str:
    return secrets.token_urlsafe(36)


def key_of(secret: str, purpose: str) -> str:
    """Return a key that follows from a secret and does not lead back to it, 64 hex digits."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _write(path: Path, held: dict[str, str]) -> None:
    lines = "".join(f'{name} = "{value}"\n' for name, value in sorted(held.items()))
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    disk.settle(path.parent)  # What is encrypted with a new key next may lie on another disk.


def damaged(path: Path, why: str) -> Message:
    return Message(
        id=f"{path} rusak ({why}). Kembalikan salinannya yang terakhir, lalu jalankan lagi.",
        en=f"{path} is damaged ({why}). Put its last copy back, then run this again.",
    )
