"""The square codes (QR) on a picture, tried again where it is dark, blurred or too fine."""

from collections.abc import Iterator
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

LONGEST_TEXT = 300
SQUARE = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
FINE_SIDE, COARSE_SIDE = 2_400, 1_200  # Pixels of the longer side at which codes are looked for.


@dataclass(frozen=True)
class Found:
    """texts: of the codes on a page, each once. turned: degrees, clockwise, of the first."""

    texts: tuple[str, ...] = ()
    turned: int = 0


def find(page: Image.Image) -> Found:
    """Return the codes of the first way of looking that finds any."""
    for attempt in _attempts(page):
        codes = zxingcpp.read_barcodes(attempt, formats=SQUARE)
        texts = tuple(dict.fromkeys(one.text[:LONGEST_TEXT] for one in codes if one.text))
        if texts:
            return Found(texts, codes[0].orientation)
    return Found()


def _attempts(page: Image.Image) -> Iterator[Image.Image]:
    grey = page.convert("L")
    fine = _at_most(grey, FINE_SIDE)
    yield fine
    yield _at_most(grey, COARSE_SIDE)
    twice = fine.resize((fine.width * 2, fine.height * 2), Image.Resampling.BICUBIC)
    yield twice.filter(ImageFilter.UnsharpMask(6, 250, 0))
    yield ImageOps.autocontrast(fine, cutoff=1).filter(ImageFilter.UnsharpMask(4, 200, 2))
    if max(grey.size) > FINE_SIDE:
        yield grey


def _at_most(picture: Image.Image, side: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((side, side))
    return smaller
