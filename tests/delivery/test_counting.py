"""A receiver counts and signs on a phone: once, whatever comes when, and nothing is lost unsaid."""

import base64
import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pydantic import ValidationError

from pulih.audit.models import Event
from pulih.delivery.actions.counting import take_counts
from pulih.delivery.actions.giving import sign_as_giver
from pulih.delivery.actions.handovers import confirm, text_of
from pulih.delivery.acts import CountsIn
from pulih.delivery.documents.bast import pdf
from pulih.delivery.models import Handover, HandoverPhoto, Signature
from pulih.delivery.purposes import COUNT
from pulih.delivery.reads.field import count_list
from pulih.people.links.address import key_of
from pulih.people.links.models import Link
from pulih.people.scope import speaking_by_link
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 6, 27, 3, tzinfo=UTC)
DRAWN = "M10 50L40 20L60 80L90 30L120 60L150 40L180 70"


@made_once
def handover():
    return make.handover(make.stocked(make.activity()))


@made_once
def unsigned():
    """A hand-over for which nobody of the office has signed yet."""
    return make.handover(make.stocked(make.activity()), name="", post="", place="")


def photo(shade=120):
    return base64.b64encode(make.jpeg(shade)).decode()


def vast_photo():
    """A photo whose head says that it is 65,000 pixels wide and high."""
    content = make.jpeg(120)
    at = content.index(b"\xff\xc0") + 5
    return base64.b64encode(content[:at] + b"\xfd\xe8\xfd\xe8" + content[at + 4 :]).decode()


def counted(handover, received=480, number=1, **values):
    usual = {
        "number": number, "received": received, "came_back": 0,
        "reason": "" if received == handover.sent else "dua kardus basah",
        "received_on": "2020-06-26", "name": "Siti", "post": "Sekretaris", "where": "Indramayu",
        "text": text_of(handover, received), "drawing": DRAWN, "photo": "",
        "pressed_at": "2020-06-26T02:00:00Z",
    }  # fmt: skip
    return {**usual, **values}


def sent(*acts, device="phone-0001"):
    return CountsIn.model_validate({"device": device, "sent_at": NOW.isoformat(), "acts": acts})


def take(handover, *acts, **values):
    by = cast.provincial_officer()
    with translation.override("en"):
        return take_counts(handover, sent(*acts, **values), by=by, now=NOW)


def test_what_was_counted_and_signed_two_days_later_is_kept_once(handover):
    act = counted(handover, photo=photo(), came_back=15)
    for _again in range(3):
        assert [one.result for one in take(handover, act)] == ["taken"]
    kept = Handover.objects.get()
    assert (kept.received, kept.came_back, kept.received_on) == (480, 15, date(2020, 6, 26))
    signature = Signature.objects.get(side="receiver")
    assert (signature.drawing, signature.device, signature.number) == (DRAWN, "phone-0001", 1)
    assert (signature.signed_at, signature.pressed_at.hour) == (NOW, 2)
    assert HandoverPhoto.objects.get().handover_id == handover.pk
    assert pdf(kept).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": ""}, "difference of 20"),
        ({"received_on": "2020-06-28"}, "lies ahead"),
        ({"received_on": "2020-06-20"}, "before it was sent"),
        ({"came_back": 21}, "only 20 are missing"),
        ({"text": "Sesuatu yang lain."}, "another sentence"),
        ({"photo": "AAAA"}, "cannot be read"),
        ({"photo": "A"}, "cannot be read"),
        ({"photo": vast_photo()}, "too large"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason_and_nothing_is_kept(handover, values, said):
    (verdict,) = take(handover, counted(handover, **values))
    assert verdict.result == "refused"
    assert said in verdict.sentence
    assert Handover.objects.get().received is None
    assert not Signature.objects.filter(side="receiver").exists()
    assert not HandoverPhoto.objects.exists()


def test_a_phone_that_comes_after_the_office_is_told_and_the_record_keeps_its_count(handover):
    by = cast.provincial_officer()
    confirm(
        handover, received=500, received_on=date(2020, 6, 26), came_back=0, reason="", name="Siti",
        post="Sekretaris", place="Kantor", by=by, now=NOW, today=date(2020, 6, 27),
    )  # fmt: skip
    (verdict,) = take(handover, counted(handover))
    assert "26 Jun 2020" in verdict.sentence
    event = Event.objects.get(verb="delivery.count_refused")
    assert event.detail["received"] == 480


def test_what_postgresql_or_a_paper_cannot_hold_is_not_read(handover):
    for wrong in ({"name": "Siti\0"}, {"drawing": DRAWN.replace("M10", "M١٠")}):
        with pytest.raises(ValidationError):
            sent(counted(handover, **wrong))


def test_a_count_that_comes_twice_at_once_takes_turns_before_it_is_looked_for(handover):
    with CaptureQueriesContext(connection) as done:
        take(handover, counted(handover))
    queries = [one["sql"] for one in done]
    looked = next(i for i, sql in enumerate(queries) if "delivery_signature" in sql)
    assert any("FOR UPDATE" in sql for sql in queries[:looked])


def test_another_count_under_the_number_of_one_press_is_refused(handover):
    take(handover, counted(handover))
    (verdict,) = take(handover, counted(handover, 470))
    assert verdict.result == "refused"
    assert Handover.objects.get().received == 480


def giving(handover, **values):
    usual = {"name": "Rina", "post": "PPK", "text": text_of(handover, None), "drawing": DRAWN}
    return {**usual, **values}


def test_both_sides_sign_on_one_phone_in_one_press_that_counts_once(unsigned):
    assert count_list(unsigned, NOW, None)["asks_giver"] is True
    act = counted(unsigned, giver=giving(unsigned))
    assert [one.result for one in take(unsigned, act)] == ["taken"]
    assert [one.result for one in take(unsigned, act)] == ["taken"]
    signed = unsigned.signatures.order_by("pk").values_list("side", "name", "post", "place")
    assert list(signed) == [
        ("giver", "Rina", "PPK", "Indramayu"), ("receiver", "Siti", "Sekretaris", "Indramayu"),
    ]  # fmt: skip
    assert count_list(unsigned, NOW, None)["asks_giver"] is False


def test_a_count_is_kept_where_somebody_else_signed_for_the_office_meanwhile(unsigned):
    sign_as_giver(
        unsigned, name="Budi", post="PPK", place="Bandung", by=cast.provincial_officer(), now=NOW
    )
    (said,) = take(unsigned, counted(unsigned, giver=giving(unsigned)))
    assert said.result == "taken"
    assert set(unsigned.signatures.values_list("name", flat=True)) == {"Budi", "Siti"}


def test_a_giver_who_signed_another_sentence_is_refused_with_the_count(unsigned):
    (said,) = take(unsigned, counted(unsigned, giver=giving(unsigned, text="lain")))
    assert said.result == "refused"
    assert not unsigned.signatures.exists()


def test_one_photo_shows_one_handover(handover):
    other = make.handover(
        make.stocked(make.activity(title="Lain")), number="BAST-2", receiver=handover.receiver
    )
    take(handover, counted(handover, photo=photo()))
    (verdict,) = take(other, counted(other, photo=photo()), device="phone-0002")
    assert "another hand-over" in verdict.sentence
    assert [one.result for one in take(other, counted(other, number=2, photo=photo(90)))] == [
        "taken"
    ]


def test_a_receiver_counts_by_link_and_the_paper_says_so(handover, client):
    link, address = make.given_link(COUNT, handover.pk, handover.province)
    assert client.get(reverse("links:open", args=[address])).status_code == 302
    page = client.get(reverse("delivery:count-by-link", args=[link.pk])).content.decode()
    assert handover.number not in page  # The phone keeps the page; what was sent comes apart.
    told = client.get(reverse("delivery:count-list-by-link", args=[link.pk])).json()
    assert (told["sent"], told["number"], told["holder"]) == (500, "BAST-1", "Rahmat")
    link.valid_to = datetime(2026, 12, 3, 4, tzinfo=UTC)
    with translation.override("en"):
        assert count_list(handover, NOW, link)["until_words"] == "3 Dec 2026 11:00 WIB"
    act = counted(handover, text=told["text"] + told["counted"].format(received=480, missing=20))
    body = {"device": "phone-0007", "sent_at": NOW.isoformat(), "acts": [act]}
    send = reverse("delivery:count-counts-by-link", args=[link.pk])
    # The link's clock is today's: a hand-over of 2020 is counted on a day since.
    answer = client.post(send, json.dumps(body), content_type="application/json")
    assert answer.json()["verdicts"] == [{"number": 1, "result": "taken", "sentence": ""}]
    signature = Signature.objects.get(side="receiver")
    assert (signature.link_id, signature.by) == (link.pk, None)
    assert client.post(send, "{}", content_type="application/json").status_code == 422
    assert client.post(send, {"acts": "none"}).status_code == 422  # A form, as no page sends it.
    with speaking_by_link(key_of(address)):
        assert [one.pk for one in Handover.objects.all()] == [handover.pk]


def test_a_receivers_link_signs_for_nobody_else(unsigned, client):
    link, address = make.given_link(COUNT, unsigned.pk, unsigned.province)
    client.get(reverse("links:open", args=[address]))
    told = client.get(reverse("delivery:count-list-by-link", args=[link.pk])).json()
    assert told["asks_giver"] is False
    act = counted(unsigned, received=500, giver=giving(unsigned))
    body = {"device": "phone-0007", "sent_at": NOW.isoformat(), "acts": [act]}
    send = reverse("delivery:count-counts-by-link", args=[link.pk])
    answer = client.post(send, json.dumps(body), content_type="application/json")
    assert answer.json()["verdicts"][0]["result"] == "refused"
    assert not unsigned.signatures.exists()


def test_the_office_gives_and_ends_a_link_and_shows_signature_and_photo(handover, client):
    client.force_login(cast.provincial_officer())
    page = client.post(reverse("delivery:give-count-link", args=[handover.pk]), {"holder": "Siti"})
    assert "/l/" in page.content.decode()
    link = Link.objects.get()
    end = reverse("delivery:end-count-link", args=[handover.pk, link.pk])
    assert client.post(end, {"reason": ""}).status_code != 303
    assert client.post(end, {"reason": "salah orang"}).status_code == 303
    take(handover, counted(handover, photo=photo()))
    shown = client.get(reverse("delivery:handover", args=[handover.pk])).content.decode()
    assert DRAWN in shown
    picture = reverse("delivery:handover-photo", args=[handover.pk, HandoverPhoto.objects.get().pk])
    assert picture in shown
    answer = client.get(picture)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
