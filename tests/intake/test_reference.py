"""Whole small sheets: the fast reader agrees with a slow and obvious one, cell by cell."""

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.intake import read
from tests.examples import examples
from tests.intake.reference_reader import read_list
from tests.make import intake as make


@settings(max_examples=examples(25), deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 25))
def test_the_reader_agrees_with_an_obvious_one(seed: int, count: int) -> None:
    chance = random.Random(seed)
    firms = [make.firm(number) for number in range(1, count + 1)]
    names = list(firms[0])
    chance.shuffle(names)
    rows: list[list[make.Cell]] = [[chance.choice(make.HEADINGS[name]) for name in names]]
    for one in firms:
        rows.append([make.untidy(name, one[name], chance) for name in names])
        if chance.random() < 0.2:
            rows.append([None] * len(names))
    with tempfile.TemporaryDirectory() as folder:
        path = make.write(rows, Path(folder) / "a.csv")
        ours = read(path).rows
        wanted = read_list(path, names)
    assert ours.select("row", *names).to_dicts() == wanted
