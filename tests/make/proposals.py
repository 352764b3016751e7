"""Rounds and proposals with defaults, by the way that offices take."""

from datetime import date
from itertools import count
from typing import Any

from pulih.areas.models import Area
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.proposals.actions import drafts
from pulih.proposals.models import CostRow, Place, Proposal, ProposedGood, Round
from pulih.proposals.rules.factors import read_factors
from tests.make import areas
from tests.people import cast

numbers = count(1)
SECTIONS = {
    "legal_basis": "PP 7/2008",
    "background": "IKM konveksi kehilangan pesanan.",
    "beneficiaries": "IKM terdampak yang punya mesin jahit.",
    "method": "Daring, pola dari instruktur, kunjungan pemantauan.",
    "stages": "Persiapan, pelatihan, pemantauan.",
    "mode": "home_video",
    "starts_on": date(2020, 6, 22),
    "ends_on": date(2020, 6, 25),
    "days": 4,
    "lesson_hours": 32,
    "classes": 1,
    "class_size": 20,
    "profiles": ["tools_and_skill"],
}
DAYS = (date(2020, 6, 1), date(2020, 7, 31))
ROW = ("Honor narasumber", "522151", "32 OJ", 900_000)


def round_(**values: Any) -> Round:
    """Open a round for 2020, from 25 May to 31 July."""
    usual = {
        "title": f"Putaran {next(numbers)}",
        "fiscal_year": 2020,
        "opens_on": date(2020, 5, 25),
        "closes_on": date(2020, 7, 31),
    }
    return Round.objects.create(**{**usual, **values})


def draft(
    *, by: User | None = None, province: Area | None = None, measure: str = "mask_training",
    round_of: Round | None = None, **sections: Any,
) -> Proposal:  # fmt: skip
    """Begin a draft with its sections; by the officer of Jawa Barat unless said otherwise."""
    by = by or cast.provincial_officer()
    province = province or by.home or areas.province()
    round_of = round_of or round_()
    with speaking_for(by):
        proposal = drafts.begin(
            round_=round_of,
            measure=Measure.objects.get(code=measure),
            province=province,
            title="Bimtek masker kain",
            by=by,
        )
        return drafts.save_sections(proposal, {**SECTIONS, **sections}, seen=1, by=by)


def row_values(
    text: str = ROW[0], account: str = ROW[1], calculation: str = ROW[2], unit_cost: int = ROW[3],
    **values: Any,
) -> dict[str, Any]:  # fmt: skip
    factors = read_factors(calculation)
    usual = {"standard": "", "reason": "", "prices": [], "survey": None}
    return {
        "text": text,
        "account": account,
        "counts": [factor.count for factor in factors],
        "units": [factor.unit for factor in factors],
        "unit_cost": unit_cost,
        **usual,
        **values,
    }


def row(proposal: Proposal, *said: Any, by: User | None = None, **values: Any) -> CostRow:
    by = by or proposal.made_by
    with speaking_for(by):
        return drafts.add_part(proposal, CostRow, row_values(*said, **values), by=by)


def place(proposal: Proposal, regency: str = "Kab. Indramayu", people: int = 20) -> Place:
    by = proposal.made_by
    values = {"regency": areas.regency(regency), "site": "", "people": people}
    with speaking_for(by):
        return drafts.add_part(proposal, Place, values, by=by)


def good(proposal: Proposal, text: str = "Masker kain", quantity: int = 100) -> ProposedGood:
    by = proposal.made_by
    values = {
        "text": text, "quantity": quantity, "unit": "buah", "standard": "tiga lapis",
        "receiver": "task_force", "receiver_note": "",
    }  # fmt: skip
    with speaking_for(by):
        return drafts.add_part(proposal, ProposedGood, values, by=by)


def complete(**values: Any) -> Proposal:
    """Make a draft that may be sent: a row within its standard and a quota that fits."""
    proposal = draft(**values)
    row(proposal)
    place(proposal)
    return Proposal.objects.get(pk=proposal.pk)
