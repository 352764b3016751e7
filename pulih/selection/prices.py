"""What bound a plan: the relaxation's prices of rules, an estimate."""

from collections.abc import Iterator

import numpy as np

from pulih.selection.case import MICRO, Floats
from pulih.selection.plan import Price
from pulih.selection.program import relax
from pulih.selection.search import Search

SMALL = 1e-7  # Points below which a rule does not bind.
PER_RUPIAH = 1_000_000  # Rupiah are priced by the million.


def prices_of(search: Search) -> tuple[Price, ...]:
    """Give every side of a rule with a price, the dearest first; none when time ran out."""
    duals = _duals(search)
    found = [] if duals is None else [x for x in _prices(search, duals) if x.points > SMALL]
    return tuple(sorted(found, key=lambda price: (-price.points, price.rule, price.side)))


def _duals(search: Search) -> Floats | None:
    model = search.model
    if search.relaxation is not None:
        return search.relaxation.duals
    if not len(model.lines.lines):
        return None
    everyone = np.arange(len(model.atoms))
    program = model.program(everyone, np.zeros(len(everyone)), penalty=None)
    answer = relax(program, seconds=search.clock.left())
    return None if answer.duals is None else -answer.duals[: len(model.lines.lines)]


def _prices(search: Search, duals: Floats) -> Iterator[Price]:
    model = search.model
    for line, dual, scale in zip(model.lines.lines, duals, model.scale, strict=True):
        rule = search.case.rule[line.rule]
        is_money = getattr(rule, "unit", "people") == "rupiah"
        per = PER_RUPIAH if is_money else line.one
        yield Price(line.rule, line.side, float(dual) / scale * per * model.unit / MICRO)
