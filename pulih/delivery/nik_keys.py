"""How a NIK, or the name that was asked about with it, is found again without being read."""

from django.utils.crypto import salted_hmac

from pulih.common.identity_numbers import IdentityNumber, whole_of

from .rules.namesakes import plain_name


def key_of(nik: IdentityNumber | str | None) -> str:
    """Return the HMAC-SHA256 of a NIK under the installation's secret; "" without one."""
    plain = whole_of(nik)
    return salted_hmac("pulih.nik", plain, algorithm="sha256").hexdigest() if plain else ""


def name_key_of(name: str) -> str:
    """Return the same of a name, without case, titles and signs; "" without one."""
    plain = plain_name(name)
    return salted_hmac("pulih.name", plain, algorithm="sha256").hexdigest() if plain else ""
