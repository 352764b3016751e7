"""What a run joins, asks and counts; and that it does so once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from pulih.areas.models import COUNTRY
from pulih.people.file_cipher import key_of, newest_key
from pulih.people.scope import speaking_for
from pulih.registry import actions, jobs, prepared
from pulih.registry.actions import linking
from pulih.registry.models import (
    Enterprise,
    LinkKind,
    LinkRun,
    LinkState,
    Merge,
    Review,
    ReviewState,
    Separation,
)
from tests.make import inbox
from tests.make import registry as make
from tests.people import cast
from tests.registry.tables import content

LATER, LATEST = date(2020, 6, 30), date(2020, 7, 31)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(prepared, "folder", lambda: tmp_path)


def listed():
    return list(Enterprise.objects.listed().order_by("id"))


def double(place=1):
    """Return a row that surely names firm `place` of `firms` again, but not by NIK and name."""
    return make.row(place, name=f"UD. {make.FIRMS[place][0]} Baru")


@pytest.mark.django_db
def test_a_file_waits_to_be_linked_as_soon_as_it_is_stored():
    batch = inbox.read(make.row(1))
    run = LinkRun.objects.get(batch=batch)
    assert (run.kind, run.state) == (LinkKind.BATCH, LinkState.WAITING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'batch_id' FROM procrastinate_jobs"
                       " WHERE task_name = 'registry.link'")  # fmt: skip
        assert cursor.fetchall() == [(str(batch.pk),)]


@pytest.mark.django_db
def test_the_double_that_a_file_brings_joins_the_older_and_is_counted():
    known = make.firms(3)
    batch = inbox.read(double(1), make.row(9), as_of=LATER)
    run = actions.link_batch(batch.pk)
    merge = Merge.objects.get()
    assert merge.kept == known[0]
    assert merge.run == run
    assert (run.state, run.records, run.matched, run.new) == (LinkState.DONE, 2, 1, 1)
    assert len(listed()) == 4


@pytest.mark.django_db
def test_linking_again_changes_nothing():
    make.firms(3)
    batch = inbox.read(double(1), as_of=LATER)
    actions.link_batch(batch.pk)
    before, merges = content(), Merge.objects.count()
    actions.link_batch(batch.pk)
    assert (content(), Merge.objects.count()) == (before, merges)
    actions.relink(by=cast.planner())
    assert Merge.objects.count() == merges


@pytest.mark.django_db
def test_two_files_that_wait_find_each_other_whichever_is_linked_first():
    make.firms(2)
    first = inbox.read(make.row(5), as_of=LATER)
    second = inbox.read(double(5), as_of=LATEST)
    actions.link_batch(second.pk)
    actions.link_batch(first.pk)
    assert Merge.objects.count() == 1
    assert LinkRun.objects.get(batch=first).matched == 1


@pytest.mark.django_db
def test_what_came_since_the_register_was_prepared_is_compared_too():
    make.firms(3)
    actions.relink(by=cast.planner())
    assert (prepared.folder() / "register" / "stamp.json").stat().st_mode & 0o777 == 0o600
    actions.link_batch(inbox.read(make.row(7), as_of=LATER).pk)
    batch = inbox.read(double(7), double(2), as_of=LATEST)
    run = actions.link_batch(batch.pk)
    assert run.matched == 2


@pytest.mark.django_db
def test_a_prepared_register_lies_encrypted_and_is_held_no_longer_than_its_key(settings):
    make.firms(3)
    actions.relink(by=cast.planner())
    tables = list((prepared.folder() / "register").glob("*.parquet"))
    assert tables
    assert {key_of(table) for table in tables} == {newest_key()}
    older = settings.NUMBER_KEYS
    settings.NUMBER_KEYS = ["a newer key", *older]
    assert prepared._held()
    settings.NUMBER_KEYS = ["a newer key"]
    assert prepared._held() is None  # So the next list has it made again.


@pytest.mark.django_db
def test_a_register_prepared_for_another_database_is_not_used():
    make.firms(3)
    actions.relink(by=cast.planner())
    LinkRun.objects.filter(kind=LinkKind.FULL).delete()
    batch = inbox.read(double(2), as_of=LATER)
    assert actions.link_batch(batch.pk).matched == 1


@pytest.mark.django_db
def test_a_full_run_settles_the_files_that_wait():
    first = make.firms(2)[0].sources.get().source_record.batch
    second = inbox.read(double(1), as_of=LATER)
    run = actions.relink(by=cast.planner())
    assert (run.records, run.matched) == (3, 2)
    assert {one.state for one in LinkRun.objects.all()} == {LinkState.DONE}
    assert Merge.objects.get().run == LinkRun.objects.get(batch=second)
    assert LinkRun.objects.get(batch=first).records == 2


@pytest.mark.django_db
def test_what_people_told_apart_is_joined_by_no_run():
    known = make.firms(2)
    batch = inbox.read(double(1), as_of=LATER)
    (new,) = make.of(batch)
    actions.separate(known[0], new, reason="dua usaha", by=cast.planner())
    actions.link_batch(batch.pk)
    actions.relink(by=cast.planner())
    assert not Merge.objects.exists()
    assert not Review.objects.exists()


@pytest.mark.django_db
def test_a_merge_of_a_run_that_was_taken_back_is_not_made_again():
    make.firms(2)
    batch = inbox.read(double(1), as_of=LATER)
    actions.link_batch(batch.pk)
    actions.undo_merge(Merge.objects.get(), by=cast.planner())
    assert Separation.objects.in_force().count() == 1
    actions.relink(by=cast.planner())
    assert not Merge.objects.in_force().exists()


@pytest.mark.django_db
def test_what_is_doubtful_is_asked_with_its_reasons_and_without_a_whole_nik():
    make.firms(2)
    said = {"name": "Sentosa", "product": "", "nik": "", "phone": ""}
    batch = inbox.read(make.row(1, **said), as_of=LATER)
    run = actions.link_batch(batch.pk)
    review = Review.objects.get()
    assert (review.state, review.run) == (ReviewState.WAITING, run)
    assert run.waiting == 1
    assert review.terms
    assert make.nik(1) not in str(review.terms)
    assert sum(term["bits"] for term in review.terms) != 0


@pytest.mark.django_db
def test_the_office_asked_is_the_least_over_both():
    one, two = make.firms(2, **make.indramayu())
    (far,) = make.of(
        inbox.read(make.row(5), office=cast.area("Kota Bandung"), by=cast.provincial_officer())
    )
    (other,) = make.of(inbox.read(make.row(6), office=cast.area("Jawa Timur"), by=cast.planner()))
    near, middle, wide = make.review(one, two), make.review(one, far), make.review(two, other)
    assert near.regency == cast.area("Kab. Indramayu")
    assert (middle.province, middle.regency) == (cast.area("Jawa Barat"), None)
    assert wide.province_id == 1
    people = {
        cast.regency_officer(): {near},
        cast.provincial_officer(): {near, middle},
        cast.planner(): {near, middle, wide},
        cast.provincial_officer("Jawa Timur"): set(),
    }
    for person, seen in people.items():
        with speaking_for(person):
            assert set(Review.objects.all()) == seen
            assert set(Review.objects.visible_to(person)) == seen


@pytest.mark.django_db
def test_what_a_killed_worker_began_is_taken_up_again_and_not_for_ever():
    batch = inbox.read(make.row(1))
    LinkRun.objects.update(state=LinkState.RUNNING, attempts=2)
    assert [run.batch for run in linking.unfinished()] == [batch]
    assert actions.link_batch(batch.pk).state == LinkState.DONE
    LinkRun.objects.update(state=LinkState.RUNNING, attempts=3)
    assert actions.link_batch(batch.pk).state == LinkState.FAILED
    assert linking.unfinished() == []


@pytest.mark.django_db
def test_a_linking_of_the_whole_register_that_was_killed_ends():
    LinkRun.objects.create(
        kind=LinkKind.FULL, province_id=COUNTRY, by=cast.planner(), state=LinkState.RUNNING
    )
    jobs.take_up(timestamp=0)
    assert LinkRun.objects.get().state == LinkState.FAILED


@pytest.mark.django_db
def test_a_job_links_what_waits():
    make.firms(2)
    batch = inbox.read(double(1), as_of=LATER)
    jobs.link(batch.pk)
    assert LinkRun.objects.get(batch=batch).state == LinkState.DONE
    jobs.relink(cast.planner().pk)
    assert LinkRun.objects.get(kind=LinkKind.FULL).state == LinkState.DONE


@pytest.mark.django_db
def test_only_who_may_links_the_whole_register():
    with pytest.raises(PermissionDenied):
        actions.relink(by=cast.provincial_officer())
