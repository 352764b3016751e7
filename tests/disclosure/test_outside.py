"""What outsiders check, in tables drawn from the contract: `python -m tests.outside protect`."""

import random

import pytest

from tests.disclosure.outside import Judge, _answer, objections
from tests.disclosure.outside_cases import ANSWERS, COUNT, PARTS, Table
from tests.examples import examples


# In the last an answer stayed while the whole, hidden both times, moved.
@pytest.mark.parametrize("seed", [*range(examples(10)), 688])
def test_a_table_of_strangers_withstands_the_attacker(seed, tmp_path):
    assert list(objections(seed, tmp_path)) == []


def counted(whole, status, groups):
    """One release of one area, in which five firms named each of two needs."""
    counts = {("ID", "all", ""): whole}
    counts |= {("ID", "status", name): n for name, n in zip(PARTS["status"], status, strict=True)}
    counts |= {
        ("ID", "kelompok", name): n for name, n in zip(PARTS["kelompok"], groups, strict=True)
    }
    needs = zip(ANSWERS["kebutuhan"], (5, 0, 5), strict=True)
    return counts | {("ID", "kebutuhan", name): n for name, n in needs}


def test_a_hidden_whole_lends_no_reason_to_another_release(tmp_path):
    # Whoever took the two wholes for one number looked for the small number in the first release.
    rules = {"kind": "count", "k": 3, "parts": [*PARTS], "answers": [*ANSWERS]}
    releases = (6, (0, 3, 3), (0, 6)), (9, (1, 5, 3), (2, 7)), (11, (1, 7, 3), (2, 9))
    tables = [Table({COUNT: rules}, {"ID": ""}, counted(*each), {}) for each in releases]
    chance = random.Random(1)
    answers = [
        _answer(each, tmp_path, f"{number}a", number, chance, program=False)
        for number, each in enumerate(tables)
    ]
    assert [*Judge(tables, answers).objections(chance)] == []
