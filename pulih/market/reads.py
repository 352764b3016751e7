"""What pages ask of needs: who falls at which gate, what could be filled, what would change it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.matching import Case, gates, solve
from pulih.matching.explain import explanation
from pulih.matching.grid import Grid
from pulih.matching.ways import makers_of
from pulih.people.models import User
from pulih.people.scope import speaking_as_system
from pulih.workflow.registry import Described

from .cases import Material, firm_id, material_of
from .models import Need, Order

LOOK_SECONDS = 4.0


def describe_needs(person: User, subjects: Collection[int]) -> Mapping[int, Described]:
    rows = Need.objects.visible_to(person).filter(pk__in=subjects)
    return {
        need.pk: Described(f"{need.buyer}: {need.product}", reverse("market:need", args=[need.pk]))
        for need in rows.select_related("buyer", "product")
    }


@dataclass(frozen=True)
class Gated:
    """One maker of a need's product and the first gate at which it falls; `able` falls at none."""

    firm: int
    gate: str
    per_week: int
    price: int


def gated(need: Need, by: User, as_of: date) -> Sequence[Gated]:
    """Say of every maker within one's reach at which gate it falls, alone."""
    case = material_of([need], by=by, as_of=as_of).case()
    if not isinstance(case, Case) or not case.needs:
        return []
    grid = Grid(case)
    found = gates.gates_of(grid, 0)
    makers = makers_of(grid, case.needs[0]).capacities
    rows = []
    for place, gate in zip(makers.tolist(), found.tolist(), strict=True):
        capacity = case.capacities[place]
        name = gates.GATES[gate]
        rows.append(Gated(firm_id(capacity.firm), name, capacity.per_week, capacity.price))
    return rows


@dataclass(frozen=True)
class WhatIf:
    """What a change would bring. units: that could be delivered then."""

    key: str
    units: int
    firms: int


@dataclass(frozen=True)
class Look:
    """What could be delivered of one need now, why not more, and what would change it.

    message: the core's sentence in the language asked for; empty where it can be filled.
    """

    units: int
    missing: int
    messages: Sequence[str]
    what_if: Sequence[WhatIf]


def look(need: Need, by: User, as_of: date, language: str) -> Look | None:
    """Solve one need alone, as it is and with what could be changed; None without any maker."""
    material = material_of([need], by=by, as_of=as_of)
    case = material.case()
    if not isinstance(case, Case):
        return None
    with speaking_as_system():
        is_full = Order.objects.full_needs().filter(need=need).exists()
    if is_full:
        return Look(
            0, need.missing, [_("So many suppliers as the buyer takes hold its orders.")], []
        )
    solved = solve(case, time_limit=LOOK_SECONDS)
    units, told = sum(solved.parts.values()), explanation(solved)
    messages = [
        one[f"message_{language}"] for unmet in told["unmet"] for one in (unmet, *unmet["changes"])
    ]
    missing = need.missing - units
    tried = _what_if(material, case) if missing else []
    return Look(units, missing, messages, [one for one in tried if one.units > units])


def _what_if(material: Material, case: Case) -> list[WhatIf]:
    changed = {"group": _all_in_groups(case)}
    if case.needs[0].standard:
        standard = case.needs[0].standard
        firms = {firm.code for firm in case.firms}
        holders = {one.firm for one in case.certificates}
        changed["certificate"] = {
            "certificates": [(firm, standard, None) for firm in sorted(firms - holders)]
        }
    found = []
    for key, rows in changed.items():
        again = material.with_rows(**rows).case()
        if isinstance(again, Case):
            solved = solve(again, time_limit=LOOK_SECONDS)
            used = {firm for _need, _supplier, firm in solved.parts}
            found.append(WhatIf(key, sum(solved.parts.values()), len(used)))
    return found


def _all_in_groups(case: Case) -> dict[str, list[tuple[object, ...]]]:
    """Let the makers of each regency that are in no group form one, without a fee."""
    inside = {one.firm for one in case.members}
    alone = [firm for firm in case.firms if firm.code not in inside]
    hubs = sorted({firm.regency for firm in alone})
    return {
        "groups": [(f"new-{hub}", hub, 1, 0) for hub in hubs],
        "members": [(f"new-{firm.regency}", firm.code) for firm in alone],
    }
