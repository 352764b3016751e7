"""What is read on a page, and which files are refused, with which sentence."""

from functools import cache
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pulih.common.errors import Refusal
from pulih.documents.codes import new_code, written
from pulih.scans import reading
from pulih.scans.rules import pictures, refusals, square_codes
from tests.examples import examples
from tests.make import scans as make

CODE = new_code()


@cache
def scanned():
    return make.photo(make.printed(CODE), 200)


def spoiled(**how):
    return make.spoil(scanned(), make.Spoiled(**how))


# Up to what an office's scanner or a phone does to a sheet: a tilt, upside down, 100 to 300 dpi,
# out of focus by half a module of the code, faded ink, a dark room.
BAD = st.builds(
    make.Spoiled,
    turned=st.builds(sum, st.tuples(st.sampled_from([0, 90, 180, 270]), st.integers(-12, 12))),
    scaled=st.floats(0.5, 1.5),
    blur=st.floats(0, 1.5),
    contrast=st.floats(0.4, 1.2),
    brightness=st.floats(0.6, 1.1),
)


@settings(max_examples=examples(25))
@given(BAD, st.integers(45, 90))
def test_the_code_of_a_paper_is_read_however_it_was_scanned(how, quality):
    content = make.jpeg(make.spoil(scanned(), how), quality)
    found = square_codes.find(Image.open(BytesIO(content)))
    assert found.texts == (written(CODE),)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_kept_upright(turned):
    page = spoiled(turned=turned)
    picture = pictures.shown(page, square_codes.find(page).turned)
    assert picture.height > picture.width
    upright = square_codes.find(picture)
    assert abs(upright.turned) < 20


def test_an_empty_sheet_is_blank_and_a_letter_is_not():
    sheet = Image.effect_noise((1654, 2339), 6)
    assert pictures.is_blank(Image.eval(sheet, lambda shade: min(255, shade + 110)))
    assert not pictures.is_blank(scanned())


def pages(tmp_path, content, name="pindaian.pdf"):
    path = tmp_path / "file"
    path.write_bytes(content)
    return list(pictures.pages(path, name))


def png(width, height):
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def locked_pdf(tmp_path):
    """A PDF whose trailer asks for a password, as a handler that nobody has keys for."""
    plain = make.pdf_of(scanned())
    cut = plain.rindex(b"trailer")
    start = plain.index(b"<<", cut)
    lock = (
        b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >> /ID [<00><00>] "
    )  # fmt: skip
    return plain[: start + 2] + lock + plain[start + 2 :]


def heic():
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


BROKEN_FILES = {
    "empty": (lambda _path: b"", "kosong"),
    "text": (lambda _path: b"Nama;Alamat\n", "bukan PDF atau gambar"),
    "heic": (lambda _path: heic(), "foto HEIC"),
    "password": (locked_pdf, "kata sandi"),
    "cut pdf": (lambda _path: make.pdf_of(scanned())[:400], "rusak"),
    "cut jpeg": (lambda _path: make.jpeg(scanned())[:5_000], "rusak"),
    "bomb": (lambda _path: png(9_000, 9_000), "9000 × 9000 piksel (81 megapiksel)"),
}


@pytest.mark.parametrize("what", BROKEN_FILES)
def test_a_file_that_is_no_scan_is_refused_with_one_sentence(what, tmp_path):
    build, words = BROKEN_FILES[what]
    with pytest.raises(Refusal) as refused:
        pages(tmp_path, build(tmp_path))
    assert words in refused.value.message.id
    assert "pindaian.pdf" in refused.value.message.id
    assert "pindaian.pdf" in refused.value.message.en


def test_more_pages_than_are_taken_at_once_are_refused(tmp_path):
    document = pypdfium2.PdfDocument.new()
    for _page in range(refusals.MOST_PAGES + 1):
        document.new_page(100, 100)
    out = BytesIO()
    document.save(out)
    with pytest.raises(Refusal, match="201 pages"):
        pages(tmp_path, out.getvalue())


def test_a_page_of_any_size_is_drawn_within_its_pixels(tmp_path):
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 14_000)
    out = BytesIO()
    document.save(out)
    (page,) = pages(tmp_path, out.getvalue())
    assert page.width * page.height <= pictures.MOST_PAGE_PIXELS * 1.01


def test_the_reader_of_its_own_tells_pages_and_refusals(tmp_path):
    path = tmp_path / "berkas"
    path.write_bytes(make.pdf_of(spoiled(turned=180), spoiled(turned=4)))
    first, second = reading.read(path, "dua.pdf", tmp_path)
    assert first.codes == second.codes == [CODE]
    assert first.picture.read_bytes().startswith(b"\xff\xd8\xff")
    path.write_bytes(heic())
    with pytest.raises(Refusal, match="HEIC photo"):
        reading.read(path, "foto.heic", tmp_path)


def test_a_reader_that_takes_too_long_is_ended_with_a_sentence():
    ended = refusals.ended("besar.pdf", "memory", None)
    assert "memori" in ended.message.id
    assert "rusak" in refusals.ended("besar.pdf", "died", None).message.id
