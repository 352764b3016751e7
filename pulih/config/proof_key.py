"""The key by which PostgreSQL tells whether Pulih said for whom a connection speaks."""

from __future__ import annotations

import hashlib
from typing import Any

import psycopg

BLOCK = 64  # Bytes, of SHA-256.
THERE = "SELECT to_regclass('people_proofkey') IS NOT NULL"
KEEP = """
WITH wanted AS (SELECT %s::bytea AS inner_pad, %s::bytea AS outer_pad),
gone AS (DELETE FROM people_proofkey k USING wanted WHERE k.inner_pad <> wanted.inner_pad)
INSERT INTO people_proofkey (inner_pad, outer_pad) SELECT * FROM wanted ON CONFLICT DO NOTHING
"""


def keep_proof_key(owner: psycopg.Connection[Any], secret: str) -> None:
    """Keep the key that follows from a secret, in place of any other, ready for HMAC (RFC 2104)."""
    if owner.execute(THERE).fetchone() != (True,):
        return  # Migrated to a state of before the table.
    key = secret.encode()
    if len(key) > BLOCK:
        key = hashlib.sha256(key).digest()
    key = key.ljust(BLOCK, b"\0")
    pads = [bytes(each ^ pad for each in key) for pad in (0x36, 0x5C)]
    owner.execute(KEEP, pads)
