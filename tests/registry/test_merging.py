"""Merging and taking back: nothing is lost, whatever the order."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.registry import actions
from pulih.registry.models import Enterprise, EnterpriseSource, Merge, MergeMember, Separation
from tests.examples import examples
from tests.make import inbox
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast
from tests.registry.tables import content

LATER = date(2020, 7, 31)


def fresh(*firms):
    return [Enterprise.objects.get(pk=firm.pk) for firm in firms]


def merge(kept, merged, by=None):
    return actions.merge(kept, merged, reason="sama", by=by or cast.planner())


@pytest.mark.django_db
def test_the_merged_one_stands_for_the_kept_and_leaves_the_list():
    kept, merged = make.firms(2)
    made = merge(kept, merged)
    kept, merged = fresh(kept, merged)
    assert (kept.merged_into_id, merged.merged_into_id) == (None, kept.pk)
    assert list(Enterprise.objects.listed()) == [kept]
    assert [(one.enterprise_id, one.before_id) for one in made.members.all()] == [(merged.pk, None)]


@pytest.mark.django_db
def test_a_later_row_finds_its_firm_whatever_name_that_has_been_given():
    number = inbox.nik(1)
    (kept,) = make.of(inbox.read(inbox.firm("UD Mekar", nik=number)))
    (merged,) = make.of(inbox.read(inbox.firm("Sari Rasa", nik=number), as_of=date(2020, 6, 30)))
    merge(kept, merged)
    assert fresh(kept)[0].name == "Sari Rasa"
    again = inbox.read(inbox.firm("Mekar", nik=number, workers="7"), as_of=LATER)
    assert make.of(again) == [kept]
    assert Enterprise.objects.count() == 2
    other = inbox.read(inbox.firm("Batik Mekar", nik=number), as_of=LATER)
    assert make.of(other)[0] not in (kept, merged)


@pytest.mark.django_db
def test_lineage_is_not_touched():
    kept, merged = make.firms(2)
    before = set(EnterpriseSource.objects.values_list("pk", "enterprise_id"))
    merge(kept, merged)
    assert set(EnterpriseSource.objects.values_list("pk", "enterprise_id")) == before


@pytest.mark.django_db
def test_the_kept_one_is_formed_of_the_rows_of_both():
    (older,) = make.firms(1)
    batch = inbox.read(
        inbox.firm("Usaha Lain", owner="Orang Lain", workers="40"), as_of=date(2020, 6, 30)
    )
    (newer,) = make.of(batch)
    merge(older, newer)
    (older,) = fresh(older)
    assert (older.name, older.workers) == ("Usaha Lain", 40)
    assert older.phone is not None  # Only the older row says it.
    assert older.last_seen == date(2020, 6, 30)


@pytest.mark.django_db
def test_merging_an_already_merged_one_merges_what_it_stands_for():
    one, two, three = make.firms(3)
    merge(one, two)
    merge(three, two)
    assert {firm.merged_into_id for firm in fresh(one, two)} == {three.pk}


@pytest.mark.django_db
def test_taking_back_an_inner_merge_leaves_what_the_others_say():
    one, two, three = make.firms(3)
    inner = merge(one, two)
    merge(three, one)
    actions.undo_merge(inner, by=cast.planner())
    assert [firm.merged_into_id for firm in fresh(one, two, three)] == [three.pk, None, None]


@pytest.mark.django_db
def test_a_merge_is_taken_back_once():
    made = merge(*make.firms(2))
    actions.undo_merge(made, by=cast.planner())
    with pytest.raises(Refusal, match="already"):
        actions.undo_merge(made, by=cast.planner())


@pytest.mark.django_db
def test_one_and_the_same_cannot_be_merged():
    kept, merged = make.firms(2)
    merge(kept, merged)
    with pytest.raises(Refusal, match="one enterprise already"):
        merge(merged, kept)


@pytest.mark.django_db
def test_what_no_list_names_any_more_is_not_merged():
    kept, merged = make.firms(2)
    Enterprise.objects.filter(pk=merged.pk).update(is_listed=False)
    with pytest.raises(Refusal, match="No list"):
        merge(kept, fresh(merged)[0])


@pytest.mark.django_db
def test_what_somebody_told_apart_is_not_merged_by_way_of_others():
    one, two, three = make.firms(3)
    apart = actions.separate(one, three, reason="dua usaha", by=cast.planner())
    merge(one, two)
    with pytest.raises(Refusal, match="two different firms"):
        merge(two, three)
    actions.end_separation(apart, by=cast.planner())
    merge(two, three)
    assert Enterprise.objects.listed().count() == 1


@pytest.mark.django_db
def test_those_that_are_one_are_not_told_apart():
    one, two = make.firms(2)
    merge(one, two)
    with pytest.raises(Refusal, match="Take the merge back"):
        actions.separate(*fresh(one, two), reason="", by=cast.planner())
    assert not Separation.objects.exists()


@pytest.mark.django_db
def test_an_officer_merges_her_own_regency_and_no_other():
    own = make.firms(2, **make.indramayu())
    (far,) = make.of(
        inbox.read(make.row(5), office=cast.area("Kota Bandung"), by=cast.provincial_officer())
    )
    officer = cast.regency_officer()
    with speaking_for(officer):
        made = merge(*own, by=officer)
        with pytest.raises(PermissionDenied):
            merge(own[0], far, by=officer)
    assert (made.province_id, made.regency_id) == (own[0].province_id, own[0].regency_id)


@pytest.mark.django_db
def test_an_officer_does_not_merge_what_reaches_beyond_her_regency():
    one, two = make.firms(2, **make.indramayu())
    (far,) = make.of(
        inbox.read(make.row(5), office=cast.area("Kota Bandung"), by=cast.provincial_officer())
    )
    merge(one, far)
    officer = cast.regency_officer()
    with speaking_for(officer), pytest.raises(Refusal, match="office above"):
        merge(one, two, by=officer)


@pytest.mark.django_db
@pytest.mark.parametrize("person", [cast.auditor, cast.administrator])
def test_who_does_not_curate_merges_nothing(person):
    firms = make.firms(2)
    with pytest.raises(PermissionDenied):
        merge(*firms, by=person())


@pytest.mark.django_db
def test_another_office_sees_nothing_of_a_merge():
    made = merge(*make.firms(2, **make.indramayu()))
    for stranger in (cast.provincial_officer("Jawa Timur"), cast.regency_officer("Kota Bandung")):
        with speaking_for(stranger):
            assert not Merge.objects.filter(pk=made.pk).exists()
            assert not MergeMember.objects.exists()
    with speaking_for(cast.provincial_officer()):
        assert Merge.objects.filter(pk=made.pk).exists()


@pytest.mark.django_db
def test_a_row_that_comes_later_keeps_its_enterprise_and_speaks_for_the_kept_one():
    kept, merged = make.firms(2)
    made = merge(kept, merged)
    batch = inbox.read(make.row(2, workers="99"), as_of=LATER)
    assert make.of(batch) == [merged]
    assert fresh(kept)[0].workers == 99
    actions.undo_merge(made, by=cast.planner())
    assert [firm.workers for firm in fresh(kept, merged)] == [1, 99]


@pytest.mark.django_db
def test_undoing_restores_every_relation():
    one, two, three = make.firms(3)
    cast.planner()
    before = content()
    made = [merge(one, two), merge(three, one)]
    assert content() != before
    for each in made:
        actions.undo_merge(each, by=cast.planner())
    assert content() == before


@pytest.mark.django_db(transaction=True)
def test_while_a_file_with_one_of_them_is_being_stored_nobody_waits():
    kept, merged = make.firms(2)
    planner = cast.planner()
    held, done = threading.Event(), threading.Event()

    def store():
        try:
            with speaking_for(make.system()), transaction.atomic():
                list(Enterprise.objects.select_for_update().filter(pk=merged.pk))
                held.set()
                done.wait()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        storing = pool.submit(store)
        held.wait()
        try:
            with pytest.raises(Refusal, match="being stored"):
                merge(kept, merged, by=planner)
        finally:
            done.set()
        storing.result()
    merge(kept, merged, by=planner)
    assert Merge.objects.count() == 1


class Reference:
    """What merges and splits should make of firms and rows, worked out again each time."""

    def __init__(self, rows):
        self.given = dict(rows)  # The firm each row was given.
        self.firms = set(self.given.values())
        self.merges, self.splits = {}, {}

    def top(self, firm):
        above = {merged: kept for kept, merged in self.merges.values()}
        while firm in above:
            firm = above[firm]
        return firm

    def holder(self, row):
        return next((new for rows, new in self.splits.values() if row in rows), self.given[row])

    def rows_of(self, top):
        return {row for row in self.given if self.top(self.holder(row)) == top}


def agree(reference):
    for firm in Enterprise.objects.filter(pk__in=reference.firms):
        top = reference.top(firm.pk)
        assert firm.merged_into_id == (None if top == firm.pk else top)
        if top == firm.pk:
            rows = reference.rows_of(top)
            assert firm.is_listed == bool(rows)
            # Lists of one day: of complete rows the last speaks, and workers count the rows up.
            assert not rows or firm.workers == max(reference.workers[row] for row in rows)


deeds = st.lists(
    st.tuples(st.sampled_from("mmmuusx"), st.integers(0, 9), st.integers(0, 9)), max_size=7
)


@made_once
def eight_firms():
    make.firms(5)
    more = [make.row(n, workers=str(10 + n)) for n in (1, 2, 3)]
    inbox.read(*more, office=cast.area("Kab. Indramayu"))
    cast.planner()


@pytest.mark.django_db
@pytest.mark.usefixtures("eight_firms")
@settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(deeds, st.randoms(use_true_random=False))
def test_any_merges_splits_and_undoings_are_what_a_plain_reference_says(done, chance):
    by = cast.planner()
    with transaction.atomic():
        links = EnterpriseSource.objects.select_related("source_record")
        reference = Reference([(link.pk, link.enterprise_id) for link in links])
        reference.workers = {link.pk: link.source_record.values["workers"] for link in links}
        before = content()
        for deed in done:
            carry_out(deed, reference, by)
            agree(reference)
        undo_all(reference, by, chance)
        agree(reference)
        assert content(reference.firms - set(reference.given.values())) == before
        transaction.set_rollback(True)


def carry_out(deed, reference, by):
    what, one, other = deed
    firms = sorted(reference.firms)
    first, second = firms[one % len(firms)], firms[other % len(firms)]
    try:
        if what == "m":
            kept, merged = Enterprise.objects.get(pk=first), Enterprise.objects.get(pk=second)
            made = actions.merge(kept, merged, reason="", by=by)
            reference.merges[made.pk] = (made.kept_id, made.merged_id)
        elif what == "u" and reference.merges:
            key = sorted(reference.merges)[one % len(reference.merges)]
            actions.undo_merge(Merge.objects.get(pk=key), by=by)
            del reference.merges[key]
        elif what == "s":
            rows = sorted(reference.rows_of(reference.top(first)))[: other % 3]
            made = actions.split(Enterprise.objects.get(pk=first), rows, reason="", by=by)
            reference.splits[made.pk] = (set(rows), made.pk)
            reference.firms.add(made.pk)
        elif what == "x" and reference.splits:
            key = sorted(reference.splits)[one % len(reference.splits)]
            actions.undo_split(Enterprise.objects.get(pk=key), by=by)
            del reference.splits[key]
    except Refusal:
        return  # Refused: then nothing at all has happened, which `agree` looks at.


def undo_all(reference, by, chance: random.Random):
    deeds = [("u", key) for key in reference.merges] + [("x", key) for key in reference.splits]
    chance.shuffle(deeds)
    for what, key in deeds:
        if what == "u":
            actions.undo_merge(Merge.objects.get(pk=key), by=by)
        else:
            actions.undo_split(Enterprise.objects.get(pk=key), by=by)
    reference.merges.clear()
    reference.splits.clear()
