"""Every rule on money as one exact row of whole numbers: sum(coefficient x pool) >= least.

A pool is the money of all lines of one (province, measure). The solver reads these rows as
floats; rounding, the conflict finder and the checker's arithmetic read them as they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pulih.refocusing.case import COUNTRY, EVERY_MEASURE, Amount, Case, Share

Pool = tuple[str, str]  # Province and measure.


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """sum(coefficient[pool] x money[pool]) >= least, in whole numbers.

    per_rupiah: what one rupiah counts in this row (a share's denominator, else 1).
    """

    name: str
    area: str
    coefficients: Mapping[Pool, int]
    least: int
    per_rupiah: int = 1

    def lacks(self, money: Mapping[Pool, int]) -> int:
        """Return by how much the row fails, 0 when it holds."""
        held = sum(a * money.get(pool, 0) for pool, a in self.coefficients.items())
        return max(0, self.least - held)


def money_rules(case: Case, pools: Sequence[Pool]) -> list[MoneyRule]:
    """Return the ceiling, the amounts and the shares of a case over the pools given."""
    found = [MoneyRule("ceiling", COUNTRY, dict.fromkeys(pools, -1), -case.settings.ceiling)]
    for amount in case.amounts:
        found += _amount(amount, selected(case, pools, amount.province, amount.measures))
    for share in case.shares:
        of = COUNTRY if share.measures == (EVERY_MEASURE,) else share.province
        chosen = selected(case, pools, share.province, share.measures)
        base = selected(case, pools, of, (EVERY_MEASURE,))
        found += _share(share, chosen, base)
    return found


def selected(
    case: Case, pools: Iterable[Pool], province: str, measures: Iterable[str]
) -> list[Pool]:
    """Return the pools of a province (empty: of all) that hold these measures."""
    wanted = case.selected(measures)
    return [pool for pool in pools if pool[1] in wanted and province in (COUNTRY, pool[0])]


def _amount(rule: Amount, chosen: list[Pool]) -> Iterator[MoneyRule]:
    if rule.min_amount is not None:
        name = f"amount:{rule.rule}:min"
        yield MoneyRule(name, rule.province, dict.fromkeys(chosen, 1), rule.min_amount)
    if rule.max_amount is not None:
        name = f"amount:{rule.rule}:max"
        yield MoneyRule(name, rule.province, dict.fromkeys(chosen, -1), -rule.max_amount)


def _share(rule: Share, chosen: list[Pool], base: list[Pool]) -> Iterator[MoneyRule]:
    if rule.min_share is not None:
        yield _share_row(f"share:{rule.rule}:min", rule, chosen, base, rule.min_share, 1)
    if rule.max_share is not None:
        yield _share_row(f"share:{rule.rule}:max", rule, chosen, base, rule.max_share, -1)


def _share_row(
    name: str, rule: Share, chosen: list[Pool], base: list[Pool], share: Fraction, sign: int
) -> MoneyRule:
    """Return `selected >= floor(share x base)`, or `<= ceil` when sign is -1.

    In whole numbers that is denominator x selected - numerator x base > -denominator.
    """
    row = dict.fromkeys(base, -sign * share.numerator)
    for pool in chosen:
        row[pool] = row.get(pool, 0) + sign * share.denominator
    return MoneyRule(name, rule.province, row, 1 - share.denominator, share.denominator)
