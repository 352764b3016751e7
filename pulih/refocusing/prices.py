"""What bound a plan and what it costs: prices from the relaxation of the second stage."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pulih.common.errors import Message
from pulih.common.money import MILLION, firms
from pulih.refocusing.grid import Floats, Grid
from pulih.refocusing.lawful_plan import Kept
from pulih.refocusing.model import Model, coverage_reaches, maximise_relief, model_of
from pulih.refocusing.plan import Binding
from pulih.refocusing.program import run
from pulih.refocusing.words import both, rule_says

SMALL = 1e-7  # Firms per Rp1 million below which a rule does not bind.


@dataclass(frozen=True)
class Priced:
    """The most relief of any plan that keeps what must be kept, in firms, and what holds it."""

    most: float
    binding: tuple[Binding, ...]


def binding(grid: Grid, kept: Kept, seconds: float) -> tuple[Binding, ...]:
    """Return every rule with a price, the dearest first; empty when time ran out."""
    return priced(grid, float(kept.worst), seconds).binding


def priced(grid: Grid, worst: float, seconds: float) -> Priced:
    """Return the relaxation of the second stage: its bound, and every rule with a price.

    worst: the lowest coverage that must be kept. A price is the change of total relief per
    Rp1 million that the rule's amount rises, per unit for limits: an estimate, because the
    relaxation forgets that batches are whole.
    """
    full = float(sum(grid.full.values()))
    if seconds <= 0:
        return Priced(full, ())
    # The most batches that money can buy are rounded down; in the relaxation that bound would
    # bind before the money does, and take its price.
    model = model_of(grid, relaxed=True, room=1)
    if worst:
        coverage_reaches(model, worst)
    unit = max(1.0, full / 1000)
    maximise_relief(model, unit)
    answer = run(model.program, seconds=seconds, relaxed=True)
    if answer.row_duals is None or answer.column_duals is None:
        return Priced(full, ())
    found = _prices(model, -answer.row_duals * unit, -answer.column_duals * unit)
    bound = [
        Binding(rule, area, float(price), _sentence(grid, rule, price))
        for rule, area, price in found
        if abs(price) > SMALL
    ]
    dearest = sorted(bound, key=lambda b: (-abs(b.price), b.rule))
    return Priced(min(full, -answer.bound * unit), tuple(dearest))


def _prices(model: Model, rows: Floats, columns: Floats) -> Iterator[tuple[str, str, float]]:
    grid, per_million = model.grid, MILLION / model.grid.scale
    first = len(np.unique(grid.cell_purse)) + len(grid.needs)
    used = np.unique(grid.cell_purse)
    for row, index in enumerate(used):
        province, measure = grid.purses[index].pool
        # A rupiah given to the pool frees one that it had to buy: the row's right side falls.
        yield f"money:{province}:{measure}", province, -rows[row] * per_million
    for place, bound in enumerate(grid.bounds):
        price = rows[first + place] / grid.case.measure[bound.measure].batch
        side = "min" if price < 0 else "max"
        yield f"limit:{bound.area}:{bound.measure}:{side}", bound.area, price
    for row, rule in zip(model.rule_rows, grid.rules, strict=True):
        sign = -1.0 if rule.name == "ceiling" or rule.name.endswith(":max") else 1.0
        yield rule.name, rule.area, sign * rows[row] * per_million
    for purse, price in zip(grid.purses, columns[model.money], strict=True):
        for line in purse.lines:
            if line.is_protected or (price < 0 and line.floor):
                kind = "protected" if line.is_protected else "floor"
                yield f"{kind}:{line.code}", line.province, price * per_million


def _sentence(grid: Grid, rule: str, price: float) -> Message:
    says = rule_says(grid.case, rule)
    per = both("satuan", "unit") if rule.startswith("limit:") else both("Rp1 juta", "Rp1 million")
    amount = abs(price)
    more_id, more_en = ("menambah", "adds") if price > 0 else ("mengurangi", "takes away")
    return both(
        f"{says.id} Setiap {per.id} lebih tinggi {more_id} sekitar {firms(amount)} "
        "kelegaan perusahaan (perkiraan).",
        f"{says.en} Each {per.en} more {more_en} about {firms(amount, 'en')} firms' relief "
        "(an estimate).",
    )
