"""Photos of sessions: kept as pixels alone, each of one session, and asked of nobody."""

import base64
import io
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from pulih.common.errors import Refusal
from pulih.delivery.actions import photos
from pulih.delivery.actions.counting import take_counts
from pulih.delivery.acts import PhotosIn
from pulih.delivery.models import SessionPhoto
from pulih.delivery.pictures import LARGEST_SIDE, cleaned
from pulih.delivery.purposes import ATTENDANCE
from pulih.delivery.reads.field import field_list
from pulih.inbox.uploads import opened
from tests.delivery.test_counting import counted
from tests.delivery.test_counting import sent as sent_counts
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

NOON = datetime(2020, 6, 22, 8, tzinfo=UTC)
MAKER, GPS = 0x010F, 0x8825


def taken(size=(3000, 2000), kind="JPEG"):
    """A photo that names its camera, its place and its owner, and lies on its side."""
    photo, written = Image.new("RGB", size, (120, 90, 60)), Image.Exif()
    written[MAKER] = "Kamera Budi"
    written[0x0112] = 6  # To be turned by a quarter.
    written.get_ifd(GPS)[1] = "S"
    kept = io.BytesIO()
    photo.save(kept, kind, exif=written)
    return kept.getvalue() + b"Budi, Jl. Melati 3"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_only_pixels_are_kept_turned_as_they_were_taken(kind):
    kept = cleaned(taken(kind=kind))
    assert b"Budi" not in kept
    photo = Image.open(io.BytesIO(kept))
    assert photo.format == "JPEG"
    assert not photo.getexif()
    assert photo.height == LARGEST_SIDE > photo.width
    assert cleaned(taken(kind=kind)) == kept


@pytest.mark.django_db
def test_what_is_no_photo_is_refused(in_english):
    for content in (b"", b"GIF89a", b"\xff\xd8\xff\xe0", taken()[:400]):
        with pytest.raises(Refusal, match="cannot be read"):
            cleaned(content)
    with pytest.raises(Refusal, match="fewer pixels"):
        cleaned(taken(), most_pixels=5_000_000)


@made_once
def session(db):
    return make.session(make.cohort())


def test_a_photo_shows_one_session_and_none_to_come(session, in_english):
    kept = make.session_photo(session)
    assert opened(kept.stored_name).read() == cleaned(make.jpeg(90))
    with pytest.raises(Refusal, match="shows the session of 22 Jun 2020"):
        make.session_photo(make.session(make.cohort()))
    later = make.session(session.cohort, day=make.LAST)
    with pytest.raises(Refusal, match="25 Jun 2020"):
        make.session_photo(later, shade=80)
    with pytest.raises(PermissionDenied):
        make.session_photo(session, shade=80, by=cast.provincial_officer("Bali"))
    for shade in range(1, photos.MOST):
        make.session_photo(session, shade=100 + 8 * shade)
    with pytest.raises(Refusal, match="at most 12"):
        make.session_photo(session, shade=80)


def sent(of, shade=90, device="phone-0001", **values):
    act = {
        "number": 1, "session": of.pk, "shows": "Menjahit",
        "photo": base64.b64encode(make.jpeg(shade)).decode(),
        "pressed_at": NOON.isoformat(), **values,
    }  # fmt: skip
    return PhotosIn.model_validate({"device": device, "sent_at": NOON.isoformat(), "acts": [act]})


def take(of, by=None, **values):
    by = by or cast.provincial_officer()
    (said,) = photos.take(of.cohort, sent(of, **values), by=by, now=NOON)
    return said


def test_a_phone_without_network_sends_its_photo_later_and_it_is_kept_once(session, in_english):
    for device in ("phone-0001", "phone-0002"):
        assert take(session, device=device).result == "taken"
    photo = SessionPhoto.objects.get()
    assert (photo.shows, photo.by, photo.link) == ("Menjahit", cast.provincial_officer(), None)
    (told,) = field_list(session.cohort, NOON, None)["sessions"]
    assert told["photos"] == 1
    other = make.session(make.cohort())
    assert "shows the session of 22 Jun 2020" in take(other).sentence
    assert "not of this class" in take(session, session=other.pk).sentence
    assert "cannot be read" in take(session, photo="AAAA").sentence
    later = make.session(session.cohort, day=make.LAST)
    assert "from that day on" in take(later, shade=60).sentence
    with pytest.raises(PermissionDenied):
        take(session, shade=60, by=cast.provincial_officer("Bali"))
    assert SessionPhoto.objects.count() == 1


def test_a_photo_of_a_class_and_of_goods_is_of_one_activity(session, in_english):
    make.session_photo(session)
    other = make.handover(make.stocked(make.activity()))
    (said,) = take_counts(
        other,
        sent_counts(counted(other, photo=base64.b64encode(make.jpeg(90)).decode())),
        by=cast.provincial_officer(), now=datetime(2020, 6, 27, 3, tzinfo=UTC),
    )  # fmt: skip
    assert "shows a session of another activity" in said.sentence
    assert other.received is None
    act = counted(other, photo=base64.b64encode(make.jpeg(60)).decode())
    take_counts(
        other, sent_counts(act), by=cast.provincial_officer(),
        now=datetime(2020, 6, 27, 3, tzinfo=UTC),
    )  # fmt: skip
    assert "shows goods of another activity" in take(session, shade=60).sentence


def test_a_trainer_sends_photos_by_the_link_of_the_class_alone(session, client):
    link, address = make.given_link(ATTENDANCE, session.cohort_id, session.cohort.province)
    client.get(reverse("links:open", args=[address]))
    send = reverse("delivery:field-photos-by-link", args=[link.pk])
    body = sent(session).model_dump(mode="json")
    answer = client.post(send, body, content_type="application/json")
    assert answer.json()["verdicts"] == [{"number": 1, "result": "taken", "sentence": ""}]
    photo = SessionPhoto.objects.get()
    assert (photo.by, photo.link_id) == (None, link.pk)
    other = make.session(make.cohort())
    body = sent(other, shade=60).model_dump(mode="json")
    answer = client.post(send, body, content_type="application/json")
    assert answer.json()["verdicts"][0]["result"] == "refused"
    assert SessionPhoto.objects.count() == 1


def test_the_page_takes_and_shows_photos(session, client, monkeypatch):
    june = datetime(2020, 6, 23, 8, tzinfo=UTC)
    monkeypatch.setattr("pulih.delivery.views.photos.now", lambda _request: june)
    client.force_login(cast.provincial_officer())
    page = reverse("delivery:attendance", args=[session.cohort_id])
    address = reverse("delivery:keep-photo", args=[session.cohort_id])

    def send(content, **typed):
        file = SimpleUploadedFile("IMG_0001.JPG", content)
        return client.post(address, {"session": session.pk, "file": file, **typed})

    wrong = send(b"x").content.decode()
    assert "tidak dapat dibaca" in wrong
    assert not SessionPhoto.objects.exists()
    assert send(taken(), shows="Menjahit").status_code == 303
    photo = SessionPhoto.objects.get()
    own = reverse("delivery:session-photo", args=[session.cohort_id, photo.pk])
    shown = client.get(page).content.decode()
    assert own in shown
    assert "Menjahit" in shown
    answer = client.get(own)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert b"Budi" not in b"".join(answer)
