"""One seat a person, programme and year in the whole country, and how its NIK is corrected."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from .activities import Participant
from .persons import Person


class SeatQuerySet(ScopedQuerySet):
    def held(self) -> "SeatQuerySet":
        """Keep those that nobody gave up."""
        return self.filter(given_up_on=None)

    def provisional(self) -> "SeatQuerySet":
        """Keep those without a NIK: they stand, and cannot be paid."""
        return self.filter(nik_key="", given_up_on=None)


@keep
class Seat(models.Model):
    """A participant's seat (kursi): once per measure and year, by the keyed hash of the NIK.

    Only the function `delivery_claim_seats` makes one, since the person may sit where the office
    that claims sees nothing. nik_key: empty for a provisional seat. given_up_on: free for others.
    """

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="seat")
    # Measure and place are those of the activity and the participant, from which the function takes
    # them: keys of their own would let all who claim at once lock the same few rows.
    measure = models.ForeignKey(
        Measure, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    nik_key = models.CharField(max_length=64, blank=True, editable=False)
    province = models.ForeignKey(Area, models.PROTECT, db_constraint=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, db_constraint=False, related_name="+")
    claimed_at = models.DateTimeField(_("claimed at"))
    given_up_on = models.DateField(_("given up on"), null=True)

    objects = SeatQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "year", "nik_key"],
                condition=Q(given_up_on=None) & ~Q(nik_key=""),
                name="delivery_seat_once_a_programme_and_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.year} {self.participant_id}"

    @property
    def is_provisional(self) -> bool:
        return not self.nik_key


class NumberCorrection(AppendOnly):
    """One officer's word that the NIK by which somebody holds a seat is wrong, and why.

    key_before, nik_key: keyed hashes of the number that stands and of the right one. The number
    changes once a second officer says the same; a trigger of PostgreSQL holds it until then.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="number_corrections")
    key_before = models.CharField(max_length=64, editable=False)
    nik_key = models.CharField(max_length=64, editable=False)
    why = models.CharField(_("why the NIK is wrong"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(key_before="") & ~Q(nik_key=F("key_before")),
                name="delivery_number_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"
