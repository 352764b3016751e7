"""Lists that came before the market are read for what they say of makers, once."""

import pytest

from pulih.audit.models import Event
from pulih.inbox.models import ImportBatch
from pulih.market import jobs
from pulih.market.models import Capacity, Certificate
from tests.make import market

pytestmark = pytest.mark.django_db
MASKS = ("Konveksi Satu", "Masker kain", "500/hari", "lembar", "PIRT; halal")


def forget(batch):
    """Leave a list as an earlier version of Pulih read it."""
    Capacity.objects.all().delete()
    Certificate.objects.all().delete()
    left = {key: n for key, n in batch.effects.items()
            if not key.startswith(("capacities", "certificates"))}  # fmt: skip
    ImportBatch.objects.filter(pk=batch.pk).update(effects=left)


def test_an_earlier_list_is_read_once():
    batch = market.listed(MASKS)
    told = dict(batch.effects)
    forget(batch)
    jobs.read_earlier(0)
    assert Capacity.objects.get().per_week == 3000
    assert Certificate.objects.count() == told["certificates"]
    batch.refresh_from_db()
    assert batch.effects == told
    Capacity.objects.all().delete()
    jobs.read_earlier(0)
    assert not Capacity.objects.exists()
    assert Event.objects.filter(verb="market.read_earlier").count() == 1


def test_a_withdrawn_list_stays_unread():
    batch = market.listed(MASKS)
    forget(batch)
    ImportBatch.objects.filter(pk=batch.pk).update(state="withdrawn", is_newest=False)
    jobs.read_earlier(0)
    assert not Capacity.objects.exists()
