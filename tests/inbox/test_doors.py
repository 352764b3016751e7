"""The other doors: the interface for programs, the command, the jobs."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pulih.inbox import command, jobs
from pulih.inbox.models import ImportBatch, State
from pulih.intake import child
from pulih.people.models import User
from tests.make import inbox as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def sign_in(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def test_a_program_delivers_and_asks_for_the_state(client):
    officer, office = cast.provincial_officer(), cast.area("Jawa Barat")
    sign_in(client, officer)
    file = SimpleUploadedFile("a.csv", make.csv_file(make.firm(nik=make.nik(1))).getvalue())
    asked = {"kind": "firms", "office": office.pk, "as_of": "2020-05-31", "file": file}
    answer = client.post("/api/v1/inbox/batches", asked)
    assert answer.status_code == 201, answer.content
    key = answer.json()["id"]
    jobs.read.func(batch_id=key, person_id=officer.pk)
    told = client.get(f"/api/v1/inbox/batches/{key}").json()
    assert (told["state"], told["rows"], told["accepted"]) == ("done", 1, 1)
    sign_in(client, cast.provincial_officer("Jawa Tengah"))
    assert client.get(f"/api/v1/inbox/batches/{key}").status_code == 404


def test_a_program_of_another_province_delivers_nothing(client):
    sign_in(client, cast.provincial_officer("Jawa Tengah"))
    file = SimpleUploadedFile("a.csv", make.csv_file().getvalue())
    office = cast.area("Jawa Barat").pk
    asked = {"kind": "firms", "office": office, "as_of": "2020-05-31", "file": file}
    assert client.post("/api/v1/inbox/batches", asked).status_code == 422
    assert not ImportBatch.objects.exists()


def test_a_stranger_gets_no_answer(client):
    assert client.get("/api/v1/inbox/batches/1").status_code == 401


def test_waiting_files_are_taken_up():
    batch = make.delivered(make.firm(nik=make.nik(1)))
    jobs.take_up.func(timestamp=0)
    jobs.take_up.func(timestamp=60)
    batch.refresh_from_db()
    assert batch.state == State.RECEIVED


def test_the_command_delivers_prints_counts_and_writes_the_marked_file(tmp_path, capsys):
    path = tmp_path / "daftar.csv"
    path.write_bytes(make.csv_file(make.firm(nik=make.nik(1))).getvalue())
    asked = [str(path), "--office", "Jawa Barat", "--as-of", "2020-05-31", "--json"]
    assert command.run([*asked, "--kind", "firms", "--traceback"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)["files"][0]
    assert (told["rows"], told["accepted"] + told["corrected"] + told["rejected"]) == (1, 1)
    assert (tmp_path / "daftar.checked.xlsx").exists()


def test_the_command_goes_on_after_a_file_whose_reader_was_killed(tmp_path, capsys, monkeypatch):
    paths = [tmp_path / "satu.csv", tmp_path / "dua.csv"]
    for place, path in enumerate(paths, 1):
        path.write_bytes(make.csv_file(make.firm(nik=make.nik(place))).getvalue())
    child.close_idle()
    becomes_ready, killed = child.Child._becomes_ready, []

    def killed_the_first_time(reader):
        is_ready = becomes_ready(reader)
        if not killed:
            killed.append(reader)
            reader.process.kill()
            reader.process.wait()
        return is_ready

    monkeypatch.setattr(child.Child, "_becomes_ready", killed_the_first_time)
    asked = ["--office", "Jawa Barat", "--as-of", "2020-05-31", "--kind", "firms", "--json"]
    assert command.run([*map(str, paths), *asked]) == 2
    first, second = json.loads(capsys.readouterr().out)["files"]
    assert "do not send it again" in first["error"]
    assert second["rows"] == 1
    assert ImportBatch.objects.unfinished().count() == 1


@pytest.mark.parametrize(
    "words", [["missing.csv"], ["x", "--by", "nobody"], ["x", "--office", "Q"]]
)
def test_the_command_says_in_one_line_what_it_could_not_do(words, capsys):
    assert command.run(words) == 2
    said = capsys.readouterr().err.strip()
    assert said
    assert "Traceback" not in said


def test_a_file_whose_sender_may_deliver_no_more_is_refused_instead_of_failing_each_minute():
    batch = make.delivered(make.firm(nik=make.nik(1)))
    User.objects.filter(pk=batch.uploaded_by_id).update(is_active=False)
    jobs.take_up.func(timestamp=0)
    batch.refresh_from_db()
    assert batch.state == State.REFUSED
    assert "may no longer deliver" in batch.problem_en
