"""Tables so small that every lawful one can be listed."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.disclosure.explain import explanation
from tests.examples import examples
from tests.make import disclosure as make

K, MOST = 3, 9
RULES = {"firms": {"kind": "count", "k": K, "parts": ["status"]}}
AREAS = {"ID": "", "A": "ID", "B": "ID"}
LEAVES = [(area, category) for area in "AB" for category in ("x", "y")]


def table(leaves):
    """Two areas by two categories, with every total."""
    count = dict.fromkeys(itertools.product(AREAS, ("", "x", "y")), 0)
    for (area, category), number in zip(LEAVES, leaves, strict=True):
        for where, what in itertools.product((area, "ID"), (category, "")):
            count[where, what] += number
    return {
        (area, "status" if category else "all", category): number
        for (area, category), number in count.items()
    }


EVERY = [table(leaves) for leaves in itertools.product(range(MOST + 1), repeat=len(LEAVES))]


def rows(cells):
    return [
        ("firms", "2020", area, AREAS[area], dimension, category, str(number))
        for (area, dimension, category), number in cells.items()
    ]


@settings(max_examples=examples(30))
@given(st.tuples(*[st.integers(0, 6)] * len(LEAVES)))
def test_every_small_cell_has_k_more_lawful_values(leaves):
    done = make.protected(rows(table(leaves)), rules=RULES)
    shown = {
        (row["area"], row["dimension"], row["category"]): int(row["value"])
        for row in make.shown(done)
        if row["value"]
    }
    lawful = [each for each in EVERY if shown.items() <= each.items()]
    assert not done.findings
    for key, audit in done.audits.items():
        if audit.is_small:
            assert len({each[key[2:]] for each in lawful}) >= K + 1


@given(st.tuples(*[st.integers(0, 6)] * len(LEAVES)))
def test_what_is_small_is_hidden_and_what_is_shown_is_true(leaves):
    cells = table(leaves)
    done = make.protected(rows(cells), rules=RULES)
    for row in make.shown(done):
        number = cells[row["area"], row["dimension"], row["category"]]
        assert row["value"] in ("", str(number))
        assert row["marker"] == ("" if row["value"] else "[c]")
        assert not (row["value"] and 1 <= number < K)


def test_a_small_number_that_stands_alone_is_told_by_the_rules():
    """No cell can be its company, and no earlier release is to blame."""
    alone = [("firms", "2020", "ID", "", "all", "", "2")]
    told = explanation(make.protected(alone, rules=RULES))["findings"]
    assert [(each["low"], each["high"]) for each in told] == [("1", "2")]
    assert "holds 1 to 2" in told[0]["message_en"]
    assert "earlier" not in told[0]["message_en"]
