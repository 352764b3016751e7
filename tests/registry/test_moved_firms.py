"""What was done to a firm goes with it to the office where it stands now, and to no other."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.registry import actions
from pulih.registry.actions import checking
from pulih.registry.models import (
    Enterprise,
    EnterpriseSource,
    LinkRun,
    Merge,
    MergeMember,
    Pin,
    Separation,
    SplitMove,
)
from tests.make import inbox
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
LATER = date(2020, 6, 30)
HERE = "Kota Bandung"


def move(place=1):
    """Let a later list of another regency name firm `place` of `firms`: it moved there."""
    office, by = cast.area(HERE), cast.provincial_officer()
    inbox.read(make.row(place, workers="5"), office=office, by=by, as_of=LATER)


def strangers():
    return cast.regency_officer("Kota Cirebon"), cast.provincial_officer("Jawa Timur")


@made_once(language="en")
def firms():
    """Two firms of a regency; joined they go by the first, whom alone a newer list names."""
    found = make.firms(2, **make.indramayu())
    inbox.read(make.row(1), as_of=date(2020, 6, 15), **make.indramayu())
    return found


@made_once(language="en")
def here():
    return cast.regency_officer(HERE)


@made_once(language="en")
def merge(firms):
    by = cast.regency_officer()
    with speaking_for(by):
        made = actions.merge(*firms, reason="satu pemilik", by=by)
    move()
    assert Enterprise.objects.get(pk=firms[0].pk).regency == cast.area(HERE)
    return made


def seen(model, person):
    """Return what a person sees of a table by each of the two walls, which must agree."""
    with speaking_for(person):
        behind_one = set(model.objects.values_list("pk", flat=True))
    asked = model.objects
    behind_other = set(asked.visible_to(person).values_list("pk", flat=True))
    assert behind_one == behind_other
    return behind_one


def test_the_new_office_sees_the_merge_and_a_stranger_does_not(merge, here):
    assert seen(Merge, here) == seen(Merge, cast.regency_officer()) == {merge.pk}
    with speaking_for(here):
        assert MergeMember.objects.count() == 1
    for stranger in strangers():
        assert seen(Merge, stranger) == set()
        with speaking_for(stranger):
            assert not MergeMember.objects.exists()


def test_before_the_firm_moves_the_other_office_sees_nothing(firms, here):
    actions.merge(*firms, reason="", by=cast.regency_officer())
    assert seen(Merge, here) == set()


def test_what_the_province_did_stays_the_provinces(firms, here):
    (far,) = make.of(
        inbox.read(make.row(5), office=cast.area("Kota Cirebon"), by=cast.provincial_officer())
    )
    made = actions.merge(firms[0], far, reason="", by=cast.provincial_officer())
    move()
    assert seen(Merge, here) == set()
    with speaking_for(here), pytest.raises(PermissionDenied):
        actions.undo_merge(made, by=here)


def test_the_new_offices_pages_tell_of_it_without_the_name_that_it_does_not_see(
    client, merge, firms, here
):
    client.force_login(here)
    client.cookies["pulih_language"] = "en"
    for tab in ("joined", "history"):
        page = client.get(f"/enterprises/{firms[0].pk}/{tab}/").content.decode()
        assert f"IKM {firms[1].pk}" in page
        assert make.FIRMS[2][0] not in page
    assert "satu pemilik" in client.get(f"/enterprises/{firms[0].pk}/joined/").content.decode()


def test_the_old_offices_file_still_tells_of_a_merge_whose_firm_left(client, firms):
    move(2)  # A run of the regency merged them before the other left.
    batch = firms[0].sources.earliest("pk").source_record.batch
    run = LinkRun.objects.get(batch=batch)
    Merge.objects.create(
        kept=firms[0], merged=firms[1], run=run, weight=9.0, by=make.system(),
        province_id=run.province_id, regency_id=run.regency_id,
    )  # fmt: skip
    client.force_login(cast.regency_officer())
    shown = client.get(f"/enterprises/links/{batch.pk}/").context["linked"].merges
    assert [(one.first, one.second) for one in shown] == [(make.FIRMS[1][0], make.FIRMS[2][0])]


def test_the_new_office_takes_the_merge_back(client, merge, firms, here):
    client.force_login(here)
    answer = client.post(f"/enterprises/merges/{merge.pk}/undo/")
    assert answer.status_code == 302 or answer.status_code == 303
    merge.refresh_from_db()
    assert merge.undone_by == here
    assert set(Enterprise.objects.listed().values_list("pk", flat=True)) == {
        firm.pk for firm in firms
    }
    assert set(checking.check().values()) == {0}


def test_a_stranger_takes_nothing_back(client, merge):
    for stranger in strangers():
        client.force_login(stranger)
        assert client.post(f"/enterprises/merges/{merge.pk}/undo/").status_code == 404
        with speaking_for(stranger), pytest.raises(PermissionDenied):
            actions.undo_merge(merge, by=stranger)
    assert Merge.objects.in_force().get() == merge


def test_taking_back_a_merge_that_answers_made_takes_them_back(firms, here):
    officer = cast.regency_officer()
    pair = make.review(*firms)
    with speaking_for(officer):
        actions.answer(pair, "same", by=officer)
    move()
    with speaking_for(here):
        actions.undo_merge(Merge.objects.get(), by=here)
    pair.refresh_from_db()
    assert pair.state == "waiting"
    assert set(checking.check().values()) == {0}


def test_what_was_told_apart_goes_with_either_firm(client, firms, here):
    by = cast.regency_officer()
    with speaking_for(by):
        made = actions.separate(*firms, reason="dua bengkel", by=by)
    move()
    assert seen(Separation, here) == {made.pk}
    assert all(seen(Separation, stranger) == set() for stranger in strangers())
    client.force_login(here)
    page = client.get(f"/enterprises/{firms[0].pk}/joined/").content.decode()
    assert "dua bengkel" in page
    assert make.FIRMS[2][0] not in page
    client.post(f"/enterprises/separations/{made.pk}/end/")
    assert not Separation.objects.in_force().exists()


def test_the_new_office_ends_what_answers_told_apart_where_it_does_not_see_them(firms, here):
    officer = cast.regency_officer()
    pair = make.review(*firms)
    with speaking_for(officer):
        actions.answer(pair, "different", by=officer)
        with pytest.raises(Refusal, match="Answer that question otherwise"):
            actions.end_separation(Separation.objects.get(), by=officer)
    move()
    with speaking_for(here):
        actions.end_separation(Separation.objects.get(), by=here)
    pair.refresh_from_db()
    assert pair.state == "waiting"
    assert set(checking.check().values()) == {0}


def test_split_rows_go_with_the_firm_and_are_put_back_by_its_new_office(client, here):
    office = make.indramayu()
    (firm,) = make.firms(1, **office)
    inbox.read(make.row(1, workers="8"), as_of=date(2020, 5, 30), **office)
    row = EnterpriseSource.objects.filter(enterprise=firm).latest("pk").source_record_id
    by = cast.regency_officer()
    with speaking_for(by):
        made = actions.split(firm, [row], reason="baris orang lain", by=by)
    before = seen(SplitMove, by)
    assert len(before) == 1
    Enterprise.objects.filter(pk__in=[firm.pk, made.pk]).update(regency=cast.area(HERE))
    assert seen(SplitMove, here) == before
    assert all(seen(SplitMove, stranger) == set() for stranger in strangers())
    client.force_login(here)
    assert "baris orang lain" in client.get(f"/enterprises/{firm.pk}/joined/").content.decode()
    client.post(f"/enterprises/{made.pk}/unsplit/")
    assert not SplitMove.objects.in_force().exists()
    assert not Separation.objects.in_force().exists()


def test_the_new_office_ends_a_pin_or_pins_anew(firms, here):
    old, new = cast.regency_officer(), here
    for attribute in ("workers", "product"):
        with speaking_for(old):
            actions.pin(firms[0], attribute, "7", reason="dilihat", by=old)
    move()
    firm = Enterprise.objects.get(pk=firms[0].pk)
    assert len(seen(Pin, new)) == 2
    assert all(seen(Pin, stranger) == set() for stranger in strangers())
    with speaking_for(new):
        actions.pin(firm, "workers", "9", reason="dihitung", by=new)
        actions.unpin(firm, "product", by=new)
    assert [pin.value for pin in Pin.objects.in_force()] == ["9"]


def test_the_old_office_is_told_to_ask_above_where_part_of_the_firm_left(firms):
    by = cast.regency_officer()
    with speaking_for(by):
        made = actions.merge(*firms, reason="", by=by)
    move(2)
    with speaking_for(by), pytest.raises(Refusal, match="office above"):
        actions.undo_merge(made, by=by)
