"""The pages of a scan as pictures: of a PDF each page, of a photo the photo, turned upright."""

from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from struct import error as StructError
from zlib import error as ZlibError

import pypdfium2
from PIL import Image, ImageOps, ImageStat
from pypdfium2 import raw

from . import refusals

PDF, PNG, JPEG = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif")
DOTS_PER_INCH, POINTS_PER_INCH = 200, 72
MOST_PAGE_PIXELS = 12_000_000  # A page of A2 at 200 dpi; what is larger is drawn coarser.
SHOWN_SIDE = 2_200  # Pixels of the longer side of the picture that is kept.
SHOWN_QUALITY = 75
BLANK_SPREAD = 2.0  # Of 255 shades: the back of a sheet, with its dust and shine-through.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, StructError, ZlibError)

Image.MAX_IMAGE_PIXELS = None  # Asked below, before anything is unpacked, with a sentence.


def pages(path: Path, name: str) -> Iterator[Image.Image]:
    """Yield each page of a file. name: as its office knows it. May refuse."""
    with path.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise refusals.empty(name)
    if PDF in start:
        yield from _of_pdf(path, name)
    elif start.startswith((PNG, JPEG)):
        yield _of_picture(path, name)
    elif start[4:8] == b"ftyp" and start[8:12] in APPLE:
        raise refusals.apple_photo(name)
    else:
        raise refusals.foreign(name)


def is_blank(page: Image.Image) -> bool:
    """Tell whether a page is a bare sheet, such as the back of one."""
    small = page.convert("L")
    small.thumbnail((200, 200))
    edge = max(1, min(small.size) // 12)  # Scanners draw a shadow along the edge.
    inner = ImageOps.crop(small, edge)
    return ImageStat.Stat(inner).stddev[0] < BLANK_SPREAD


def shown(page: Image.Image, turned: int) -> Image.Image:
    """Return the picture to keep. turned: by how many degrees its code stands askew."""
    quarters = round(turned / 90) % 4
    picture = page.convert("RGB")
    picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    return picture.rotate(90 * quarters, expand=True) if quarters else picture


def _of_picture(path: Path, name: str) -> Image.Image:
    try:
        with Image.open(path, formats=("PNG", "JPEG", "MPO")) as photo:
            width, height = photo.size
            if width * height > refusals.MOST_PIXELS:
                raise refusals.too_large(name, width, height)
            upright = ImageOps.exif_transpose(photo)
            return upright.convert("RGB")
    except BROKEN as fault:
        raise refusals.damaged(name) from fault


def _of_pdf(path: Path, name: str) -> Iterator[Image.Image]:
    with _opened(path, name) as document:
        if len(document) > refusals.MOST_PAGES:
            raise refusals.too_many_pages(name, len(document))
        if not len(document):
            raise refusals.damaged(name)
        for number in range(len(document)):
            yield _drawn(document, number, name)


def _opened(path: Path, name: str) -> pypdfium2.PdfDocument:
    try:
        # As a file: a path would be followed to its end, and that has no name in memory.
        return pypdfium2.PdfDocument(path.open("rb"), autoclose=True)
    except pypdfium2.PdfiumError as fault:
        is_locked = fault.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise (refusals.locked if is_locked else refusals.damaged)(name) from fault


def _drawn(document: pypdfium2.PdfDocument, number: int, name: str) -> Image.Image:
    try:
        page = document[number]
        width, height = (max(1.0, side) for side in page.get_size())
        finest = sqrt(MOST_PAGE_PIXELS / (width * height))
        scale = min(DOTS_PER_INCH / POINTS_PER_INCH, finest)
        picture: Image.Image = page.render(scale=scale).to_pil()
        page.close()
    except (pypdfium2.PdfiumError, *BROKEN) as fault:
        raise refusals.damaged(name) from fault
    return picture
