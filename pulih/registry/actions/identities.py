"""A cut number is opened: by who may, and never without a record."""

from pulih.areas.rows import area_of
from pulih.people.identity_numbers import Reason, read_whole
from pulih.people.models import User
from pulih.registry.models import Enterprise


def open_nik(enterprise: Enterprise, *, reason: Reason, by: User) -> str:
    """Return the whole NIK of an enterprise's owner, and write down who asked for it and why."""
    area = area_of(enterprise)
    return read_whole(enterprise, "nik", area=area, verb="registry.open_nik", reason=reason, by=by)
