"""What pools may buy, against trying everything: no purchase is worth more than is said."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.refocusing import pools
from pulih.refocusing.grid import Purse
from pulih.refocusing.pools import Item, Purchases, Till, lifted, till_of
from tests.examples import examples
from tests.make import refocusing as make

money = st.integers(0, 6).map(float)
worths = st.floats(0, 5)
lines = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)), max_size=3)


@st.composite
def items(draw, place=0):
    setup, step, most = draw(money), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return Item(place, setup, float(step), most, draw(worths), draw(worths))


several = st.integers(0, 3).flatmap(lambda n: st.tuples(*(items(place) for place in range(n))))


@st.composite
def tills(draw):
    """Return what a pool of some lines costs, with change counted or without."""
    rows = draw(lines)
    held = make.case(
        {"ceiling": 100},
        areas=[("P", None, "P"), ("P1", "P", "P1")],
        measures=[("G", "G", "unit", 1, 0)],
        costs=[],
        needs=[],
        effects=[],
        lines=[
            (f"L{number}", "P", "G", committed + blocked + room, committed, blocked, 0)
            for number, (committed, blocked, room) in enumerate(rows)
        ],
    ).lines
    purse = Purse(
        ("P", "G"),
        held,
        before=sum(line.ceiling for line in held),
        floor=sum(line.floor for line in held),
        blocked=sum(line.blocked for line in held),
        is_fixed=False,
    )
    return purse, draw(st.floats(0.1, 4)), draw(st.sampled_from([None, 0.0, 1.5]))


def least_cost(purse, price, change_cost, spent):
    """Return the least cost of holding what is spent, by trying every whole amount."""
    need = max(purse.floor, purse.blocked + spent)
    if change_cost is None:
        return price * (need - purse.floor)
    rooms = sorted(line.floor - line.ceiling for line in purse.lines)

    def cost(held):
        moved, left, changed = abs(held - purse.before), purse.before - held, 0
        if left < 0:
            changed = 1
        for room in rooms:
            changed += left > 1e-9
            left = max(0.0, left + room) if left > 0 else left
        return moved + change_cost * changed + price * held

    return min(
        cost(held) for held in [need, *range(int(need) + 1, int(max(need, purse.before)) + 1)]
    )


@settings(deadline=None, max_examples=examples(100))
@given(tills(), several)
def test_the_best_purchase_is_the_best_of_all(pool, chosen):
    purse, price, change_cost = pool
    till = till_of(purse, 1.0, price, change_cost)
    found = Purchases(till, chosen).best().worth
    best = max(worth - cost for worth, cost in every_purchase(purse, price, change_cost, chosen))
    assert found == pytest.approx(best, abs=1e-6)


def every_purchase(purse, price, change_cost, chosen):
    for counts in itertools.product(*(range(item.most + 1) for item in chosen)):
        bought = [(item, count) for item, count in zip(chosen, counts, strict=True) if count]
        spent = sum(item.setup + item.step * count for item, count in bought)
        worth = sum(item.run + item.batch * count for item, count in bought)
        yield worth, least_cost(purse, price, change_cost, spent)


@settings(deadline=None, max_examples=examples(100))
@given(tills(), several, items(place=9))
def test_lifting_an_item_makes_no_purchase_worth_more(pool, chosen, other):
    till = till_of(pool[0], 1.0, *pool[1:])
    purchases = Purchases(till, chosen)
    before = purchases.best().worth
    purchases.add(lifted(purchases, other))
    assert purchases.best().worth == pytest.approx(before, abs=1e-6)


@settings(deadline=None, max_examples=examples(50))
@given(tills(), several, st.integers(1, 3))
def test_fewer_states_never_say_less(pool, chosen, states):
    till = till_of(pool[0], 1.0, *pool[1:])
    exact = Purchases(till, chosen).best().worth
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "MOST_STATES", states)
        assert Purchases(till, chosen).best().worth >= exact - 1e-9


@settings(deadline=None, max_examples=examples(50))
@given(tills(), several)
def test_arrays_and_lists_agree(pool, chosen):
    till = till_of(pool[0], 1.0, *pool[1:])
    exact = Purchases(till, chosen).best().worth
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "FEW", 0)
        assert Purchases(till, chosen).best().worth == pytest.approx(exact, abs=1e-9)


def test_a_protected_pool_buys_only_what_it_holds():
    till = Till(3.0, ((3.0, 0.0, 0.0),), None, 1.0)
    dear, cheap = Item(0, 2.0, 2.0, 2, 9.0, 1.0), Item(1, 0.0, 1.0, 3, 0.0, 1.0)
    assert Purchases(till, [dear, cheap]).best().counts == ((1, 3),)
