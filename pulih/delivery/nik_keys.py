"""How a NIK is found again without being read."""

from django.utils.crypto import salted_hmac


def key_of(nik: str) -> str:
    """Return the HMAC-SHA256 of a NIK under the installation's secret; "" without one."""
    return salted_hmac("pulih.nik", nik, algorithm="sha256").hexdigest() if nik else ""
