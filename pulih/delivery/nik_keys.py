"""How a NIK, a family card or a name that was asked about is found again without being read."""

import re
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from pulih.common.identity_numbers import LONG, IdentityNumber, whole_of

from .rules.namesakes import plain_name

LONGEST_KEY = 40  # What the column of households takes.


def key_of(nik: IdentityNumber | str | None) -> str:
    """Return the HMAC-SHA256 of a NIK under the installation's secret; "" without one."""
    plain = whole_of(nik)
    return salted_hmac("pulih.nik", plain, algorithm="sha256").hexdigest() if plain else ""


def keys_of(numbers: Iterable[IdentityNumber | str]) -> list[str]:
    """Return the same of many numbers; each must be there."""
    empty = salted_hmac("pulih.nik", "", algorithm="sha256")
    found = []
    for number in numbers:
        one = empty.copy()
        one.update(whole_of(number).encode())
        found.append(one.hexdigest())
    return found


def name_key_of(name: str) -> str:
    """Return the same of a name, without case, titles and signs; "" without one."""
    plain = plain_name(name)
    return salted_hmac("pulih.name", plain, algorithm="sha256").hexdigest() if plain else ""


def household_of(word: str) -> str:
    """Return the word that the members of a household share; a family card's number as its HMAC."""
    if not LONG.search(word):
        return word
    figures = re.sub(r"\D", "", word)
    return salted_hmac("pulih.household", figures, algorithm="sha256").hexdigest()[:LONGEST_KEY]
