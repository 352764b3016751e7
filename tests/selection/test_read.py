"""Each wrong thing in a case is one fault with its place and a sentence."""

import pytest

from pulih.common.errors import Fault
from pulih.selection import Case, case_from_tables, read_case
from tests.make import selection as make

GOOD = {"application": "A", "score": "1", "cost": None, "fixed": None, "sex": "P"}


def places(found: Case | list[Fault]) -> list[tuple[str, int | None, str | None, str | None]]:
    assert isinstance(found, list)
    assert all(fault.message.id and fault.message.en for fault in found)
    return [(fault.table, fault.row, fault.column, fault.value) for fault in found]


def read(rows=None, quotas=None, shares=None, **settings):
    tables = make.tables([GOOD] if rows is None else rows, quotas, shares)
    return case_from_tables(make.SETTINGS | {"exclusive": []} | settings, tables)


@pytest.mark.parametrize(
    "score", ["x", "-1", "1,5", "1e3", "1000000.000001", "0.1234567", None, "٣"]
)
def test_a_score_that_is_none(score):
    assert places(read([GOOD | {"score": score}])) == [("applications", 2, "score", score)]


@pytest.mark.parametrize("score", ["0", "1000000", "1000000.0", "007.5", ".5", "5.", "0.123456"])
def test_a_score_that_is_one(score):
    case = read([GOOD | {"score": score}])
    assert isinstance(case, Case)
    assert case.applications.score[0] == round(float(score) * 10**6)


@pytest.mark.parametrize("cost", ["x", "-1", "1.5", "1e3", "1.000", str(10**18 + 1)])
def test_a_cost_that_is_none(cost):
    assert places(read([GOOD | {"cost": cost}])) == [("applications", 2, "cost", cost)]


def test_a_cost_may_be_as_large_as_the_ledger_holds():
    case = read([GOOD | {"cost": str(10**18)}])
    assert isinstance(case, Case)
    assert case.applications.cost.tolist() == [10**18]


@pytest.mark.parametrize("fixed", ["In", "yes", "1"])
def test_an_unknown_fixed(fixed):
    assert places(read([GOOD | {"fixed": fixed}])) == [("applications", 2, "fixed", fixed)]


def test_an_application_twice_and_a_blank_one():
    found = read([GOOD, GOOD, GOOD | {"application": None}])
    assert places(found) == [
        ("applications", 3, "application", "A"),
        ("applications", 4, "application", None),
    ]


@pytest.mark.parametrize(
    "where",
    [
        "sex",
        "sex=",
        "=P",
        "sex=P;",
        ";sex=P",
        "sex=P|",
        "sex=|P",
        "sex==P",
        "*;sex=P",
        "sex=P;*",
        "age=3",
        "sex=P;age=3",
        "score=1",
        "fixed=in",
        "sex=P&age=3",
        None,
    ],
)
def test_a_condition_that_is_none(where):
    found = read(quotas=[("Q", where, "people", 1, None)])
    assert places(found) == [("quotas", 2, "where", where)]
    found = read(shares=[("S", "*", where, "0.5", None)])
    assert places(found) == [("shares", 2, "of", where)]


def test_blanks_around_the_parts_of_a_condition_do_not_matter():
    case = read(quotas=[("Q", " sex = P | L ; sex = P ", "people", 0, None)])
    assert isinstance(case, Case)
    assert case.quotas[0].where.terms == (("sex", ("L", "P")), ("sex", ("P",)))


@pytest.mark.parametrize(
    ("quota", "column", "value"),
    [
        (("Q", "*", "persons", 1, 2), "unit", "persons"),
        (("Q", "*", None, 1, 2), "unit", None),
        (("Q", "*", "people", 3, 2), "min", "3"),
        (("Q", "*", "people", "1.5", 2), "min", "1.5"),
        (("Q", "*", "people", None, -2), "max", "-2"),
        ((None, "*", "people", 1, 2), "quota", None),
    ],
)
def test_a_quota_that_is_wrong(quota, column, value):
    assert places(read(quotas=[quota])) == [("quotas", 2, column, value)]


@pytest.mark.parametrize(
    ("share", "column", "value"),
    [
        (("S", "*", "*", "1.01", None), "min_share", "1.01"),
        (("S", "*", "*", None, "-0.1"), "max_share", "-0.1"),
        (("S", "*", "*", "0.6", "0.5"), "min_share", "0.6"),
        (("S", "*", "*", "half", None), "min_share", "half"),
    ],
)
def test_a_share_that_is_wrong(share, column, value):
    assert places(read(shares=[share])) == [("shares", 2, column, value)]


def test_a_rule_twice():
    quota = ("Q", "*", "people", 1, None)
    assert places(read(quotas=[quota, quota])) == [("quotas", 3, "quota", "Q")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", ""),
        ("seed", "  "),
        ("seed", 46),
        ("title", 3),
        ("year", "2020"),
        ("year", -1),
        ("exclusive", "sex"),
        ("exclusive", [1]),
        ("exclusive", ["household"]),
        ("exclusive", ["application"]),
    ],
)
def test_a_setting_that_is_wrong(name, value):
    ((table, row, column, _),) = places(read(**{name: value}))
    assert (table, row, column) == ("case", None, name)


@pytest.mark.parametrize("name", ["title", "year", "seed", "exclusive"])
def test_a_setting_that_is_missing(name):
    settings = {key: value for key, value in make.SETTINGS.items() if key != name}
    assert places(case_from_tables(settings, make.tables())) == [("case", None, name, None)]


def test_cost_and_fixed_and_the_tables_of_rules_may_be_absent(tmp_path):
    case = make.folder(tmp_path / "case")
    (case / "quotas.csv").unlink()
    (case / "shares.csv").unlink()
    assert isinstance(read_case(case), Case)


def test_applications_must_be_there_with_their_columns(tmp_path):
    case = make.folder(tmp_path / "case", exclusive=[])
    (case / "applications.csv").write_text("name\nA\n", "utf-8")
    assert places(read_case(case)) == [
        ("applications", 1, "application", None),
        ("applications", 1, "score", None),
    ]
    (case / "applications.csv").unlink()
    assert places(read_case(case)) == [("applications", None, None, None)]


def test_a_folder_that_is_none(tmp_path):
    found = places(read_case(tmp_path / "nowhere"))
    assert found == [("case", None, None, None), ("applications", None, None, None)]
