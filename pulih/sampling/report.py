"""What sampling checks say in the final report of an activity (Indonesian, as the paper is)."""

from __future__ import annotations

from django.db.models import Q

from pulih.delivery.models import Activity, Handover, Honorarium, Participant, PaymentEntry
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from .models import Kind, SampleUnit, Visit


def sentences(activity: Activity, person: User) -> list[str]:
    """Count the visits to what an activity gave, and those that did not find what was recorded."""
    if not holds(person, Permission.SEE_SAMPLES):
        return ["Uji petik tidak tampil bagi kantor yang mencetak laporan ini."]
    units = SampleUnit.objects.visible_to(person).filter(_of(activity))
    drawn = units.filter(drawn__isnull=False).count()
    visits = Visit.objects.filter(unit__in=units, corrected_by=None)
    if not drawn:
        return ["Belum ada uji petik atas kegiatan ini."]
    wrong = visits.exclude(outcome="received").count()
    return [
        f"Uji petik memilih {drawn} penerima kegiatan ini: {visits.count()} dikunjungi, {wrong} "
        "tidak sesuai dengan catatan."
    ]


def _of(activity: Activity) -> Q:
    subjects = {
        Kind.SEATS: Participant.objects.filter(activity=activity),
        Kind.GOODS: Handover.objects.filter(activity=activity),
        Kind.PAYMENTS: PaymentEntry.objects.filter(list__activity=activity),
        Kind.HONORARIA: Honorarium.objects.filter(list__activity=activity),
    }
    found = Q()
    for kind, rows in subjects.items():
        found |= Q(sample__kind=kind, subject_id__in=rows.values("pk"))
    return found
