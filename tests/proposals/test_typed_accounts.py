"""Accounts as people write them: with dots, with their names, in words, or wrong."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from pulih.proposals.forms import RowForm
from pulih.proposals.rules.cost_sheet import cost_sheet
from tests.make import proposals as make
from tests.proposals.test_cost_sheet import HEADS, sheet

TYPED = {
    "521211": "521211", "52.12.11": "521211", "521 211": "521211", "521211 Belanja Bahan": "521211",
    "Belanja bahan": "521211", "BELANJA  JASA PROFESI": "522151", "52l211": "52l211", "": "",
    "3038.001.051.A.521211": "521211", "5221": "5221",
}  # fmt: skip


@pytest.mark.django_db
def test_an_account_is_read_as_people_write_it_or_quoted_with_the_way_out(client):
    proposal = make.draft()
    for typed, meant in TYPED.items():
        form = RowForm({"account": typed}, proposal=proposal)
        assert form.is_valid(), (typed, form.errors)
        assert form.cleaned_data["account"] == meant, typed
    for language, said in (("id", "bukan akun"), ("en", "is no account")):
        with override(language):
            form = RowForm({"account": "Belanja entah apa"}, proposal=proposal)
            (error,) = form.errors["account"]
            assert f"“Belanja entah apa” {said}" in error
            assert "521211" in error  # One that the measure may use.
    client.force_login(proposal.made_by)
    typed = {"text": "Kain", "account": "Kain dan benang", "factors": "2 paket", "unit_cost": "10"}
    page = client.get(reverse("proposals:check-row", args=[proposal.pk]), typed)
    assert "“Kain dan benang” bukan akun" in page.content.decode()


@pytest.mark.parametrize("cell", ["52l211", "52121", "5212111", "Kain dan benang", "B21211"])
def test_a_sheets_account_that_cannot_be_read_is_not_taken_for_the_one_above(cell):
    read = cost_sheet([sheet(
        HEADS,
        ["", "522151 Belanja Jasa Profesi"],
        ["2", "Paket bahan", cell, "13 paket", "4.250.000", ""],
    )])  # fmt: skip
    assert [(one.cell, f"“{cell}”" in one.message.en) for one in read.faults] == [("C3", True)]


@pytest.mark.parametrize(
    ("cell", "account"),
    [("52.12.11", "521211"), ("425112", "425112"), ("A", "522151"), ("2", "522151"),
     ("-", "522151"), ("3038.001.051.A.521211", "521211"), ("Belanja Bahan", "521211")],
)  # fmt: skip
def test_numbering_beside_a_row_leaves_it_the_account_above(cell, account):
    read = cost_sheet([sheet(
        HEADS,
        ["", "522151 Belanja Jasa Profesi"],
        ["2", "Paket bahan", cell, "13 paket", "4.250.000", ""],
    )])  # fmt: skip
    assert read.faults == []
    assert read.rows[0].account == account
