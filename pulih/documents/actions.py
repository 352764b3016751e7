"""What rooms do with the codes of their papers: issue one for a version, and end it.

The room has asked who may; the record of its own action names the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from pulih.areas.models import Area

from .codes import new_code
from .initials import initials
from .kinds import PaperKind
from .models import PaperCode, PaperState


@transaction.atomic
def issue(
    kind: PaperKind, subject: str | int, *, office: str, number: str, dated: date,
    province: Area | None, regency: Area | None = None, person: str = "",
    fingerprints: Sequence[str] = (), code: str = "",
) -> PaperCode:  # fmt: skip
    """Register the next version of a paper; the one before it is replaced.

    person: whose initials are shown. code: drawn by `new_code`, where the file that was
    fingerprinted already carries it.
    """
    end(kind, subject, PaperState.REPLACED, on=dated)
    before = PaperCode.objects.filter(kind=kind.key, subject=str(subject)).order_by("-version")
    newest = before.values_list("version", flat=True).first() or 0
    return PaperCode.objects.create(
        code=code or new_code(),
        kind=kind.key,
        subject=str(subject),
        version=newest + 1,
        office=office[:200],
        number=number[:160],
        dated=dated,
        initials=initials(person),
        fingerprints=list(fingerprints),
        province=province,
        regency=regency,
    )


def add_fingerprints(paper: PaperCode, hashes: Sequence[str]) -> None:
    """Keep the SHA-256 of more files of one version, such as of those written after its code."""
    known = set(paper.fingerprints)
    if more := [one for one in hashes if one not in known]:
        paper.fingerprints = [*paper.fingerprints, *more]
        paper.save(update_fields=["fingerprints"])


def end(kind: PaperKind, subject: str | int, state: PaperState, *, on: date) -> None:
    """Say that the version in force was replaced or withdrawn; nothing happens where none is."""
    in_force = PaperCode.objects.filter(kind=kind.key, subject=str(subject), state=PaperState.VALID)
    in_force.update(state=state, ended_on=on)
