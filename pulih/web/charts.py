"""Lines over time: plan dashed, actual solid, forecast a band; words at the ends of the lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from pulih.web import numbers

Text = str | Promise


@dataclass(frozen=True)
class Line:
    """One line. values: one for each label, None where there is none. low: of a band only."""

    name: Text
    kind: Literal["actual", "curve", "plan", "band"]
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    end: Text = ""


@dataclass(frozen=True)
class LineChart:
    """A chart. finding: what it shows, in one sentence. unit follows each number (`%`)."""

    finding: Text
    labels: Sequence[Text]
    lines: Sequence[Line]
    unit: str = ""
    top: float | None = None
    step: float | None = None
    places: int = 1

    def as_json(self) -> dict[str, Any]:
        """Return what chart.js draws."""
        series = [
            {"name": str(line.name), "kind": line.kind, "values": list(line.values)}
            | {"low": list(line.low), "end": str(line.end)}
            for line in self.lines
        ]
        return {
            "labels": [str(label) for label in self.labels],
            "unit": self.unit,
            "top": self.top,
            "step": self.step,
            "places": self.places,
            "series": series,
        }

    def rows(self) -> list[tuple[Text, list[str]]]:
        """Return each line's name and its written values, for the table beside the chart."""
        return [
            (line.name, [self._cell(line, i) for i in range(len(self.labels))])
            for line in self.lines
        ]

    def _cell(self, line: Line, index: int) -> str:
        value = line.values[index]
        if value is None:
            return ""
        high = numbers.decimal(value, self.places)
        low = line.low[index] if line.low else None
        return high if low is None else f"{numbers.decimal(low, self.places)}–{high}"
