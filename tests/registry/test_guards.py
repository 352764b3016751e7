"""Rooms that refuse a merge, or tell people what to know first; and the register's own rule."""

from datetime import date

import pytest

from pulih.audit.models import Event
from pulih.common.errors import Message, Refusal
from pulih.people.scope import speaking_for
from pulih.registry import actions, merge_hooks, prepared
from pulih.registry.merge_hooks import Judge, Objection
from pulih.registry.models import Merge, Pin, Review, ReviewAnswer
from tests.make import inbox
from tests.make import registry as make
from tests.once import made_once
from tests.people import cast
from tests.registry.tables import content

pytestmark = pytest.mark.django_db
LATER = date(2020, 6, 30)
ONE_NIB, OTHER_NIB = "8120001112223", "9120003334445"
REASON = "Officers pinned two different NIB"


def fixed(firm, value, attribute="nib", by=None):
    actions.pin(firm, attribute, value, reason="dilihat di surat", by=by or cast.planner())


def merge(kept, merged):
    return actions.merge(kept, merged, reason="sama", by=cast.planner())


def double(place=1):
    """Return a row that surely names firm `place` of `firms` again, but not by NIK and name."""
    return make.row(place, name=f"UD. {make.FIRMS[place][0]} Baru")


@pytest.fixture
def room(monkeypatch):
    """Let a room of the test's own be the only one that is asked; return what it was asked."""
    asked, says = [], []

    def guard(ids):
        def objection(ours, theirs):
            asked.append((sorted(ours), sorted(theirs)))
            return says[0] if says else None

        return Judge(ids, objection)

    monkeypatch.setattr(merge_hooks, "_guards", [guard])
    monkeypatch.setattr(merge_hooks, "_flags", [])
    return asked, says


def test_a_room_may_refuse_a_merge(room):
    _asked, says = room
    says.append(Objection(True, Message("Tidak.", "Both have a loan.")))
    with pytest.raises(Refusal, match="Both have a loan"):
        merge(*make.firms(2))
    assert not Merge.objects.exists()


def test_a_room_may_flag_a_merge_that_still_happens(room):
    _asked, says = room
    says.append(Objection(False, Message("Lihat.", "Look twice.")))
    merge(*make.firms(2))
    assert Event.objects.get(verb="registry.merge").detail["flags"] == ["Look twice."]


def test_a_room_is_asked_about_all_that_stand_for_the_two(room):
    asked, _says = room
    one, two, three = make.firms(3)
    merge(one, two)
    merge(one, three)
    assert asked == [([one.pk], [two.pk]), ([one.pk, two.pk], [three.pk])]


@pytest.mark.parametrize(("attribute", "values"), [
    ("nib", (ONE_NIB, OTHER_NIB)),
    ("nik", (make.nik(1), make.nik(2))),
])  # fmt: skip
def test_two_firms_with_different_fixed_numbers_are_not_merged(attribute, values):
    firms = make.firms(2)
    for firm, value in zip(firms, values, strict=True):
        fixed(firm, value, attribute)
    with pytest.raises(Refusal, match=f"two different {attribute.upper()}"):
        merge(*firms)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("other", [None, ONE_NIB, ""])
def test_one_fixed_number_or_the_same_on_both_or_a_fixed_blank_joins(other):
    firms = make.firms(2)
    fixed(firms[0], ONE_NIB)
    if other is not None:
        fixed(firms[1], other)
    assert merge(*firms).kept == firms[0]


def test_once_a_number_is_no_longer_fixed_they_merge_and_the_undoing_restores_all():
    firms = make.firms(2)
    for firm, value in zip(firms, (ONE_NIB, OTHER_NIB), strict=True):
        fixed(firm, value)
    actions.unpin(firms[1], "nib", by=cast.planner())
    before = content()
    actions.undo_merge(merge(*firms), by=cast.planner())
    assert content() == before


def test_a_number_fixed_on_a_merged_firm_counts_for_whom_it_stands():
    one, two, three = make.firms(3)
    fixed(two, ONE_NIB)
    fixed(three, OTHER_NIB)
    merge(one, two)
    with pytest.raises(Refusal, match=REASON):
        merge(one, three)


def test_what_another_office_fixed_is_heard_of_too():
    one, two = make.firms(2, **make.indramayu())
    fixed(one, ONE_NIB)
    fixed(two, OTHER_NIB)
    Pin.objects.update(province=cast.area("Jawa Timur"), regency=None)
    officer = cast.regency_officer()
    with speaking_for(officer), pytest.raises(Refusal, match=REASON):
        actions.merge(one, two, reason="", by=officer)


@made_once(language="en")
def pair():
    firms = make.firms(2, **make.indramayu())
    for firm, value in zip(firms, (ONE_NIB, OTHER_NIB), strict=True):
        fixed(firm, value)
    return make.review(*firms)


def test_the_reviewer_reads_the_reason_before_she_answers(client, pair):
    client.force_login(cast.regency_officer())
    for language, said in (("en", REASON), ("id", "Petugas menyematkan dua NIB yang berbeda")):
        client.cookies["pulih_language"] = language
        page = client.get(f"/enterprises/reviews/{pair.pk}/").content.decode()
        assert said in page
        (button,) = [part for part in page.split("<button") if 'value="same"' in part]
        assert " disabled" in button.split(">")[0]
        assert 'aria-describedby="cannot-join"' in button


def test_the_answer_is_refused_for_the_same_reason_and_nothing_is_written(client, pair):
    officer = cast.regency_officer()
    with speaking_for(officer), pytest.raises(Refusal, match=REASON):
        actions.answer(pair, "same", by=officer)
    assert not ReviewAnswer.objects.exists()
    assert Review.objects.get(pk=pair.pk).state == "waiting"


def test_a_program_is_told_the_reason_before_and_after(client, pair):
    client.force_login(cast.regency_officer())
    root = f"/api/v1/registry/reviews/{pair.pk}"
    (told,) = client.get(root).json()["objections"]
    assert told["refuses"] is True
    answered = client.post(f"{root}/answer", {"answer": "same"}, content_type="application/json")
    assert answered.status_code == 409
    assert answered.json()["refused"] in (told["says_en"], told["says_id"])
    assert REASON in told["says_en"]


def test_who_compares_the_two_reads_the_reason_and_cannot_join(client, pair):
    client.force_login(cast.planner())
    Review.objects.all().delete()
    client.cookies["pulih_language"] = "en"
    address = f"/enterprises/compare/?first={pair.first_id}&second={pair.second_id}"
    page = client.get(address).content.decode()
    assert REASON in page
    (button,) = [part for part in page.split("<button") if 'value="same"' in part]
    assert " disabled" in button.split(">")[0]


@pytest.fixture
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(prepared, "folder", lambda: tmp_path)


@pytest.mark.usefixtures("_own_folder")
def test_a_run_leaves_what_may_not_be_joined_to_people():
    known = make.firms(3)
    batch = inbox.read(double(1), as_of=LATER)
    (new,) = make.of(batch)
    fixed(known[0], ONE_NIB)
    fixed(new, OTHER_NIB)
    run = actions.link_batch(batch.pk)
    assert not Merge.objects.exists()
    assert run.waiting == 1
    waiting = Review.objects.open().get()
    assert {waiting.first_id, waiting.second_id} == {known[0].pk, new.pk}
    actions.unpin(new, "nib", by=cast.planner())
    actions.relink(by=cast.planner())
    assert Merge.objects.get().merged_id == new.pk


@pytest.mark.usefixtures("_own_folder")
def test_a_run_does_not_join_by_way_of_a_third_what_may_not_be_joined():
    batch = inbox.read(double(1), as_of=LATER)
    again = inbox.read(make.row(1, name="Melati Indah Konveksi Jaya"), as_of=LATER)
    (middle,), (last,) = make.of(batch), make.of(again)
    known = make.firms(1)
    fixed(known[0], ONE_NIB)
    fixed(last, OTHER_NIB)
    actions.relink(by=cast.planner())
    tops = {firm.merged_into_id or firm.pk for firm in map(refreshed, (known[0], last))}
    assert len(tops) == 2
    assert refreshed(middle).merged_into_id in (None, *tops)


def refreshed(firm):
    firm.refresh_from_db()
    return firm
