"""How far the numbers of a question may be moved by hand."""

from ..models import Scenario
from ..rules.bounds import BoundLine


def sliders(scenario: Scenario) -> dict[str, tuple[int, int, int]]:
    """Return least, most and step of each slider: money in rupiah, the rest in percent."""
    lines = bound_of(scenario)
    bound, top = sum(line.bound for line in lines), scenario.solution.before
    step = 10 ** max(0, len(str(top)) - 4)
    most = max(top, scenario.ceiling) * 5 // 4
    return {
        "ceiling": (-(-bound // step) * step, most // step * step, step),
        "floor_percent": (0, 100, 1),
        "cap_percent": (100, 200, 1),
        "cost_percent": (50, 200, 5),
    }


def bound_of(scenario: Scenario) -> list[BoundLine]:
    """Return what no plan may touch of the scenario's own lines."""
    rows = scenario.solution.line_rows.filter(line__isnull=False).select_related("line", "province")
    return [
        BoundLine(
            row.line.line_key, row.province.name, row.before, row.committed, row.blocked,
            row.is_protected,
        )
        for row in rows
        if row.line is not None
    ]  # fmt: skip
