"""The whole access policy on one screen: what each role may do, wherever its reach lets it."""

from enum import StrEnum, auto

from django.core.exceptions import PermissionDenied

from pulih.areas.models import Area

from .models import Role, User


class Permission(StrEnum):
    SEE_ENTERPRISES = auto()
    UNMASK_IDENTITY = auto()  # Each unmasking is recorded.
    SEE_FILES = auto()
    DELIVER_FILES = auto()
    SEE_BUDGET = auto()
    TAG_LINES = auto()  # Say which measure a budget line pays for.
    SEE_SCENARIOS = auto()
    PLAN = auto()  # Make, change and solve scenarios.
    ADOPT_PLAN = auto()
    MANAGE_MEASURES = auto()
    MANAGE_REFERENCES = auto()
    MANAGE_PEOPLE = auto()
    SEE_AUDIT = auto()
    EXPORT = auto()  # Each export is recorded.


P = Permission
READING = {P.SEE_FILES, P.SEE_ENTERPRISES, P.SEE_BUDGET, P.EXPORT}
OFFICE = READING | {P.DELIVER_FILES, P.UNMASK_IDENTITY}

ROLES: dict[str, set[Permission]] = {
    Role.PLANNER: READING
    | {P.DELIVER_FILES, P.TAG_LINES, P.SEE_SCENARIOS, P.PLAN, P.ADOPT_PLAN}
    | {P.MANAGE_MEASURES, P.MANAGE_REFERENCES},
    Role.PROVINCIAL_OFFICER: OFFICE | {P.TAG_LINES},
    Role.REGENCY_OFFICER: OFFICE - {P.SEE_BUDGET},
    Role.AUDITOR: READING | {P.SEE_SCENARIOS, P.SEE_AUDIT, P.UNMASK_IDENTITY},
    Role.ADMINISTRATOR: {P.MANAGE_PEOPLE, P.MANAGE_REFERENCES, P.SEE_AUDIT},
    Role.SYSTEM: set(P),
}


def holds(by: User, permission: Permission) -> bool:
    """Tell whether the role of `by` has `permission` anywhere at all."""
    return by.is_authenticated and by.is_active and permission in ROLES.get(by.role, set())


def may(by: User, permission: Permission, area: Area | None) -> bool:
    """Tell whether `by` holds `permission` in `area`; None means the whole country."""
    return holds(by, permission) and by.covers(area)


def require(by: User, permission: Permission, area: Area | None) -> None:
    """Raise PermissionDenied unless `by` holds `permission` in `area` (None: the country)."""
    if not may(by, permission, area):
        raise PermissionDenied(f"{by.pk} may not {permission} in {area}")
