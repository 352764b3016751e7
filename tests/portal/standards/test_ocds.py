"""Open contracting: what a record comes to is what the ledger holds, and only bodies are named."""

import json

import ocdsmerge
import pytest
from hypothesis import given

from pulih.common.errors import Refusal
from pulih.portal.standards import ocds
from pulih.portal.standards.checking import OURS, refuse_unless_valid
from pulih.portal.standards.rows import Change
from tests.make import opendata as make

DEFINED = json.loads((OURS / "ocds_releases.json").read_text())["$defs"]
RELEASE = {**DEFINED["release"], "$defs": DEFINED}


def records(ledger):
    return ocds.record_package(ledger, make.about())["records"]


def test_a_contract_a_change_and_a_payment():
    ledger = make.ledger(
        make.contract(1, 1_000, party="PT Sinar Uji", number="K-1"),
        make.document(2, "commitment", Change(1, "commitment", 500), root=1, number="K-1/A"),
        make.payment(3, 1, 700, number="200631304000871"),
        make.document(4, "return", Change(1, "realisation", -100), root=1),
    )
    (record,) = records(ledger)
    found = record["compiledRelease"]
    assert record["ocid"] == "ocds-uji000-029999-2020-1"
    assert [one["tag"] for one in record["releases"]] == [
        ["planning", "award", "contract"],
        ["contractAmendment"],
        ["implementation"],
        ["implementation"],
    ]
    (contract,) = found["contracts"]
    assert contract["value"] == {"amount": 1_500, "currency": "IDR"}
    paid = [one["value"]["amount"] for one in contract["implementation"]["transactions"]]
    assert paid == [700, -100]
    assert found["planning"]["budget"]["id"] == "3038.001.051.A.521211"
    assert found["awards"][0]["suppliers"][0]["name"] == "PT Sinar Uji"
    roles = {party["name"]: party["roles"] for party in found["parties"]}
    assert roles["PT Sinar Uji"] == ["supplier", "payee"]


def test_a_contract_taken_back_whole_is_cancelled():
    back = make.document(2, "correction", Change(1, "commitment", -1_000), root=1)
    (record,) = records(make.ledger(make.contract(1, 1_000), back))
    assert record["compiledRelease"]["contracts"][0]["status"] == "cancelled"
    assert record["compiledRelease"]["contracts"][0]["value"]["amount"] == 0


def test_a_payment_of_no_commitment_is_no_process():
    assert records(make.ledger(make.payment(1, None, 5))) == []


def test_another_body_that_is_paid_is_no_supplier():
    ledger = make.ledger(
        make.contract(1, party="PT Sinar Uji"), make.payment(2, 1, 5, party="CV Sagu")
    )
    parties = records(ledger)[0]["compiledRelease"]["parties"]
    assert {one["name"]: one["roles"] for one in parties if "address" not in one} == {
        "PT Sinar Uji": ["supplier"],
        "CV Sagu": ["payee"],
    }


@given(make.ledgers())
def test_records_add_up_to_the_ledger(ledger):
    for record in records(ledger):
        (contract,) = record["compiledRelease"]["contracts"]
        chain = [one for one in ledger.documents if str(one.root) == contract["id"]]
        paid = contract.get("implementation", {}).get("transactions", [])
        assert contract["value"]["amount"] == sum(one.sum_of("commitment") for one in chain)
        assert sum(one["value"]["amount"] for one in paid) == sum(
            one.sum_of("realisation") for one in chain
        )
    roots = {one.root for one in ledger.documents if one.root}
    assert len(records(ledger)) == len(roots)


@given(make.ledgers())
def test_both_files_are_as_our_schemas_ask_and_name_nobody_but_bodies(ledger):
    releases = ocds.release_package(ledger, make.about())
    refuse_unless_valid("ocds/releases.json", releases)
    refuse_unless_valid("ocds/records.json", ocds.record_package(ledger, make.about()))
    text = json.dumps(releases)
    assert not any(name in text for name in ("Made Uji", "UD Uji", "Daftar"))
    ids = [one["id"] for one in releases["releases"]]
    assert len(ids) == len(set(ids))


@given(make.ledgers())
def test_a_foreign_tool_merges_the_releases_to_the_same(ledger):
    merger = ocdsmerge.Merger(RELEASE)
    for record in records(ledger):
        assert merger.create_compiled_release(record["releases"]) == record["compiledRelease"]


def test_a_file_that_breaks_its_schema_is_refused_with_its_place():
    package = ocds.release_package(make.ledger(make.contract()), make.about())
    package["releases"][0]["contracts"][0]["status"] = "closed"
    with pytest.raises(Refusal, match="releases/0/contracts/0/status"):
        refuse_unless_valid("ocds/releases.json", package)
