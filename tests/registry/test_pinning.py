"""Pinned values hold through files and merges until somebody ends them; splits likewise."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.registry import actions
from pulih.registry.models import Enterprise, EnterpriseSource, Pin, SplitMove
from tests.make import inbox
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast
from tests.registry.tables import content

LATER = date(2020, 6, 30)


def again(firm):
    return Enterprise.objects.get(pk=firm.pk)


def pin(firm, attribute, value, by=None):
    by = by or cast.planner()
    return actions.pin(firm, attribute, value, reason="dilihat sendiri", by=by)


@pytest.mark.django_db
def test_a_pin_holds_through_a_newer_file_until_it_is_ended():
    (firm,) = make.firms(1)
    pin(firm, "workers", "7")
    assert again(firm).workers == 7
    inbox.read(make.row(1, workers="30"), as_of=LATER)
    assert again(firm).workers == 7
    actions.unpin(firm, "workers", by=cast.planner())
    assert again(firm).workers == 30


@pytest.mark.django_db
def test_a_pin_holds_through_a_merge_and_the_kept_ones_own_goes_first():
    one, two = make.firms(2)
    pin(two, "workers", "7")
    pin(two, "product", "Kue")
    pin(one, "product", "Roti")
    made = actions.merge(one, two, reason="", by=cast.planner())
    assert (again(one).workers, again(one).product) == (7, "Roti")
    actions.undo_merge(made, by=cast.planner())
    assert (again(one).workers, again(two).product) == (1, "Kue")


@pytest.mark.django_db
def test_a_pin_that_came_with_a_merged_firm_is_ended_on_the_page_of_the_kept_one(client):
    one, two = make.firms(2)
    pin(two, "product", "Kue")
    actions.merge(one, two, reason="", by=cast.planner())
    client.force_login(cast.planner())
    client.post(f"/enterprises/{one.pk}/pins/product/end/")
    assert not Pin.objects.in_force().exists()
    assert again(one).product == "Keripik singkong"


@pytest.mark.django_db
def test_of_several_pins_the_one_that_holds_is_ended_first():
    one, two = make.firms(2)
    pin(two, "product", "Kue")
    pin(one, "product", "Roti")
    actions.merge(one, two, reason="", by=cast.planner())
    for product in ("Kue", "Keripik singkong"):
        actions.unpin(one, "product", by=cast.planner())
        assert again(one).product == product
    with pytest.raises(Refusal, match="Nothing is pinned"):
        actions.unpin(one, "product", by=cast.planner())


@pytest.mark.django_db
def test_what_follows_from_a_pinned_value_follows():
    (firm,) = make.firms(1)
    pin(firm, "name", "UD Harum Sekali")
    assert again(firm).sort_key == "harum sekali"


@pytest.mark.django_db
def test_a_value_may_be_pinned_empty_but_a_name_may_not():
    (firm,) = make.firms(1)
    pin(firm, "phone", "")
    assert again(firm).phone is None
    with pytest.raises(Refusal, match="needs a name"):
        pin(firm, "name", " ")


@pytest.mark.django_db
def test_a_second_pin_ends_the_first():
    (firm,) = make.firms(1)
    pin(firm, "workers", "7")
    pin(firm, "workers", "8")
    assert again(firm).workers == 8
    assert Pin.objects.in_force().count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("workers", "tujuh puluhan"),
        ("workers", "9999999999"),
        ("nik", "123"),
        ("owner_sex", "X"),
        ("phone", "abc"),
        ("year_established", "3000"),
        ("name", "👩🏽‍🏭" * 300),
        ("address", "👩" * 300),
        ("status", "bahagia"),
    ],
)
def test_what_is_no_such_value_is_refused(attribute, value):
    (firm,) = make.firms(1)
    with pytest.raises(Refusal):
        pin(firm, attribute, value)
    assert not Pin.objects.exists()


@pytest.mark.django_db
def test_a_pin_needs_a_reason_and_a_right():
    (firm,) = make.firms(1, **make.indramayu())
    with pytest.raises(Refusal, match="Say why"):
        actions.pin(firm, "workers", "7", reason=" ", by=cast.planner())
    for stranger in (cast.auditor(), cast.regency_officer("Kota Bandung")):
        with pytest.raises(PermissionDenied):
            pin(firm, "workers", "7", by=stranger)
    with pytest.raises(Refusal, match="Nothing is pinned"):
        actions.unpin(firm, "workers", by=cast.planner())


@pytest.mark.django_db
def test_another_office_sees_no_pin():
    (firm,) = make.firms(1, **make.indramayu())
    pin(firm, "workers", "7")
    with speaking_for(cast.regency_officer("Kota Bandung")):
        assert not Pin.objects.exists()


@pytest.mark.django_db
def test_pinning_and_ending_leave_every_relation_as_it_was():
    (firm,) = make.firms(1)
    by, before = cast.planner(), content()
    pin(firm, "workers", "7", by=by)
    actions.unpin(firm, "workers", by=by)
    assert content() == before


@made_once(language="en")
def mixed():
    """Return a firm whose second row is another's, and that row's key."""
    (firm,) = make.firms(1)
    inbox.read(make.row(1, owner="Orang Lain", workers="40"), as_of=LATER)
    return firm, EnterpriseSource.objects.latest("pk").pk


@pytest.mark.django_db
def test_rows_taken_out_make_a_new_firm_and_keep_their_lineage(mixed):
    firm, row = mixed
    new = actions.split(firm, [row], reason="dua usaha", by=cast.planner())
    assert (new.owner_name, new.workers, new.is_listed) == ("Orang Lain", 40, True)
    assert (again(firm).owner_name, again(firm).workers) == (make.FIRMS[1][1], 1)
    assert EnterpriseSource.objects.get(pk=row).enterprise == firm


@pytest.mark.django_db
def test_putting_rows_back_leaves_every_relation_as_it_was(mixed):
    firm, row = mixed
    by, before = cast.planner(), content()
    new = actions.split(firm, [row], reason="", by=by)
    actions.undo_split(new, by=by)
    assert content([new.pk]) == before
    assert not again(new).is_listed
    with pytest.raises(Refusal, match="back already"):
        actions.undo_split(new, by=by)


@pytest.mark.django_db
def test_a_split_is_refused_that_makes_no_sense(mixed):
    firm, row = mixed
    rows = list(EnterpriseSource.objects.values_list("pk", flat=True))
    for wrong in ([], [*rows], [row + 999]):
        with pytest.raises(Refusal):
            actions.split(firm, wrong, reason="", by=cast.planner())
    actions.split(firm, [row], reason="", by=cast.planner())
    with pytest.raises(Refusal):
        actions.split(firm, [row], reason="", by=cast.planner())
    assert SplitMove.objects.count() == 1


@pytest.mark.django_db
def test_what_was_split_is_not_merged_by_a_later_run(mixed, tmp_path, monkeypatch):
    from pulih.registry import prepared

    monkeypatch.setattr(prepared, "folder", lambda: tmp_path)
    firm, row = mixed
    new = actions.split(firm, [row], reason="", by=cast.planner())
    actions.relink(by=cast.planner())
    assert again(new).merged_into_id is None


@pytest.mark.django_db
def test_the_nearer_office_is_believed_before_the_farther_on_the_same_day():
    inbox.read(make.row(1, workers="3"), **make.indramayu())
    heads = (*inbox.HEADS, "Kabupaten")
    row = (*make.row(1, workers="9"), "Kab. Indramayu")
    inbox.read(row, heads=heads)
    assert Enterprise.objects.get().workers == 3


@pytest.mark.django_db
def test_the_fuller_row_is_believed_before_the_emptier_of_one_list():
    batch = inbox.read(make.row(1, workers="3"), make.row(1, workers="9", phone=""))
    assert make.of(batch)[0].workers == 3
