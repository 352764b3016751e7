"""What administrators do with people: add them, change roles and reaches, let them rest."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal

from .models import COUNTRY, Reach, Role, User
from .permissions import WIDTH_OF_ROLE, Permission, holds


@transaction.atomic
def add_person(
    *, username: str, name: str, email: str, role: str, area: Area | None, by: User, today: date
) -> tuple[User, str]:
    """Add a person with a first reach; return both, the password shown once. May refuse."""
    _require_administrator(by)
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(_("The user name “%(name)s” is taken. Choose another.") % {"name": username})
    password = get_random_string(14)
    person = User.objects.create(
        username=username,
        name=name,
        email=email,
        role=role,
        password=make_password(password),
        password_is_first=True,
    )
    record(by, "people.add", person, role=role)
    if role in WIDTH_OF_ROLE:
        give_reach(person, area=_area_for(role, area), by=by, today=today)
    elif area is not None:
        raise Refusal(_without_areas(role))
    return person, password


@transaction.atomic
def change_role(
    person: User, role: str, *, area: Area | None, reason: str, by: User, today: date
) -> User:
    """Give a person another role. May refuse.

    Reaches that do not fit the new role end, and every sign-in: what is open elsewhere was opened
    with the rights of before. area: where the new role works, unless a reach that is left says it.
    """
    _require_administrator(by)
    if person.pk == by.pk:
        raise Refusal(_("You cannot change your own role. Ask another administrator."))
    if not reason.strip():
        raise Refusal(_("Say why the role changes: others must be able to follow you."))
    person = User.objects.select_for_update().get(pk=person.pk)
    was = person.role
    if role == was or Role.SYSTEM in (role, was):
        raise Refusal(
            _("%(person)s has the role “%(role)s” already.")
            % {"person": person, "role": Role(was).label}
        )
    person.role = role
    person.save(update_fields=["role"])
    _end_other_reaches(person, area, by=by, today=today)
    if role not in WIDTH_OF_ROLE:
        if area is not None:
            raise Refusal(_without_areas(role))
    elif not person.reaches.valid_on(today).exists():
        give_reach(person, area=_area_for(role, area), by=by, today=today)
    person.sign_ins.all().delete()
    record(by, "people.change_role", person, was=was, role=role, reason=reason.strip())
    return person


def _end_other_reaches(person: User, area: Area | None, *, by: User, today: date) -> None:
    """End what does not fit the role, and where the new role works elsewhere, all of before."""
    width = WIDTH_OF_ROLE.get(Role(person.role))
    for reach in person.reaches.valid_on(today).select_related("area", "user"):
        is_other = area is not None and width != "country" and reach.area_id != area.pk
        if reach.area.level != width or is_other:
            end_reach(reach, by=by, today=today)


@transaction.atomic
def give_reach(person: User, *, area: Area, by: User, today: date) -> Reach:
    """Let `person` work for `area` from today on. May refuse."""
    _require_administrator(by)
    _refuse_wrong_width(person.role, area)
    if person.reaches.valid_on(today).filter(area=area).exists():
        raise Refusal(
            _("%(person)s already works for %(area)s.") % {"person": person, "area": area}
        )
    reach = Reach.objects.create(user=person, area=area, valid_from=today)
    record(by, "people.give_reach", person, area=area.pk)
    return reach


@transaction.atomic
def end_reach(reach: Reach, *, by: User, today: date) -> Reach | None:
    """End a reach before today; one that began today is taken back whole."""
    _require_administrator(by)
    record(by, "people.end_reach", reach.user, area=reach.area_id)
    if reach.valid_from >= today:
        reach.delete()
        return None
    reach.valid_to = today
    reach.save(update_fields=["valid_to"])
    return reach


@transaction.atomic
def set_active(person: User, active: bool, *, by: User) -> User:
    """Let a person rest, or come back. May refuse: nobody locks themselves out."""
    _require_administrator(by)
    if person.pk == by.pk:
        raise Refusal(_("You cannot switch off your own account. Ask another administrator."))
    person.is_active = active
    person.save(update_fields=["is_active"])
    person.sign_ins.all().delete()  # Else a browser of before would be signed in again.
    record(by, "people.activate" if active else "people.rest", person)
    return person


@transaction.atomic
def reset_sign_in(person: User, *, by: User) -> User:
    """Void a person's password, sessions and second factor; a new password comes by mail alone.

    May refuse. Nobody learns anything: not the administrator, and not who holds the lost phone.
    """
    _require_administrator(by)
    if person.pk == by.pk:
        raise Refusal(_("You cannot reset your own sign-in. Ask another administrator."))
    if not person.is_active or not person.email:
        raise Refusal(
            _("%(person)s rests or has no e-mail address, so no new password can be sent.")
            % {"person": person}
        )
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()  # Ends every session: each is bound to the password.
    person.save(update_fields=["password"])
    person.sign_ins.all().delete()
    record(by, "people.reset_sign_in", person)
    return person


def _require_administrator(by: User) -> None:
    # People are no area's rows, so the role alone decides; an administrator has no reach.
    if not holds(by, Permission.MANAGE_PEOPLE):
        raise PermissionDenied


def _area_for(role: str, area: Area | None) -> Area:
    if WIDTH_OF_ROLE.get(Role(role)) == "country":
        return Area.objects.get(pk=COUNTRY)
    if area is None:
        raise Refusal(_("An officer needs an area. Choose a province, regency or city."))
    return area


def _without_areas(role: str) -> str:
    return _("The role “%(role)s” works without an area. Leave the area blank.") % {
        "role": Role(role).label
    }


def _refuse_wrong_width(role: str, area: Area) -> None:
    wanted = WIDTH_OF_ROLE.get(Role(role))
    if wanted is None:
        raise Refusal(_without_areas(role))
    if area.level != wanted:
        raise Refusal(
            _("%(area)s does not fit the role “%(role)s”. Choose an area of the right level.")
            % {"area": area, "role": Role(role).label}
        )
