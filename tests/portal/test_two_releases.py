"""Two releases of one day are on show, and one of them is withdrawn, or both.

All these tests begin with the same two, which are published once.
"""

import json

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.portal import actions, jobs, site
from pulih.portal.models import Release
from pulih.portal.reads import releases as reads
from tests.make import portal as make
from tests.portal.test_release_pages import step

pytestmark = pytest.mark.django_db


def world():
    make.country()
    make.published()


@pytest.fixture
def second(release):
    return release


@pytest.fixture
def first(second):
    return Release.objects.get(number="2020-06-15.1")


def test_a_withdrawn_release_answers_gone_with_its_reason_and_keeps_its_hash(
    first, second, publish, client
):
    publish(actions.withdraw, second, reason="Satu sel <kecil> terbuka", by=make.steward())
    answer = client.get(f"/data/r/{second.number}/cells.csv")
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Satu sel &lt;kecil&gt; terbuka" in answer.content.decode()
    assert client.get(f"/data/r/{first.number}/cells.csv").status_code == 200
    assert json.loads(client.get("/data/latest/manifest.json").content)["release"] == first.number
    assert "Dari janji ke tangan penerima" in client.get("/").content.decode()  # Of the first.
    left = [path for path in site.folder().rglob("*") if second.number in str(path)]
    assert left == []
    assert ProcrastinateJob.objects.filter(task_name="portal.mend_site", status="todo").count() == 1
    assert publish(actions.mend_site) is True  # As the worker does it.
    assert second.manifest_sha256 in client.get("/releases/").content.decode()
    assert client.get(f"/api/open/v1/cells?release={second.number}").status_code == 410
    assert publish(actions.publish_again) is True  # The first is on show again.
    assert client.get(f"/data/r/{second.number}/cells.csv").status_code == 410
    publish(actions.withdraw, first, reason="Juga", by=make.steward())
    publish(actions.mend_site)
    assert "Belum ada rilis yang terbit" in client.get("/").content.decode()


def test_pages_that_stand_meanwhile_go_with_their_own_release(first, second, publish, client):
    """Both releases leak, and nobody has written the site again between the two withdrawals."""
    publish(actions.withdraw, second, reason="Satu sel terbuka", by=make.steward())
    assert client.get("/money/").status_code == 200
    publish(actions.withdraw, first, reason="Sel yang sama", by=make.steward())
    assert client.get("/money/").status_code == 404
    assert client.get(f"/data/r/{first.number}/cells.csv").status_code == 410
    assert "Sel yang sama" in client.get("/").content.decode()


def test_an_older_release_goes_though_the_disk_is_full_and_the_newest_stays(
    first, second, publish, client, monkeypatch
):
    page = client.get("/money/").content
    monkeypatch.setattr(site, "is_full", lambda _: True)
    publish(actions.withdraw, first, reason="Satu sel terbuka", by=make.steward())
    assert client.get(f"/data/r/{first.number}/cells.csv").status_code == 410
    assert client.get(f"/data/r/{second.number}/cells.csv").status_code == 200
    assert client.get("/data/latest/cells.csv").status_code == 200
    assert client.get("/money/").content == page
    assert not site.is_of(second.number, reads.withdrawn())  # So the worker writes it again.


def test_a_withdrawal_says_that_pages_are_written_until_they_are(
    first, second, client, django_capture_on_commit_callbacks
):
    client.force_login(make.steward())
    page = reverse("portal:release", args=[second.pk])
    words = "Halaman lain sedang ditulis tanpa rilis ini"
    assert words not in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert step(client, second, "withdraw", reason="Satu sel terbuka").status_code == 303
    assert words in client.get(page).content.decode()
    assert words in client.get(f"{page}progress/").content.decode()
    assert words not in client.get(reverse("portal:release", args=[first.pk])).content.decode()
    jobs.mend_site(timestamp=0)
    assert words not in client.get(f"{page}progress/").content.decode()


def test_a_release_that_was_replaced_and_then_withdrawn_is_called_withdrawn(
    first, second, client, django_capture_on_commit_callbacks
):
    client.force_login(make.steward())
    page = reverse("portal:release", args=[first.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert step(client, first, "withdraw", reason="Satu nama terbaca").status_code == 303
    shown = client.get(page).content.decode()
    assert "ditarik · data per" in shown
    assert "Satu nama terbaca" in shown
    only = client.get("/desk/releases/", {"state": "withdrawn"}).content.decode()
    assert first.number in only
    assert second.number not in only
    assert first.number not in client.get("/desk/releases/?state=replaced").content.decode()
