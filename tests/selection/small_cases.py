"""Random cases small enough for the slow reference."""

from typing import Any

from hypothesis import strategies as st

from tests.make import selection as make
from tests.selection.slow_reference import Reference

WHERES = ["*", "a=x", "a=y", "a=x|y", "b=u", "a=x;b=u", "b=u|v", "a=z"]
SHARES = [None, "0", "0.25", "0.333333", "0.5", "0.6666666667", "1"]
SCORES = [["0", "1", "2"], ["1.5", "70", "70.000001"], ["0", "1000000", "0.000001"]]
FAR_APART = [["1000000", "999999.999999", "1", "1.000002", "0.999999"]]
COSTS = [None, "0", "1", "3", "1000000", "999999999999999989", "1000000000000000000"]


@st.composite
def small_cases(draw: Any, most: int = 8, drawn_scores: list[list[str]] = SCORES) -> dict[str, Any]:
    """Draw rows, quotas, shares, exclusive columns and a seed."""
    costs = draw(st.sampled_from([[None], ["1", "2"], COSTS]))
    fixed = draw(st.sampled_from([[None], [None, None, None, "in", "out"]]))
    scores = draw(st.sampled_from(drawn_scores))
    count = draw(st.integers(0, most))
    cell = st.fixed_dictionaries(
        {
            "score": st.sampled_from(scores),
            "cost": st.sampled_from(costs),
            "fixed": st.sampled_from(fixed),
            "a": st.sampled_from(["x", "y", None]),
            "b": st.sampled_from(["u", "v", None]),
            "household": st.sampled_from([None, None, "h", "i", "j"]),
            "class": st.sampled_from([None, None, None, "k"]),
        }
    )
    rows = [
        {"application": f"A{number:02}", **draw(cell)}
        for number in draw(st.permutations(range(count)))
    ]
    return {
        "rows": rows or [],
        "quotas": [draw(quotas(f"Q{n}", count)) for n in range(draw(st.integers(0, 3)))],
        "shares": [draw(share_rules(f"S{n}")) for n in range(draw(st.integers(0, 2)))],
        "exclusive": draw(st.sampled_from([[], ["household"], ["household", "class"]])),
        "seed": draw(st.sampled_from(["one", "two"])),
    }


@st.composite
def quotas(draw: Any, name: str, count: int) -> tuple[Any, ...]:
    unit = draw(st.sampled_from(["people", "people", "rupiah"]))
    if unit == "people":
        bounds = st.integers(0, max(1, count // 2 + 1))
    else:
        bounds = st.sampled_from([0, 1, 2, 3, 5, 10**6, 10**18, 2 * 10**18 - 11, 3 * 10**18])
    low, high = sorted((draw(bounds), draw(bounds)))
    least = low if draw(st.integers(0, 2)) == 0 else None
    most = high if draw(st.booleans()) else None
    return name, draw(st.sampled_from(WHERES)), unit, least, most


@st.composite
def share_rules(draw: Any, name: str) -> tuple[Any, ...]:
    low, high = sorted(draw(st.tuples(*[st.sampled_from(SHARES[1:])] * 2)), key=float)
    least = low if draw(st.booleans()) else None
    most = high if draw(st.integers(0, 2)) == 0 else None
    return name, draw(st.sampled_from(WHERES)), draw(st.sampled_from(WHERES)), least, most


COLUMNS = ("application", "score", "cost", "fixed", "a", "b", "household", "class")


def as_case(drawn: dict[str, Any], **changes: Any) -> Any:
    """Make the case that was drawn; an empty one keeps its headings."""
    drawn = drawn | changes
    rows = drawn["rows"] or [dict.fromkeys(COLUMNS)]
    return make.case(
        rows,
        drawn["quotas"],
        drawn["shares"],
        exclusive=drawn["exclusive"],
        seed=drawn["seed"],
    )


def reference(drawn: dict[str, Any]) -> Reference:
    return Reference(
        drawn["rows"], drawn["quotas"], drawn["shares"], drawn["exclusive"], drawn["seed"]
    )
