"""What lists say of capacities and certificates is kept, once, with its words."""

from datetime import date

import pytest

from pulih.inbox import actions as inbox_actions
from pulih.market.models import Capacity, Certificate, UnreadCapacity
from tests.make import market
from tests.make.inbox import HEADS
from tests.people import cast

pytestmark = pytest.mark.django_db
MASKS = ("Konveksi Satu", "Masker kain", "500/hari", "lembar", "PIRT; halal")


def test_a_list_brings_capacities_certificates_and_what_it_could_not_read():
    batch = market.listed(
        MASKS,
        ("Konveksi Dua", "masker kain 3 ply", "5", "kodi/minggu", ""),
        ("Konveksi Tiga", "Baju hazmat", "90.000", "potong/hari", ""),
        ("Konveksi Empat", "Anyaman pandan", "70", "buah/hari", "halal"),
        ("Konveksi Lima", "Masker", "cukup banyak", "", ""),
    )
    assert batch.effects["capacities"] == 2
    assert batch.effects["capacities_unread"] == 1
    assert batch.effects["certificates"] == 3
    made = dict(Capacity.objects.values_list("enterprise__name", "per_week"))
    assert made == {"Konveksi Satu": 3000, "Konveksi Dua": 100}
    two = Capacity.objects.get(enterprise__name="Konveksi Dua")
    assert (two.said, two.guesses) == ("5 kodi/minggu", [["unit_converted", "kodi/minggu"]])
    assert two.confirmed_on == batch.as_of
    unread = UnreadCapacity.objects.get()
    assert "Maksud Anda per" in unread.reason_indonesian
    assert Certificate.objects.filter(verified_at=None).count() == 3


def test_the_period_of_the_heading_is_used_and_said():
    heads = (*HEADS, "Kapasitas Produksi per Bulan", "Satuan", "Izin")
    market.listed(("Konveksi Satu", "Masker kain", "2.600", "lembar", ""), heads=heads)
    capacity = Capacity.objects.get()
    assert capacity.per_week == 600
    assert capacity.guesses == [["period_from_heading", "Kapasitas Produksi per Bulan"]]


def test_a_newer_list_speaks_last():
    market.listed(MASKS)
    assert Capacity.objects.get().per_week == 3000
    newer = ("Konveksi Satu", "Masker kain", "200/hari", "lembar", "")
    batch = market.listed(newer, as_of=date(2020, 7, 31))
    assert Capacity.objects.get().per_week == 1200
    inbox_actions.withdraw(batch, by=cast.provincial_officer())
    assert Capacity.objects.get().per_week == 3000


def test_a_list_takes_no_later_word_of_an_office_away():
    market.listed(MASKS)
    capacity = Capacity.objects.get()
    Capacity.objects.update(per_week=900, origin="office", confirmed_on=date(2020, 9, 1), lot=50)
    market.listed(("Konveksi Satu", "Masker kain", "10/hari", "", ""), as_of=date(2020, 7, 31))
    capacity.refresh_from_db()
    assert (capacity.per_week, capacity.origin, capacity.lot) == (900, "office", 50)
