from hypothesis import given
from hypothesis import strategies as st

from pulih.web.bars import axis_for, ceiling_bar, dumbbell, fall
from pulih.web.figures import Amounts

amounts = st.lists(st.integers(0, 10**13), min_size=4, max_size=4).map(
    lambda parts: Amounts(
        ceiling=sum(parts), blocked=parts[0], committed=parts[1] + parts[2], realised=parts[1]
    )
)
values = st.floats(0, 1e13, allow_nan=False)


@given(amounts)
def test_the_pieces_of_a_ceiling_never_leave_the_bar_nor_cross(line: Amounts) -> None:
    bar = ceiling_bar(line, width=960)
    assert 0 <= bar.realised <= bar.committed
    assert bar.committed <= bar.blocked_at + 0.11
    assert bar.blocked_at + bar.blocked <= 960.1
    assert line.realised + line.unpaid + line.free + line.blocked == line.ceiling


@given(st.lists(values, min_size=1))
def test_an_axis_holds_all_its_values_with_a_few_round_steps(numbers: list[float]) -> None:
    axis = axis_for(numbers)
    assert axis.top >= max(numbers)
    assert 2 <= len(axis.ticks) <= 5


@given(values, values, values)
def test_a_dumbbell_keeps_the_order_of_its_values(
    before: float, after: float, floor: float
) -> None:
    drawn = dumbbell(before, after, axis_for([before, after, floor]), floor)
    assert drawn.is_up == (after > before)
    assert (drawn.after >= drawn.before) or not drawn.is_up


def test_a_bar_of_a_waterfall_stands_between_its_two_ends() -> None:
    drawn = fall(start=4.7, change=-2.2, low=-10, high=7, width=170)
    assert (drawn.x, drawn.length, drawn.zero, drawn.is_up) == (125.0, 22.0, 100.0, False)
