"""Every way out of every action of the inbox."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from pulih.audit.models import Event, Run
from pulih.common import disk
from pulih.common.errors import Refusal
from pulih.inbox import actions, uploads
from pulih.inbox.actions import reading
from pulih.inbox.models import BatchProgress, ColumnMapping, ImportBatch, SourceRecord, State
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise
from tests.make import inbox as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def firms(*numbers):
    return [make.firm(f"Usaha {n}", nik=make.nik(n)) for n in numbers]


def test_a_list_becomes_rows_enterprises_lineage_and_a_run():
    batch = make.read(*firms(1, 2))
    assert batch.state == State.DONE, batch.problem_en
    assert batch.rows == batch.accepted + batch.corrected + batch.rejected == 2
    assert SourceRecord.objects.filter(batch=batch).count() == Enterprise.objects.count() == 2
    assert batch.effects["enterprises_new"] == 2
    assert Run.objects.get(kind="inbox.read").counts["rows"] == 2
    assert set(actions.check().values()) == {0}


def test_the_same_content_is_refused_kindly_with_when_and_by_whom():
    make.read(*firms(1))
    with pytest.raises(Refusal) as refused:
        make.delivered(*firms(1))
    assert "Provincial" in str(refused.value)
    assert ImportBatch.objects.count() == 1


def test_a_file_whose_reading_ended_too_often_is_refused_and_says_so():
    batch = make.delivered(*firms(1))
    BatchProgress.objects.filter(batch=batch).update(attempts=reading.MOST_ATTEMPTS + 1)
    with speaking_for(batch.uploaded_by):
        ended = actions.read(batch.pk)
    assert (ended.state, ended.problem_en) == (State.REFUSED, reading.GAVE_UP.en)
    assert not SourceRecord.objects.exists()


def test_a_file_for_an_office_out_of_reach_is_not_taken():
    with pytest.raises(PermissionDenied):
        make.delivered(*firms(1), office=cast.area("Jawa Tengah"))


def test_an_empty_file_is_refused():
    with pytest.raises(Refusal, match=r"empty|kosong"):
        actions.deliver(
            BytesIO(), kind="firms", office=cast.area("Jawa Barat"), as_of=make.AS_OF,
            by=cast.provincial_officer(), name="x.csv",
        )  # fmt: skip


def test_a_full_disk_refuses_a_file_before_it_is_taken(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(disk, "LEAST_FREE_BYTES", 2**60)
    with pytest.raises(Refusal, match=r"disk|cakram"):
        uploads.store(BytesIO(b"NO,NAMA"), "daftar.csv")
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(settings, tmp_path):
    settings.MEDIA_ROOT, settings.LARGEST_UPLOAD_BYTES = tmp_path, 10
    with pytest.raises(Refusal):
        make.delivered(*firms(1))
    assert not list(tmp_path.iterdir())


def test_a_photo_is_refused_with_one_sentence():
    photo = BytesIO(b"\xff\xd8\xff\xe0" + b"\x00" * 200)
    batch = actions.deliver(
        photo, kind="firms", office=cast.area("Jawa Barat"), as_of=make.AS_OF,
        by=cast.provincial_officer(), name="daftar.xlsx",
    )  # fmt: skip
    batch = actions.read(batch.pk)
    assert batch.state == State.REFUSED
    assert batch.problem_indonesian
    assert not SourceRecord.objects.exists()


HEADS = (*make.HEADS, "Kabupaten/Kota", "Provinsi")


def of_place(regency, province, number):
    return (*make.firm(f"Usaha {number}", nik=make.nik(number)), regency, province)


def test_a_list_of_another_province_is_refused_naming_both():
    rows = [of_place("Kab. Banyumas", "Jawa Tengah", n) for n in range(1, 6)]
    batch = make.read(*rows, heads=HEADS)
    assert batch.state == State.REFUSED
    assert "Jawa Tengah" in batch.problem_indonesian
    assert "Jawa Barat" in batch.problem_indonesian
    assert not Enterprise.objects.exists()


def test_single_rows_of_another_province_are_rejected_and_the_others_are_in():
    rows = [of_place("Kab. Indramayu", "Jawa Barat", n) for n in range(1, 5)]
    batch = make.read(*rows, of_place("Kab. Banyumas", "Jawa Tengah", 9), heads=HEADS)
    assert (batch.state, batch.rejected) == (State.DONE, 1)
    assert Enterprise.objects.count() == 4
    indramayu = cast.area("Kab. Indramayu")
    assert set(Enterprise.objects.values_list("regency_id", flat=True)) == {indramayu.pk}


def test_a_corrected_file_supersedes_and_the_older_rows_stay():
    first = make.read(*firms(1, 2, 3))
    second = make.read(*firms(1, 2, 4))
    first.refresh_from_db()
    assert second.supersedes_id == first.pk
    assert not first.is_newest
    assert SourceRecord.objects.count() == 6
    assert Enterprise.objects.listed().count() == 3
    assert Enterprise.objects.count() == 4


def test_two_lists_of_different_firms_stand_side_by_side():
    first = make.read(*firms(1, 2))
    second = make.read(*firms(3, 4))
    assert second.supersedes is None
    first.refresh_from_db()
    assert first.is_newest
    assert Enterprise.objects.listed().count() == 4


def test_withdrawing_and_restoring_leave_the_register_as_it_was():
    officer = cast.provincial_officer()
    first = make.read(*firms(1, 2))
    before = list(Enterprise.objects.values("id", "name", "nik", "is_listed").order_by("id"))
    make.read(*firms(3))
    actions.withdraw(first, by=officer)
    assert Enterprise.objects.listed().count() == 1
    actions.restore(first, by=officer)
    after = list(Enterprise.objects.values("id", "name", "nik", "is_listed").order_by("id"))
    assert after[:2] == before
    verbs = Event.objects.filter(subject_type="inbox.importbatch").values_list("verb", flat=True)
    assert {"inbox.deliver", "inbox.withdraw", "inbox.restore"} <= set(verbs)


def test_what_is_withdrawn_cannot_be_withdrawn_again_nor_a_standing_file_restored():
    officer = cast.provincial_officer()
    batch = make.read(*firms(1))
    with pytest.raises(Refusal):
        actions.restore(batch, by=officer)
    actions.withdraw(batch, by=officer)
    with pytest.raises(Refusal):
        actions.withdraw(batch, by=officer)


def test_a_superseded_file_cannot_be_withdrawn_before_its_correction():
    first = make.read(*firms(1, 2))
    second = make.read(*firms(1, 2, 3))
    officer = cast.provincial_officer()
    first.refresh_from_db()
    with pytest.raises(Refusal):
        actions.withdraw(first, by=officer)
    actions.withdraw(second, by=officer)
    first.refresh_from_db()
    assert first.is_newest
    assert Enterprise.objects.listed().count() == 2


def test_a_file_that_waits_is_stopped_at_once_and_one_that_is_done_is_not():
    officer = cast.provincial_officer()
    waiting = make.delivered(*firms(1))
    actions.stop(waiting, by=officer)
    waiting.refresh_from_db()
    assert waiting.state == State.WITHDRAWN
    assert actions.read(waiting.pk).state == State.WITHDRAWN
    with pytest.raises(Refusal):
        actions.stop(make.read(*firms(2)), by=officer)


def test_a_heading_explained_once_is_known_the_next_time():
    officer = cast.provincial_officer()
    heads = (*make.HEADS[:-1], "Jml Org Krj Tetap Semua")
    first = make.read(*firms(1), heads=heads)
    column = {"Jml Org Krj Tetap Semua": "workers"}
    again = actions.correct_headings(first, column, remember=True, by=officer)
    again = actions.read(again.pk)
    assert again.state == State.DONE, again.problem_en
    assert again.supersedes_id == first.pk
    assert Enterprise.objects.listed().get().workers == 6
    assert ColumnMapping.objects.get().column == "workers"
    following = make.read(*firms(7), heads=heads, as_of=date(2020, 8, 31))
    assert Enterprise.objects.get(nik=make.nik(7)).workers == 6, following.recognised


def test_a_heading_cannot_be_made_something_that_does_not_exist():
    batch = make.read(*firms(1))
    officer = cast.provincial_officer()
    for wrong in ({"Produk": "nonsense"}, {}, {"Produk": "kbli", "KBLI": "kbli"}):
        with pytest.raises(Refusal):
            actions.correct_headings(batch, wrong, remember=True, by=officer)


def test_a_regency_sees_its_rows_and_not_the_provinces_file():
    rows = [of_place("Kab. Indramayu", "Jawa Barat", 1), of_place("Kab. Cirebon", "Jawa Barat", 2)]
    batch = make.read(*rows, heads=HEADS)
    officer = cast.regency_officer()
    with speaking_for(officer):
        assert SourceRecord.objects.count() == 1
        assert Enterprise.objects.count() == 1
        assert not ImportBatch.objects.filter(pk=batch.pk).exists()


def test_a_regencys_withdrawal_does_not_unlist_what_the_province_names():
    make.read(of_place("Kab. Indramayu", "Jawa Barat", 1), heads=HEADS)
    officer, office = cast.regency_officer(), cast.area("Kab. Indramayu")
    with speaking_for(officer):
        own = make.read(*firms(1), by=officer, office=office, as_of=date(2020, 7, 31))
        assert own.effects["enterprises_known"] == 1, own.problem_en
        actions.withdraw(own, by=officer)
    assert Enterprise.objects.get().is_listed
