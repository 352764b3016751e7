"""The numbers of officers: what a NIP and a NIK say of the same person. Source: LINK-01."""

import re

from pulih.common.errors import Message

NIP = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)\d{6}(?P<sex>\d)\d{3}", re.ASCII)
NIK = re.compile(r"\d{6}(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)\d{4}", re.ASCII)
OF_WOMEN = 40  # Stands on top of the day of birth in a woman's NIK.


def wrong_numbers(nip: str, nik: str) -> Message | None:
    """Say what is wrong with an officer's numbers, without blanks, "" for none; None if nothing.

    A NIP begins with the day of birth, and a NIK holds it, a woman's with 40 added.
    """
    of_nip, of_nik = NIP.fullmatch(nip), NIK.fullmatch(nik)
    if nip and of_nip is None:
        return Message(
            "NIP terdiri dari 18 angka. Periksa, atau kosongkan.",
            "A NIP has 18 figures. Check it, or leave it empty.",
        )
    if nik and of_nik is None:
        return Message(
            "NIK terdiri dari 16 angka. Periksa, atau kosongkan.",
            "A NIK has 16 figures. Check it, or leave it empty.",
        )
    if of_nip and of_nik and not _same_birth(of_nip, of_nik):
        return Message(
            "NIP dan NIK menyebut tanggal lahir yang berbeda. Periksa keduanya.",
            "NIP and NIK tell different days of birth. Check both.",
        )
    return None


def _same_birth(nip: re.Match[str], nik: re.Match[str]) -> bool:
    return (nip["year"][2:], nip["month"], int(nip["day"])) == (
        nik["year"],
        nik["month"],
        int(nik["day"]) % OF_WOMEN,
    )
