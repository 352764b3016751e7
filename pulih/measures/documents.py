"""Which papers a measure needs before its bills are paid: the one checklist by account.

An SPP of an account asks for the papers of `accounts`. One that pays a list of participants or
trainers asks for those of `list_accounts` instead: there a paper is kept under `key`, and Pulih
holds it itself where `held_by` is list, attendance or decree; else the office names it.

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
    """One paper and the accounts whose bills it belongs to. key, held_by: blank outside lists."""

    code: str
    name: Message
    accounts: tuple[str, ...]
    list_accounts: tuple[str, ...]
    key: str
    held_by: str
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
            tuple(row["list_accounts"].split()),
            row["key"],
            row["held_by"],
            row["source"],
            row["verified"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )


def documents_for(accounts: Iterable[str]) -> list[RequiredDocument]:
    """Return the papers that any of `accounts` asks for, each once."""
    wanted = set(accounts)
    return [one for one in required_documents() if wanted.intersection(one.accounts)]


def documents_of_list(account: str) -> list[RequiredDocument]:
    """Return the papers of an SPP that pays a list from `account`, in the order of the file."""
    return [one for one in required_documents() if account in one.list_accounts]
