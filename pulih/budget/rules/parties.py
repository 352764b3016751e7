"""Who is paid: a body, a person, a list of people, or nobody can say. Only bodies are ever named.

The payee on a treasury document is free text. A name is published where the text is that of a body
and of nothing else: one mark of a person beside it is enough to keep it back. Sole traders (UD, PD)
are persons.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum


class PartyKind(StrEnum):
    BODY = "body"
    PERSON = "person"
    LIST = "list"
    UNKNOWN = "unknown"


LONGEST_NAME = 120
COMPANY = r"(?:PT|CV|PERUM|PERUMDA|PERSEROAN TERBATAS)"
MEMBERS = r"(?:KOPERASI|KUD|PRIMKOPTI|YAYASAN|PERKUMPULAN|BUMDES)"
LEARNING = r"(?:UNIVERSITAS|POLITEKNIK|INSTITUT|AKADEMI|SEKOLAH)"
OFFICE = (
    r"(?:DINAS|KEMENTERIAN|DIREKTORAT|BALAI|BADAN|SEKRETARIAT|INSPEKTORAT|PEMERINTAH|PEMPROV|PEMKAB"
    r"|PEMKOT|KPPN|KANTOR (?:PELAYANAN|WILAYAH|POS|PAJAK)|RSUD|RUMAH SAKIT|PUSKESMAS|GUGUS TUGAS"
    r"|SATGAS|SATUAN TUGAS)"
)
BODY = re.compile(rf"(?:{COMPANY}|{MEMBERS}|{LEARNING}|{OFFICE}) \S.*|[^,]+, ?(?:PT|CV|TBK)")
# PERAGAAN: of a demonstration, as the scenario marks the bodies that it invents.
AFTER_A_NAME = re.compile(r",? (?:TBK|PERSERO)\b|\((?:PERSERO|TBK|PERAGAAN)\)")
PERSON = re.compile(
    r"(?:UD|PD|SDR|SDRI|BPK|BAPAK|IBU|NY|NN|H|HJ|DR|DRS|DRA|IR|PROF|KEPALA|BENDAHARA|NOTARIS)\b"
)
LIST = re.compile(r"\b(?:DAFTAR|TERLAMPIR|LAMPIRAN|DKK|DLL|PARA|REKAP)\b|\bORANG\b|;")
# Beside a body's name these point at a person or an account: then nothing is named.
BESIDE = re.compile(
    r"[()/;:@\"]|\b(?:AN|QQ|UP|CQ|BENDAHARA|REK|REKENING|PEMILIK|DIREKTUR|NIK|NPWP|IBU|BAPAK|SDR)\b|\d{4}"
)


def kind_of(party: str) -> PartyKind:
    text = _plain(party)
    if not text:
        return PartyKind.UNKNOWN
    if LIST.search(text):
        return PartyKind.LIST
    if PERSON.match(text):
        return PartyKind.PERSON
    return PartyKind.BODY if _is_body_alone(text) else PartyKind.UNKNOWN


def public_name(party: str, stated: PartyKind | None = None) -> str | None:
    """Return the name of a body, tidied; None for everybody else.

    stated: what an officer says of the payee, which counts before the rule.
    """
    kind = stated or kind_of(party)
    return " ".join(party.split()) or None if kind is PartyKind.BODY else None


def digest_of(party: str) -> str:
    """Return what stands for a payee's text, in whatever letters and blanks it is written."""
    return hashlib.sha256(_plain(party).encode()).hexdigest()


def _is_body_alone(text: str) -> bool:
    name = AFTER_A_NAME.sub("", text).strip()
    if len(name) > LONGEST_NAME or BESIDE.search(name):
        return False
    if BODY.fullmatch(name) is None:
        return False
    # After a comma stands nothing but the form of the company: `Maju Jaya, PT`.
    return "," not in name or re.fullmatch(r"[^,]+, ?(?:PT|CV)", name) is not None


def _plain(party: str) -> str:
    """Upper case, single blanks, and the dots of `PT.`, `C.V.`, `a.n.` gone."""
    text = " ".join(party.upper().split())
    text = re.sub(r"\b([A-Z])\.(?=[A-Z]\b)", r"\1", text)
    return re.sub(r"\.(?=\s|,|$)", "", text).strip()
