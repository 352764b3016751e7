"""Signed papers for tests: typeset as the house does it, printed, and photographed badly."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from pulih.documents.actions import issue
from pulih.documents.kinds import PaperKind, register
from pulih.documents.models import PaperCode
from pulih.documents.seals import seal
from pulih.documents.typesetting import PACKAGE, typeset
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.people.scope import speaking_for
from pulih.scans import actions
from pulih.scans.models import ScanFile
from tests.people import cast

LETTER = Path(__file__).with_name("letter.typ")
SEAL = PACKAGE / "documents" / "seal.typ"
KIND = register(PaperKind("test.signed", "Surat uji", Permission.SEE_ACTIVITIES))
DAY = date(2020, 6, 15)
NOW = datetime(2020, 6, 15, 3, 0, tzinfo=UTC)
DPI = 120  # Coarser than a scanner, and quicker.


def paper(subject: int = 1, **values: Any) -> PaperCode:
    usual = {
        "office": "Dinas Perindustrian Uji", "number": f"{subject}/UJI/2020", "dated": DAY,
        "province": cast.area("Jawa Barat"),
    }  # fmt: skip
    return issue(KIND, subject, **{**usual, **values})


def printed(code: str) -> bytes:
    """Return a letter with a code as PDF; without a code, one that was never registered."""
    with TemporaryDirectory() as folder:
        letter = Path(shutil.copy(LETTER, folder))
        shutil.copy(SEAL, folder)
        return typeset(letter, {"seal": seal(code)})


def photo(pdf: bytes, dpi: int = DPI) -> Image.Image:
    """Return the first page of a PDF as a scanner sees it."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("L")
        return picture


@dataclass(frozen=True)
class Spoiled:
    """How badly a paper was scanned. turned: degrees. scaled: of its size. blur: pixels at that."""

    turned: int = 0
    scaled: float = 1
    blur: float = 0
    contrast: float = 1
    brightness: float = 1


def spoil(picture: Image.Image, how: Spoiled) -> Image.Image:
    picture = picture.filter(ImageFilter.GaussianBlur(how.blur))
    picture = ImageOps.scale(picture, how.scaled)
    picture = picture.rotate(how.turned, expand=True, fillcolor=235)
    picture = ImageEnhance.Contrast(picture).enhance(how.contrast)
    return ImageEnhance.Brightness(picture).enhance(how.brightness)


def jpeg(picture: Image.Image, quality: int = 60) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def pdf_of(*pictures: Image.Image) -> bytes:
    """Return one PDF of several scanned pages, as a scanner writes it."""
    out = BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=DPI)
    return out.getvalue()


def file(content: bytes, name: str = "pindaian.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def brought(content: bytes, name: str = "pindaian.jpg", by: User | None = None) -> ScanFile:
    by = by or cast.provincial_officer()
    with speaking_for(by):
        return actions.bring(file(content, name), office=by.home, by=by, now=NOW)


def read(content: bytes, name: str = "pindaian.jpg", by: User | None = None) -> ScanFile:
    """Bring a scan and read it to its end."""
    by = by or cast.provincial_officer()
    made = brought(content, name, by)
    with speaking_for(by):
        return actions.read(made.pk, now=NOW)
