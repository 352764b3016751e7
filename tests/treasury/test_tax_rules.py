"""What the rules withhold, beside a slow reference that reads the file by itself."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.working_days import Calendar
from pulih.treasury.rules import taxes
from pulih.treasury.rules.taxes import Payee

FILE = tomllib.loads(files("pulih.treasury").joinpath("data/taxes.toml").read_text("utf-8"))
ACCOUNTS = (
    "521211",
    "521213",
    "522141",
    "522151",
    "524119",
    "526211",
    "532111",
    "533111",
    "511111",
)
RATES = FILE["rate"]
PARTS = {"eleven_twelfths": 11}
payees = st.sampled_from(list(Payee))
days = st.dates(date(2019, 1, 1), date(2026, 12, 31))
charges = st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(1, 10**10), min_size=1, max_size=3)
JUNE = date(2020, 6, 15)
NOTHING_CLOSED = Calendar(frozenset())


def newest(rows, on):
    found = None
    for row in rows:
        if row["valid_from"] <= on and (found is None or row["valid_from"] > found["valid_from"]):
            found = row
    return found


def net_of_vat(payee, rupiah, on):
    """Count up from the bill: the largest sum that with its VAT is no more than the bill."""
    if payee != "vat_body":
        return rupiah
    row = newest([one for one in FILE["rate"] if one["tax"] == "ppn"], on)
    vat = Decimal(row["steps"][0]["rate"]) * PARTS.get(row["base"], 12) / 12
    found = int(rupiah / (1 + vat)) - 2
    while (found + 1) * (1 + vat) <= rupiah:
        found += 1
    return found


def slowly(payee, charge, on, has_number):
    """Withhold step by step, rupiah of each bracket by itself."""
    found = {}
    for account, rupiah in charge.items():
        for tax in ("pph21", "pph22", "pph23", "pph4_2", "ppn"):
            rows = [one for one in RATES if one["tax"] == tax and payee in one["payees"]]
            rows = [one for one in rows if any(account.startswith(a) for a in one["accounts"])]
            row = newest(rows, on)
            if row is None or net_of_vat(payee, sum(charge.values()), on) <= row["above"]:
                continue
            base = {"gross": rupiah, "half": rupiah // 2}.get(
                row["base"], net_of_vat(payee, rupiah, on)
            )
            left, before, total = base, 0, Decimal(0)
            for step in row["steps"]:
                part = left if "to" not in step else min(left, step["to"] - before)
                total += part * Decimal(step["rate"]) * PARTS.get(row["base"], 12) / 12
                left, before = left - part, step.get("to", 0)
            if not has_number:
                total *= Decimal(row["without_number"])
            found[tax] = found.get(tax, 0) + int(total)
    return {tax: rupiah for tax, rupiah in found.items() if rupiah}


@given(payees, charges, days, st.booleans())
def test_the_rules_withhold_what_a_slow_reading_withholds(payee, charge, on, has_number):
    found = taxes.suggest(payee, charge, on, has_number=has_number)
    assert {one.tax: one.rupiah for one in found} == slowly(payee, charge, on, has_number)


@given(payees, charges, days)
def test_a_payee_always_gets_something_and_a_number_never_costs(payee, charge, on):
    with_number = taxes.suggest(payee, charge, on, has_number=True)
    without = taxes.suggest(payee, charge, on, has_number=False)
    assert sum(one.rupiah for one in with_number) <= sum(one.rupiah for one in without)
    assert sum(one.rupiah for one in without) < sum(charge.values())
    assert all(0 < one.rupiah <= one.base <= sum(charge.values()) for one in without)


@pytest.mark.parametrize(
    ("payee", "account", "rupiah", "on", "withheld"),
    [
        ("vat_body", "521211", 11_000_000, JUNE, {"pph22": 150_000, "ppn": 1_000_000}),
        ("vat_body", "521211", 11_100_000, date(2022, 4, 1), {"pph22": 150_000, "ppn": 1_100_000}),
        ("vat_body", "521211", 11_100_000, date(2025, 1, 2), {"pph22": 150_000, "ppn": 1_100_000}),
        ("vat_body", "521211", 2_200_000, JUNE, {}),
        ("vat_body", "521211", 2_200_001 + 1_000, JUNE, {"pph22": 30_013, "ppn": 200_091}),
        ("vat_body", "521211", 2_200_000, date(2020, 3, 31), {"ppn": 200_000}),
        ("vat_body", "521211", 1_000_000, date(2020, 3, 31), {}),
        ("vat_body", "521211", 1_000_010, date(2020, 3, 31), {"ppn": 90_910}),
        ("body", "522151", 10_000_000, JUNE, {"pph23": 200_000}),
        ("servant_2", "522151", 900_000, JUNE, {}),
        ("servant_3", "522151", 900_000, JUNE, {"pph21": 45_000}),
        ("servant_4", "522151", 1_000_000, JUNE, {"pph21": 150_000}),
        ("person", "522151", 200_000_000, JUNE, {"pph21": 10_000_000}),
        ("small", "521211", 10_000_000, date(2019, 6, 1), {"pph4_2": 50_000}),
        ("small", "521211", 10_000_000, JUNE, {}),
        ("exempt", "524119", 10_000_000, JUNE, {}),
        ("vat_body", "521211", 11_000_000, date(1999, 12, 31), {}),
    ],
)
def test_cases_worked_out_by_hand(payee, account, rupiah, on, withheld):
    found = taxes.suggest(payee, {account: rupiah}, on, has_number=True)
    assert {one.tax: one.rupiah for one in found} == withheld


@given(st.sampled_from(list(taxes.taxes())), days, st.frozensets(days, max_size=30))
def test_what_is_withheld_later_is_never_due_earlier(tax, on, closed):
    calendar = Calendar(closed)
    due = taxes.due_on(tax, on, calendar)
    assert due >= on
    assert calendar.is_open(due)
    assert taxes.due_on(tax, on + timedelta(days=1), calendar) >= due


@given(st.sampled_from(list(taxes.taxes())), days, st.integers(0, 60))
def test_late_is_what_is_past_its_day(tax, today, ago):
    withheld, last = today - timedelta(days=ago), taxes.late_until(tax, today, NOTHING_CLOSED)
    is_late = taxes.due_on(tax, withheld, NOTHING_CLOSED) < today
    assert is_late == (last is not None and withheld <= last)


def test_days_by_which_taxes_are_paid_in():
    assert taxes.due_on("pph22", date(2020, 6, 15), NOTHING_CLOSED) == date(2020, 6, 22)
    assert taxes.due_on("pph21", date(2020, 12, 31), NOTHING_CLOSED) == date(
        2021, 1, 11
    )  # Sunday 10.
    assert taxes.due_on("pph21", date(2025, 3, 3), NOTHING_CLOSED) == date(2025, 4, 15)
    assert taxes.due_on("ppn", date(1999, 1, 1), NOTHING_CLOSED) is None
