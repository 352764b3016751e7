"""What is told to who brings a document by a door that is not its own (`sql/doors.sql`)."""

from collections.abc import Mapping
from typing import Any

from pulih.common.errors import Message

from .documents import KINDS, NOTHING

RULES = {
    "not_by_file": Message(
        "{kind} tidak dibukukan dari berkas ini. Bukukan dengan formulirnya.",
        "A document of the kind {kind} is not posted from this file. Use its form.",
    ),
    "not_by_hand": Message(
        "{kind} hanya masuk lewat berkas yang dikirim. Kirim berkasnya.",
        "A document of the kind {kind} comes by a delivered file only. Send the file.",
    ),
    "corrects_nothing": Message(
        "Koreksi harus menyebut dokumen yang dikoreksinya. Buka dokumen itu, lalu pilih Balik.",
        "A correction names the document that it corrects. Open that document and choose Reverse.",
    ),
    "not_taken_back": Message(
        "{kind} yang berlaku tidak dibalik. Usulkan revisi lain yang mengembalikannya.",
        "A document of the kind {kind} is in force and is not reversed. Propose another revision "
        "that undoes it.",
    ),
    "sheet_moves_ceilings": Message(
        "Pagu dan blokir tahun {year} sudah terbuka; berkas POK tidak mengubahnya. Ajukan revisi.",
        "The ceilings and blocks of {year} are open already; a POK file does not move them. "
        "Propose a revision.",
    ),
    "others_beside_the_sheet": Message(
        "Dokumen lain sudah berdiri di samping POK ini, jadi penarikannya dicatat kementerian. "
        "Minta kementerian, atau ajukan revisi.",
        "Other documents stand beside this POK, so the ministry records its withdrawal. Ask the "
        "ministry, or propose a revision.",
    ),
    "names_no_office": Message(
        "Sebut kantor yang menerbitkan suratnya, misalnya DJA.",
        "Name the office that issued the letter, such as DJA.",
    ),
    "names_no_block": Message(
        "Buka blokir harus menyebut blokir yang dibukanya. Pilih blokir itu.",
        "A release names the block that it releases. Choose that block.",
    ),
    "another_office": Message(
        "Blokir ini dipasang {office}; hanya surat {office} yang membukanya.",
        "This block was set by {office}; only a letter of {office} releases it.",
    ),
    "not_approved": Message(
        "Tidak ada revisi yang disetujui dengan nomor surat dan pergeseran ini. Catat "
        "persetujuannya lebih dahulu.",
        "No revision was approved by a letter of this number with these movements. Record the "
        "approval first.",
    ),
}


def closed_door(facts: Mapping[str, Any]) -> Message:
    """Say why a document does not come by this door, and by which it does."""
    words = RULES[facts["rule"]]
    kind = KINDS.get(facts.get("kind", ""), Message("Dokumen", "document"))
    rest = {"office": facts.get("office", ""), "year": facts.get("year", "")}
    return Message(
        f"{words.id.format(kind=kind.id, **rest)} {NOTHING.id}",
        f"{words.en.format(kind=kind.en, **rest)} {NOTHING.en}",
    )
