"""The square code (QR) on a paper, as values for `seal.typ`."""

from __future__ import annotations

import re

import zxingcpp
from django.conf import settings
from django.urls import reverse

from .codes import written

DRAWING = re.compile(r'<svg width="(\d+)".+?<path d="([^"]+)"', re.DOTALL)


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
    square = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    found = DRAWING.search(square.to_svg(add_quiet_zones=False))
    assert found
    side = int(found[1]) + 2 * border
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}mm" height="{side}mm" '
        f'viewBox="-{border} -{border} {side} {side}">'
        f'<path fill="#fff" d="M-{border}-{border}h{side}v{side}h-{side}z"/>'
        f'<path d="{found[2]}"/></svg>'
    )
