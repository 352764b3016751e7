"""What a file really is, and whether it is safe to open: its bytes decide, never its name."""

import stat
import zipfile
from pathlib import Path

from pulih.intake import limits, refusals, web_tables, xml_sheets
from pulih.intake.damage import DamageRefused

MANIFEST_BYTES = 10 * 1024**2
FEW_ZEROS = 500  # One zero byte in so many is a slip within a text.

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Old Excel, and every password-protected XLSX.
OTHERS = (
    (b"\xff\xd8\xff", ("foto (JPEG)", "a photo (JPEG)")),
    (b"\x89PNG", ("gambar (PNG)", "an image (PNG)")),
    (b"GIF8", ("gambar (GIF)", "an image (GIF)")),
    (b"BM", ("gambar (BMP)", "an image (BMP)")),
    (b"RIFF", ("gambar atau suara", "an image or a sound")),
    (b"%PDF", ("dokumen PDF", "a PDF document")),
    (b"{\\rtf", ("dokumen RTF", "an RTF document")),
    (b"Rar!", ("arsip RAR", "a RAR archive")),
    (b"7z\xbc\xaf", ("arsip 7z", "a 7z archive")),
    (b"\x1f\x8b", ("arsip GZ", "a GZ archive")),
    (b"PAR1", ("tabel Parquet", "a Parquet table")),
    (b"SQLite format 3", ("basis data", "a database")),
    (b"<?xml", ("berkas XML", "an XML file")),
    (b"MZ", ("program", "a program")),
    (b"\x7fELF", ("program", "a program")),
)


def form_of(path: Path) -> str:
    """Return xlsx, xlsb, xls, ods, xml, html or csv. Refuses the rest and what is too large."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # A pipe or a device may never end.
            raise refusals.missing(path.name)
        size = about.st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise refusals.missing(path.name) from error
    if not size or not head.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise refusals.empty(path.name)
    is_packed = head.startswith((b"PK\x03\x04", OLE))
    largest = limits.FILE_BYTES if is_packed else limits.UNPACKED_BYTES
    if size > largest:
        raise refusals.too_large(path.name, largest)
    if head.startswith(b"PK\x03\x04"):
        return _form_of_archive(path)
    if head.startswith(OLE):
        return _form_of_compound(path)
    return _form_of_text(path, head)


def _form_of_archive(path: Path) -> str:
    with DamageRefused(path.name), zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        _refuse_bomb(path, entries)
        names = {entry.filename for entry in entries}
        kind = _start_of(archive, "mimetype", 80) if "mimetype" in names else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        if _is_encrypted_ods(path):
            raise refusals.locked(path.name)
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") and "workbook" in name for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        raise refusals.not_a_sheet(path.name, ("dokumen Word", "a Word document"))
    if any(name.startswith("ppt/") for name in names):
        raise refusals.not_a_sheet(path.name, ("paparan PowerPoint", "a PowerPoint file"))
    raise refusals.not_a_sheet(path.name, ("arsip ZIP", "a ZIP archive"))


def _refuse_bomb(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Judge the sizes that the archive declares; zipfile and calamine stop at those sizes."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(path.stat().st_size, 1)
    if unpacked > limits.UNPACKED_BYTES:
        raise refusals.too_large(path.name, limits.UNPACKED_BYTES)
    if unpacked > 10 * 1024**2 and unpacked > limits.RATIO * packed:
        raise refusals.bomb(path.name, limits.RATIO)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refusals.locked(path.name)


def _is_encrypted_ods(path: Path) -> bool:
    with DamageRefused(path.name), zipfile.ZipFile(path) as archive:
        if "META-INF/manifest.xml" not in archive.namelist():
            return False
        return b"encryption-data" in _start_of(archive, "META-INF/manifest.xml", MANIFEST_BYTES)


def _start_of(archive: zipfile.ZipFile, name: str, length: int) -> bytes:
    with archive.open(name) as part:
        return part.read(length)


def _form_of_compound(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refusals.locked(path.name)
    if "WordDocument".encode("utf-16-le") in content:
        raise refusals.not_a_sheet(path.name, ("dokumen Word", "a Word document"))
    if any(word.encode("utf-16-le") in content for word in ("Workbook", "Book")):
        return "xls"
    raise refusals.broken(path.name)


def _form_of_text(path: Path, head: bytes) -> str:
    """Tell text from pictures and programs: known first bytes, or zero bytes outside UTF-16."""
    if xml_sheets.is_book(head):
        return "xml"
    if web_tables.is_page(head):
        return "html"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for sign, looks_like in OTHERS:
        if start[: len(sign)].lower() == sign.lower() and _is_really(sign, start):
            raise refusals.not_a_sheet(path.name, looks_like)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    zeros = head.count(0)
    has_zeros = zeros > max(1, len(head) // FEW_ZEROS)
    if not wide and has_zeros and not _is_bare_utf16(head):
        raise refusals.not_a_sheet(path.name, ("berkas biner", "a binary file"))
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not wide and not has_zeros and controls > len(head) // 20:
        raise refusals.not_a_sheet(path.name, ("berkas biner", "a binary file"))
    return "csv"


def _is_really(sign: bytes, start: bytes) -> bool:
    """Short signs (BM, MZ, RIFF) may begin an honest heading; then zero bytes decide."""
    return sign not in (b"BM", b"MZ", b"RIFF") or b"\0" in start[:64]


def _is_bare_utf16(head: bytes) -> bool:
    """Say whether it is UTF-16 without its mark: every other byte of plain text is zero."""
    even, odd = head[0::2], head[1::2]
    return (
        min(even.count(0), odd.count(0)) == 0 and max(even.count(0), odd.count(0)) > len(even) / 2
    )
