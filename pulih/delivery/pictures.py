"""Photos as they are kept: small, and without what a camera writes beside the picture."""

from __future__ import annotations

import base64
import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from pulih.common.errors import Refusal

LARGEST_SIDE = 1_600  # Pixels, as a phone makes its photo; a larger one is made smaller.
MOST_PIXELS = 80_000_000  # Of the sharpest telephones; more is no photo.
MOST_PIXELS_OF_A_PHONE = 16_000_000  # Of one that a page of the field made 1,600 wide.
QUALITY = 82
READ = ("JPEG", "PNG")  # A phone that keeps two pictures in one file says JPEG, too.


def content_of(letters: str) -> bytes:
    """Return the bytes of a photo that a phone sent in base 64. May refuse."""
    try:
        return base64.b64decode(letters)
    except ValueError as wrong:
        raise Refusal(_("The photo cannot be read. Take it again.")) from wrong


def cleaned(content: bytes, most_pixels: int = MOST_PIXELS) -> bytes:
    """Return the photo as a JPEG of pixels alone: no place, time, device or owner. May refuse."""
    try:
        with Image.open(io.BytesIO(content), formats=READ) as photo:
            if photo.width * photo.height > most_pixels:
                raise Refusal(_("The photo is too large. Take it with fewer pixels."))
            # Its own head says how to turn it, and goes: so it is turned first.
            picture = ImageOps.exif_transpose(photo).convert("RGB")
    except Image.DecompressionBombError as vast:
        raise Refusal(_("The photo is too large. Take it with fewer pixels.")) from vast
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as wrong:
        raise Refusal(_("The photo cannot be read. Take it again, as a JPEG or PNG.")) from wrong
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    kept = io.BytesIO()
    # A new picture: whatever the old one carried beside its pixels is left behind.
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(kept, "JPEG", quality=QUALITY)
    return kept.getvalue()
