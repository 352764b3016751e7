"""The people who are trained or receive goods; many of them are no firm and never were."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.models import User
from pulih.people.number_cipher import STORED_WHOLE
from pulih.people.number_fields import NumberField
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise


class Sex(models.TextChoices):
    """As the identity card writes it."""

    MAN = "L", _("man")
    WOMAN = "P", _("woman")


class PersonQuerySet(ScopedQuerySet):
    def visible_to(self, person: User) -> Self:
        """Keep those who live within sight, and those who sit in a class within sight."""
        if person.sight.country:
            return self
        # Participant stands in a file that needs this one.
        seats = self.model._meta.get_field("seats").related_model.objects.visible_to(person)
        sight = person.sight
        lives_here = Q(regency_id__in=sight.regencies) | Q(province_id__in=sight.provinces)
        return self.filter(lives_here | Exists(seats.filter(person=OuterRef("pk"))))


@keep
class Person(models.Model):
    """One person as the regency of residence knows them.

    nik_key: a keyed hash of the NIK, by which a programme finds the same person in another
    province without reading the number. Without a NIK a place in a class is provisional.
    """

    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )
    village = models.CharField(_("village"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=120)
    nik = NumberField("NIK", blank=True)
    nik_key = models.CharField(max_length=64, blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)
    has_disability = models.BooleanField(_("has a disability"), default=False)
    is_laid_off = models.BooleanField(_("laid off or sent home"), default=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("firm")
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["nik_key", "regency"],
                condition=~Q(nik_key=""),
                name="delivery_person_once_a_regency",
            ),
            models.CheckConstraint(
                condition=Q(nik__regex="^$", nik_key="")
                | (Q(nik__regex=STORED_WHOLE) & ~Q(nik_key="")),
                name="delivery_person_nik_has_its_key",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["regency", "name", "id"], name="delivery_person_by_regency"),
            models.Index(fields=["province", "name", "id"], name="delivery_person_by_province"),
        ]

    def __str__(self) -> str:
        return self.name
