"""A participant reads by a link what is recorded of the own training, and nothing of others."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import F
from django.urls import reverse
from django.utils.html import strip_tags

from pulih.delivery.actions import goods, handovers, rosters
from pulih.delivery.models import Participant
from pulih.people.links.models import Link
from tests.delivery.test_kits import GIVER, NOW, given
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(payable, client):
    """The address of each participant's page, as the office gets them in one act."""
    cache.clear()
    client.force_login(cast.provincial_officer())
    cohort = payable.cohorts.get()
    page = client.post(reverse("delivery:give-own-pages", args=[cohort.pk])).content.decode()
    # The test's transaction is older than the link, and PostgreSQL asks its clock.
    Link.objects.update(valid_from=F("valid_from") - timedelta(hours=1))
    client.logout()
    return re.findall(r"http://\S+/l/[\w-]{32}", page)


def read(client, address, language="id"):
    client.cookies["pulih_language"] = language
    answer = client.get(address, follow=True)
    return " ".join(strip_tags(answer.content.decode()).split())


def test_each_reads_the_own_page_and_no_other(payable, addresses, client):
    people = list(Participant.objects.filter(activity=payable).order_by("number"))
    assert len(addresses) == len(people) == 5
    said = read(client, addresses[1])
    assert str(people[1].person) in said
    assert str(people[0].person) not in said
    assert make.nik(2) not in said
    assert "milik Anda menurut SK" in said
    assert "Hadir 2 hari" in said
    assert "22 Jun 2020, 08.00 · " in said
    assert "belum masuk daftar" in said
    assert "Belum ada sertifikat" in said
    assert "Your training" in read(client, addresses[2], "en")


def test_money_and_goods_stand_with_their_list_and_bast(payable, addresses, client):
    item, by = make.item(payable), cast.provincial_officer()
    moved = {"quantity": 5, "day": make.FIRST, "by": by, "today": make.LAST}
    goods.make_batch(item, material=None, used=0, session=None, **moved)
    goods.move(item, kind="passed", **moved)
    sent = given(item, payable.cohorts.get())
    handovers.confirm(
        sent[0], received=1, received_on=make.LAST, came_back=0, reason="", now=NOW,
        today=make.LAST, by=by, **GIVER,
    )  # fmt: skip
    made = make.payment_list(payable)
    said = read(client, addresses[0])
    assert "BAST-7/1" in said
    assert "diterima 1" in said
    assert "dikirim, belum dihitung" in read(client, addresses[1])
    entry = made.entries.get(participant__number=1)
    assert f"belum dibayar Rp{entry.net:,}".replace(",", ".") in said.replace("Rp ", "Rp")


def test_money_for_days_present_that_no_list_pays_yet_stands_with_why(payable, addresses, client):
    said = read(client, addresses[0])
    assert "Untuk hari hadir yang belum masuk daftar: Rp220.000" in said.replace("\xa0", "")
    assert "× 2 · belum masuk daftar" in said
    second = Participant.objects.get(activity=payable, number=2)
    rosters.leave(
        second.cohort, number=2, left_on=make.LAST, reason="pindah", by=cast.provincial_officer()
    )
    assert "belum masuk daftar" not in read(client, addresses[1])
    make.payment_list(payable)
    assert "belum masuk daftar" not in read(client, addresses[0])


def test_a_link_that_opens_nothing_says_so_in_a_sentence(addresses, client):
    wrong = client.get(addresses[0][:-3] + "xxx")
    assert wrong.status_code == 404
    first = Link.objects.filter(purpose="delivery.own_page").earliest("pk")
    client.get(addresses[1], follow=True)
    assert client.get(reverse("delivery:own-page", args=[first.pk])).status_code == 404
    Link.objects.filter(pk=first.pk).update(valid_to=F("valid_from") + timedelta(minutes=1))
    assert client.get(addresses[0]).status_code == 404
