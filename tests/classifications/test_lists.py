"""Code lists hold what was published, each entry with its days and its source."""

import re
from datetime import date
from pathlib import Path

import pytest

from pulih import places
from pulih.classifications import (
    accounts,
    allowances,
    certificates,
    commodities,
    kbli,
    needs,
    obstacles,
    outputs,
    products,
    scales,
    status,
    survey,
)

DAY = date(2020, 5, 1)
LISTS = {
    one.name: one
    for one in (
        accounts.LIST,
        certificates.LIST,
        commodities.LIST,
        commodities.DIRECTORATES,
        kbli.LIST,
        kbli.DIVISIONS,
        needs.LIST,
        obstacles.LIST,
        outputs.LIST,
        status.LIST,
    )
}


@pytest.mark.parametrize("name", LISTS)
def test_a_code_has_one_meaning_on_a_day_and_both_names(name):
    entries = LISTS[name].on(DAY)
    assert len({one.code for one in entries}) == len(entries) > 0
    assert all(one.name("id") and one.name("en") for one in entries)


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_names_a_listed_source(name):
    listed = Path(__file__).parents[2].joinpath("docs/sources.md").read_text()
    cited = {one.source for one in LISTS[name].entries}
    assert cited <= set(re.findall(r"^\| (\S+) \|", listed, re.MULTILINE))


@pytest.mark.parametrize("name", ["needs", "obstacles", "certificates", "status"])
def test_no_word_belongs_to_two_codes(name):
    owner = {}
    for entry in LISTS[name].entries:
        for word in (entry.code, entry.name_indonesian, entry.name_en, *entry.synonyms):
            assert LISTS[name].code_of(word) == entry.code, word
            owner.setdefault(word.casefold(), entry.code)
    assert len(owner) > 10


def test_the_covid_accounts_exist_from_april_2020():
    assert accounts.LIST.find("521241", date(2020, 3, 1)) is None
    assert accounts.is_covid("521241", DAY)
    assert not accounts.is_covid("521211", DAY)


@pytest.mark.parametrize(
    ("code", "physical"),
    [("532111", True), ("533111", True), ("526113", True), ("526211", False), ("521211", False)],
)
def test_capital_and_buildings_are_physical_and_supporting_goods_are_not(code, physical):
    assert accounts.is_physical(code) is physical


def test_all_24_divisions_of_manufacturing_are_known():
    assert [one.code for one in kbli.DIVISIONS.entries] == [str(code) for code in range(10, 34)]


@pytest.mark.parametrize(
    ("code", "made"), [("14111", True), ("33", True), ("47111", False), ("C", None), ("", None)]
)
def test_manufacturing_is_told_from_the_division(code, made):
    assert kbli.is_manufacturing(code) is made


def test_every_division_and_every_listed_activity_has_a_group_and_a_directorate():
    for entry in (*kbli.DIVISIONS.entries, *kbli.LIST.entries):
        group = commodities.group_of(entry.code, DAY)
        assert group is not None, entry.code
        assert commodities.directorate_of(group.code, DAY) is not None


def test_the_directorates_changed_their_names_in_2023():
    before = commodities.directorate_of("furniture", DAY)
    after = commodities.directorate_of("furniture", date(2023, 6, 1))
    assert before.name_indonesian == "IKM Pangan, Barang dari Kayu, dan Furnitur"
    assert after.name_indonesian == "IKM Pangan, Furnitur, dan Bahan Bangunan"


def test_every_product_word_leads_to_a_listed_code():
    for entry in kbli.LIST.entries:
        for word in products.words_of(entry.code):
            assert products.find(word).kbli == entry.code, word


@pytest.mark.parametrize(
    ("text", "code", "made"),
    [
        ("Keripik Singkong", "10794", True),
        ("IND.TAHU", "10392", True),
        ("Kerupuk udang & ikan", "10794", True),
        ("BATIK TULIS", "13134", True),
        ("reseller baju", None, False),
        ("Toko roti", None, False),
        ("Produksi roti, juga toko", "10710", True),
        ("Warung makan", None, False),
        ("xyz", None, None),
        ("", None, None),
    ],
)
def test_words_of_a_product_tell_its_code_and_whether_it_is_made(text, code, made):
    found = products.find(text)
    assert (found.kbli, found.is_manufacturing) == (code, made)


def test_the_thresholds_of_2016_are_those_of_the_regulation():
    rule = scales.rule(DAY)
    assert (rule.few_workers, rule.small_below_rupiah, rule.medium_up_to_rupiah) == (
        19,
        1_000_000_000,
        15_000_000_000,
    )
    assert scales.rule(date(2016, 1, 1)) is None


def test_every_province_of_2020_has_its_daily_allowance_and_half_are_verified():
    found = [allowances.allowance(one, DAY) for one in places.provinces(DAY)]
    assert all(found)
    assert sum(one.verified for one in found) == 17
    jakarta = allowances.allowance(places.resolve("DKI", on=DAY), DAY)
    assert (jakarta.out_of_town, jakarta.in_town_over_8h, jakarta.training) == (
        530_000,
        210_000,
        160_000,
    )


def test_published_counts_of_firms_are_found_by_place_and_the_rest_is_unknown():
    assert survey.firm_count(places.country(), 2020).firms == 4_209_817
    assert survey.firm_count(places.resolve("Jateng", on=DAY), 2020).firms == 898_162
    assert survey.firm_count(places.resolve("Aceh", on=DAY), 2020) is None
