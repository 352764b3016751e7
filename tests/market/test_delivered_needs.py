"""Sheets of needs through the inbox: drafts by row, one sentence for what cannot be used."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.inbox import actions as inbox_actions
from pulih.inbox.models import CellProblem
from pulih.market.actions import needs, offers, runs
from pulih.market.models import Buyer, Need, NeedSource, Order
from tests.make import inbox, market
from tests.people import cast

pytestmark = pytest.mark.django_db
HEADS = ("Nama Pemesan", "Kabupaten/Kota", "Barang", "Jumlah", "Tanggal Diperlukan", "Standar")
DAY = market.DAY


def asked(buyer="RSUD Indramayu", goods="Masker kain 3 ply", quantity="1.200", due="30/06/2020",
          standard=""):  # fmt: skip
    return (buyer, "Kab. Indramayu", goods, quantity, due, standard)


def delivered(*rows, **more):
    named = {"heads": HEADS, "as_of": DAY, "kind": "auto", **market.officer(), **more}
    return inbox.read(*rows, **named)


def test_a_sheet_is_recognised_and_each_row_becomes_a_draft():
    market.buyer()
    batch = delivered(asked(), asked("Gugus Tugas Indramayu", "baju hazmat", "50"))
    assert (batch.kind, batch.state, batch.effects) == ("needs", "done", {"needs_new": 2})
    first, other = Need.objects.order_by("pk")
    assert (first.state, first.quantity, first.due) == ("draft", 1200, date(2020, 6, 30))
    assert (first.product.code, other.product.code) == ("cloth_mask", "hazmat_suit")
    assert first.buyer.verified_at is not None
    assert (other.buyer.kind, other.buyer.verified_at) == ("task_force", None)
    assert NeedSource.objects.get(need=first).source_record.values["buyer"] == "RSUD Indramayu"


def test_what_rows_name_is_read_once_and_a_new_buyer_stays_one():
    market.buyer()
    few = reads_of(asked())
    assert reads_of(asked("rsud indramayu"), asked("Satgas Baru"), asked("SATGAS BARU ")) == few
    assert [one.buyer.name for one in Need.objects.order_by("pk")] == [
        "RSUD Indramayu", "RSUD Indramayu", "Satgas Baru", "Satgas Baru",
    ]  # fmt: skip


def reads_of(*rows):
    """Deliver rows, and count how often what they name is read."""
    tables = ("market_product", "market_standard", "market_buyername")
    with CaptureQueriesContext(connection) as queries:
        delivered(*rows)
    read = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    return {table: sum(f'FROM "{table}"' in sql for sql in read) for table in tables}


def test_a_row_without_a_day_is_told_in_its_own_cell():
    batch = delivered(asked(), asked(quantity="secukupnya"))
    assert batch.effects == {"needs_new": 1}
    problem = CellProblem.objects.filter(batch=batch, rule="not_asked").get()
    assert (problem.row, problem.column) == (3, "quantity")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (asked(goods="Ventilator ICU"), "Baris 2: barang “Ventilator ICU” tidak ada"),
        (asked(due="14/06/2020"), "Baris 2: Kebutuhan harus jatuh tempo setelah 15 Jun 2020"),
        (asked(standard="SNI 8914:2020"), "Baris 2: .*2020"),
        (asked(standard="ISO 13485"), "Baris 2: standar “ISO 13485” bukan standar"),
    ],
)
def test_what_cannot_be_asked_for_is_one_sentence_and_nothing_is_kept(row, words):
    batch = delivered(row)
    assert batch.state == "refused"
    assert re.search(words.lower(), batch.problem_indonesian.lower()), batch.problem_indonesian
    assert not Need.objects.exists()
    assert not Buyer.objects.exists()


def test_a_need_in_dozens_is_one_of_pieces():
    market.buyer()
    delivered((*asked(quantity="50"), "lusin"), heads=(*HEADS, "Satuan"))
    assert (Need.objects.get().quantity, Need.objects.get().terms.min_order) == (600, 1)


def test_a_price_beside_dozens_is_asked_about():
    heads = (*HEADS, "Satuan", "Harga Tertinggi")
    batch = delivered((*asked(quantity="50"), "lusin", "30.000"), heads=heads)
    assert batch.state == "refused"
    assert "tulis semuanya per lembar" in batch.problem_indonesian


def test_a_need_in_a_unit_that_its_product_is_not_counted_in_is_told():
    batch = delivered((*asked(quantity="50"), "liter"), heads=(*HEADS, "Satuan"))
    assert batch.state == "refused"
    assert "satuan “liter”" in batch.problem_indonesian
    assert not Need.objects.exists()


def test_a_corrected_file_takes_the_place_of_the_first():
    delivered(asked())
    batch = delivered(asked(quantity="900"))
    states = Need.objects.order_by("pk").values_list("state", "quantity")
    assert list(states) == [("withdrawn", 1200), ("draft", 900)]
    inbox_actions.withdraw(batch, by=cast.regency_officer())
    assert set(Need.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_a_file_whose_needs_makers_work_on_is_not_withdrawn():
    market.capacity(market.firm("Konveksi 1"))
    buyer = market.buyer()
    batch = delivered(asked())
    need = needs.publish_need(Need.objects.get(), today=DAY, by=cast.planner())
    assert need.buyer == buyer
    runs.adopt(market.run(), by=cast.planner())
    with pytest.raises(Refusal, match="batalkan dulu"):
        inbox_actions.withdraw(batch, by=cast.regency_officer())
    offers.cancel(Order.objects.get(), reason="Salah", by=cast.planner())
    inbox_actions.withdraw(batch, by=cast.regency_officer())
    assert Need.objects.get().state == "withdrawn"


def test_what_goes_out_comes_in_again(client):
    market.need(700)
    client.force_login(cast.regency_officer())
    address = reverse("market:needs") + f"?per={DAY}&format=csv"
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    heads, *rows = list(csv.reader(StringIO(text), delimiter=";" if ";" in text else ","))
    batch = delivered(*map(tuple, rows), heads=tuple(heads))
    assert batch.effects == {"needs_new": 1}
    assert Need.objects.filter(quantity=700).count() == 2


@pytest.mark.parametrize("kind", ["needs", "auto"])
def test_a_list_of_needs_without_a_day_is_refused_in_its_own_words(kind):
    heads = ("Nama Pemesan", "Kabupaten/Kota", "Barang", "Jumlah")
    batch = delivered(asked()[:4], heads=heads, kind=kind)
    assert batch.state == "refused"
    assert 'tidak ada kolom "tanggal diperlukan"' in batch.problem_indonesian
