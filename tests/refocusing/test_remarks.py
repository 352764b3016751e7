"""Odd cases: one clear sentence each, on the page's side and the command's."""

import json

import pytest

from pulih.refocusing.command import run
from pulih.refocusing.remarks import remarks
from tests.make import refocusing as make


def said(case) -> list[str]:
    return [remark.en for remark in remarks(case)]


def test_a_usual_case_has_none():
    assert said(make.case()) == []


@pytest.mark.parametrize(
    ("changes", "rows", "words"),
    [
        ({"ceiling": 30}, {}, "Rp5 below what is bound; the heaviest lines: L1 Rp20; L2 Rp15"),
        (
            {"ceiling": 10},
            {"lines": [("L1", "P", "T", 100, 20, 0, 0), ("L2", "Q", "T", 50, 0, 0, 0)]},
            "the heaviest lines: L1 Rp20.",
        ),
        ({}, {"effects": [("T", "skill", 0)]}, "Every effect is zero"),
        ({"coverage": [[0.5, 0], [0.5, 0]]}, {}, "Every weight is zero"),
        (
            {},
            {"needs": [("P1", "skill", 990, 50), ("Q1", "skill", 10, 50)]},
            "Kab. Satu has 99% of all need",
        ),
        ({}, {"costs": [(None, "T", 1), ("Q", "G", 1_000_000)]}, "Rp1 to Rp1,000,000"),
    ],
)
def test_what_is_odd_is_said_with_its_numbers(changes, rows, words):
    found = said(make.case(changes, **rows))
    assert len(found) == 1
    assert words in found[0]


def test_a_case_of_many_cells_is_told_from_a_small_one():
    regencies = [(f"P{n}", "P", f"Kab. {n}") for n in range(10_000)]
    case = make.case(
        areas=[("P", None, "Utara"), *regencies],
        lines=[("L1", "P", "T", 100, 20, 0, 0)],
        costs=[(None, "T", 3), (None, "G", 7)],
        needs=[],
    )
    assert "20,000 cells" in said(case)[0]


def test_the_command_says_it_on_standard_error_and_answers_all_the_same(tmp_path, capsys):
    folder = make.folder(tmp_path / "case", toml=make.as_toml(make.SETTINGS | {"ceiling": 30}))
    assert run([str(folder), "--out", str(tmp_path / "plan"), "--json"]) == 1
    printed = capsys.readouterr()
    assert "Rp5 below what is bound" in printed.err
    assert json.loads(printed.out)["status"] == "infeasible"
