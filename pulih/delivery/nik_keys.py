"""How a NIK, or the name that was asked about with it, is found again without being read."""

from django.utils.crypto import salted_hmac

from .rules.namesakes import plain_name


def key_of(nik: str) -> str:
    """Return the HMAC-SHA256 of a NIK under the installation's secret; "" without one."""
    return salted_hmac("pulih.nik", nik, algorithm="sha256").hexdigest() if nik else ""


def name_key_of(name: str) -> str:
    """Return the same of a name, without case, titles and signs; "" without one."""
    plain = plain_name(name)
    return salted_hmac("pulih.name", plain, algorithm="sha256").hexdigest() if plain else ""
