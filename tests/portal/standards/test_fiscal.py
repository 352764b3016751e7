"""The fiscal data package: its tables add up to the ledger, and its model names their columns."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from pulih.portal.standards import fiscal
from pulih.portal.standards.checking import refuse_unless_valid
from tests.make import opendata as make


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


@given(make.ledgers())
def test_payments_add_up_to_what_the_ledger_paid(ledger):
    rows = read(fiscal.payments_csv(ledger))
    paid = sum(one.sum_of("realisation") for one in ledger.documents)
    assert sum(int(row["rupiah"]) for row in rows) == paid


@given(make.ledgers())
def test_only_bodies_are_named_and_the_money_of_others_stays(ledger):
    named = {row["payee"] for row in read(fiscal.payments_csv(ledger))}
    assert named <= {"PT Sinar Uji", "CV. Sagu", ""}


def test_a_payment_that_names_nobody_is_paid_to_whom_its_contract_names():
    ledger = make.ledger(
        make.contract(1, party="PT Sinar Uji"),
        make.payment(2, 1, 5),
        make.payment(3, 1, 5, party="Made Uji"),
        make.contract(4, party="UD Uji"),
        make.payment(5, 4, 5),
        make.payment(6, None, 5),
    )
    told = [(row["payee_kind"], row["payee"]) for row in read(fiscal.payments_csv(ledger))]
    assert told == [
        ("body", "PT Sinar Uji"), ("unknown", ""), ("person", ""), ("unknown", "")
    ]  # fmt: skip


def test_each_line_has_its_five_amounts():
    amounts = {"ceiling": 9, "blocked": 1, "committed": 7, "realised": 5, "reserved": 1}
    first, second = read(fiscal.lines_csv(make.ledger(**amounts)))
    assert {name: int(first[name]) for name in amounts} == amounts
    assert {int(second[name]) for name in amounts} == {0}


def test_the_package_names_the_columns_of_its_tables():
    package = fiscal.package(make.about(), 2020)
    refuse_unless_valid("fiscal/datapackage.json", package)
    tables = {"lines": fiscal.lines_csv, "payments": fiscal.payments_csv}
    for resource in package["resources"]:
        heads = tables[resource["name"]](make.ledger(make.payment(1, None, 5))).split("\n")[0]
        assert heads.split(",") == [field["name"] for field in resource["schema"]["fields"]]
    columns = {field.name for field in fiscal.LINES}
    model = package["model"]
    assert {one["source"] for one in model["measures"].values()} <= columns
    for dimension in model["dimensions"].values():
        assert dimension["primaryKey"] in dimension["attributes"]
        assert {one["source"] for one in dimension["attributes"].values()} <= columns


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_is_one_cell_in_one_line_and_no_formula(text):
    ledger = make.ledger(make.payment(1, None, 5, number=text))
    written = fiscal.payments_csv(ledger)
    assert written.count("\n") == 2
    (row,) = read(written)
    assert not row["document"].startswith(("=", "+", "-", "@"))
