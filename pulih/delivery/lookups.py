"""One row that a person may see, or 404."""

from typing import Any

from django.shortcuts import get_object_or_404

from pulih.areas.models import Area
from pulih.people.links.models import Link
from pulih.people.models import User

from .models import (
    Activity,
    Applicant,
    AttendanceFile,
    Cohort,
    FollowUp,
    FollowUpRound,
    Handover,
    Item,
    ListFile,
    MentoringVisit,
    PaymentList,
    Person,
)
from .reads.payments import with_money


def _one(rows: Any, person: User, pk: int) -> Any:
    return get_object_or_404(rows.visible_to(person), pk=pk)


def activity_of(person: User, pk: int) -> Activity:
    rows = Activity.objects.select_related("province", "regency", "measure")
    found: Activity = _one(rows, person, pk)
    return found


def cohort_of(person: User, pk: int) -> Cohort:
    rows = Cohort.objects.select_related("activity", "site", "regency", "province")
    found: Cohort = _one(rows, person, pk)
    return found


def attendance_file_of(person: User, pk: int) -> AttendanceFile:
    rows = AttendanceFile.objects.select_related("cohort", "session", "regency")
    found: AttendanceFile = _one(rows, person, pk)
    return found


def list_file_of(person: User, pk: int) -> ListFile:
    found: ListFile = _one(ListFile.objects.select_related("delivered_by", "made"), person, pk)
    return found


def handover_of(person: User, pk: int) -> Handover:
    rows = Handover.objects.select_related("item", "activity", "receiver")
    found: Handover = _one(rows, person, pk)
    return found


def handover_of_link(link: Link) -> Handover:
    found: Handover = get_object_or_404(Handover, pk=link.subjects[0])
    return found


def item_of(person: User, pk: int) -> Item:
    rows = Item.objects.select_related("activity__province", "activity__regency")
    found: Item = _one(rows, person, pk)
    return found


def mentoring_visit_of(person: User, pk: int) -> MentoringVisit:
    rows = MentoringVisit.objects.select_related(
        "cohort__activity", "participant__person", "regency", "province"
    )
    found: MentoringVisit = _one(rows, person, pk)
    return found


def person_of(person: User, pk: int) -> Person:
    found: Person = _one(Person.objects.select_related("regency", "enterprise"), person, pk)
    return found


def applicant_of(person: User, pk: int) -> Applicant:
    rows = Applicant.objects.select_related("person", "activity", "regency", "link")
    found: Applicant = _one(rows, person, pk)
    return found


def payment_list_of(person: User, pk: int) -> PaymentList:
    """Return a list with what the ledger says of it."""
    rows = with_money(PaymentList.objects.all())
    found: PaymentList = _one(rows.select_related("activity__measure", "by"), person, pk)
    return found


def follow_up_round_of(person: User, pk: int) -> FollowUpRound:
    rows = FollowUpRound.objects.select_related("cohort__activity", "regency", "province")
    found: FollowUpRound = _one(rows, person, pk)
    return found


def follow_up_of(person: User, pk: int) -> FollowUp:
    rows = FollowUp.objects.select_related(
        "round__cohort__activity", "participant__person", "regency"
    )
    found: FollowUp = _one(rows, person, pk)
    return found


def area(pk: int) -> Area:
    return Area.objects.get(pk=pk)
