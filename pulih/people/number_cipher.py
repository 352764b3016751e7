"""Numbers of persons as the database holds them: encrypted, with a keyed hash to find them by.

    ~n1:HASH:KEY:CIPHER~

HASH: HMAC-SHA256 of the number, 16 bytes of it. It answers every question of equality, is not
changed by a rotation, and without its key nobody can try all numbers out against it.
KEY: which key opens CIPHER, so that two may be in use while one takes the place of the other.
CIPHER: AES-256-SIV (RFC 5297), bound to HASH. The same number under the same key is always the
same text: HASH tells that two are equal anyway, and a row that was written again with what it had
does not look changed, neither to the history nor to a comparison of columns.

The keys lie outside the database: see settings and docs/how_to/keep_the_number_keys.md.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import tomllib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

from pulih.common.errors import Message, Refusal
from pulih.common.identity_numbers import DOT, LONG, IdentityNumber, cut, whole_of

MARK = "~n1:"
STORED = re.compile(r"~n1:([\w-]{22}):([0-9a-f]{8}):([\w-]+)~", re.ASCII)
# The same for PostgreSQL and Polars: a whole value; and one within a text.
STORED_WHOLE = r"^~n1:[A-Za-z0-9_-]{22}:[0-9a-f]{8}:[A-Za-z0-9_-]+~$"
STORED_WITHIN = r"~n1:[A-Za-z0-9_-]{22}:[0-9a-f]{8}:[A-Za-z0-9_-]+~"
HASH_LENGTH = 22
STORED_LENGTH = 120  # Of a number of up to thirty figures.
UNREADABLE = DOT * 16


@dataclass(frozen=True)
class Keys:
    """newest: the id of the key that encrypts. ciphers: those that open, by id."""

    newest: str
    ciphers: Mapping[str, AESSIV]
    hash_key: bytes


class EncryptedNumber(IdentityNumber):
    """A number as it came from the database: opened when somebody asks for it, not before."""

    __slots__ = ("stored",)

    def __init__(self, stored: str) -> None:
        super().__init__("")
        self.stored = stored

    @property
    def whole(self) -> str:
        """The figures. May refuse: the key is not at hand."""
        if not self._whole:
            self._whole = decrypt(self.stored)
        return self._whole

    def __str__(self) -> str:
        """Return it cut; dots alone where the key is not at hand, so that pages still open."""
        try:
            return cut(self.whole)
        except Refusal:
            return UNREADABLE

    def __repr__(self) -> str:
        return f"IdentityNumber({self})"

    def __bool__(self) -> bool:
        return True

    __hash__ = IdentityNumber.__hash__


def key_id(secret: str) -> str:
    return hmac.digest(secret.encode(), b"pulih.number.id", hashlib.sha256)[:4].hex()


def keys() -> Keys:
    """Return the keys of this installation. May refuse: there are none."""
    secrets, hash_secret = _secrets()
    if not secrets or not hash_secret:
        raise Refusal(_NO_KEYS)
    return keys_of(secrets, hash_secret)


def secrets_by_id() -> dict[str, str]:
    """What the keys at hand follow from, by their ids, the newest first. May refuse: none."""
    secrets, _hash_secret = _secrets()
    if not secrets:
        raise Refusal(_NO_KEYS)
    return {key_id(one): one for one in secrets}


def opens(stored: str, held: Keys) -> bool:
    """Tell whether these keys open a stored number and find it by its hash."""
    try:
        return is_encrypted(stored) and _hash(_decrypt(stored, held), held) == stored.split(":")[1]
    except Refusal:
        return False


def _secrets() -> tuple[tuple[str, ...], str]:
    file: Path | None = settings.NUMBER_KEYS_FILE
    try:
        if file is not None:
            return _kept_in(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError):  # As it was read at the start.
        pass
    return tuple(settings.NUMBER_KEYS), settings.NUMBER_HASH_KEY


@lru_cache(maxsize=4)
def _kept_in(file: Path, _changed: int) -> tuple[tuple[str, ...], str]:
    held = tomllib.loads(file.read_text())
    return tuple(held["keys"].split()), held["hash_key"]


@lru_cache(maxsize=4)
def keys_of(secrets: tuple[str, ...], hash_secret: str) -> Keys:
    """Return the keys that follow from secrets, the newest first."""
    ciphers = {key_id(one): AESSIV(_derived(one, "pulih.number.cipher")) for one in secrets}
    return Keys(key_id(secrets[0]), ciphers, _derived(hash_secret, "pulih.number.hash"))


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha512)


def is_encrypted(text: str) -> bool:
    return text.startswith(MARK) and STORED.fullmatch(text) is not None


def encrypt(number: str, held: Keys | None = None) -> str:
    """Return a number as it is stored; "" and what is encrypted already stay as they are.

    held: keys, where the file is not to be looked at for each of many numbers.
    """
    return number if not number or is_encrypted(number) else _encrypt(number, held or keys())


def decrypt(stored: str, held: Keys | None = None) -> str:
    """Return the figures of a stored number; what is plain stays. May refuse: no key opens it."""
    return _decrypt(stored, held or keys()) if is_encrypted(stored) else stored


def decrypt_all(numbers: Iterable[IdentityNumber]) -> list[str]:
    """Return the figures of many numbers, "" for none; the keys are looked for once. May refuse."""
    held: Keys | None = None
    found = []
    for number in numbers:
        if isinstance(number, EncryptedNumber):
            held = held or keys()
            found.append(_decrypt(number.stored, held))
        else:
            found.append(number.whole)
    return found


def search_hash(number: IdentityNumber | str | None) -> str:
    """Return what a number is found by, be it plain or stored; "" without one."""
    if isinstance(number, EncryptedNumber):
        number = number.stored
    plain = whole_of(number)
    if found := STORED.fullmatch(plain):
        return found[1]
    return _hash(plain, keys()) if plain else ""


def hash_column(texts: pl.Series) -> pl.Series:
    """Return what equal texts are told by, and what tells nobody without the key which."""
    held = keys()
    return _mapped(texts, lambda text: _hash(f"text {text}", held))


def encrypt_within(text: str, pattern: re.Pattern[str] = LONG) -> str:
    """Return a text with every number of a person in it encrypted in its place."""
    held = keys()
    return pattern.sub(lambda found: _encrypt(found[0], held), text)


def decrypt_within(text: str) -> str:
    """Return a text as it was delivered; dots stand for a number that no key opens."""
    return STORED.sub(lambda found: _or_dots(found[0]), text) if MARK in text else text


def encrypt_column(numbers: pl.Series) -> pl.Series:
    """Return a column of numbers as they are stored; nulls stay."""
    held = keys() if numbers.len() else None
    return _mapped(numbers, lambda number: encrypt(number, held))


def decrypt_column(numbers: pl.Series) -> pl.Series:
    """Return the whole numbers of a column, for linkage and checks; null where no key opens one.

    Who may call it stands in a list: tests/architecture/test_identity_numbers.py.
    """
    held = keys() if numbers.len() else None
    return _mapped(numbers, lambda number: _or_nothing(number, held))


def decrypt_texts(texts: pl.Series) -> pl.Series:
    """Return a column of texts as delivered; next to no text holds a number."""
    if not texts.str.contains(MARK, literal=True).any():
        return texts
    return _mapped(texts, decrypt_within)


def hash_of(column: str) -> pl.Expr:
    """Return the hash within each stored number of a column."""
    return pl.col(column).str.slice(len(MARK), HASH_LENGTH)


def encrypt_texts(texts: pl.Series, looks: str, pattern: re.Pattern[str]) -> pl.Series:
    """Return a column of texts with the numbers in them encrypted.

    looks: what Polars finds the few texts by that may hold one; pattern: the numbers themselves.
    """
    if not texts.str.contains(looks).any():
        return texts
    return _mapped(texts, lambda text: encrypt_within(text, pattern))


def _mapped(column: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    changed = [None if one is None else change(one) for one in column.to_list()]
    return pl.Series(column.name, changed, dtype=pl.String)


def _encrypt(plain: str, held: Keys) -> str:
    digest = _hash(plain, held)
    cipher = held.ciphers[held.newest].encrypt(plain.encode(), [digest.encode()])
    return f"{MARK}{digest}:{held.newest}:{_text(cipher)}~"


def _decrypt(stored: str, held: Keys) -> str:
    _mark, digest, key, text = stored[:-1].split(":")
    cipher = held.ciphers.get(key)
    if cipher is None:
        raise Refusal(cannot_open(key))
    try:
        return cipher.decrypt(_bytes(text), [digest.encode()]).decode()
    except (InvalidTag, ValueError) as failed:
        raise Refusal(_damaged(key)) from failed


def _or_dots(stored: str) -> str:
    try:
        return decrypt(stored)
    except Refusal:
        return UNREADABLE


def _or_nothing(stored: str, held: Keys | None) -> str | None:
    try:
        return decrypt(stored, held)
    except Refusal:
        return None


def _hash(plain: str, held: Keys) -> str:
    return _text(hmac.digest(held.hash_key, plain.encode(), hashlib.sha256)[:16])


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cannot_open(key: str) -> Message:
    return Message(
        id=f"Nomor ini dienkripsi dengan kunci {key}, yang tidak ada di mesin ini. Kembalikan"
        " number_keys.toml ke folder data; tanpa kunci itu nomornya tidak terbaca.",
        en=f"This number was encrypted with the key {key}, which is not on this machine. Put"
        " number_keys.toml back into the data folder; without that key the number cannot be read.",
    )


def _damaged(key: str) -> Message:
    return Message(
        id=f"Nomor ini rusak: kunci {key} ada, tetapi tidak membukanya. Pulihkan dari cadangan.",
        en=f"This number is damaged: the key {key} is here and does not open it. Restore it from"
        " a backup.",
    )


_NO_KEYS = Message(
    id="Kunci untuk nomor orang belum ada. Jalankan `pulih migrate`, atau isi PULIH_NUMBER_KEYS"
    " dan PULIH_NUMBER_HASH_KEY.",
    en="There are no keys for numbers of persons yet. Run `pulih migrate`, or set"
    " PULIH_NUMBER_KEYS and PULIH_NUMBER_HASH_KEY.",
)
