"""The answer letter (surat jawaban): what was decided, row by row, with every reason.

The layout is from memory (verified = no). The number of a letter is given by the registry of the
office that signs it, so that it is left open.
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

from ..models import DecidedPlace, DecidedRow, ProposalDecision
from ..papers import ANSWER, ANSWERED_BY
from ..presenters import office_name
from ..rules.factors import Factor, written
from ..rules.machine import PROPOSAL

TEMPLATE = Path(__file__).with_name("answer.typ")


def answer_letter(decision: ProposalDecision) -> bytes:
    """Return the PDF; the same decision always gives the same letter."""
    return typeset(TEMPLATE, values(decision))


def values(decision: ProposalDecision) -> dict[str, Any]:
    proposal = decision.proposal
    decided_on = decision.at.astimezone(zone_of(proposal.province_id)).date()
    return {
        "from": ANSWERED_BY,
        "sign": Signature(ANSWERED_BY, nip="").values(),
        "to": office_name(proposal.province),
        "number": proposal.number,
        "version": str(decision.version.number),
        "fingerprint": decision.version.fingerprint,
        "title": proposal.title,
        "measure": proposal.measure.name_indonesian,
        "year": str(proposal.round.fiscal_year),
        "day": periods.day(decided_on),
        "outcome": PROPOSAL.state(decision.outcome).label.id,
        "reason": decision.reason,
        "asked": rupiah(decision.asked_rupiah),
        "approved": rupiah(decision.approved_rupiah),
        "asked_people": grouped(decision.asked_people),
        "approved_people": grouped(decision.approved_people),
        "rows": [_row(row) for row in decision.rows.order_by("position")],
        "places": [_place(place) for place in decision.places.order_by("position")],
        "seal": seal(code_in_force(ANSWER, proposal.pk)),
    }


def _row(row: DecidedRow) -> dict[str, str]:
    factors = [Factor(count, unit) for count, unit in zip(row.counts, row.units, strict=True)]
    return {
        "text": row.text,
        "account": row.account,
        "calculation": f"{written(factors, 'id')} × {grouped(row.unit_cost)}",
        "asked": grouped(row.rupiah_asked),
        "approved": grouped(row.rupiah),
        "reason": row.reason,
    }


def _place(place: DecidedPlace) -> list[str]:
    name = " · ".join(one for one in (place.regency.name, place.site) if one)
    return [name, grouped(place.people_asked), grouped(place.people)]
