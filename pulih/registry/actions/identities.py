"""A cut number is opened: by who may, and never without a record."""

from django.db import transaction

from pulih.audit.actions import record
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry.models import Enterprise


@transaction.atomic
def open_nik(enterprise: Enterprise, *, by: User) -> str:
    """Return the whole NIK of an enterprise's owner, and write down who asked for it."""
    require(by, Permission.UNMASK_IDENTITY, enterprise.regency or enterprise.province)
    record(by, "registry.open_nik", enterprise)
    return enterprise.nik or ""
