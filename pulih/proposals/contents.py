"""A proposal as one value: what a version keeps, its fingerprint, how two versions differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih.common.money import rupiah
from pulih.measures.rules.profiles import profile

from .models import CostRow, Place, Proposal, ProposedGood
from .rules.factors import Factor, written

SECTIONS = (
    "title", "legal_basis", "background", "beneficiaries", "outcome", "indicator", "method",
    "stages", "mode", "starts_on", "ends_on", "days", "lesson_hours", "classes", "class_size",
    "trainers", "assistants", "profiles",
)  # fmt: skip
DATES = ("starts_on", "ends_on", "days", "lesson_hours")
PEOPLE = ("classes", "class_size", "trainers", "assistants", "profiles")


@dataclass(frozen=True)
class Change:
    """One difference between two versions. topic: a key of `rules.gates.TOPICS`."""

    topic: str
    what: str
    before: str
    after: str


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return everything that the office wrote, as plain JSON values in a fixed order."""
    return {
        "number": proposal.number,
        "measure": proposal.measure.code,
        "sections": {name: _plain(getattr(proposal, name)) for name in SECTIONS},
        "rows": [_row(row) for row in proposal.rows.select_related("survey")],
        "places": [_place(place) for place in proposal.places.select_related("regency")],
        "goods": [_good(good) for good in proposal.goods.all()],
        "attachments": [
            {"name": one.name, "sha256": one.sha256} for one in proposal.attachments.order_by("pk")
        ],
    }


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content, in hex; equal contents have equal ones."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what two versions differ in: words, dates and people, places, goods, then money."""
    found = []
    labels = {field.name: str(field.verbose_name) for field in Proposal._meta.concrete_fields}
    for name in SECTIONS:
        was, becomes = before["sections"].get(name), after["sections"].get(name)
        if name == "profiles":
            was, becomes = _profiles(was), _profiles(becomes)
        if was != becomes:
            topic = "dates" if name in DATES else "people" if name in PEOPLE else "words"
            found.append(Change(topic, labels[name], _written(was), _written(becomes)))
    found += _of_parts(
        "places", _("Places and quotas"), before["places"], after["places"], "regency"
    )
    found += _of_parts("goods", _("Goods"), before["goods"], after["goods"], "text")
    found += _of_parts("money", _("Cost plan"), before["rows"], after["rows"], "text")
    return found


def _profiles(codes: Sequence[str] | None) -> list[str]:
    """Name who may come, in one order: ticking the same boxes otherwise changes nothing."""
    language = (get_language() or "id")[:2]
    known = ((code, profile(code)) for code in sorted(codes or ()))
    return [one.name.in_language(language) if one else code for code, one in known]


def _of_parts(
    topic: str, what: str, before: Sequence[Any], after: Sequence[Any], name: str
) -> list[Change]:
    """Compare parts by their place in the list's key and text, so that a moved row is no change."""
    was, becomes = _named(before, name), _named(after, name)
    return [
        Change(topic, f"{what}: {key[0]}", _told(was.get(key)), _told(becomes.get(key)))
        for key in dict.fromkeys([*was, *becomes])
        if was.get(key) != becomes.get(key)
    ]


def _named(parts: Sequence[Any], name: str) -> dict[tuple[str, int], Any]:
    named: dict[tuple[str, int], Any] = {}
    for part in parts:
        number = sum(1 for key in named if key[0] == part[name])
        named[part[name], number] = {k: v for k, v in part.items() if k != "position"}
    return named


def _told(part: Mapping[str, Any] | None) -> str:
    if part is None:
        return "–"
    if "unit_cost" in part:
        return _priced(part)
    return " · ".join(_written(value) for value in part.values() if value not in ("", None, []))


def _priced(row: Mapping[str, Any]) -> str:
    """Write a cost row as people read it: `32 OJ × Rp900.000 = Rp28.800.000 · 522151`."""
    language = (get_language() or "id")[:2]
    factors = [Factor(n, unit) for n, unit in zip(row["counts"], row["units"], strict=True)]
    costs = (rupiah(row[name], language) for name in ("unit_cost", "rupiah"))
    product = " = ".join(costs)
    rest = [row["account"], row["reason"], *(rupiah(one, language) for one in row["prices"])]
    shown = f"{written(factors, language)} × {product}" if factors else product
    return " · ".join([shown, *(one for one in rest if one)])


def _row(row: CostRow) -> dict[str, Any]:
    return {
        "position": row.position,
        "text": row.text,
        "account": row.account,
        "counts": row.counts,
        "units": row.units,
        "unit_cost": row.unit_cost,
        "rupiah": row.rupiah,
        "standard": row.standard,
        "reason": row.reason,
        "prices": row.prices,
        "survey": row.survey.sha256 if row.survey else "",
    }


def _place(place: Place) -> dict[str, Any]:
    return {"regency": place.regency.name, "site": place.site, "people": place.people}


def _good(good: ProposedGood) -> dict[str, Any]:
    names = ("text", "quantity", "unit", "standard", "receiver", "receiver_note")
    return {name: getattr(good, name) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "–"
    return "–" if value in ("", None) else str(value)
