"""The rules of what a plan is made of: what breaks them, and what their file may hold."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.measures.catalogue import entries
from pulih.planning.rules.composition import FILE, Part, broken, read, rules

ACCOUNTS = st.sampled_from(["521211", "521213", "521111", "524111", "524119", "526115"])
MONEY = st.integers(0, 10**12)
PARTS = st.lists(st.builds(Part, st.sampled_from(["", "masks", "kits"]), ACCOUNTS, MONEY, MONEY))


def text() -> str:
    return files("pulih.planning").joinpath("data", FILE).read_text("utf-8")


def keys(*parts: Part, year: int = 2020) -> list[tuple[str, str]]:
    return [(one.rule.key, one.measure) for one in broken(parts, rules(), year)]


@pytest.mark.parametrize(
    ("travel", "goods", "expected"),
    [
        ((100, 101), (1_000, 999), [("travel_rises", "")]),
        ((100, 100), (1_000, 999), []),
        ((100, 101), (1_000, 1_000), []),
        ((300, 300), (700, 700), []),
        ((300, 301), (700, 700), [("travel_share", "")]),
        ((0, 0), (0, 0), []),
    ],
)
def test_travel_may_not_rise_while_goods_fall_nor_pass_its_share(travel, goods, expected):
    assert keys(Part("", "524111", *travel), Part("", "526115", *goods)) == expected


def test_a_measure_is_weighed_by_itself_and_some_are_left_out():
    rest = Part("masks", "526115", 9_000, 9_000)
    for measure, expected in (("kits", [("support_share", "kits")]), ("field_mentoring", [])):
        own = (Part(measure, "524113", 60, 60), Part(measure, "521211", 40, 40))
        assert keys(rest, *own) == expected
    assert keys(rest, Part("", "524113", 60, 60)) == []


def test_a_rule_counts_in_its_years_only():
    parts = Part("", "524111", 1, 9), Part("", "526115", 9, 1)
    assert keys(*parts, year=2019) == []
    assert ("travel_rises", "") in keys(*parts, year=2100)


@given(PARTS)
def test_what_changes_nothing_breaks_nothing_but_a_share(parts):
    same = [Part(one.measure, one.account, one.before, one.before) for one in parts]
    for one in broken(same, rules(), 2020):
        assert one.rule.kind == "largest_share"
        assert one.share * 100 > one.rule.largest_percent


def test_measures_that_are_left_out_are_in_the_catalogue():
    known = {one.fields["code"] for one in entries()}
    assert {code for rule in rules() for code in rule.but} <= known


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("largest_percent = 30", "largest_percent = 130", "rule 4, largest_percent: 130"),
        ("largest_percent = 30", 'largest_percent = "30"', "rule 4, largest_percent: '30'"),
        ("largest_percent = 30\n", "", "rule 4, largest_percent: None"),
        ('kind = "may_not_rise"', 'kind = "may_rise"', "rule 1, kind: 'may_rise'"),
        ('accounts = ["524"]', "accounts = []", "rule 1, accounts: []"),
        ('accounts = ["524"]', 'accounts = ["52x"]', "rule 1, accounts: ['52x']"),
        ('of = "plan"', 'of = "year"', "rule 1, of: 'year'"),
        ("to_year = 2100", "to_year = 2019", "rule 1, to_year: 2019"),
        ("from_year = 2020", "from_year = true", "rule 1, from_year: True"),
        ("verified = false", "verified = 0", "rule 1, verified: 0"),
        ('key = "office_rises"', 'key = "travel_rises"', "rule 3, from_year: the years overlap"),
        ("largest_percent = 30", "largest_share = 30", "rule 4, largest_share: no such field"),
        ('source = "COMP-01"', 'source = " "', "rule 1, source: ' '"),
    ],
)
def test_a_bad_file_is_refused_at_its_cell(was, becomes, told):
    assert f"\n{was}" in text()
    with pytest.raises(ValueError, match=re.escape(f"{FILE}, {told}")):
        read(text().replace(f"\n{was}", f"\n{becomes}", 1))
