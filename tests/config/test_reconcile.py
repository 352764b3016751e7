"""`pulih check` says how much it held against each other, not only that nothing differs."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from pulih.budget.models import BudgetLine
from pulih.common.errors import Message
from pulih.config import reconcile
from pulih.config.rooms import rooms_with
from pulih.inbox import uploads
from pulih.people.scope import speaking_for
from pulih.proposals.actions import attaching
from pulih.registry import actions as enterprises
from tests.make import delivery, ledger, proposals, sampling, scans
from tests.make import registry as make
from tests.meanwhile import begun
from tests.people import cast

pytestmark = pytest.mark.django_db


def shown(language: str, found: tuple[str, ...] = ()) -> list[str]:
    return reconcile.in_words(found, reconcile.verified(), language).splitlines()


def test_an_empty_database_does_not_look_like_a_verified_one(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # Tests before it have left files of their own.
    assert shown("id") == ["Belum ada yang dapat dicocokkan: basis data ini masih kosong."]
    assert shown("en") == ["There is nothing to check yet: this database is empty."]


def test_what_was_checked_is_counted_room_by_room_in_both_languages():
    one, two, _three = make.firms(3)
    enterprises.merge(one, two, reason="", by=cast.planner())
    lines = ledger.history(lines=2, months=1)
    counted = reconcile.verified()["budget"]
    numbers = {name.en: number for name, number in counted.items()}
    assert numbers["lines"] == numbers["chains"] == len(lines)
    assert numbers["entries"] == sum(BudgetLine.objects.values_list("sequence", flat=True)) > 0
    assert numbers["seals"] == 2
    first, *rooms = shown("en")
    assert first == "Everything agrees. Checked:"
    assert [room.split(":")[0].strip() for room in rooms] == [
        *(package.removeprefix("pulih.") for package in rooms_with("reconcile.py")),
        "schema",
    ]
    assert "  registry: enterprises 3, source rows 3, merges 1," in "\n".join(rooms)
    assert "IKM 3, baris sumber 3, penggabungan 1," in "\n".join(shown("id"))


def test_a_file_of_any_room_that_is_gone_is_named(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by, pdf = cast.provincial_officer(), SimpleUploadedFile("surat.pdf", b"%PDF-1.7")
    attached = attaching.attach(proposals.draft(), pdf, by=by)
    photo = delivery.photo(delivery.handover(delivery.stocked(delivery.activity())))
    scan = scans.read(scans.jpeg(scans.photo(scans.printed(""))))
    names = [attached.stored_name, photo.stored_name, scan.stored_name, scan.pages.get().picture]
    assert not [one for one in reconcile.differences() if "berkas" in one.lower()]
    for name in names:
        uploads.path_of(name).unlink()
    said = [one for one in reconcile.differences() if "tidak ada di disk" in one]
    assert [one.split(":")[0] for one in said] == ["scans", "scans", "proposals", "delivery"]
    assert all(any(name in one for one in said) for name in names)


@pytest.mark.django_db(transaction=True)
def test_what_is_done_while_the_rooms_are_checked_is_no_difference():
    """A sample is drawn between two questions that `pulih check` asks of it."""
    sampling.seats()
    sample, by = sampling.frozen(), cast.provincial_officer()

    def draw():
        with speaking_for(by):
            sampling.drawn(sample, by)

    def meanwhile(execute, sql, *arguments):
        if "sampling_drawnunit" in sql and not done:
            done.append(True)
            begun(pool, draw).result()
        return execute(sql, *arguments)

    done = []
    with ThreadPoolExecutor() as pool, connection.execute_wrapper(meanwhile):
        found = reconcile.differences()
    assert sample.drawn.exists()
    assert found == []


def test_differences_come_first_and_what_was_checked_after_them():
    make.firms(1)
    first, second, *_ = shown("en", ("budget: a sentence",))
    assert (first, second) == ("budget: a sentence", "Checked:")


def test_thousands_are_grouped_as_the_language_does():
    counted = {"budget": {Message("ayat", "entries"): 1_008_677}}
    assert "ayat 1.008.677" in reconcile.in_words((), counted, "id")
    assert "entries 1,008,677" in reconcile.in_words((), counted, "en")


def test_json_names_what_was_checked():
    make.firms(2)
    told = json.loads(reconcile.in_json(("x",), reconcile.verified()))
    assert told["differences"] == ["x"]
    assert told["rooms"] == list(told["verified"])
    assert told["verified"]["registry"]["source_rows"] == 2
