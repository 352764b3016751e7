"""What the country's relaxation proves of each province, where its own comes too late."""

from dataclasses import dataclass

import numpy as np

from pulih.refocusing.columns import PlanModel
from pulih.refocusing.generate import Relaxed, own_rows
from pulih.refocusing.grid import Floats, Whole
from pulih.refocusing.parts import joining_rules

NO_PROVINCE, OF_ALL = -1, -2


@dataclass(frozen=True)
class FromCountry:
    """What the country's relaxation says of a province: a bound, and duals of its own rows."""

    bound: float
    duals: Floats


def proven_apart(found: Relaxed, relief_price: float) -> list[FromCountry]:
    """Return a bound for each province, at the prices of the duals that prove the country's.

    relief_price: of a firm's relief, as provinces are asked. With what the joining rows count
    themselves the bounds add up to the country's.
    """
    model, duals = found.model, found.centre
    rows, columns = model.program.terms_at(duals, int(model.chosen[0]))
    row_of, column_of = _provinces_of(model)
    full = np.array([float(model.grid.full[p]) for p in model.grid.case.provinces])
    asked = np.maximum(0.0, duals[model.coverage_rows]) * float(model.program.lower[0][0])
    # Relief that the country counts in one column may lie in any province, up to its full relief.
    bounds = full * (asked + min(0.0, float(duals[model.relief_row]) - relief_price))
    for of, terms in ((row_of, rows), (column_of[: len(columns)], columns)):
        inside = of >= 0
        bounds += np.bincount(of[inside], terms[inside], minlength=len(full))
    own = own_rows(model)
    return [
        FromCountry(float(bound), duals[own[row_of[own] == place]])
        for place, bound in enumerate(bounds)
    ]


def _provinces_of(model: PlanModel) -> tuple[Whole, Whole]:
    """Return the province of each row and column; a row has that of any of its columns."""
    program, grid, regencies = model.program, model.grid, model.plans.regencies
    place = {code: index for index, code in enumerate(grid.case.provinces)}
    row_of = np.full(program.height, NO_PROVINCE, dtype=np.int64)
    column_of = np.full(program.width, NO_PROVINCE, dtype=np.int64)
    joining = {rule.name for rule in joining_rules(grid)}
    rules = zip(model.rule_rows, grid.rules, strict=True)
    row_of[[model.relief_row, *(row for row, rule in rules if rule.name in joining)]] = OF_ALL
    row_of[model.coverage_rows] = np.arange(len(place))
    row_of[model.one_rows] = regencies.province
    cells = np.array([place[grid.purses[cell.purse].pool[0]] for cell in grid.cells], np.int64)
    for row, bound in zip(model.limit_rows, grid.bounds, strict=True):
        row_of[row] = cells[bound.cells[0]] if len(bound.cells) else OF_ALL
    column_of[: model.money[0]] = OF_ALL  # The smallest coverage and all relief.
    column_of[model.money] = [place[purse.pool[0]] for purse in grid.purses]
    of_plans = model.plans.regency[: len(model.chosen)]  # More may have come since.
    column_of[model.chosen] = regencies.province[of_plans]
    while _spread(model, row_of, column_of):
        pass
    return row_of, column_of


def _spread(model: PlanModel, row_of: Whole, column_of: Whole) -> bool:
    """Give rows the provinces of their columns and columns those of their rows."""
    before = np.count_nonzero(row_of == NO_PROVINCE) + np.count_nonzero(column_of == NO_PROVINCE)
    for row, column, _ in model.program.entries:
        to_row = (row_of[row] == NO_PROVINCE) & (column_of[column] >= 0)
        row_of[row[to_row]] = column_of[column[to_row]]
        to_column = (column_of[column] == NO_PROVINCE) & (row_of[row] >= 0)
        column_of[column[to_column]] = row_of[row[to_column]]
    after = np.count_nonzero(row_of == NO_PROVINCE) + np.count_nonzero(column_of == NO_PROVINCE)
    return bool(after < before)
