"""The money and progress of a unit as a tree: programme, activity, output; thousands add up.

An activity's physical progress is the mean of its outputs, weighted by their ceilings; one output
that is not known leaves the whole unknown. Source: REPORT-04.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .facts import MoneyLine, Output, Part, QuarterFacts
from .funds import FUNDS, place_of
from .thousands import parted, rounded

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Node:
    """One programme, activity or output with its sums.

    Amounts in rupiah; those that end in `_k` in thousands. Percentages are of one hundred.
    by_fund: the ceiling by the columns of FUNDS.
    """

    code: str
    part: Part
    ceiling: int
    by_fund: tuple[int, ...]
    realised: int
    realised_before: int
    planned: int | None
    planned_before: int | None
    physical: Decimal | None
    physical_before: Decimal | None
    physical_target: Decimal | None
    physical_target_before: Decimal | None
    ceiling_k: int = 0
    by_fund_k: tuple[int, ...] = (0,) * len(FUNDS)
    realised_k: int = 0
    children: "tuple[Node, ...]" = ()

    @property
    def parts(self) -> set[Part]:
        """The outputs that stand below, or the output itself."""
        if not self.children:
            return {self.part}
        return {part for child in self.children for part in child.parts}

    @property
    def realised_percent(self) -> Decimal | None:
        return self.percent(self.realised)

    def percent(self, amount: int | None) -> Decimal | None:
        """Return `amount` as percent of the ceiling; unknown without a ceiling."""
        if amount is None or not self.ceiling:
            return None
        return Decimal(amount) * HUNDRED / self.ceiling


def tree_of(facts: QuarterFacts) -> Node:
    """Return the unit as a tree with its thousands; the root is the whole unit."""
    parts = sorted({line.part for line in facts.lines} | {one.part for one in facts.outputs})
    leaves = [_leaf(facts, part) for part in parts]
    activities = _grouped(leaves, lambda part: Part(part.programme, part.activity, ""))
    programmes = _grouped(activities, lambda part: Part(part.programme, "", ""))
    root = _sum(Part("", "", ""), programmes)
    return _in_thousands(
        replace(
            root,
            ceiling_k=rounded(root.ceiling),
            realised_k=rounded(root.realised),
        )
    )


def joined(trees: Sequence[Node]) -> Node:
    """Return several units as one; their thousands are added as each of them reports them."""
    return replace(
        _sum(Part("", "", ""), trees),
        ceiling_k=sum(tree.ceiling_k for tree in trees),
        by_fund_k=_added([tree.by_fund_k for tree in trees]),
        realised_k=sum(tree.realised_k for tree in trees),
    )


def _leaf(facts: QuarterFacts, part: Part) -> Node:
    lines = [line for line in facts.lines if line.part == part]
    told = facts.output(part)
    return Node(
        part.output,
        part,
        sum(line.ceiling for line in lines),
        _by_fund(lines),
        sum(line.realised for line in lines),
        sum(line.realised_before for line in lines),
        *_told(told, lines),
    )


def _by_fund(lines: Sequence[MoneyLine]) -> tuple[int, ...]:
    amounts = [0] * len(FUNDS)
    for line in lines:
        amounts[place_of(line.fund_source)] += line.ceiling
    return tuple(amounts)


def _added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Add rows of amounts, fund by fund."""
    return tuple(map(sum, zip((0,) * len(FUNDS), *rows, strict=True)))


def _told(
    told: Output, lines: Sequence[MoneyLine]
) -> tuple[int | None, int | None, Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    # An output emptied of its money and never planned is nothing; it must not hide the others.
    if told.volume is None and not any(line.ceiling for line in lines):
        return 0, 0, None, None, None, None
    return (
        told.planned,
        told.planned_before,
        told.physical,
        told.physical_before,
        told.physical_target,
        told.physical_target_before,
    )


def _grouped(nodes: Sequence[Node], up: Callable[[Part], Part]) -> list[Node]:
    groups: dict[Part, list[Node]] = {}
    for node in nodes:
        groups.setdefault(up(node.part), []).append(node)
    return [_sum(part, children) for part, children in groups.items()]


def _sum(part: Part, children: Sequence[Node]) -> Node:
    return Node(
        part.activity or part.programme,
        part,
        sum(child.ceiling for child in children),
        _added([child.by_fund for child in children]),
        sum(child.realised for child in children),
        sum(child.realised_before for child in children),
        _all([child.planned for child in children]),
        _all([child.planned_before for child in children]),
        _mean([(child.ceiling, child.physical) for child in children]),
        _mean([(child.ceiling, child.physical_before) for child in children]),
        _mean([(child.ceiling, child.physical_target) for child in children]),
        _mean([(child.ceiling, child.physical_target_before) for child in children]),
        children=tuple(children),
    )


def _all(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _mean(weighted: Sequence[tuple[int, Decimal | None]]) -> Decimal | None:
    """Return the mean by weight; what weighs nothing is left out, an unknown hides the whole."""
    counting = [(weight, value) for weight, value in weighted if weight > 0]
    known = [(weight, value) for weight, value in counting if value is not None]
    if not counting or len(known) < len(counting):
        return None
    return sum((weight * value for weight, value in known), Decimal(0)) / sum(
        weight for weight, _value in known
    )


def _in_thousands(node: Node) -> Node:
    """Hand a node's thousands down to its children, and add up what each fund has of them.

    An output's thousands are parted among its funds; above, a fund is the sum of its outputs. So
    rows and columns add up both ways; a fund's sum may differ from its own rounding by less than a
    thousand an output, where amounts are no whole thousands.
    """
    if not node.children:
        return replace(node, by_fund_k=tuple(parted(node.ceiling_k, node.by_fund)))
    ceilings = parted(node.ceiling_k, [child.ceiling for child in node.children])
    realised = parted(node.realised_k, [child.realised for child in node.children])
    children = tuple(
        _in_thousands(replace(child, ceiling_k=ceiling, realised_k=paid))
        for child, ceiling, paid in zip(node.children, ceilings, realised, strict=True)
    )
    return replace(node, by_fund_k=_added([one.by_fund_k for one in children]), children=children)
