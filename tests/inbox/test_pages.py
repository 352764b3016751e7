import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pulih.inbox import actions
from pulih.inbox.models import CellProblem, ImportBatch
from tests.make import inbox as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
BROKEN = "3,2121E+15"
POLLS = 'hx-trigger="every 3s"'


@made_once
def batch():
    return make.read(make.firm(nik=make.nik(1)), make.firm("UD Maju", nik=BROKEN))


def sign_in(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


@pytest.mark.parametrize("view", ["batch", "rows", "problems", "piece", "progress", "checked"])
def test_a_file_of_another_province_does_not_exist(client, batch, view):
    sign_in(client, cast.provincial_officer("Jawa Tengah"))
    assert client.get(reverse(f"inbox:{view}", args=[batch.pk])).status_code == 404
    sign_in(client, cast.provincial_officer())
    assert client.get(reverse(f"inbox:{view}", args=[batch.pk])).status_code == 200


@pytest.mark.parametrize("view", ["batch", "rows", "problems", "piece"])
def test_the_nik_is_cut_on_every_page(client, batch, view):
    sign_in(client, cast.provincial_officer())
    shown = client.get(reverse(f"inbox:{view}", args=[batch.pk])).content.decode()
    assert make.nik(1) not in shown


def test_the_page_shows_the_broken_cell_and_what_to_do(client, batch):
    sign_in(client, cast.provincial_officer())
    problem = CellProblem.objects.get(column="nik")
    shown = client.get(reverse("inbox:piece", args=[batch.pk]), {"problem": problem.pk})
    assert BROKEN in shown.content.decode()
    assert "Teks" in shown.content.decode()


def test_several_files_are_taken_and_a_wrong_one_does_not_keep_the_others_out(client):
    officer = cast.provincial_officer()
    sign_in(client, officer)
    good = make.csv_file(make.firm(nik=make.nik(3))).getvalue()
    files = [SimpleUploadedFile("a.csv", good), SimpleUploadedFile("kosong.csv", b"")]
    asked = {"kind": "firms", "office": cast.area("Jawa Barat").pk, "as_of": "2020-05-31"}
    answer = client.post(reverse("inbox:deliver"), {**asked, "files": files})
    assert answer.status_code == 303
    assert ImportBatch.objects.count() == 1


def test_an_office_out_of_reach_cannot_be_chosen(client):
    sign_in(client, cast.provincial_officer())
    file = SimpleUploadedFile("a.csv", make.csv_file().getvalue())
    asked = {"kind": "firms", "office": cast.area("Jawa Tengah").pk, "as_of": "2020-05-31"}
    client.post(reverse("inbox:deliver"), {**asked, "files": [file]})
    assert not ImportBatch.objects.exists()


def test_an_auditor_reads_the_inbox_and_may_not_deliver(client):
    sign_in(client, cast.auditor())
    shown = client.get(reverse("inbox:list"))
    assert shown.status_code == 200
    assert 'name="files"' not in shown.content.decode()
    assert client.post(reverse("inbox:deliver")).status_code == 403


def test_the_list_is_asked_again_while_any_file_on_it_is_read(client):
    first = make.delivered(make.firm(nik=make.nik(1)))
    make.read(make.firm(nik=make.nik(2)))
    sign_in(client, cast.provincial_officer())
    assert POLLS in client.get(reverse("inbox:list")).content.decode()
    actions.read(first.pk)
    assert POLLS not in client.get(reverse("inbox:list")).content.decode()


def test_the_chips_over_the_problems_say_rule_and_column_in_words(client, batch):
    sign_in(client, cast.provincial_officer())
    problem = CellProblem.objects.get(column="nik")
    asked = {"rule": problem.rule, "column": problem.column}
    shown = client.get(reverse("inbox:problems", args=[batch.pk]), asked)
    rule, column = [str(chip.value) for chip in shown.context["list"].chips]
    assert "NIK" in rule
    assert "dipulihkan" in rule
    assert column == "NIK"


def test_a_long_file_name_may_break_in_the_heading_of_its_rows(client, batch):
    """Names of files have no blanks: on a phone they pushed the page aside."""
    sign_in(client, cast.provincial_officer())
    shown = client.get(reverse("inbox:rows", args=[batch.pk])).content.decode()
    assert f'<h2 class="any">{batch.file_name}</h2>' in shown
