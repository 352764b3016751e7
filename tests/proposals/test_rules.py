"""Every rule of a cost plan, each sentence with its numbers; rows of the mask training of 2020."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.classifications import accounts
from pulih.classifications.standards import standards
from pulih.common.errors import Message
from pulih.places import Level, resolve
from pulih.proposals.rules.factors import read_factors
from pulih.proposals.rules.findings import Severity
from pulih.proposals.rules.plans import Affected, Like, Plan, Quota, assess
from pulih.proposals.rules.rows import Basis, CostRow, check_row

DAY = date(2020, 6, 22)
KALSEL = resolve("Kalimantan Selatan", on=DAY, level=Level.PROVINCE).key
KNOWN = {one.code for one in accounts.LIST.on(DAY)}
ALLOWED = frozenset({"522151", "521219", "521211", "524111"})
BASIS = Basis(DAY, KALSEL, standards(DAY, KALSEL), KNOWN, ALLOWED, Message("Masker", "Masks"))
SURVEYED = {"prices": (4_200_000, 4_250_000, 4_300_000), "has_survey": True}


def row(text, account, calculation, unit_cost, position=1, **values):
    return CostRow(position, text, account, read_factors(calculation), unit_cost, **values)


MASKS = (
    row("Honor narasumber", "522151", "32 OJ", 900_000, 1),
    row("Uang harian diklat peserta", "521219", "65 orang × 4 hari", 110_000, 2),
    row("Paket bahan kain sasirangan", "521211", "13 paket", 4_250_000, 3, **SURVEYED),
    row("Instruktur pendamping", "522151", "13 orang × 4 hari", 150_000, 4),
    row("Perjalanan pemantauan", "524111", "13 orang × 2 hari", 430_000, 5),
)
QUOTAS = tuple(Quota(n, f"Kab. {n}", KALSEL, 5, Affected(40)) for n in range(13))


def few(affected):
    return Quota(12, "Kab. 12", KALSEL, 5, affected)


PLAN = Plan(
    2020, KALSEL, "Kalimantan Selatan", date(2020, 5, 25), DAY, date(2020, 6, 25), 4, 32, 13, 5,
    QUOTAS, {"masker": 6_034}, MASKS,
)  # fmt: skip


def found(checked, key):
    return [one for one in checked.findings if one.key == key]


def test_the_mask_training_adds_up_and_its_travel_is_above_the_standard():
    whole = assess(PLAN, BASIS)
    assert [one.rupiah for one in whole.rows] == [
        28_800_000, 28_600_000, 55_250_000, 7_800_000, 11_180_000,
    ]  # fmt: skip
    assert whole.sums.rupiah == 131_630_000
    assert whole.sums.per_participant == 2_025_076
    assert whole.sums.per_piece == {"masker": 21_814}
    assert [one.over for one in whole.rows] == [0, 0, 0, 0, 50_000]
    (over,) = found(whole, "over_standard")
    assert over.severity == Severity.WARNS
    for number in ("Rp430.000", "Rp380.000", "Rp50.000"):
        assert number in over.message.id
    assert whole.may_be_sent
    lowered = replace(PLAN, rows=(*MASKS[:4], replace(MASKS[4], unit_cost=380_000)))
    assert assess(lowered, BASIS).sums.rupiah == 130_330_000


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"account": "532111", "text": "mesin jahit 5 unit"}, "physical", "“mesin jahit 5 unit”"),
        ({"account": "524119"}, "not_allowed", "521211, 521219, 522151, 524111"),
        ({"account": "999999"}, "account", "999999"),
        ({"text": " "}, "text", "Row 1"),
        ({"unit_cost": 0}, "no_cost", "above zero"),
        ({"unit_cost": 900}, "thousands", "Rp900,000"),
        ({"unit_cost": 900_001}, "over_standard", "Rp1."),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_numbers(change, key, words):
    checked = check_row(replace(MASKS[0], **change), BASIS)
    (one,) = found(checked, key)
    assert words in one.message.en


@pytest.mark.parametrize(
    ("unit_cost", "words"),
    [
        (1_000_000, "Speaker of echelon II"),
        (9_000_000, "one zero too many"),
        (2_700_000, "3 × Rp900,000"),
        (950_123, "by Rp50,123."),
    ],
)
def test_above_the_standard_the_likeliest_intent_is_named(unit_cost, words):
    checked = check_row(replace(MASKS[0], unit_cost=unit_cost), BASIS)
    (one,) = found(checked, "over_standard")
    assert words in one.message.en


def test_above_an_estimate_a_reason_is_asked_for_and_then_it_is_a_note():
    instructor = row("Instruktur menjahit", "522151", "8 OJ", 950_000)
    (asked,) = found(check_row(instructor, BASIS), "over_standard")
    assert asked.severity == Severity.ASKS
    (noted,) = found(check_row(replace(instructor, reason="Langka"), BASIS), "over_standard")
    assert noted.severity == Severity.NOTES


def test_without_an_item_a_survey_of_three_prices_is_asked_for():
    cloth = row("Kain sasirangan", "521211", "13 paket", 4_250_000)
    (asked,) = found(check_row(cloth, BASIS), "survey")
    assert "3 more prices" in asked.message.en
    (paper,) = found(check_row(replace(cloth, prices=SURVEYED["prices"]), BASIS), "survey")
    assert "paper" in paper.message.en
    assert not found(check_row(replace(cloth, **SURVEYED), BASIS), "survey")
    dear = check_row(replace(cloth, unit_cost=4_300_001, **SURVEYED), BASIS)
    assert "Rp1." in found(dear, "over_survey")[0].message.en


def test_an_item_of_another_unit_is_named_beside_the_survey_that_is_asked_for():
    lessons = row("Honor narasumber", "522151", "32 JPL", 900_000)
    (asked,) = found(check_row(lessons, BASIS), "survey")
    assert "dihitung per OJ" in asked.message.id
    (declined,) = found(check_row(replace(lessons, standard="none"), BASIS), "survey")
    assert "per OJ" not in declined.message.id


@pytest.mark.parametrize(
    ("text", "account", "calculation", "chosen"),
    [
        ("Honor narasumber", "522151", "13 orang × 2 paket", ""),
        ("Honor narasumber", "522151", "13 orang × 2 paket", "speaker"),
        ("Honor narasumber", "522151", "65 × 4", ""),
        ("Uang harian diklat peserta", "521219", "65 orang × 4 jam × 3 hari", ""),
    ],
)
def test_a_product_that_no_item_counts_by_has_no_standard(text, account, calculation, chosen):
    checked = check_row(row(text, account, calculation, 100_000, standard=chosen), BASIS)
    assert (checked.standard, checked.suggested, checked.over) == (None, (), 0)
    assert found(checked, "survey") or found(checked, "units")


@pytest.mark.parametrize(
    ("text", "account", "calculation", "amount"),
    [
        ("Honor narasumber", "522151", "2 orang × 4 jam × 3 hari", 900_000),
        ("Honor narasumber", "522151", "2 orang × 4 jam × 3 kegiatan", 900_000),
        ("Uang harian diklat peserta", "521219", "65 orang × 4 hari × 2 kali", 110_000),
    ],
)
def test_activities_times_and_days_of_hours_only_multiply(text, account, calculation, amount):
    standard = check_row(row(text, account, calculation, 110_000), BASIS).standard
    assert standard is not None
    assert standard.amount == amount


def test_an_item_of_another_unit_is_never_the_standard_even_when_chosen():
    chosen = row("Pendamping", "522151", "13 orang × 4 hari", 150_000, standard="instructor")
    assert check_row(chosen, BASIS).standard is None
    declined = replace(MASKS[0], standard="none")
    assert check_row(declined, BASIS).standard is None
    assert found(check_row(declined, BASIS), "survey")


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"starts_on": date(2021, 1, 4), "ends_on": date(2021, 1, 7)}, "year", "2021"),
        ({"starts_on": date(2020, 5, 20)}, "round", "25 May 2020"),
        ({"starts_on": None}, "dates", "empty"),
        ({"ends_on": date(2020, 6, 23)}, "days", "4 days"),
        ({"lesson_hours": 41}, "hours", "41"),
        ({"classes": 12}, "seats", "12 classes × 5 = 60"),
        ({"quotas": (*QUOTAS[:12], Quota(99, "Kab. Badung", 1, 5, None))}, "elsewhere", "Badung"),
        (
            {"quotas": (*QUOTAS[:12], few(Affected(4)))},
            "above_affected",
            "the 4 affected firms known",
        ),
        ({"rows": ()}, "no_rows", "no rows"),
        ({"missing": (("method", Message("Metode", "Method")),)}, "missing", "Method"),
        ({"is_over": True}, "year", "Fiscal year 2020 has ended"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_with_its_numbers(change, key, words):
    whole = assess(replace(PLAN, **change), BASIS)
    assert any(words in one.message.en for one in found(whole, key)), whole.findings
    assert key == "hours" or not whole.may_be_sent


@pytest.mark.parametrize(
    ("affected", "words"),
    [
        (Affected(None, 4), "the 4 workers hit known"),
        (Affected(1, 3), "1 affected firm and 3 workers"),
    ],
)
def test_a_quota_for_laid_off_people_above_those_reported_is_shown_and_may_be_sent(affected, words):
    whole = assess(replace(PLAN, quotas=(*QUOTAS[:12], few(affected))), BASIS)
    assert words in found(whole, "above_affected")[0].message.en
    assert whole.may_be_sent


def test_one_class_one_day_and_one_person_are_no_plural():
    one = replace(
        PLAN, classes=1, class_size=3, days=2, ends_on=PLAN.starts_on,
        quotas=(few(Affected(0)),), rows=(),
    )  # fmt: skip
    said = " ".join(each.message.en for each in assess(one, BASIS).findings)
    assert "1 class × 3 = 3" in said
    assert "2 days of work do not fit into 1 calendar day." in said


def test_a_plan_in_thousands_is_told():
    rows = tuple(replace(one, unit_cost=one.unit_cost // 1_000) for one in MASKS)
    whole = assess(replace(PLAN, rows=rows), BASIS)
    assert "Rp4,250" in found(whole, "thousands")[-1].message.en
    assert not whole.may_be_sent


def test_a_year_without_standards_blocks():
    whole = assess(PLAN, replace(BASIS, standards=()))
    assert found(whole, "no_standards")
    assert not found(whole, "survey")  # Nobody can say yet that no item fits.
    assert not whole.may_be_sent
    typed = check_row(MASKS[0], replace(BASIS, standards=()))
    assert "no standard unit costs of 2020" in found(typed, "no_standards")[0].message.en


def test_a_participant_stands_beside_the_median_and_the_catalogue():
    whole = assess(PLAN, BASIS, Like(1_000_000, 7, 2_100_000))
    assert "7 like proposals" in found(whole, "median")[0].message.en
    assert "Rp1,025,076 above" in found(whole, "median")[0].message.en
    assert "Rp74,924 below" in found(whole, "catalogue")[0].message.en


@given(
    st.lists(st.tuples(st.sampled_from(MASKS), st.integers(1, 5_000_000)), min_size=1, max_size=8)
)
def test_the_sum_is_that_of_the_rows_and_every_sentence_has_both_languages(drawn):
    rows = tuple(
        replace(one, unit_cost=cost, position=place) for place, (one, cost) in enumerate(drawn)
    )
    whole = assess(replace(PLAN, rows=rows), BASIS)
    slow = 0
    for one, cost in drawn:
        product = 1
        for factor in one.factors:
            product *= factor.count
        slow += product * cost
    assert whole.sums.rupiah == slow
    assert all(one.message.id and one.message.en for one in whole.findings)
    for checked in whole.rows:
        if checked.standard:
            assert bool(checked.over) == (checked.row.unit_cost > checked.standard.amount)
