"""The terms of reference (KAK) in the sections that officers know.

The layout is from memory (verified = no).
"""

from pathlib import Path
from typing import Any

from django.utils.translation import override

from pulih.common import periods
from pulih.common.money import grouped, rupiah
from pulih.documents.seals import seal
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset
from pulih.measures.rules.profiles import profile

from ..models import Proposal
from ..papers import TERMS, code_of
from ..presenters import ShownPlan, office_name

TEMPLATE = Path(__file__).with_name("terms.typ")
SECTIONS = (
    ("Dasar hukum", "legal_basis"),
    ("Gambaran umum", "background"),
    ("Penerima manfaat", "beneficiaries"),
    ("Metode pelaksanaan", "method"),
    ("Tahapan dan waktu pelaksanaan", "stages"),
    ("Keluaran dan hasil", "outcome"),
    ("Indikator", "indicator"),
)


def terms_paper(proposal: Proposal, plan: ShownPlan) -> bytes:
    """Return the PDF, with room for the signature; an empty section says so."""
    return typeset(TEMPLATE, values(proposal, plan))


def values(proposal: Proposal, plan: ShownPlan) -> dict[str, Any]:
    named = [one for code in proposal.profiles if (one := profile(code))]
    return {
        "office": office_name(proposal.province),
        "sign": Signature(
            "Penanggung jawab kegiatan", nip="", place=proposal.province.name
        ).values(),
        "number": proposal.number,
        "title": proposal.title,
        "measure": proposal.measure.name_indonesian,
        "year": str(proposal.round.fiscal_year),
        "sections": [[head, getattr(proposal, field) or "–"] for head, field in SECTIONS],
        "facts": [[head, text or "–"] for head, text in _facts(proposal)],
        "profiles": [one.name.id for one in named],
        "places": [[str(one.regency), one.site or "–", grouped(one.people)] for one in plan.places],
        "people": grouped(plan.people),
        "goods": _goods(plan),
        "total": rupiah(plan.sums.rupiah),
        "seal": seal(code_of(TERMS, proposal)),
    }


def _facts(proposal: Proposal) -> list[tuple[str, str]]:
    with override("id"):
        mode = str(proposal.get_mode_display())
    days = [periods.day(one) if one else "–" for one in (proposal.starts_on, proposal.ends_on)]
    return [
        ("Bentuk", mode),
        ("Waktu", f"{days[0]} – {days[1]}, {proposal.days} hari"),
        ("Jam pelajaran (JP) satu kelas", grouped(proposal.lesson_hours)),
        ("Kelas", f"{grouped(proposal.classes)} × {grouped(proposal.class_size)} peserta"),
        ("Instruktur dan pendamping", f"{proposal.trainers} + {proposal.assistants}"),
    ]


def _goods(plan: ShownPlan) -> list[list[str]]:
    with override("id"):
        return [
            [
                one.text,
                f"{grouped(one.quantity)} {one.unit}",
                one.standard or "–",
                f"{one.get_receiver_display()} {one.receiver_note}".strip(),
            ]
            for one in plan.goods
        ]
