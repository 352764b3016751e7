"""Writing a proposal of the scenario as its office would: sections, quotas, goods, cost rows.

Source: PROG-01, PROG-02, PROG-03.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from pulih import places
from pulih.areas.models import Area
from pulih.common.money import grouped
from pulih.documents.typesetting import typeset
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.places import Level
from pulih.proposals.actions import attaching, drafts
from pulih.proposals.models import CostRow, Place, Proposal, ProposedGood, Round
from pulih.proposals.rules.factors import read_factors

SURVEY = Path(__file__).with_name("survey.typ")
BEGUN = datetime(2020, 5, 25, 2, 0, tzinfo=UTC)
Story = dict[str, Any]


def write(story: Story, round_: Round, by: User) -> Proposal:
    """Begin the draft of a story and fill it in."""
    province = _area(story["province"], Level.PROVINCE)
    with speaking_for(by):
        proposal = drafts.begin(
            round_=round_,
            measure=Measure.objects.get(code=story["measure"]),
            province=province,
            title=story["title"],
            by=by,
            now=BEGUN,
        )
        drafts.save_sections(proposal, _sections(story, proposal), seen=1, by=by)
        for regency, people, site in _quotas(story, province):
            values = {"regency": regency, "site": site, "people": people}
            drafts.add_part(proposal, Place, values, by=by)
        drafts.add_part(proposal, ProposedGood, _good(*story["goods"]), by=by)
        for row in story["rows"]:
            add_row(proposal, row, by)
    return Proposal.objects.get(pk=proposal.pk)


def _sections(story: Story, proposal: Proposal) -> dict[str, Any]:
    days, hours, classes, size, trainers, assistants = story["shape"]
    first, last = story["dates"]
    return {
        "legal_basis": "PP 7/2008; DIPA dekonsentrasi 2020.",
        "background": f"Dampak Covid-19 pada IKM di {proposal.province.name}.",
        "beneficiaries": "IKM terdampak menurut laporan dampak terbaru.",
        "method": proposal.measure.description,
        "stages": "Persiapan, pelaksanaan, pemantauan, penyerahan barang.",
        "mode": story["mode"],
        "starts_on": first,
        "ends_on": last,
        "days": days,
        "lesson_hours": hours,
        "classes": classes,
        "class_size": size,
        "trainers": trainers,
        "assistants": assistants,
        "profiles": story["profiles"],
    }


def _good(
    text: str, quantity: int, unit: str, standard: str, receiver: str, note: str
) -> dict[str, Any]:
    return {
        "text": text, "quantity": quantity, "unit": unit, "standard": standard,
        "receiver": receiver, "receiver_note": note,
    }  # fmt: skip


def add_row(proposal: Proposal, row: list[Any], by: User, reason: str = "") -> CostRow:
    """Add a row of the cost plan, with the paper of its survey where it has three prices."""
    text, account, calculation, unit_cost, *prices = row
    factors = read_factors(calculation)
    paper = ContentFile(_survey(text, prices), name=f"survei-{account}-{len(text)}.pdf")
    values = {
        "text": text,
        "account": account,
        "counts": [factor.count for factor in factors],
        "units": [factor.unit for factor in factors],
        "unit_cost": unit_cost,
        "standard": "",
        "reason": reason,
        "prices": prices,
        "survey": attaching.attach(proposal, paper, by=by) if prices else None,
    }
    return drafts.add_part(proposal, CostRow, values, by=by)


def _quotas(story: Story, province: Area) -> Iterator[tuple[Area, int, str]]:
    for name, people, *site in story.get("quotas", []):
        yield _area(name, Level.REGENCY), people, site[0] if site else ""
    if "everywhere" in story:
        inside = Area.objects.within(province, BEGUN.date()).filter(level="regency")
        for regency in inside.order_by("sort_key"):
            yield regency, story["everywhere"], ""


def _survey(text: str, prices: list[int]) -> bytes:
    """Return the paper of a price survey, with invented shops."""
    shops = ("Toko Amanah", "UD Sumber Jaya", "CV Mitra Usaha")
    rows = [[shop, grouped(price)] for shop, price in zip(shops, prices, strict=False)]
    return BytesIO(typeset(SURVEY, {"text": text, "rows": rows})).getvalue() if prices else b""


def _area(name: str, level: Level) -> Area:
    found = places.resolve(name, on=BEGUN.date(), level=level)
    assert found is not None, name
    return Area.objects.get(pk=found.key)
