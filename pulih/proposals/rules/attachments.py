"""Which files may belong to a proposal: told by their content, never by their name."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from pulih.common.errors import Message, Refusal

LARGEST_BYTES = 20 * 2**20
MACRO_NAMES = ("vbaproject.bin", "basic/", "scripts/", "activex/")
OLE_MACRO = "_VBA_PROJECT".encode("utf-16-le")
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
PLAIN = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
OFFICE = {
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "content.xml": "application/vnd.oasis.opendocument",
}


@dataclass(frozen=True)
class Told:
    """What a file is, by its first bytes."""

    content_type: str


def told(file: BinaryIO, name: str, size: int) -> Told:
    """Look at a file. Refuses what is empty, too large, of another kind, or holds a macro."""
    if not size:
        raise Refusal(Message(f"“{name}” kosong.", f"“{name}” is empty."))
    if size > LARGEST_BYTES:
        megabytes = -(-size // 2**20)
        raise Refusal(
            Message(
                f"“{name}” berukuran {megabytes} MB; lampiran paling besar "
                f"{LARGEST_BYTES >> 20} MB. Perkecil gambarnya atau bagi berkasnya.",
                f"“{name}” has {megabytes} MB; an attachment has at most "
                f"{LARGEST_BYTES >> 20} MB. Make its pictures smaller or split it.",
            )
        )
    file.seek(0)
    start = file.read(8)
    for mark, content_type in PLAIN.items():
        if start.startswith(mark):
            return Told(content_type)
    if start.startswith(ZIP):
        return Told(_office(file, name))
    if start.startswith(OLE):
        file.seek(0)
        if OLE_MACRO in file.read():
            raise Refusal(_macro(name))
        return Told("application/vnd.ms-office")
    raise Refusal(
        Message(
            f"“{name}” bukan PDF, gambar PNG atau JPEG, atau berkas perkantoran; ubah ke salah "
            "satunya.",
            f"“{name}” is no PDF, PNG or JPEG picture, or office file; turn it into one of them.",
        )
    )


def _office(file: BinaryIO, name: str) -> str:
    try:
        with zipfile.ZipFile(file) as packed:
            names = [one.lower() for one in packed.namelist()]
    except (zipfile.BadZipFile, OSError):
        raise Refusal(
            Message(f"“{name}” rusak; simpan ulang.", f"“{name}” is damaged; save it anew.")
        ) from None
    if any(part in one for one in names for part in MACRO_NAMES):
        raise Refusal(_macro(name))
    for start, content_type in OFFICE.items():
        if any(one.startswith(start) for one in names):
            return content_type
    raise Refusal(
        Message(
            f"“{name}” adalah arsip, bukan dokumen; lampirkan isinya satu per satu.",
            f"“{name}” is an archive, not a document; attach what is in it one by one.",
        )
    )


def _macro(name: str) -> Message:
    return Message(
        f"“{name}” berisi makro dan tidak diterima; simpan tanpa makro (xlsx, docx), kirim lagi.",
        f"“{name}” holds a macro and is not taken; save it without (xlsx, docx) and send it again.",
    )
