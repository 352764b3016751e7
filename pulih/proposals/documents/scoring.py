"""Minutes of scoring (berita acara penilaian): the points of every review, nobody named.

They are there once all reviews are in. Reviewers sign by hand on the copy that stays inside; the
office never learns who they were. The layout is from memory (verified = no).
"""

from pathlib import Path
from typing import Any

from pulih.common import periods
from pulih.common.money import grouped, rupiah
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset
from pulih.workflow.calendars import zone_of

from ..models import Proposal, ProposalVersion, Score
from ..papers import ANSWERED_BY, SCORING
from ..presenters import office_name
from ..rules.reviewing import as_decimal, criteria_of, score

TEMPLATE = Path(__file__).with_name("scoring.typ")


def scoring_minutes(proposal: Proposal, version: ProposalVersion, scores: list[Score]) -> bytes:
    """Return the PDF. scores: all of them, one at least, by slot."""
    return typeset(TEMPLATE, values(proposal, version, scores))


def values(proposal: Proposal, version: ProposalVersion, scores: list[Score]) -> dict[str, Any]:
    criteria = criteria_of(scores[0].criteria)
    zone = zone_of(proposal.province_id)
    last = max(one.at for one in scores).astimezone(zone).date()
    mean = as_decimal(score([one.total for one in scores]))
    return {
        "from": ANSWERED_BY,
        "sign": Signature(ANSWERED_BY, nip="").values(),
        "office": office_name(proposal.province),
        "number": proposal.number,
        "version": str(version.number),
        "fingerprint": version.fingerprint,
        "title": proposal.title,
        "measure": proposal.measure.name_indonesian,
        "year": str(proposal.round.fiscal_year),
        "asked": rupiah(sum(row["rupiah"] for row in version.content["rows"])),
        "people": grouped(sum(one["people"] for one in version.content["places"])),
        "day": periods.day(last),
        "criteria_version": str(criteria.number),
        "apart": str(criteria.apart),
        "reviews": [f"Penilai {one.slot.upper()}" for one in scores],
        "rows": [
            [
                one.words.id,
                one.meaning.id,
                str(one.weight),
                *(str(each.points.get(one.key, 0)) for each in scores),
            ]
            for one in criteria.criteria
        ],
        "totals": [str(one.total) for one in scores],
        "notes": [[f"Penilai {one.slot.upper()}", one.note] for one in scores if one.note],
        "mean": f"{mean:.2f}".rstrip("0").rstrip(".").replace(".", ","),
        "seal": seal(code_in_force(SCORING, proposal.pk)),
    }
