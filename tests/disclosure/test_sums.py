"""Sums: few contributors, one that dominates, a hidden count."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.disclosure import Case, case_from_tables
from tests.make import disclosure as make

RULES = {
    "firms": {"kind": "count", "k": 5},
    "lost": {"kind": "sum", "k": 5, "with": "firms", "p": 10},
}
AREAS = ("A", "B", "C", "D")
PLAIN = (40, 20_000, 900, 800)  # Contributors, the sum, its largest and its second.


def rows(**odd):
    """One country of four provinces; odd ones as (contributors, sum, largest, second)."""
    cells = {area: odd.get(area, PLAIN) for area in AREAS}
    whole = tuple(sum(each[at] for each in cells.values()) for at in (0, 1))
    largest = sorted((n for each in cells.values() for n in each[2:]), reverse=True)
    cells["ID"] = (*whole, *largest[:2])
    found = []
    for area, (contributors, amount, first, second) in cells.items():
        place = ("2020", area, "" if area == "ID" else "ID", "all", "")
        found.append(("firms", *place, str(contributors), "", "", ""))
        found.append(("lost", *place, *map(str, (amount, contributors, first, second))))
    return found


def hidden_of(done, measure):
    return {key.area for key in done.audits if key.measure == measure}


@pytest.mark.parametrize(
    "odd",
    [(3, 20_000, 9_000, 8_000), (40, 20_000, 19_000, 500), (40, 20_000, 10_500, 9_000)],
    ids=["few", "one", "two"],
)
def test_a_sum_that_tells_of_one_firm_is_hidden_with_company(odd):
    done = make.protected(rows(B=odd), rules=RULES)
    assert "B" in hidden_of(done, "lost")
    assert len(hidden_of(done, "lost")) > 1
    audit = next(a for key, a in done.audits.items() if key[0] == "lost" and key.area == "B")
    assert audit.is_small
    assert audit.high - odd[1] >= odd[2] / 10  # Nobody knows the largest to within p percent.


def test_a_sum_follows_its_hidden_count():
    done = make.protected(rows(B=(3, 20_000, 9_000, 8_000)), rules=RULES)
    assert hidden_of(done, "firms") <= hidden_of(done, "lost")
    assert len(hidden_of(done, "firms")) > 1


def test_a_sum_of_many_is_shown():
    done = make.protected(rows(), rules=RULES)
    assert not done.audits


def test_decimals_stay_as_they_are():
    cells = [
        ("firms", "2020", "ID", "", "all", "", "9", "", "", ""),
        ("lost", "2020", "ID", "", "all", "", "12.50", "9", "1.25", "1"),
    ]
    done = make.protected(cells, rules=RULES)
    assert [row["value"] for row in make.shown(done)] == ["9", "12.5"]


def read(contributors, value, largest, second):
    """The case of one sum, or the columns that are at fault."""
    place = ("2020", "ID", "", "all", "")
    cells = [
        ("firms", *place, "9", "", "", ""),
        ("lost", *place, *map(str, (value, contributors, largest, second))),
    ]
    found = case_from_tables({"measures": RULES}, make.frame(cells, make.COLUMNS + make.SUMS))
    return found if isinstance(found, Case) else {(fault.row, fault.column) for fault in found}


@pytest.mark.parametrize(
    ("contributors", "value", "largest", "second", "column"),
    [
        (0, 10, 0, 0, "contributors"),
        (0, 0, 1, 0, "contributors"),
        (1, 10, 9, 0, "largest"),
        (1, 10, 10, 1, "largest"),
        (2, 10, 5, 4, "largest"),
        (9, 10, 8, "2.5", "largest"),
        (9, 10, 2, 3, "second"),
    ],
)
def test_a_sum_that_its_contributors_contradict_is_a_fault(
    contributors, value, largest, second, column
):
    assert read(contributors, value, largest, second) == {(3, column)}


@given(st.lists(st.integers(0, 50), max_size=5))
def test_a_sum_of_any_contributions_is_read(amounts):
    largest, second, *_ = [*sorted(amounts, reverse=True), 0, 0]
    assert isinstance(read(len(amounts), sum(amounts), largest, second), Case)


def table_of(leaves):
    """Counts and sums of areas by status. leaves: what each firm gives, by area and status."""
    cells: dict[tuple[str, str], list[int]] = {}
    for (area, status), gifts in leaves.items():
        for place in itertools.product((area, "ID"), (status, "")):
            cells.setdefault(place, []).extend(gifts)
    found = []
    for (area, status), gifts in cells.items():
        place = ("2020", area, "" if area == "ID" else "ID", "status" if status else "all", status)
        first, second, *_ = [*sorted(gifts, reverse=True), 0, 0]
        found.append(("firms", *place, str(len(gifts)), "", "", ""))
        found.append(("lost", *place, *map(str, (sum(gifts), len(gifts), first, second))))
    return found


BY_STATUS = {name: rule | {"parts": ["status"]} for name, rule in RULES.items()}


def test_the_sum_of_nobody_is_no_company():
    # The count beside it says that nobody is there, and so that the sum is nothing.
    leaves = {("A", "open"): [100] * 5 + [9_000], ("A", "shut"): [50] * 20, ("B", "shut"): []}
    leaves |= {("B", "open"): [60] * 30, ("C", "open"): [60] * 30, ("C", "shut"): [60] * 40}
    done = make.protected(table_of(leaves), rules=BY_STATUS)
    hidden = {key[2:] for key in done.audits if key.measure == "lost"}
    assert ("A", "status", "open") in hidden
    assert ("B", "status", "shut") not in hidden
    assert not done.findings


def test_the_sum_of_nobody_is_shown_where_all_but_a_few_did_not_answer():
    rules = {name: rule | {"answers": ["need"]} for name, rule in RULES.items()}
    found = []
    for area, firms, givers in (("ID", 60, 33), ("A", 20, 3), ("B", 40, 30)):
        for dimension, category, counts in (("all", "", (firms, givers)), ("need", "x", (0, 0))):
            place = ("2020", area, "" if area == "ID" else "ID", dimension, category)
            amount = counts[1] * 100
            largest = "100" if counts[1] else "0"
            found.append(("firms", *place, str(counts[0]), "", "", ""))
            found.append(("lost", *place, str(amount), str(counts[1]), largest, largest))
    done = make.protected(found, rules=rules)
    assert not any(key.category == "x" for key in done.audits)
    assert not done.findings
