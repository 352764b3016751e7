"""Finding papers: by their code for anybody, by their subject for the room that prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from pulih.people.scope import asking_as_public

from .kinds import PaperKind, name_of
from .models import PaperCode, PaperState

VERIFY = """
SELECT kind, office, number, dated, version, initials, fingerprints, state, ended_on
FROM documents_verify(%s)
"""


@dataclass(frozen=True)
class Verified:
    """What a paper's code tells a stranger."""

    kind: str
    office: str
    number: str
    dated: date
    version: int
    initials: str
    fingerprints: list[str]
    state: str
    ended_on: date | None

    @property
    def name(self) -> str:
        return name_of(self.kind)

    @property
    def state_name(self) -> str:
        return str(PaperState(self.state).label)


def verify(code: str) -> Verified | None:
    """Ask as anybody: PostgreSQL answers by the whole code alone, whoever speaks."""
    with asking_as_public(), connection.cursor() as cursor:
        cursor.execute(VERIFY, [code])
        row = cursor.fetchone()
    return Verified(*row) if row else None


def in_force(kind: PaperKind, subject: str | int) -> PaperCode | None:
    """Return the version of a paper that holds; None where it is not registered."""
    papers = PaperCode.objects.filter(kind=kind.key, subject=str(subject), state=PaperState.VALID)
    return papers.first()


def all_in_force(kinds: Sequence[PaperKind], subject: str | int) -> list[tuple[str, PaperCode]]:
    """Return the papers of one record that hold, each with its name, in the order of `kinds`."""
    found = [(kind, in_force(kind, subject)) for kind in kinds]
    return [(str(kind.name), paper) for kind, paper in found if paper]


def code_in_force(kind: PaperKind, subject: str | int) -> str:
    """Return the code that a print of this paper carries today; empty where it has none."""
    paper = in_force(kind, subject)
    return paper.code if paper else ""


def of_file(kind: PaperKind, fingerprint: str) -> PaperCode | None:
    """Return the version whose kept file has this fingerprint, replaced or not."""
    return PaperCode.objects.filter(kind=kind.key, fingerprints__contains=[fingerprint]).first()
