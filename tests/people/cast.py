"""The cast: one invented person a role, each with her reach. Plain functions, called in a test."""

from datetime import date

from pulih import places
from pulih.areas.models import Area
from pulih.people.models import Reach, Role, User
from pulih.people.scope import speaking_as_system
from tests.make import areas

SINCE = date(2020, 1, 1)


def area(name: str) -> Area:
    """Return the area that a name means today ("Jawa Barat", "Kab. Indramayu")."""
    found = places.resolve(name, on=date(2020, 6, 15))
    assert found is not None, name
    return areas.of_key(found.key)


def person(role: str, area_: Area | None = None, username: str = "") -> User:
    """Make a person of `role` who works for `area_`; without an area she sees nothing."""
    username = username or f"{role}-{area_.pk if area_ else 0}"
    if known := User.objects.filter(username=username).first():
        return known
    with speaking_as_system():  # Whoever a test speaks for: people are added by administrators.
        user = User.objects.create(
            username=username, role=role, name=username.replace("_", " ").title(),
            email="x@x.invalid",
        )  # fmt: skip
        if area_:
            Reach.objects.create(user=user, area=area_, valid_from=SINCE)
    return user


def planner() -> User:
    return person(Role.PLANNER, areas.country())


def auditor() -> User:
    return person(Role.AUDITOR, areas.country())


def administrator() -> User:
    return person(Role.ADMINISTRATOR)


def provincial_officer(of: str = "Jawa Barat") -> User:
    return person(Role.PROVINCIAL_OFFICER, area(of))


def regency_officer(of: str = "Kab. Indramayu") -> User:
    return person(Role.REGENCY_OFFICER, area(of))
