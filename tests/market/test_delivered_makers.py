"""Lists of makers: prices and lots, numbered certificates, members of groups that are there."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from pulih.inbox import actions as inbox_actions
from pulih.inbox.models import ImportBatch, Kind
from pulih.market.actions import capacities, groups
from pulih.market.models import Capacity, Certificate, Group, GroupKind, Member, UnreadCapacity
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise
from tests.make import inbox, market
from tests.people import cast

pytestmark = pytest.mark.django_db
OFFERS = (*inbox.HEADS, "Kapasitas Produksi", "Satuan", "Harga Jual", "Isi per Lot",
          "Minimal Pesanan", "Bisa Mulai")  # fmt: skip
SEEN = (*inbox.HEADS, "Sertifikat", "Nomor Sertifikat", "Berlaku Mulai", "Berlaku Sampai")
JOINED = (*inbox.HEADS, "Nama Sentra", "Anggota Sejak")
ONE = {"product": "Masker kain", "nib": "9120000000001"}


def delivered(
    heads: tuple[str, ...], *said: str, name: str = "Jahit Rapi", **asked: Any
) -> ImportBatch:
    return read((*inbox.firm(name, **ONE), *said), heads=heads, **asked)


def read(*rows: tuple[str, ...], **asked: Any) -> ImportBatch:
    return inbox.read(*rows, **(market.officer() | {"kind": Kind.AUTO} | asked))


def test_a_capacity_comes_with_price_lot_smallest_order_and_day():
    batch = delivered(OFFERS, "500/hari", "lembar", "Rp2.500", "50", "100", "15/07/2020")
    assert (batch.kind, batch.effects["capacities"]) == ("makers", 1)
    one = Capacity.objects.get()
    assert (one.per_week, one.price, one.lot, one.min_order) == (3000, 2500, 50, 100)
    assert one.free_from == date(2020, 7, 15)


def test_a_later_list_keeps_what_it_leaves_out_and_its_withdrawal_brings_all_back():
    delivered(OFFERS, "500/hari", "lembar", "Rp2.500", "50", "100", "")
    newer = (*inbox.firm("Jahit Rapi", **ONE), "400/hari", "lembar", "", "", "120", "")
    batch = read(newer, heads=OFFERS, as_of=date(2020, 8, 31))
    one = Capacity.objects.get()
    assert (one.per_week, one.price, one.lot, one.min_order) == (2400, 2500, 50, 120)
    inbox_actions.withdraw(batch, by=cast.provincial_officer())
    one = Capacity.objects.get()
    assert (one.per_week, one.price, one.lot, one.min_order) == (3000, 2500, 50, 100)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("5", "kodi/hari", "Rp50.000", "", "", ""), "satuan lain"),
        (("500/hari", "lembar", "0", "", "", ""), "di atas nol"),
    ],
)
def test_a_price_of_dozens_or_of_nothing_is_told_and_not_used(said: tuple[str, ...], told: str):
    delivered(OFFERS, *said)
    assert Capacity.objects.get().price is None
    assert told in UnreadCapacity.objects.get().reason_indonesian


def test_a_numbered_certificate_replaces_the_named_one_and_waits_to_be_seen():
    market.listed(("Jahit Rapi", "Masker kain", "500/hari", "lembar", "PIRT"))
    firm = Capacity.objects.get().enterprise
    said = ("PIRT", "PIRT-0001", "01/02/2020", "31/01/2025")
    batch = read((*inbox.firm(**_as(firm)), *said), heads=SEEN)
    one = Certificate.objects.get()
    assert (one.kind, one.number, one.verified_at) == ("pirt", "PIRT-0001", None)
    assert (one.valid_from, one.valid_to) == (date(2020, 2, 1), date(2025, 1, 31))
    inbox_actions.withdraw(batch, by=cast.provincial_officer())
    assert Certificate.objects.get().number == ""


def _as(firm):
    return {"name": firm.name, "nib": "9120000000001", "owner": "Pemilik 1"}


def test_an_older_list_that_comes_later_does_not_shorten_a_certificate():
    delivered(SEEN, "PIRT", "PIRT-0001", "", "31/01/2025", as_of=date(2020, 8, 31))
    delivered(SEEN, "PIRT", "PIRT-0001", "", "31/01/2021", as_of=date(2020, 3, 31))
    assert Certificate.objects.get().valid_to == date(2025, 1, 31)


def test_an_office_that_sees_a_listed_certificate_makes_it_count():
    delivered(SEEN, "PIRT", "PIRT-0001", "01/02/2020", "31/01/2025")
    listed = Certificate.objects.get()
    seen = capacities.add_certificate(
        listed.enterprise, kind="pirt", standard=None, number="PIRT-0001",
        valid_from=date(2020, 2, 1), valid_to=date(2025, 1, 31), by=cast.provincial_officer(),
    )  # fmt: skip
    assert Certificate.objects.get() == seen
    assert seen.verified_at is not None
    delivered(SEEN, "PIRT", "PIRT-0001", "01/02/2020", "31/01/2024")
    assert Certificate.objects.get().valid_to == date(2025, 1, 31)


def test_members_join_the_group_that_is_there_and_leave_with_the_list():
    group = market.group(name="Sentra Masker")
    batch = delivered(JOINED, "SENTRA MASKER ", "01/03/2020")
    assert batch.effects["members"] == 1
    assert (Member.objects.get().group, Member.objects.get().batch) == (group, batch)
    inbox_actions.withdraw(batch, by=cast.provincial_officer())
    assert not Member.objects.exists()


def test_members_wait_for_a_group_and_join_once_an_office_makes_it():
    batch = delivered(JOINED, "Sentra Masker", "01/03/2020")
    assert (batch.effects["members"], batch.effects["groups_unknown"]) == (0, 1)
    regency = Enterprise.objects.get().regency
    made = groups.save_group(
        Group(), regency=regency, by=cast.provincial_officer(), name="Sentra Masker",
        kind=GroupKind.CLUSTER, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    assert Member.objects.get().group == made
    assert Member.objects.get().valid_from == date(2020, 3, 1)


def test_a_regency_makes_the_group_that_a_list_of_its_province_had_named():
    row = (*inbox.firm("Jahit Rapi", **ONE), "Sentra Masker", "01/03/2020", "Kab. Indramayu")
    province = {"office": cast.area("Jawa Barat"), "by": cast.provincial_officer()}
    read(row, heads=(*JOINED, "Kabupaten/Kota"), **province)
    by, regency = cast.regency_officer(), Enterprise.objects.get().regency
    with connection.cursor() as cursor, speaking_for(by):
        cursor.execute("SET ROLE pulih_app")
        groups.save_group(
            Group(), regency=regency, by=by, name="Sentra Masker", kind=GroupKind.CLUSTER,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
        cursor.execute("RESET ROLE")
    assert Member.objects.get().enterprise == Enterprise.objects.get()


def test_lists_of_one_month_for_other_things_stand_side_by_side():
    first = delivered(OFFERS, "500/hari", "lembar", "Rp2.500", "", "", "")
    second = delivered(SEEN, "PIRT", "PIRT-0001", "", "31/01/2025")
    again = delivered(OFFERS, "600/hari", "lembar", "Rp2.500", "", "", "")
    newest = ImportBatch.objects.filter(is_newest=True)
    assert set(newest) == {second, again}
    assert first not in newest


@pytest.mark.parametrize(
    ("name", "heads", "said", "kept"),
    [
        ("capacities", OFFERS, ("500/hari", "lembar", "Rp2.500", "50", "100", "15/07/2020"),
         Capacity.objects.values_list("per_week", "price", "lot", "min_order", "free_from")),
        ("certificates", SEEN, ("PIRT", "PIRT-0001", "01/02/2020", "31/01/2025"),
         Certificate.objects.values_list("kind", "number", "valid_from", "valid_to")),
    ],
)  # fmt: skip
def test_what_goes_out_comes_in_again(client, name, heads, said, kept):
    delivered(heads, *said)
    before = list(kept.all())
    client.force_login(cast.regency_officer())
    address = reverse(f"market:{name}") + "?per=2020-06-15&format=csv"
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    own, *rows = list(csv.reader(StringIO(text), delimiter=";" if ";" in text else ","))
    batch = read(*map(tuple, rows), heads=tuple(own), as_of=date(2020, 7, 31))
    assert (batch.kind, batch.problem_indonesian) == ("makers", "")
    assert list(kept.filter(batch=batch)) == before


def test_a_corrected_list_of_members_keeps_them_and_its_withdrawal_lets_the_first_count():
    market.group(name="Sentra Masker")
    first = delivered(JOINED, "Sentra Masker", "01/03/2020")
    second = delivered(JOINED, "Sentra Masker", "01/04/2020")
    first.refresh_from_db()
    assert not first.is_newest
    assert (Member.objects.get().batch, second.effects["members"]) == (second, 1)
    inbox_actions.withdraw(second, by=cast.provincial_officer())
    assert Member.objects.get().batch == first
    inbox_actions.restore(second, by=cast.provincial_officer())
    assert Member.objects.get().batch == second


def test_members_that_two_lists_name_stay_when_one_of_them_is_withdrawn():
    market.group(name="Sentra Masker")
    first = delivered(JOINED, "Sentra Masker", "01/03/2020")
    later = delivered(JOINED, "Sentra Masker", "01/04/2020", as_of=date(2020, 8, 31))
    inbox_actions.withdraw(first, by=cast.provincial_officer())
    assert Member.objects.get().batch == later


def test_a_corrected_list_takes_away_the_price_of_the_first():
    delivered(OFFERS, "500/hari", "lembar", "Rp250", "50", "100", "")
    delivered(OFFERS, "500/hari", "lembar", "", "50", "100", "")
    assert Capacity.objects.get().price is None


def stated_by_office(words: str, price: int | None, day: date) -> Capacity:
    return capacities.state_capacity(
        Capacity.objects.get().enterprise, market.product(), words=words, price=price, lot=1,
        min_order=10, free_from=None, today=day, by=cast.regency_officer(),
    )  # fmt: skip


def test_a_withdrawn_list_gives_back_what_the_office_had_said_before_it():
    delivered(OFFERS, "500/hari", "lembar", "Rp2.500", "50", "100", "")
    stated_by_office("300 lembar/hari", 5000, date(2020, 7, 1))
    stated_by_office("350 lembar/hari", 5500, date(2020, 7, 2))
    later = delivered(OFFERS, "400/hari", "lembar", "Rp250", "", "", "", as_of=date(2020, 8, 31))
    assert Capacity.objects.get().batch == later
    inbox_actions.withdraw(later, by=cast.provincial_officer())
    one = Capacity.objects.get()
    assert (one.per_week, one.price, one.min_order, one.origin) == (2100, 5500, 10, "office")
    assert (one.confirmed_on, one.confirmed_by) == (date(2020, 7, 2), cast.regency_officer())
    inbox_actions.restore(later, by=cast.provincial_officer())
    assert (Capacity.objects.get().batch, Capacity.objects.get().price) == (later, 250)


def test_a_later_list_takes_the_offices_price_again_once_the_list_between_is_withdrawn():
    delivered(OFFERS, "500/hari", "lembar", "", "", "", "")
    stated_by_office("300 lembar/hari", 5000, date(2020, 7, 1))
    between = delivered(OFFERS, "400/hari", "lembar", "Rp250", "", "", "", as_of=date(2020, 7, 31))
    last = delivered(OFFERS, "420/hari", "lembar", "", "", "", "", as_of=date(2020, 8, 31))
    assert Capacity.objects.get().price == 250
    inbox_actions.withdraw(between, by=cast.provincial_officer())
    one = Capacity.objects.get()
    assert (one.batch, one.price, one.per_week) == (last, 5000, 2520)


def test_a_withdrawn_list_takes_its_price_away_though_a_later_one_speaks_of_the_capacity():
    first = delivered(OFFERS, "500/hari", "lembar", "Rp250", "50", "100", "")
    delivered(OFFERS, "400/hari", "lembar", "", "", "120", "", as_of=date(2020, 8, 31))
    inbox_actions.withdraw(first, by=cast.provincial_officer())
    one = Capacity.objects.get()
    assert (one.per_week, one.price, one.lot, one.min_order) == (2400, None, 1, 120)
