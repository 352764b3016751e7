"""Whoever has a link opens the rows of public tables in which they are counted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from pulih.areas.models import Area
from pulih.market.links import READINESS
from pulih.people.links import actions as links
from pulih.registry.models import Enterprise
from pulih.web import published
from tests.make import portal as make
from tests.people import cast

pytestmark = pytest.mark.django_db
world = make.country


def test_a_maker_by_link_opens_the_public_rows_of_the_regency(release, client):
    firm = Enterprise.objects.filter(regency__name="Kab. Bandung").first()
    now = timezone.now()
    _link, secret = links.give(
        READINESS, holder=firm.name, subjects=[firm.pk], area=firm.regency,
        valid_from=now - timedelta(1), valid_to=now + timedelta(1),
        by=cast.provincial_officer(), now=now,
    )  # fmt: skip
    page = client.get(reverse("links:open", args=[secret]), follow=True).content.decode()
    told = page.split('id="published"')[1].split("</section>")[0]
    (hidden,) = (one for one in told.split("<li>") if "/figures/affected_firms/#3204" in one)
    assert "[c] disamarkan" in " ".join(hidden.split())  # In company of a neighbour with three.
    row = client.get("/figures/affected_firms/").content.decode()
    assert 'id="3204"' in row


def test_where_a_regency_has_no_row_that_of_its_province_opens(release):
    bogor = Area.objects.get(name="Kota Bogor").pk
    with translation.override("en"):
        found = published.rows("maker", bogor)
    assert [(one.place, one.text, one.url) for one in found if "affected" in one.url] == [
        ("Jawa Barat", "11 firms", "/en/figures/affected_firms/#32")
    ]
    assert published.rows("participant", bogor) == []  # Nobody is recorded: there is no row yet.


def test_before_anything_is_published_there_is_nothing_to_open(settings, tmp_path):
    settings.PUBLIC_FOLDER = tmp_path
    assert published.rows("maker", Area.objects.get(name="Kab. Bandung").pk) == []
