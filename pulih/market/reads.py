"""What pages ask of needs: who falls at which gate, what could be filled, what would change it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.matching import Case, Parts, Solved, gates, solve, worth
from pulih.matching.explain import explanation
from pulih.matching.grid import Grid
from pulih.matching.ways import makers_of
from pulih.people.models import User
from pulih.people.scope import speaking_as_system
from pulih.registry.models import Enterprise
from pulih.workflow.registry import Described

from .cases import Material, key_of_code, material_of
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
        rows.append(Gated(key_of_code(capacity.firm), name, capacity.per_week, capacity.price))
    return rows


MOST_NEEDS = 20


def gates_of_firm(firm: Enterprise, by: User, as_of: date) -> Sequence[tuple[Need, str]]:
    """Say of the open needs of what a firm makes, first due first, at which gate it falls."""
    rows = Need.objects.visible_to(by).open_on(as_of).filter(product__capacities__enterprise=firm)
    rows = rows.filter(quantity__gt=F("ordered")).order_by("due", "pk").distinct()
    needs = list(rows.select_related("buyer", "product", "terms__standard")[:MOST_NEEDS])
    case = material_of(needs, by=by, as_of=as_of, of=firm).case()
    if not isinstance(case, Case):
        return []
    grid = Grid(case)
    places = {key_of_code(need.code): place for place, need in enumerate(case.needs)}
    found = ((need, gates.gates_of(grid, places[need.pk])) for need in needs)
    return [(need, gates.GATES[gate[0]]) for need, gate in found if len(gate)]


@dataclass(frozen=True)
class WhatIf:
    """What a change would bring. units: that could be delivered then, by so many firms.

    who: firms that would have to be certified, or to join, those with most units first. price:
    the highest price, rupiah a unit, that would do.
    """

    key: str
    units: int
    firms: int
    who: Sequence[int] = ()
    price: int | None = None
    more: int | None = None  # Rupiah beyond the highest price of today.


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
    messages = [words for unmet in told["unmet"] for words in _said(unmet, f"message_{language}")]
    missing = need.missing - units
    tried = list(_what_if(material, case)) if missing else []
    return Look(units, missing, messages, [one for one in tried if one.units > units])


SAID_MORE_EXACTLY = ("price", "makers")  # By what is solved again below.


def _said(unmet: Mapping[str, Any], name: str) -> Iterator[str]:
    """Yield why a need is not filled and what would bring more, nothing of it twice."""
    yield unmet[name]
    for one in unmet["changes"]:
        if one["change"] not in SAID_MORE_EXACTLY and one[name] not in unmet[name]:
            yield one[name]


def _what_if(material: Material, case: Case) -> Iterator[WhatIf]:
    """Solve again with every maker in a group, with every maker certified, without a price."""
    yield from _if_in_groups(material, case)
    yield from _if_certified(material, case)
    yield from _if_dearer(case)


def _if_in_groups(material: Material, case: Case) -> Iterator[WhatIf]:
    solved = _solved(material.with_rows(**_all_in_groups(case)))
    if solved:
        joined = {part: units for part, units in solved.parts.items() if part[1].startswith("new-")}
        yield _brought("group", solved, _firms(joined))


CERTIFIED = "new"  # No certificate of the list has this name.


def _if_certified(material: Material, case: Case) -> Iterator[WhatIf]:
    standard = case.needs[0].standard
    if not standard:
        return
    grid = Grid(case)
    makers, gate = makers_of(grid, case.needs[0]), gates.GATES.index("certificate")
    fallen = np.flatnonzero(gates.gates_of(grid, 0) == gate)
    without = {case.capacities[place].firm for place in makers.capacities[fallen].tolist()}
    solved = _solved(
        material.with_rows(
            accepts=[(standard, CERTIFIED)],
            certificates=[(firm, CERTIFIED, None) for firm in sorted(without)],
        )
    )
    if solved:
        certified = {part: units for part, units in solved.parts.items() if part[2] in without}
        yield _brought("certificate", solved, _firms(certified))


def _if_dearer(case: Case) -> Iterator[WhatIf]:
    """Say at which highest price the most would come, at the least cost."""
    need = case.needs[0]
    if need.max_price is None:
        return
    solved = solve(replace(case, needs=(replace(need, max_price=None),)), time_limit=LOOK_SECONDS)
    sent = worth.consignments(solved.case, solved.parts)
    price = max((-(-one.total // one.quantity) for one in sent), default=0)
    if price > need.max_price:
        found = _brought("price", solved, ())
        yield replace(found, price=price, more=price - need.max_price)


def _solved(material: Material) -> Solved | None:
    case = material.case()
    return solve(case, time_limit=LOOK_SECONDS) if isinstance(case, Case) else None


def _brought(key: str, solved: Solved, who: Sequence[int]) -> WhatIf:
    firms = {firm for _need, _supplier, firm in solved.parts}
    return WhatIf(key, sum(solved.parts.values()), len(firms), who)


def _firms(parts: Parts) -> Sequence[int]:
    """The firms of these parts, those with most units first."""
    units = Counter[str]()
    for (_need, _supplier, firm), count in parts.items():
        units[firm] += count
    return [
        key_of_code(code) for code, _ in sorted(units.items(), key=lambda one: (-one[1], one[0]))
    ]


def _all_in_groups(case: Case) -> dict[str, list[tuple[object, ...]]]:
    """Let the makers of each regency that are in no group form one, without a fee.

    Those that have an order of the need, or declined it, are not asked by another name.
    """
    inside = {one.firm for one in case.members} | {one.supplier for one in case.barred}
    alone = [firm for firm in case.firms if firm.code not in inside]
    hubs = sorted({firm.regency for firm in alone})
    return {
        "groups": [(f"new-{hub}", hub, 1, 0) for hub in hubs],
        "members": [(f"new-{firm.regency}", firm.code) for firm in alone],
    }
