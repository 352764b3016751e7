"""Who gives goods for the office signs by a link, once, whatever comes how often."""

import json
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.actions.giving import sign_as_giver, take_signatures
from pulih.delivery.actions.handovers import text_of
from pulih.delivery.acts import GivesIn
from pulih.delivery.documents.bast import values
from pulih.delivery.models import Handover, Signature
from pulih.delivery.papers import HANDOVER
from pulih.delivery.purposes import COUNT, GIVE
from pulih.delivery.rules.handovers import fingerprint
from pulih.documents.lookups import in_force
from tests.make import areas
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOW = datetime(2020, 6, 27, 3, tzinfo=UTC)
DRAWN = "M10 50L40 20L60 80L90 30L120 60L150 40L180 70"


@made_once
def handover():
    """Goods that left without anybody's signature for the office."""
    return make.handover(make.stocked(make.activity()), name="", post="", place="")


def act(handover, **values):
    usual = {
        "number": 1, "name": "Nur", "post": "Penyimpan barang", "where": "Gudang",
        "text": text_of(handover, None), "drawing": DRAWN, "pressed_at": "2020-06-26T02:00:00Z",
    }  # fmt: skip
    return {**usual, **values}


def sent(*acts, device="phone-0007"):
    return GivesIn.model_validate({"device": device, "sent_at": NOW.isoformat(), "acts": acts})


def take(handover, *acts, by=None, **values):
    by = by or cast.provincial_officer()
    return take_signatures(handover, sent(*acts, **values), by=by, now=NOW)


def test_goods_leave_unsigned_and_the_giver_signs_by_a_link(handover):
    assert not Signature.objects.exists()
    assert values(handover)["giver"]["name"] == ""
    first = in_force(HANDOVER, handover.pk)
    link, _address = make.given_link(GIVE, handover.pk, handover.province)
    for _again in range(3):
        assert [one.result for one in take(handover, act(handover), by=link)] == ["taken"]
    one = Signature.objects.get()
    assert (one.side, one.name, one.link, one.by, one.drawing) == (
        "giver",
        "Nur",
        link,
        None,
        DRAWN,
    )
    assert one.fingerprint == fingerprint(text_of(handover, None))
    assert values(Handover.objects.get())["giver"]["post"] == "Penyimpan barang"
    assert in_force(HANDOVER, handover.pk).version == first.version + 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "Sesuatu yang lain."}, "another sentence"),
        ({"number": 2, "name": "Lain"}, "Nur has signed for the office already"),
    ],
)
def test_another_sentence_or_a_second_giver_is_refused(handover, changes, said):
    if "name" in changes:
        take(handover, act(handover))
    [verdict] = take(handover, act(handover, **changes))
    assert verdict.result == "refused"
    assert said in verdict.sentence


def test_only_the_office_or_its_link_for_this_hand_over_signs(handover):
    values = {"name": "Nur", "post": "Penelaah", "place": "Gudang", "now": NOW}
    for link in (
        make.given_link(COUNT, handover.pk, handover.province)[0],
        make.given_link(GIVE, handover.pk + 1, handover.province)[0],
    ):
        with pytest.raises((PermissionDenied, Refusal)):
            sign_as_giver(handover, by=link, **values)
    for person in (cast.provincial_officer("Bali"), cast.auditor()):
        with pytest.raises(PermissionDenied):
            sign_as_giver(handover, by=person, **values)
    assert not Signature.objects.exists()


def test_the_office_gives_a_link_whose_holder_signs_on_the_page(client, handover):
    client.force_login(cast.provincial_officer())
    page = reverse("delivery:handover", args=[handover.pk])
    shown = client.get(page).text
    assert "Belum ada yang menandatangani untuk kantor" in shown
    assert "Tautan untuk yang menyerahkan" in shown
    given = client.post(reverse("delivery:give-giver-link", args=[handover.pk]), {"holder": "Nur"})
    assert given.context["giver"]["given"][1] in given.text
    link, address = make.given_link(GIVE, handover.pk, handover.province)
    client.logout()
    assert client.get(reverse("links:open", args=[address])).status_code == 302
    opened = client.get(reverse("delivery:give-by-link", args=[link.pk])).text
    assert "field_give" in opened
    assert handover.number not in opened  # The phone keeps the page; what is given comes apart.
    told = client.get(reverse("delivery:give-list-by-link", args=[link.pk])).json()
    assert (told["text"], told["signed"]) == (text_of(handover, None), "")
    answer = client.post(
        reverse("delivery:give-signatures-by-link", args=[link.pk]),
        json.dumps({"device": "phone-0007", "sent_at": NOW.isoformat(), "acts": [act(handover)]}),
        content_type="application/json",
    )
    assert answer.json()["verdicts"][0]["result"] == "taken"
    assert Signature.objects.get().link == link
    client.force_login(cast.provincial_officer())
    assert "Tautan untuk yang menyerahkan" not in client.get(page).text


def test_the_form_takes_all_of_a_signer_or_nothing(client):
    item = make.stocked(make.activity())
    area = areas.regency("Kab. Indramayu")
    to = make.receiver("Puskesmas", kind="health", area=area, valid_to=None)
    client.force_login(cast.provincial_officer())
    typed = {"number": "BAST-9", "item": item.pk, "quantity": 1, "receiver": to.pk,
             "sent_on": make.LAST.isoformat(), "name": "Nur", "post": "", "place": ""}  # fmt: skip
    send = reverse("delivery:send", args=[item.activity_id])
    assert "atau kosongkan ketiganya" in client.post(send, typed).text
    assert client.post(send, {**typed, "name": ""}).status_code == 303
    assert not Handover.objects.get().signatures.exists()
