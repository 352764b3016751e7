"""What became of every applicant of a call, whom the office told, and who opened the link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pulih.people.links.models import LinkUse
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import numbers

from ..models import (
    Activity,
    Applicant,
    ApplicantAnswer,
    ApplicantOutcome,
    Origin,
    Participant,
    SelectionDecision,
    Stage,
)
from .checks import TOLD_AT_THE_OFFICE, Checked, checked
from .selections import explained


@dataclass(frozen=True)
class Application:
    """One applicant of a call. place: in a class, also one that was given up.

    answer: the newest; is_opened: its link was.
    """

    applicant: Applicant
    outcome: str
    place: Participant | None
    answer: ApplicantAnswer | None
    is_opened: bool

    @property
    def is_told(self) -> bool:
        """Whether the newest answer says what holds today."""
        return self.answer is not None and self.answer.outcome == self.outcome

    @property
    def has_read(self) -> bool:
        return self.is_told and self.is_opened


@dataclass(frozen=True)
class OutcomeRow:
    label: Any
    people: int
    told: int
    opened: int


@dataclass(frozen=True)
class Telling:
    """How many applicants came to what, how many of them were told, and how many opened it."""

    rows: Sequence[OutcomeRow]
    untold: int
    unopened: int


def is_decreed(activity: Activity) -> bool:
    """Tell whether a selection of the activity was decreed: before, a place can still be lost."""
    return activity.selections.exclude(decreed_at=None).exists()


def untold_for(person: User) -> Any:
    """Return the applicants whom a person may tell what became of their application."""
    if not holds(person, Permission.RUN_ACTIVITIES):
        return Applicant.objects.none()
    mine = Applicant.objects.visible_to(person).untold()
    if person.sight.country:
        return mine
    # The office that holds the activity tells all; a regency of a province's activity only sees.
    return mine.filter(
        Q(activity__province__in=person.sight.provinces)
        | Q(activity__regency__in=person.sight.regencies)
    )


def applications(activity: Activity, applicants: QuerySet[Applicant]) -> list[Application]:
    """Return these applicants of an activity, those who withdrew left out, in order of name."""
    staying = applicants.filter(activity=activity, withdrawn_on=None)
    people = list(staying.select_related("person", "regency").order_by("person__name", "pk"))
    rows = Participant.objects.filter(activity=activity).order_by("pk")
    places = {one.person_id: one for one in rows.select_related("cohort__site")}
    listed = set(
        SelectionDecision.objects.filter(entry__selection__activity=activity)
        .exclude(entry__selection__decreed_at=None)
        .values_list("entry__applicant", flat=True)
    )
    told = ApplicantAnswer.objects.filter(applicant__activity=activity).order_by("pk")
    answers = {one.applicant_id: one for one in told}
    uses = LinkUse.objects.filter(kind=LinkUse.Kind.OPENED, link__in=told.values("link"))
    opened = set(uses.values_list("link", flat=True))
    return [
        Application(
            one, _outcome(place := places.get(one.person_id), one.pk in listed), place,
            answer := answers.get(one.pk), answer is not None and answer.link_id in opened,
        )
        for one in people
    ]  # fmt: skip


def telling(found: Iterable[Application]) -> Telling:
    found = list(found)
    rows = []
    for outcome in ApplicantOutcome:
        of_it = [one for one in found if one.outcome == outcome]
        if of_it:
            told, read = sum(one.is_told for one in of_it), sum(one.has_read for one in of_it)
            rows.append(OutcomeRow(outcome.label, len(of_it), told, read))
    untold = sum(not one.is_told for one in found)
    return Telling(rows, untold, sum(not one.has_read for one in found))


def reasons(activity: Activity, found: Iterable[Application]) -> dict[int, list[str]]:
    """Return why each applicant got that answer, in sentences, by the key of the applicant."""
    found = list(found)
    outside = [one.applicant.pk for one in found if one.outcome == ApplicantOutcome.REFUSED]
    rows = checked(activity, Stage.SELECTION, Applicant.objects.filter(pk__in=outside))
    checks = {one.applicant.pk: one for one in rows}
    return {one.applicant.pk: _why(one, checks.get(one.applicant.pk)) for one in found}


def _outcome(place: Participant | None, is_listed: bool) -> str:
    if place is not None:
        return ApplicantOutcome.REFUSED if place.left_on else ApplicantOutcome.CHOSEN
    return ApplicantOutcome.WAITING if is_listed else ApplicantOutcome.REFUSED


def _why(one: Application, checks: Checked | None) -> list[str]:
    place = one.place
    if place is not None and place.left_on:
        said = {"day": numbers.day(place.left_on), "why": place.left_because}
        return [_("The place was given up on %(day)s: %(why)s.") % said]
    if one.outcome == ApplicantOutcome.REFUSED:
        return _why_not_listed(one.applicant, checks)
    decided = explained(one.applicant)
    said_so = [f"{decided.label}.".capitalize(), *decided.sentences] if decided else []
    if place is not None:
        where = {"cohort": place.cohort.name, "site": place.cohort.site.name}
        said_so.append(_("Class: %(cohort)s, at %(site)s.") % where)
    return said_so


def _why_not_listed(applicant: Applicant, checks: Checked | None) -> list[str]:
    if checks is None or not checks.told:
        return [_("The application was not checked before the list was frozen.")]
    if checks.may_pass:
        return [_("The list had been frozen before every check was passed.")]
    is_hidden = applicant.origin == Origin.FORM  # Nobody saw whose NIK the form named.
    blocking = [
        one for one in checks.blocking if not (is_hidden and one.check in TOLD_AT_THE_OFFICE)
    ]
    said = [f"{one.label}: {one.reason}." for one in blocking]
    if len(blocking) < len(checks.blocking):
        said.append(
            _(
                "What lists and records say of your NIK is told at the office alone, to whoever "
                "shows the identity card."
            )
        )
    return said
