"""Who holds which post in a unit, by decree and by day. A trigger keeps the posts apart."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.number_cipher import STORED_WHOLE
from pulih.people.number_fields import NumberField

from .lines import BudgetQuerySet, SpendingUnit


class Post(models.TextChoices):
    """The posts of a spending unit (pejabat perbendaharaan)."""

    AUTHORISED_USER = "kpa", _("Authorised budget user (KPA)")
    COMMITMENT_OFFICER = "ppk", _("Commitment officer (PPK)")
    ORDER_OFFICER = "ppspm", _("Payment order officer (PPSPM)")
    TREASURER = "treasurer", _("Treasurer")


class AppointmentQuerySet(BudgetQuerySet):
    def on(self, day: date) -> Self:
        """Keep the appointments that are in force on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


@keep
class Appointment(models.Model):
    """One person in one post of one unit, from a day until before another.

    PPK, PPSPM and treasurer of a unit are never one person on one day: a trigger refuses it.
    nik: encrypted and never shown; compared with the people whom a list pays.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="appointments")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    post = models.CharField(_("post"), max_length=9, choices=Post.choices)
    decree = models.CharField(_("decree"), max_length=80)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, default="")  # Of one that begins earlier.
    nip = models.CharField("NIP", max_length=18, null=True)  # Stands under signatures.
    nik = NumberField("NIK", null=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="budget_appointment_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(nip=None) | Q(nip__regex=r"^\d{18}$"),
                name="budget_appointment_nip_has_18_figures",
            ),
            models.CheckConstraint(
                condition=Q(nik=None) | Q(nik__regex=STORED_WHOLE),
                name="budget_appointment_nik_is_encrypted",
            ),
            models.CheckConstraint(
                condition=Q(post__in=Post.values) & ~Q(decree=""),
                name="budget_appointment_says_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()} {self.person} ({self.unit})"
