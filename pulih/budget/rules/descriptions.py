"""Whether what a POK writes beside a line may be public: it is free text, and can name a person."""

from __future__ import annotations

import re

# A title before a name. `Ibu` and `bapak` also stand for groups, which are nobody by name.
TITLE = re.compile(
    r"\b(?:SDR|SDRI|SAUDARA|SAUDARI|TN|TUAN|NY|NYONYA|NN|BPK|BAPAK|IBU|H|HJ|KH|DR|DRS|DRA|IR|PROF|UST"
    r"|USTAZ|USTADZ)\b\.? (?!(?:RUMAH|HAMIL|MENYUSUI|KOTA|ANGKAT|ASUH|PKK|DAN|ATAU|YANG|DI|BAGI)\b)"
    r"[A-Z]{2,}"
)
# A degree behind one: `Siti Aminah, S.E.`
DEGREE = re.compile(
    r", ?(?:S|M|A|SP|DIPL)\.? ?"
    r"(?:E|H|T|I|P|KOM|SOS|SI|PD|M|AP|SN|HUM|KM|MD|IP|AK|AG|KES|PSI|ST|STAT)\b"
)
FOR_SOMEBODY = re.compile(r"\b(?:A\.?N|QQ|U\.?P)\b\.? [A-Z]|\bATAS NAMA\b")
NUMBER_OF_SOMEBODY = re.compile(
    r"\b(?:NIP|NIK|NPWP|KTP|HP|TELP|WA|REK|REKENING|NO REK)\b[^A-Z]*\d{4}"
    r"|(?<!RP)(?<!RP )\b\d(?:[ -]?\d){9}"
)
MARKS = (TITLE, DEGREE, FOR_SOMEBODY, NUMBER_OF_SOMEBODY)


def public_description(text: str) -> str | None:
    """The text, tidied; None where a mark of a person or an account is in it.

    A bare name without a title or number is not known for one: nobody can tell it from a good's.
    """
    tidy = " ".join(text.split())
    if any(mark.search(tidy.upper()) for mark in MARKS):
        return None
    return tidy or None
