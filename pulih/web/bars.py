"""Where the pieces of a drawing stand, in SVG units; the templates only write them down."""

from collections.abc import Sequence
from dataclasses import dataclass

from pulih.web.figures import Amounts

LEFT = 4.0  # Room for half a dot at either end of an axis.


@dataclass(frozen=True)
class Axis:
    """A scale from 0 to `top` on `width` units, with a tick every `step`."""

    top: float
    step: float
    width: int = 172

    def at(self, value: float) -> float:
        """Return where `value` stands; what lies beyond the axis stands at its end."""
        inside = min(max(value, 0.0), self.top)
        return round(LEFT + inside / self.top * (self.width - 2 * LEFT), 1)

    @property
    def ticks(self) -> list[tuple[float, float]]:
        """Return each tick's value and place."""
        count = int(self.top / self.step + 1e-9)
        return [(i * self.step, self.at(i * self.step)) for i in range(count + 1)]


def axis_for(values: Sequence[float], width: int = 172) -> Axis:
    """Return the tightest axis with three or four round steps that holds all `values`."""
    largest = max([*values, 1e-9])
    for power in range(-6, 19):
        for figure in (1, 2, 2.5, 5):
            step = figure * 10.0**power
            if step * 4 >= largest:
                return Axis(top=step * -(-largest // step), step=step, width=width)
    raise AssertionError("A value beyond every axis.")


@dataclass(frozen=True)
class CeilingBar:
    """Realised, committed and unpaid, reserved, free, blocked: one bar from left to right."""

    width: int
    height: int
    realised: float
    committed: float
    reserved: float
    blocked: float
    blocked_at: float

    @property
    def inner_width(self) -> int:
        """Return the width within the edge."""
        return self.width - 1

    @property
    def inner_height(self) -> int:
        """Return the height within the edge."""
        return self.height - 1


def ceiling_bar(amounts: Amounts, width: int = 960, height: int = 26) -> CeilingBar:
    """Return the bar of `amounts`; an empty ceiling is an empty bar."""
    realised, committed, reserved, blocked = (
        round(amounts.share(part) * width, 1)
        for part in (amounts.realised, amounts.committed, amounts.reserved, amounts.blocked)
    )
    blocked_at = round(width - blocked, 1)
    return CeilingBar(width, height, realised, committed, reserved, blocked, blocked_at)


@dataclass(frozen=True)
class Dumbbell:
    """Before and after on one axis, with the floor that may not be crossed."""

    axis: Axis
    before: float
    after: float
    floor: float | None
    is_up: bool


def dumbbell(before: float, after: float, axis: Axis, floor: float | None = None) -> Dumbbell:
    """Return the places of a dumbbell; all values in the unit of `axis`."""
    stands = None if floor is None else axis.at(floor)
    return Dumbbell(axis, axis.at(before), axis.at(after), stands, after > before)


@dataclass(frozen=True)
class Fall:
    """One bar of a waterfall."""

    width: int
    zero: float
    x: float
    length: float
    is_up: bool


def fall(start: float, change: float, low: float, high: float, width: int = 170) -> Fall:
    """Return the bar that goes from `start` by `change` on a scale from `low` to `high`."""
    unit = width / (high - low)
    left = min(start, start + change)
    x, zero = round((left - low) * unit, 1), round(-low * unit, 1)
    return Fall(width, zero, x, round(abs(change) * unit, 1), change > 0)
