"""The file of the keys for numbers of persons: apart from the secrets, so that no backup holds it.

    keys = "newest older"
    hash_key = "…"

Whoever takes a backup away has no number; whoever loses this file has none either.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pulih.common.errors import Message, Refusal
from pulih.config import settings
from pulih.config.roles import connect
from pulih.config.secrets import keep_secrets, new_secret, read_secrets, replace_secrets

# One number of each kind, where there is any: which key it needs is written in it.
STORED = """
    (SELECT nik FROM registry_enterprise WHERE nik_hash IS NOT NULL ORDER BY id DESC LIMIT 1)
    UNION ALL
    (SELECT nik FROM delivery_person WHERE nik <> '' ORDER BY id DESC LIMIT 1)
"""
DELIVERED = "SELECT stored_name FROM inbox_importbatch ORDER BY id DESC LIMIT 1"


def keep_or_make(path: Path) -> None:
    """Make the keys of an installation that has none, unless the environment names them.

    May refuse: there is a file, and this account may not read it. It is not to be replaced.
    """
    if settings.NUMBER_KEYS_FILE:
        if path.exists() and not _is_readable(path):
            raise Refusal(_not_ours(path))
        keep_secrets(path, {"keys": "", "hash_key": ""})


def _is_readable(path: Path) -> bool:
    try:
        path.open("rb").close()
    except PermissionError:
        return False
    return True


def keep(path: Path, keys: dict[str, str] | None) -> None:
    """Let a folder that stands apart have the keys of this installation, or those given."""
    held = keys or {
        "keys": " ".join(settings.NUMBER_KEYS), "hash_key": settings.NUMBER_HASH_KEY,
    }  # fmt: skip
    if all(held.values()):
        replace_secrets(path, held)


def read(path: Path) -> dict[str, str]:
    """Return the keys of a file. May refuse: it is none of ours."""
    try:
        held = tomllib.loads(path.read_text())
        return {name: str(held[name]) for name in ("keys", "hash_key")}
    except (OSError, ValueError, KeyError) as failed:
        raise Refusal(_no_keys(path)) from failed


def put(path: Path, keys: dict[str, str]) -> None:
    replace_secrets(path, keys)


def begin_rotation(*, is_last: bool) -> bool:
    """Put a new key before the others, unless one is under way or the environment holds them.

    Return whether there is a new key.
    """
    path = settings.NUMBER_KEYS_FILE
    if path is None or is_last:
        return False
    held = read_secrets(path)
    if len(held["keys"].split()) > 1:
        return False
    replace_secrets(path, {**held, "keys": f"{new_secret()} {held['keys']}"})
    return True


def forget_older_keys() -> None:
    if settings.NUMBER_KEYS_FILE:
        held = read_secrets(settings.NUMBER_KEYS_FILE)
        newest, *_older = held["keys"].split()
        replace_secrets(settings.NUMBER_KEYS_FILE, {**held, "keys": newest})


def open_what_is_stored() -> bool:
    """Tell whether the keys at hand open the newest numbers and the newest file.

    Where there are none, they do.
    """
    # Both cost a start that asks for nothing.
    from pulih.people.file_cipher import key_of
    from pulih.people.number_cipher import keys_of, opens

    with connect(settings.OWNER_DATABASE) as owner:
        stored = [text for (text,) in owner.execute(STORED).fetchall()]
        files = [settings.DATA.uploads / name for (name,) in owner.execute(DELIVERED).fetchall()]
    if not stored and not files:
        return True
    held = keys_of(tuple(settings.NUMBER_KEYS), settings.NUMBER_HASH_KEY)
    return all(opens(one, held) for one in stored) and all(
        not one.is_file() or key_of(one) in ("", *held.ciphers) for one in files
    )


def refuse_lost() -> None:
    """Refuse to work with other keys: whoever is known already would be taken for another."""
    if not settings.NUMBERS_ARE_LOST and not open_what_is_stored():
        raise Refusal(_LOST)


def _not_ours(path: Path) -> Message:
    return Message(
        id=f"Akun ini tidak boleh membaca {path}, kunci nomor orang. Jadikan berkas itu milik akun"
        " yang menjalankan Pulih (chown), lalu jalankan lagi.",
        en=f"This account may not read {path}, the keys for numbers of persons. Give the file to"
        " the account that runs Pulih (chown), and run it again.",
    )


def _no_keys(path: Path) -> Message:
    return Message(
        id=f"{path} bukan berkas kunci nomor orang (number_keys.toml).",
        en=f"{path} is no file of keys for numbers of persons (number_keys.toml).",
    )


_LOST = Message(
    id="Nomor orang atau berkas di instalasi ini dienkripsi dengan kunci lain. Taruh"
    " number_keys.toml yang semula di folder data. Bila berkas itu hilang untuk selamanya,"
    " PULIH_NUMBERS_ARE_LOST=1 melanjutkan tanpa nomor dan berkas yang lama.",
    en="Numbers of persons, or files, of this installation were encrypted with another key. Put the"
    " former number_keys.toml into the data folder. If it is lost for good,"
    " PULIH_NUMBERS_ARE_LOST=1 goes on without the older numbers and files.",
)
