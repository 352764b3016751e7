"""The square code (QR) on a paper, as values for `seal.typ`."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

from .codes import written


def seal(code: str) -> dict[str, str] | None:
    """Return code, address, drawing, and a smaller mark; None for a paper that is not registered.

    An installation that does not know its own address prints the bare code: it is typed at
    /verify/ of whoever issued the paper.
    """
    if not code:
        return None
    site = settings.SITE_ADDRESS
    address = f"{site}{reverse('documents:code', args=[code])}" if site else written(code)
    return {"code": written(code), "place": f"{site}{reverse('documents:verify')}",
            "drawing": drawn(address), "mark": drawn(written(code), border=1)}  # fmt: skip


def drawn(text: str, border: int = 2) -> str:
    """Return a text as a square code, an SVG."""
    square = QRCode(error_correction=ERROR_CORRECT_M, image_factory=SvgPathImage, border=border)
    square.add_data(text)
    return str(square.make_image().to_string(encoding="unicode"))
