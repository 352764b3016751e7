"""Which papers a measure needs before its bills are paid: checklists by account.

Source: DOC-01, DOC-02, DOC-03, DOC-04.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pulih.common.errors import Message


@dataclass(frozen=True)
class RequiredDocument:
    """One paper and the accounts whose bills it belongs to."""

    code: str
    name: Message
    accounts: tuple[str, ...]
    source: str
    verified: bool


@cache
def required_documents() -> tuple[RequiredDocument, ...]:
    """Return every paper, in the order of the list."""
    text = files("pulih.measures").joinpath("data", "documents.csv").read_text("utf-8")
    return tuple(
        RequiredDocument(
            row["code"],
            Message(row["name_indonesian"], row["name_en"]),
            tuple(row["accounts"].split()),
            row["source"],
            row["verified"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )


def documents_for(accounts: Iterable[str]) -> list[RequiredDocument]:
    """Return the papers that any of `accounts` asks for, each once."""
    wanted = set(accounts)
    return [one for one in required_documents() if wanted.intersection(one.accounts)]
