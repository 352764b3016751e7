"""The address of an access link, and the two digests that stand in its place.

    address  192 random bits, sent to one person; Pulih keeps it nowhere
    key      SHA-256 of the address: what the browser's cookie and PostgreSQL's setting hold
    digest   SHA-256 of the key: what the table keeps

Whoever reads the table, or may run any SQL as the serving role, cannot claim a link: a digest gives
no key. A key that leaks from a log of the database opens no page, as only an address does.
"""

from __future__ import annotations

import hashlib
import re
import secrets

ADDRESS_BYTES = 24
ADDRESS = re.compile(r"[A-Za-z0-9_-]{32}")
KEY = re.compile(r"[0-9a-f]{64}")


def new_address() -> str:
    return secrets.token_urlsafe(ADDRESS_BYTES)


def key_of(address: str) -> str:
    """Return the key of a well-formed address; empty for anything else."""
    if not ADDRESS.fullmatch(address):
        return ""
    return hashlib.sha256(address.encode()).hexdigest()


def digest_of(key: str) -> str:
    """Return the digest as `pulih_link()` in SQL computes it."""
    return hashlib.sha256(key.encode()).hexdigest()
