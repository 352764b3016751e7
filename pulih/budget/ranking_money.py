"""What the ranking of proposals hears of the budget: whose money suffices, one after the other."""

from collections import defaultdict
from collections.abc import Sequence

from pulih.proposals.ranking import Carried, Need

from .actions.funding import free_lines
from .models import BudgetLine
from .rules.funding import in_order


def carried(year: int, needs: Sequence[Need]) -> list[Carried]:
    """Let needs take the free money of the lines of their own provinces, in their order."""
    lines = defaultdict(list)
    found = BudgetLine.objects.filter(
        fiscal_year=year,
        province__in={one.province_id for one in needs},
        account__in={account for one in needs for account in one.rupiah},
        is_protected=False,
    )
    for line in found:
        lines[line.province_id].append(line)
    asked = [(one.rupiah, free_lines(lines[one.province_id], one.measure_id)) for one in needs]
    return [Carried(*one) for one in in_order(asked)]
