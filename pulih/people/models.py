"""People who sign in, and the dated areas that each of them may see."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.hashers import verify_password
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep, keep_without

from .links.models import Link as Link  # Django looks for models here.
from .scope import speaking_for
from .secret_columns import AddressField, PasswordField

COUNTRY = 1
SECRETS = ("password", "email")
# Every request asks these: to state them by the models takes longer than the answer does.
REACHED = """
SELECT areas_area.* FROM people_reach JOIN areas_area ON areas_area.id = people_reach.area_id
WHERE people_reach.user_id = %(person)s AND people_reach.valid_from <= %(day)s
    AND (people_reach.valid_to IS NULL OR people_reach.valid_to > %(day)s)
"""
REGENCIES_BELOW = """
SELECT descendant_id
FROM areas_areaclosure AS below JOIN areas_area ON areas_area.id = descendant_id
WHERE ancestor_id = ANY(%(areas)s) AND areas_area.level = 'regency'
    AND below.valid_from <= %(day)s AND (below.valid_to IS NULL OR below.valid_to > %(day)s)
"""


class Role(models.TextChoices):
    PLANNER = "planner", _("Planner")
    PROVINCIAL_OFFICER = "provincial_officer", _("Provincial officer")
    REGENCY_OFFICER = "regency_officer", _("Regency officer")
    AUDITOR = "auditor", _("Auditor")
    REVIEWER = "reviewer", _("Reviewer")
    STEWARD = "steward", _("Data steward")
    ADMINISTRATOR = "administrator", _("Administrator")
    SYSTEM = "system", _("Pulih itself")


@dataclass(frozen=True)
class Sight:
    """What one person sees today: the country, or these provinces and regencies (area ids)."""

    country: bool
    provinces: frozenset[int]
    regencies: frozenset[int]

    def covers(self, province_id: int | None, regency_id: int | None) -> bool:
        """Tell whether a row of these places may be seen; without places: by the country only."""
        return self.country or province_id in self.provinces or regency_id in self.regencies


@keep_without("password", "last_login")
class User(AbstractUser):
    """A person with one role: reaches say what they see, the role what they do."""

    password = PasswordField(_("password"), max_length=128)
    email = AddressField(_("email address"), blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    name = models.CharField(_("name"), max_length=120)
    password_is_first = models.BooleanField(default=False)  # An administrator made and saw it.

    REQUIRED_FIELDS: ClassVar = ["email", "role", "name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **how: Any) -> Self:
        """Leave out what PostgreSQL did not show: it is asked for when it is needed."""
        shown = [
            (name, value)
            for name, value in zip(field_names, values, strict=True)
            if value is not None or name not in SECRETS
        ]
        names, found = zip(*shown, strict=True)
        return super().from_db(db, names, found, **how)

    def refresh_from_db(
        self, using: str | None = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """Read in the name of the person what is shown to nobody else."""
        is_asked = fields is None or set(fields) & set(SECRETS)
        with speaking_for(self) if is_asked else nullcontext():
            super().refresh_from_db(using, fields, from_queryset)

    @property
    def is_system(self) -> bool:
        return self.role == Role.SYSTEM

    def check_password(self, raw_password: str | None) -> bool:
        """Tell whether it is the password; an older hash of it is written again, by the person.

        Once only: of two who sign in at once the second takes over the hash of the first, whose
        session would end with a third one; and no password that was changed meanwhile comes back.
        """
        if self.pk is None:
            return super().check_password(raw_password)
        with speaking_for(self):
            is_right, is_old = verify_password(raw_password, self.password)
            if not (is_right and is_old):
                return bool(is_right)
            with transaction.atomic():
                list(User.objects.select_for_update().filter(pk=self.pk).values_list("pk"))
                self.refresh_from_db(fields=["password"])
                return super().check_password(raw_password)

    @cached_property
    def sight(self) -> Sight:
        """What this person sees today; asked once per request."""
        today = timezone.localdate()
        reached = {area.pk for area in self._reached}
        if self.is_system or COUNTRY in reached:
            return Sight(True, frozenset(), frozenset())
        provinces = frozenset(area.pk for area in self._reached if area.level == "province")
        if not reached:
            return Sight(False, provinces, frozenset())
        with connection.cursor() as cursor:
            cursor.execute(REGENCIES_BELOW, {"areas": [*reached], "day": today})
            return Sight(False, provinces, frozenset(below for (below,) in cursor.fetchall()))

    @cached_property
    def home(self) -> Area | None:
        """The area this person works for: the widest reach; None while there is none."""
        return min(self._reached, key=_width, default=None)

    @property
    def areas(self) -> list[Area]:
        """Every area that this person works for today, the widest first."""
        return sorted(self._reached, key=_width)

    @cached_property
    def _reached(self) -> list[Area]:
        return [*Area.objects.raw(REACHED, {"person": self.pk, "day": timezone.localdate()})]

    def covers(self, area: Area | None) -> bool:
        """Tell whether `area` lies within what this person sees; None means the whole country."""
        if area is None or area.pk == COUNTRY:
            return self.sight.country
        return self.sight.covers(area.pk, area.pk)


def with_reaches(people: Iterable[User]) -> list[User]:
    """Ask for the reaches of many people by one query, so that each knows its home."""
    found = list(people)
    reaches = Reach.objects.valid_on(timezone.localdate()).filter(user__in=found)
    by_person: dict[int, list[Area]] = {one.pk: [] for one in found}
    for reach in reaches.select_related("area"):
        by_person[reach.user_id].append(reach.area)
    for one in found:
        one._reached = by_person[one.pk]
    return found


def _width(area: Area) -> tuple[int, str]:
    return (["country", "province", "regency"].index(area.level), area.sort_key)


class SignIn(AbstractBaseSession):
    """A browser in which somebody is signed in, or is about to: a session by the hash of its key.

    begun_at, seen_at: when the person signed in, and asked for something last (to five minutes).
    network: of the address, such as 203.0.113.0/24. device: browser and system.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_ins")
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    device = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=50, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class ReachQuerySet(models.QuerySet["Reach"]):
    def valid_on(self, day: date) -> "ReachQuerySet":
        """Keep the reaches that hold on `day`; the last day is the day before `valid_to`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


@keep
class Reach(models.Model):
    """An area that a person works for from one day, until before another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reaches")
    area = models.ForeignKey("areas.Area", models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = ReachQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="people_reach_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.area}"
