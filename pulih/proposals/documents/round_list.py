"""The list of a round on paper (daftar usulan): every proposal that was sent, with its sums.

It says what stands on the day of printing. The layout is from memory (verified = no).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pulih.areas.models import Area
from pulih.common import periods
from pulih.common.errors import Message, Refusal
from pulih.common.money import grouped
from pulih.documents.lookups import in_force
from pulih.documents.models import PaperCode
from pulih.documents.seals import seal
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset
from pulih.people.models import User

from ..lists import with_approved
from ..models import Proposal, Round
from ..papers import ANSWERED_BY, ROUND_LIST, list_subject
from ..presenters import SCORED, office_name
from ..rules.machine import PROPOSAL
from ..rules.reviewing import as_decimal, score

TEMPLATE = Path(__file__).with_name("round_list.typ")
MOST = 1_000  # Proposals, some forty pages; nobody signs more.
HEADS = (
    "No", "Nomor usulan", "Provinsi", "Judul", "Peserta", "Diminta (Rp)", "Disetujui (Rp)",
    "Keadaan", "Nilai",
)  # fmt: skip


@dataclass(frozen=True)
class RoundList:
    """What one reader sees of a round. province: whose list it is; None for the whole country."""

    round: Round
    province: Area | None
    day: date
    rows: list[list[str]]
    totals: list[str]

    @property
    def subject(self) -> str:
        return list_subject(self.round.pk, self.province.pk if self.province else None)

    @property
    def office(self) -> str:
        return office_name(self.province) if self.province else ANSWERED_BY

    @property
    def paper(self) -> PaperCode | None:
        return in_force(ROUND_LIST, self.subject)


def place_of(by: User) -> Area | None:
    """Return whose list a person reads: of the own province, or None of the whole country."""
    return None if by.sight.country else by.home


def round_list(round_: Round, *, by: User, day: date) -> RoundList:
    """Gather what `by` may see of a round, without drafts. Refuses more than `MOST` proposals."""
    province = place_of(by)
    visible = Proposal.objects.visible_to(by).filter(round=round_).exclude(state="draft")
    found = visible.filter(province=province) if province else visible
    if found.count() > MOST:
        raise Refusal(
            Message(
                f"Putaran ini berisi lebih dari {grouped(MOST)} usulan, terlalu banyak untuk PDF. "
                "Unduh daftar usulannya sebagai XLSX.",
                f"This round has more than {grouped(MOST, 'en')} proposals, too many for a PDF. "
                "Download the list of its proposals as XLSX.",
            )
        )
    proposals = list(
        with_approved(found).prefetch_related("scores").order_by("province__sort_key", "number")
    )
    return RoundList(
        round_,
        province,
        day,
        [_row(place, one) for place, one in enumerate(proposals, start=1)],
        [
            grouped(sum(one.people for one in proposals)),
            grouped(sum(one.asked_rupiah for one in proposals)),
            grouped(sum(one.approved or 0 for one in proposals)),
        ],
    )


def printed(listed: RoundList) -> bytes:
    """Return the PDF with its code, where the code was given for just this file; else without."""
    paper = listed.paper
    if paper:
        made = pdf(listed, paper.code)
        if hashlib.sha256(made).hexdigest() in paper.fingerprints:
            return made
    return pdf(listed, "")


def pdf(listed: RoundList, code: str) -> bytes:
    """Return the PDF. code: empty for a print that is not registered."""
    return typeset(TEMPLATE, values(listed) | {"seal": seal(code)})


def values(listed: RoundList) -> dict[str, Any]:
    round_, place = listed.round, listed.province.name if listed.province else ""
    content = json.dumps([listed.rows, listed.totals], ensure_ascii=False)
    return {
        "from": listed.office,
        "title": f"Daftar usulan {round_.title}",
        "year": str(round_.fiscal_year),
        "opens": f"{periods.day(round_.opens_on)} – {periods.day(round_.closes_on)}",
        "day": periods.day(listed.day),
        "number": grouped(len(listed.rows)),
        "heads": list(HEADS),
        "rows": listed.rows,
        "totals": listed.totals,
        "fingerprint": hashlib.sha256(content.encode()).hexdigest(),
        "sign": Signature(
            f"Kepala {listed.office}" if place else listed.office, nip="", place=place
        ).values(),
    }


def _row(place: int, proposal: Any) -> list[str]:
    return [
        str(place),
        proposal.number,
        proposal.province.name,
        proposal.title,
        grouped(proposal.people),
        grouped(proposal.asked_rupiah),
        "–" if proposal.approved is None else grouped(proposal.approved),
        PROPOSAL.state(proposal.state).label.id,
        _score(proposal),
    ]


def _score(proposal: Proposal) -> str:
    """Return the mean of all reviews, once they are in and the reader may see them."""
    points = [one.total for one in proposal.scores.all()] if proposal.state in SCORED else []
    if not points:
        return "–"
    mean = f"{as_decimal(score(points)):.2f}"
    return mean.rstrip("0").rstrip(".").replace(".", ",")
