"""360Giving 1.4: goods that were handed over, as grants.

A body is named. A person is "Penerima perorangan" with an id that means nothing outside its
release, on a month in place of a day, and only where at least `FEWEST` persons share place,
measure and month.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pulih.budget.rules.parties import PartyKind, kind_of, public_name
from pulih.common.periods import WIB

from ..fewest import FEWEST
from .ocds import body_id
from .rows import About, Gift

VERSION = "1.4"
PERSON = "Penerima perorangan"
OFFICES = ("task_force", "health", "public")
Values = dict[str, Any]


def package(gifts: Iterable[Gift], about: About) -> Values | None:
    """Return the package; None where there is nothing: the standard allows no empty one."""
    every = list(gifts)
    persons, left_out = _in_groups([gift for gift in every if body_of(gift) is None])
    grants = [_to_body(gift, about) for gift in every if body_of(gift)]
    grants += [_to_person(gift, n, about) for n, gift in enumerate(_shuffled(persons, about), 1)]
    if not grants:
        return None
    return {
        "version": VERSION,
        "title": f"Barang yang diserahkan kepada penerima, per {about.as_of.isoformat()}",
        "description": (
            "Penerima perorangan tidak dinamai, dan tanggalnya hanya menurut bulan. "
            f"{_said(left_out)} tidak dimuat karena kurang dari {FEWEST} orang menerima hal "
            "yang sama di satu tempat dalam satu bulan."
        ),
        "issued": about.published_at.astimezone(WIB).date().isoformat(),
        "license": about.licence,
        "publisher": {"name": about.publisher, "website": about.site},
        "grants": grants,
    }


def to_industry(gifts: Sequence[Gift]) -> list[Gift]:
    """Those of the rows that anybody can read which went to firms and persons, not to offices."""
    persons, _left_out = _in_groups([gift for gift in gifts if body_of(gift) is None])
    named = [gift for gift in gifts if gift.receiver_kind == "firm" and body_of(gift)]
    return [*named, *persons]


def body_of(gift: Gift) -> str | None:
    return body_named(gift.receiver_kind, gift.receiver_name)


def body_named(kind: str, name: str) -> str | None:
    """Return the name of a body; None for a person, and for who might be one.

    kind: of the receiver, as delivery says it.
    """
    if kind in OFFICES:
        is_person = kind_of(name) in (PartyKind.PERSON, PartyKind.LIST)
        return None if is_person else " ".join(name.split())
    return public_name(name) if kind == "firm" else None


def _in_groups(gifts: Sequence[Gift]) -> tuple[list[Gift], int]:
    """Return the gifts whose group is large enough, and how many others there are."""
    groups: dict[tuple[str, str, date], list[Gift]] = defaultdict(list)
    for gift in gifts:
        groups[gift.area, gift.measure, gift.day.replace(day=1)].append(gift)
    shown = [
        gift
        for group in groups.values()
        if len({gift.receiver for gift in group}) >= FEWEST
        for gift in group
    ]
    return shown, len(gifts) - len(shown)


def _said(left_out: int) -> str:
    """How many hand-overs are left out, but for so few that their number points at somebody."""
    if 1 <= left_out < FEWEST:
        return f"Kurang dari {FEWEST} serah terima"
    return f"{left_out} serah terima"


def _shuffled(gifts: Sequence[Gift], about: About) -> list[Gift]:
    """Put persons in an order that follows neither their days nor the release before."""
    return sorted(
        gifts, key=lambda gift: hashlib.sha256(f"{about.number}/{gift.key}".encode()).digest()
    )


def _to_body(gift: Gift, about: About) -> Values:
    name = body_of(gift) or ""
    grant = _grant(gift, f"{about.giving_prefix}-{gift.key}", gift.day, about)
    if gift.received is not None:
        grant["amountDisbursed"] = gift.value * gift.received // gift.quantity
    return grant | {"recipientOrganization": [{"id": body_id(name), "name": name}]}


def _to_person(gift: Gift, number: int, about: About) -> Values:
    key = f"{about.giving_prefix}-{about.number}-{number}"
    grant = _grant(gift, key, gift.day.replace(day=1), about)
    return grant | {"recipientIndividual": {"id": f"{key}-p", "name": PERSON}}


def _grant(gift: Gift, key: str, day: date, about: About) -> Values:
    what = f"{gift.quantity} {gift.unit} {gift.item}"
    return {
        "id": key,
        "title": gift.item,
        "description": what,
        "currency": "IDR",
        "amountAwarded": gift.value,
        "awardDate": day.isoformat(),
        "fundingOrganization": [{"id": gift.funder, "name": gift.funder_name}],
        "grantProgramme": [{"code": gift.measure, "title": gift.measure_name}],
        "beneficiaryLocation": [
            {"name": gift.area_name, "geoCode": gift.area, "countryCode": "ID"}
        ],
        "dataSource": about.address("grants/360giving.json"),
    }
