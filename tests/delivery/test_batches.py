"""What was made at once: one act, with its makers and the standard of its day."""

import pytest
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.actions import goods
from pulih.delivery.models import Batch
from pulih.delivery.reads.goods import made_of
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once
def activity(db):
    """Two classes, masks of a standard, and cloth that lies with the classes."""
    made = make.activity()
    make.cohort(5, of=made, name="Angkatan A")
    make.cohort(5, "Kab. Cirebon", made, name="Angkatan B")
    cloth = make.item(made, "Kain")
    make.bought(cloth, 100, 1_000_000)
    goods.move(cloth, kind="issued", quantity=100, day=make.FIRST, **by())
    make.item(made, "Masker")
    return made


def by():
    return {"by": cast.provincial_officer(), "today": make.LAST}


def produced(activity, quantity=50, used=0, **more):
    cloth, masks = activity.items.order_by("name")
    return goods.make_batch(
        masks, quantity=quantity, material=cloth if used else None, used=used,
        day=make.FIRST, **{"session": None, **by(), **more},
    )  # fmt: skip


def test_a_batch_names_its_makers_and_the_standard_of_its_day(activity):
    classes = list(activity.cohorts.order_by("name"))
    produced(activity, 40, 30, makers=classes, standard="RSNI masker")
    produced(activity, 10, 30, makers=classes[:1], standard="SNI 8914:2020")
    first, second = made_of(activity.pk)
    assert [one.name for one in first.makers] == ["Angkatan A", "Angkatan B"]
    assert (first.standard, second.standard) == ("RSNI masker", "SNI 8914:2020")
    assert (first.made.quantity, first.used.quantity, first.made.value) == (40, 30, 300_000)
    assert second.used.pk != first.used.pk
    assert made_of(activity.pk, first.used.item) == []


def test_a_session_names_its_class_and_no_other(activity, in_english):
    a, b = activity.cohorts.order_by("name")
    session = make.session(a)
    produced(activity, session=session)
    assert made_of(activity.pk)[0].makers == [a]
    with pytest.raises(Refusal, match="not among the makers"):
        produced(activity, session=session, makers=[b])
    with pytest.raises(Refusal, match="another activity"):
        produced(activity, makers=[make.cohort()])
    assert Batch.objects.count() == 1


def test_moves_that_are_older_than_batches_are_paired_by_what_they_say(activity):
    cloth, masks = activity.items.order_by("name")
    spent = goods.add(cloth, kind="used", quantity=30, day=make.FIRST, **by())
    goods.add(masks, kind="made", quantity=40, value=spent.value, day=make.FIRST, **by())
    produced(activity, 10, 30)
    old, new = made_of(activity.pk)
    assert (old.made.quantity, old.used.pk) == (40, spent.pk)
    assert new.made.quantity == 10


def test_the_page_asks_who_made_it_and_shows_it(activity, client):
    client.force_login(cast.provincial_officer())
    masks = activity.items.get(name="Masker")
    typed = {"product": masks.pk, "quantity": 5, "day": make.FIRST, "standard": "SNI 8914:2020"}
    address = reverse("delivery:make-batch", args=[activity.pk])
    assert client.post(address, typed).status_code == 200
    assert not Batch.objects.exists()
    makers = [one.pk for one in activity.cohorts.all()]
    assert client.post(address, {**typed, "makers": makers}).status_code == 303
    page = client.get(reverse("delivery:goods", args=[activity.pk])).content.decode()
    for said in ("Angkatan A", "Angkatan B", "SNI 8914:2020"):
        assert said in page
