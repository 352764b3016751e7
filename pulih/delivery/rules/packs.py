"""Which papers must be together before a payment request, by account. Pure.

The checklist is that of all payment requests: `measures/data/documents.csv`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pulih.measures.documents import RequiredDocument, documents_of_list, required_documents

OFFICE = "office"


@dataclass(frozen=True)
class PackPaper:
    """held_by: list, attendance or decree where Pulih holds it itself; OFFICE names its number."""

    key: str
    id: str
    en: str
    held_by: str
    verified: bool


@dataclass(frozen=True)
class Pack:
    papers: Sequence[PackPaper]


def every_paper() -> list[PackPaper]:
    """Return the papers of all packs."""
    return [_paper(one) for one in required_documents() if one.list_accounts]


def pack_of(account: str) -> Pack | None:
    """The pack of an account; None where no checklist is known."""
    papers = tuple(map(_paper, documents_of_list(account)))
    return Pack(papers) if papers else None


def missing(pack: Pack | None, held: Collection[str]) -> list[PackPaper]:
    """What is still missing. held: keys of papers that are there."""
    return [] if pack is None else [one for one in pack.papers if one.key not in held]


def _paper(one: RequiredDocument) -> PackPaper:
    return PackPaper(one.key, one.name.id, one.name.en, one.held_by, one.verified)
