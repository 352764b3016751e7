"""Photos of sessions: kept as pixels alone, each of one session, and asked of nobody."""

import io
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from pulih.common.errors import Refusal
from pulih.delivery.actions import photos
from pulih.delivery.models import SessionPhoto
from pulih.delivery.pictures import LARGEST_SIDE, cleaned
from pulih.inbox.uploads import opened
from tests.make import delivery as make
from tests.people import cast

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


@pytest.fixture
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
