"""The stewards' pages and the command: draft, see what changes, check, publish, withdraw."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from pulih.common.errors import Message
from pulih.portal import jobs
from pulih.portal.checking import Check, refusal
from pulih.portal.models import Release, ReleaseWork
from pulih.portal.reads import releases as reads
from tests.make import budget
from tests.make import portal as make
from tests.people import cast

pytestmark = pytest.mark.django_db
BY_STATUS, WHY_LEFT = "affected_firms|status", "Satu sel tidak dapat dilindungi."


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PUBLIC_FOLDER = tmp_path


def step(client, release, move, **given):
    address = reverse("portal:move-release", args=[release.pk])
    return client.post(address, {"move": move, **given})


def work_off():
    """Do what the pages have put in the queue, as a worker would."""
    for work in ReleaseWork.objects.filter(state="waiting"):
        jobs.work_on_release(release_id=work.pk, person_id=work.asked_by_id)


def test_two_stewards_bring_a_release_on_show(client, django_capture_on_commit_callbacks):
    client.force_login(make.steward())
    assert "Belum ada rilis yang dibuat" in client.get("/desk/releases/").content.decode()
    answer = client.post("/desk/releases/new/", {"as_of": "2020-06-15"})
    release = Release.objects.get()
    assert answer.status_code == 303
    shown = client.get(answer["Location"]).content.decode()
    assert "Menunggu giliran dihitung" in shown
    assert '<li><a href="/desk/releases/">Rilis</a></li>' in shown
    changes = shown.partition("Yang berubah")[2]
    assert "Belum ada yang dihitung" in changes, "that nothing changed is not known yet"
    assert "Halaman boleh ditutup" in client.get(f"{answer['Location']}progress/").content.decode()
    work_off()
    assert "Lihat hasilnya" in client.get(f"{answer['Location']}progress/").content.decode()
    assert "Ini rilis pertama" in client.get(answer["Location"]).content.decode()
    assert step(client, release, "check").status_code == 303
    work_off()
    too_long = step(client, release, "publish", reason="x" * 20_000)
    assert "Alasan: " in too_long.content.decode(), "never the page as if nobody had asked"
    refused = step(client, release, "publish")
    assert "Yang membuat rilis tidak menerbitkannya" in refused.content.decode()
    client.force_login(make.steward("walidata_b"))
    assert step(client, release, "publish").status_code == 303
    with django_capture_on_commit_callbacks(execute=True):
        work_off()
    assert "Dari janji ke tangan penerima" in client.get("/").content.decode()
    refused = step(client, release, "publish")
    assert "sehingga langkah “Terbitkan” tidak dapat diambil" in refused.content.decode()
    assert "Rilis dengan sel yang sama ikut ditarik" in refused.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert step(client, release, "withdraw", reason="Bocor").status_code == 303
    assert reads.state_of_release(release) == "withdrawn"


def test_what_a_release_changes_is_told_in_words(client):
    first = make.published(with_pages=False)
    budget.line(ceiling=5)
    second = make.checked(restates=first, reason="POK terlambat")
    client.force_login(make.steward())
    shown = client.get(reverse("portal:release", args=[second.pk])).content.decode()
    assert "Jawa Barat" in shown
    assert "/releases/#r" not in shown, "it is not on show yet"
    of_first = client.get(reverse("portal:release", args=[first.pk])).content.decode()
    assert f'href="/releases/#r{first.number}"' in of_first
    assert "budget_ceiling" not in shown
    # Its areas fold under it: tens of figures change, each in 34 provinces.
    figure = shown.split("<b>Pagu</b>", 1)[1].split("</summary>", 1)[0]
    assert re.search(r"Indonesia \S+ → Rp5\s", figure)


def test_a_check_that_fails_says_what_was_found_in_both_languages():
    finding = Message("Tidak dapat disamarkan.", "It cannot be hidden.")
    said = refusal([Check(Message("Sel kecil", "Small cells"), finding)])
    assert said.id.startswith("Pemeriksaan “Sel kecil” gagal: Tidak dapat disamarkan. Rilis")
    assert said.en.startswith("The check “Small cells” fails: It cannot be hidden. The release")


def test_a_release_that_corrects_nothing_says_so_in_the_form(client):
    client.force_login(make.steward())
    shown = client.get("/desk/releases/new/").content.decode()
    assert "tidak ada; ini bukan perbaikan" in shown
    assert "---------" not in shown


def test_a_new_release_is_of_yesterday_unless_said_otherwise(client):
    client.force_login(make.steward())
    shown = client.get("/desk/releases/new/").content.decode()
    assert f'value="{timezone.localdate() - timedelta(days=1)}"' in shown
    assert 'href="/accounts/login/"' not in shown  # Who signed in is not asked to.


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"as_of": str(date.today() + timedelta(days=2))}, "belum tiba"),
        ({"as_of": "kemarin"}, "tanggal"),
        ({"as_of": "2020-06-15", "reason": "Salah"}, "keduanya atau tidak sama sekali"),
    ],
)
def test_a_wrong_draft_is_refused_in_its_form(client, given, words):
    client.force_login(make.steward())
    answer = client.post("/desk/releases/new/", given)
    assert answer.status_code == 200
    assert words in answer.content.decode().lower()
    assert not Release.objects.exists()


def test_others_have_no_door_to_releases(client):
    release = make.release()
    client.force_login(cast.planner())
    assert client.get("/desk/releases/").status_code == 403
    assert step(client, release, "publish").status_code == 403
    client.force_login(make.steward())
    assert client.get("/enterprises/").status_code == 403
    assert client.get("/budget/").status_code == 403


def test_the_command_makes_and_publishes_in_two_persons_names(
    capsys, django_capture_on_commit_callbacks
):
    make.steward()
    make.steward("walidata_b")
    call_command("publish", "--draft", "2020-06-15", "--by", "walidata_a")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish", "2020-06-15.1", "--by", "walidata_b")
        call_command("publish")
    assert capsys.readouterr().out.split() == ["2020-06-15.1", "2020-06-15.1", "ok"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("2020-06-15.1",), "--by"),
        (("2020-06-15.1", "--by", "siapa"), "Tidak ada pengguna siapa"),
        (("2020-06-15.1", "--by", "walidata_a"), "Tidak ada rilis 2020-06-15.1"),
        (("--draft", "2999-01-01", "--by", "walidata_a"), "belum tiba"),
    ],
)
def test_a_wrong_command_is_one_sentence(given, words):
    make.steward()
    with pytest.raises(CommandError, match=words):
        call_command("publish", *given)


def test_without_a_release_the_command_says_how_to_make_one(capsys):
    call_command("publish")
    assert "pulih publish --draft" in capsys.readouterr().out
