"""From plans to movements and from sheets to lines: sums agree, order changes nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.opening import opening
from pulih.common.errors import Refusal
from pulih.revisions.rules.drafts import (
    KnownLine,
    PlannedLine,
    merged,
    moved_line,
    opened_lines,
    scheme_of,
)

money = st.integers(0, 10**12)
TEMPLATE = {"2020": {"activity": "3038", "output": "001", "component": "051", "subcomponent": "Z"}}


@given(money, money, money, money, st.booleans())
def test_a_movement_never_touches_what_is_held_nor_a_stale_or_protected_line(
    before, now, after, held, is_protected
):
    plan = PlannedLine("7", 1, "masks", before, after)
    line = KnownLine(7, 1, "k", "521211", now, held, is_protected)
    if before == now == after:
        assert moved_line(plan, line) is None
    elif before == now and after >= held and not is_protected:
        moved = moved_line(plan, line)
        assert moved.ceiling_before + moved.rupiah == after
    else:
        with pytest.raises(Refusal):
            moved_line(plan, line)


@given(money, st.dictionaries(st.sampled_from(["521211", "522151", "524113"]), st.integers(1, 99)))
def test_opened_lines_hold_exactly_what_the_plan_gives(amount, shares):
    plan = PlannedLine("NEW:1:masks", 1, "masks", 0, amount)
    asked = {"unit_id": 1, "fiscal_year": 2020, "template": TEMPLATE, "known": {}}
    if not shares:
        with pytest.raises(Refusal, match="template"):
            opened_lines(plan, shares=shares, **asked)
        return
    opened = opened_lines(plan, shares=shares, **asked)
    assert sum(one.rupiah for one in opened) == amount
    assert all(one.rupiah > 0 for one in opened)
    assert {one.account for one in opened} <= set(shares)


def test_a_line_that_is_there_is_raised_and_not_opened_twice():
    plan = PlannedLine("NEW:1:masks", 1, "masks", 0, 100)
    known = {"3038.001.051.Z.521211": KnownLine(9, 1, "x", "521211", 50, 0, False)}
    (raised,) = opened_lines(
        plan,
        unit_id=1,
        fiscal_year=2020,
        template=TEMPLATE,
        shares={"521211": 100},
        known=known,
    )
    assert (raised.line_id, raised.ceiling_before, raised.rupiah) == (9, 50, 100)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(-9, 9)), max_size=8), st.randoms())
def test_merging_keeps_the_sum_and_ignores_the_order(pairs, random):
    line = {
        key: KnownLine(place, 1, key, "521211", 1000, 0, False) for place, key in enumerate("ab")
    }
    moved = [
        moved_line(PlannedLine(key, 1, "m", 1000, 1000 + by), line[key]) for key, by in pairs if by
    ]
    once = merged(moved)
    assert sum(one.rupiah for one in once) == sum(by for _key, by in pairs)
    assert len({one.line_key for one in once}) == len(once)
    assert merged(random.sample(moved, len(moved))) == once


def test_the_scheme_of_a_year_is_that_of_its_keys():
    assert (scheme_of(2020), scheme_of(2021)) == ("2020", "2021")


rows = st.lists(
    st.fixed_dictionaries(
        {
            "account": st.sampled_from(["521211", "522151", "524113"]),
            "subcomponent": st.sampled_from("AB"),
            "ceiling": st.integers(1, 10**8),
            "realised": st.none() | st.just(1),
        }
    ),
    min_size=1,
    max_size=12,
)


@given(rows, st.randoms())
def test_a_sheets_lines_add_up_to_its_rows_in_whatever_order(drawn, random):
    common = {"unit_code": "029999", "authority": "KP", "activity": "3038", "output": "001"}
    sheet = [
        {**common, **row, "component": "051", "row": number} for number, row in enumerate(drawn, 2)
    ]
    asked = {"fiscal_year": 2020, "as_of": date(2020, 6, 15), "province_id": 1}
    read = opening(sheet, **asked)
    assert sum(line.amounts.ceiling for line in read.lines) == sum(r["ceiling"] for r in drawn)
    assert len({line.place for line in read.lines}) == len(read.lines)
    again = opening(random.sample(sheet, len(sheet)), **asked)
    amounts = {line.place: line.amounts for line in read.lines}
    assert {line.place: line.amounts for line in again.lines} == amounts
