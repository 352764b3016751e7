"""A NIK among the words of a delivered sheet: kept encrypted as delivered, cut in every room."""

from datetime import date

import pytest

from pulih.inbox.models import SourceRecord
from pulih.market.models import Buyer, Capacity, UnreadCapacity
from pulih.proposals.models import EarlierProposal
from tests.architecture.test_identity_numbers import columns_with
from tests.make import market
from tests.market.test_delivered_needs import asked
from tests.market.test_delivered_needs import delivered as needs
from tests.proposals.test_earlier import delivered as proposed
from tests.proposals.test_earlier import head, more

pytestmark = pytest.mark.django_db
NIK, CUT = "3212154505790088", "3212••••••••0088"


def test_a_sheet_of_needs():
    batch = needs(asked(buyer=f"Satgas, Bu Ani {NIK}"), asked(goods=f"Ventilator {NIK}"))
    assert batch.state == "refused"
    assert columns_with(NIK) == []
    needs(asked(buyer=f"Satgas, Bu Ani {NIK}"))
    assert Buyer.objects.get().name == f"Satgas, Bu Ani {CUT}"
    assert columns_with(NIK) == []


def test_a_sheet_of_earlier_proposals():
    proposed(head(text=f"Honor Siti {NIK}"), more(f"Bahan {NIK}"))
    texts = EarlierProposal.objects.get().rows.order_by("pk").values_list("text", flat=True)
    assert list(texts) == [f"Honor Siti {CUT}", f"Bahan {CUT}"]
    assert columns_with(NIK) == []
    assert SourceRecord.objects.count() == 2


def test_a_list_of_makers():
    market.listed(
        ("Konveksi Satu", f"Masker kain {NIK}", "500/hari", "lembar", "PIRT; halal"),
        ("Konveksi Dua", "Masker", f"cukup banyak, {NIK}", "", ""),
        ("Konveksi Tiga", "Masker kain", f"500/hari ({NIK})", "lembar", f"halal {NIK}"),
        as_of=date(2020, 6, 15),
    )
    assert Capacity.objects.exists() or UnreadCapacity.objects.exists()
    assert columns_with(NIK) == []
