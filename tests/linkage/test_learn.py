"""Answers move the weights as far as they justify, and no further."""

import polars as pl
import pytest

from pulih.common.errors import Refusal
from pulih.linkage.explain import explain
from pulih.linkage.learn import learn, read_weights, write_weights
from pulih.linkage.weights import shipped
from tests.linkage.small import record

RENAMED = {"business_name": "Warung Ijo", "phone": None, "nik": None}


def answered(many, is_same):
    rows = [record(f"a{at}") for at in range(many)]
    rows += [record(f"b{at}", **RENAMED) for at in range(many)]
    labelled = [
        {"record_a": f"a{at}", "record_b": f"b{at}", "is_same": is_same} for at in range(many)
    ]
    return learn(pl.DataFrame(labelled), pl.DataFrame(rows), shipped())


def weight(weights):
    return explain(record(1), record(2, **RENAMED), weights).weight


@pytest.mark.slow  # Weights are learned three times.
def test_answers_move_the_weight_their_way_and_more_of_them_move_it_further():
    start = weight(shipped())
    no_few, no_many = weight(answered(2, False)), weight(answered(40, False))
    assert no_many < no_few < start < weight(answered(40, True))


def test_answers_as_expected_leave_what_lasts_of_caution_as_it_is():
    other_work = {"business_name": None, "kbli": "13134", "product": "Batik tulis"}
    rows = [record(f"a{at}") for at in range(100)]
    rows += [record(f"b{at}", **other_work) for at in range(100)]

    def of(weights):
        return explain(record(1), record(2, **other_work), weights).weight

    believed = of(shipped().without_lasting_caution())
    assert believed > of(shipped()) + 3.5
    expected = round(100 / (1 + 2**-believed))
    labelled = [
        {"record_a": f"a{at}", "record_b": f"b{at}", "is_same": at < expected} for at in range(100)
    ]
    learned = learn(pl.DataFrame(labelled), pl.DataFrame(rows), shipped())
    assert of(learned) == pytest.approx(of(shipped()), abs=0.1)


def test_a_single_answer_moves_little():
    assert abs(weight(answered(1, False)) - weight(shipped())) < 3


def test_no_answers_change_nothing():
    labelled = pl.DataFrame(
        {"record_a": ["1", "1"], "record_b": ["2", "9"], "is_same": [None, True]}
    )
    rows = pl.DataFrame([record(1), record(2)])
    assert learn(labelled, rows, shipped()) == shipped()


def test_weights_survive_the_file(tmp_path):
    weights = answered(3, True)
    write_weights(weights, tmp_path / "weights.json")
    assert read_weights(tmp_path / "weights.json") == weights
    (tmp_path / "other.json").write_text("[]", "utf-8")
    with pytest.raises(Refusal):
        read_weights(tmp_path / "other.json")
    with pytest.raises(Refusal):
        read_weights(tmp_path / "none.json")
