"""Sheets of earlier proposals through the inbox: cost rows join, problems stand in their cells."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.inbox import actions as inbox_actions
from pulih.inbox.models import CellProblem
from pulih.people.scope import speaking_for
from pulih.proposals.models import EarlierProposal, EarlierRow
from pulih.proposals.reads import like
from tests.make import inbox
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db
HEADS = (
    *("Nomor Usulan", "Judul Usulan", "Langkah", "Jumlah Peserta", "Hasil", "Uraian", "Akun"),
    *("Volume", "Satuan", "Harga Satuan", "Jumlah Biaya"),
)
LAST_YEAR = date(2019, 12, 31)


def head(number="UK-1", text="Honor narasumber", amount="28.800.000", people="20"):
    return (
        *(number, "Bimtek masker", "mask_training", people, "disetujui", text, "522151"),
        *("32", "OJ", "900.000", amount),
    )


def more(text="Bahan", amount="1.200.000", number=""):
    return (number, "", "", "", "", text, "521211", "1", "paket", "1.200.000", amount)


def delivered(*rows, **values):
    by = cast.provincial_officer()
    usual = {"heads": HEADS, "as_of": LAST_YEAR, "kind": "auto", "by": by, "office": by.home}
    with speaking_for(by):
        return inbox.read(*rows, **{**usual, **values})


def test_cost_rows_join_the_proposal_above_them_whatever_the_office_repeats():
    batch = delivered(head(), more(), head("UK-2"), more(number="UK-2", amount="500"))
    assert (batch.kind, batch.state) == ("proposed", "done")
    assert batch.effects == {"earlier_proposals": 2, "cost_rows": 4}
    first, second = EarlierProposal.objects.order_by("number")
    assert (first.rupiah, second.rupiah) == (30_000_000, 28_800_500)
    assert (first.people, first.fiscal_year, first.outcome) == (20, 2019, "disetujui")
    assert first.measure.code == "mask_training"
    texts = [(row.text, row.account, row.rupiah) for row in first.rows.order_by("pk")]
    assert texts == [("Honor narasumber", "522151", 28_800_000), ("Bahan", "521211", 1_200_000)]


def test_what_cannot_be_used_is_told_in_its_own_cell():
    batch = delivered(more(), head(amount="banyak"), more())
    assert batch.effects == {"earlier_proposals": 1, "cost_rows": 1}
    told = {(one.row, one.column, one.rule) for one in CellProblem.objects.filter(batch=batch)}
    assert (2, "proposal_number", "no_proposal") in told
    assert {(row, column) for row, column, _rule in told} >= {(3, "amount")}


def test_a_corrected_list_takes_the_place_and_a_withdrawn_one_gives_it_back():
    first = delivered(head(), more())
    second = delivered(head(amount="27.000.000"), more())
    counting = EarlierProposal.objects.counting()
    assert [one.rupiah for one in counting] == [28_200_000]
    officer = cast.provincial_officer()
    with speaking_for(officer):
        inbox_actions.withdraw(second, by=officer)
    assert [one.batch_id for one in EarlierProposal.objects.counting()] == [first.pk]


def test_a_like_proposal_is_held_beside_earlier_ones():
    delivered(head(), more())
    proposal = make.complete()
    found = like(proposal)
    assert (found.median_per_participant, found.proposals) == (1_500_000, 1)


def test_other_provinces_and_regencies_see_nothing(client):
    delivered(head(), more())
    address = reverse("proposals:earlier")
    for person, status, is_seen in (
        (cast.provincial_officer(), 200, True),
        (cast.planner(), 200, True),
        (cast.provincial_officer("Bali"), 200, False),
        (cast.regency_officer(), 403, False),
    ):
        client.force_login(person)
        answer = client.get(address)
        assert answer.status_code == status
        assert ("UK-1" in answer.content.decode()) == is_seen
    client.force_login(cast.provincial_officer())
    rows = client.get(reverse("proposals:earlier-rows")).content.decode()
    assert "Honor narasumber" in rows
    with speaking_for(cast.provincial_officer("Bali")):
        assert not EarlierRow.objects.exists()
