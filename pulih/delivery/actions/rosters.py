"""Who sits in a class: a list that is taken whole or not at all, and who gives a place up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.database_errors import rule_of, state_of
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..clock import province_of
from ..models import Applicant, Cohort, Origin, Participant, Person, Selection
from ..nik_keys import key_of
from ..rules import nik as nik_rules
from ..rules import roster
from ..rules.namesakes import plain_name

SHOWN_FAULTS = 20
ONE_RECORD = "delivery_person_once_a_regency"
ERASED = "PU030"  # As delivery_refuse_nobody says it.


@transaction.atomic
def seat_list(cohort: Cohort, text: str, *, by: User, today: date) -> list[Participant]:
    """Take a pasted list into a class, whole or not at all. May refuse, naming every wrong line.

    Those whom an office of the class's regency knows by NIK keep their record; others become one.
    """
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    entries = read_entries(text)
    cohort = _locked(cohort)
    _refuse_full(cohort, len(entries))
    known = _known(cohort.regency, entries)
    keys = [key for entry in entries if (key := key_of(entry.nik))]
    _refuse_already_seated(cohort, list(known.values()), keys)
    people, fresh = people_of_list(entries, cohort.regency, today)
    participants = seat_all(cohort, people)
    record(by, "delivery.seat_list", cohort, seated=len(people), new=fresh)
    return participants


def read_entries(text: str) -> list[roster.Entry]:
    """Read a pasted list whole, or refuse it and name every wrong line."""
    entries, faults = roster.read(text, nik_rules.regency_codes())
    if faults:
        language = get_language() or "id"
        raise Refusal(_shown([each.in_language(language) for each in faults]))
    if not entries:
        raise Refusal(_("The list is empty. Paste one person a line."))
    return entries


def people_of_list(
    entries: Sequence[roster.Entry], regency: Area, today: date
) -> tuple[list[Person], int]:
    """Return the person of each entry, made where the regency does not know the NIK; how many."""
    known = _known(regency, entries)
    province = province_of(regency, today)
    fresh = [_person(entry, regency, province) for entry in entries if entry.nik not in known]
    try:
        with transaction.atomic():
            # In one order, so that two lists of the same people never wait for each other.
            Person.objects.bulk_create(sorted(fresh, key=attrgetter("nik_key")))
    except IntegrityError as error:
        if rule_of(error) != ONE_RECORD:
            raise
        return people_of_list(entries, regency, today)  # Somebody else has just made one of them.
    _replace_what_forms_say(known, entries)
    made = iter(fresh)
    return [known.get(entry.nik) or next(made) for entry in entries], len(fresh)


@transaction.atomic
def leave(cohort: Cohort, *, number: int, left_on: date, reason: str, by: User) -> Participant:
    """Let a participant give the place up; the number stays with that person. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    _locked(cohort)
    participant: Participant | None = cohort.participants.filter(number=number).first()
    if participant is None:
        raise Refusal(_("Nobody has number %(n)d in this class.") % {"n": number})
    if participant.left_on:
        raise Refusal(
            _("This person left the class on %(day)s.") % {"day": numbers.day(participant.left_on)}
        )
    participant.left_on, participant.left_because = left_on, reason
    participant.save(update_fields=["left_on", "left_because"])
    record(by, "delivery.leave", participant)
    return participant


def _locked(cohort: Cohort) -> Cohort:
    # The class guards its places: one writer at a time.
    locked: Cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    return locked


def _refuse_full(cohort: Cohort, more: int) -> None:
    taken = cohort.participants.seated().count()
    if taken + more > cohort.places:
        raise Refusal(
            ngettext(
                "%(all)d people in a class of %(places)d: %(over)d too many. Take it off the list, "
                "or make the class larger. Nothing was saved.",
                "%(all)d people in a class of %(places)d: %(over)d too many. Take them off the "
                "list, or make the class larger. Nothing was saved.",
                taken + more - cohort.places,
            )
            % {
                "all": taken + more,
                "places": cohort.places,
                "over": taken + more - cohort.places,
            }
        )


def _known(regency: Area, entries: Sequence[roster.Entry]) -> dict[str, Person]:
    keys = {key_of(entry.nik): entry.nik for entry in entries if entry.nik}
    found = Person.objects.filter(regency=regency, nik_key__in=list(keys))
    return {keys[person.nik_key]: person for person in found}


def _replace_what_forms_say(known: Mapping[str, Person], entries: Sequence[roster.Entry]) -> None:
    """Let an office's list replace a record that forms alone made: anybody could type that NIK."""
    people = [person.pk for person in known.values()]
    by_office = Applicant.objects.filter(person__in=people).exclude(origin=Origin.FORM)
    by_form = set(people).difference(
        by_office.values_list("person", flat=True),
        Participant.objects.filter(person__in=people).values_list("person", flat=True),
    ) & set(Applicant.objects.filter(person__in=people).values_list("person", flat=True))
    for entry in entries:
        person = known.get(entry.nik)
        if person is not None and person.pk in by_form:
            _replace(person, entry)


def _replace(person: Person, entry: roster.Entry) -> None:
    is_same = plain_name(person.name) == plain_name(entry.name)
    person.name, person.sex, person.village = entry.name, entry.sex, entry.village
    person.has_disability, person.is_laid_off = entry.has_disability, entry.is_laid_off
    person.address = entry.address or (person.address if is_same else "")
    person.phone = person.phone if is_same else ""
    person.save()


def _refuse_already_seated(
    cohort: Cohort, people: Sequence[Person], nik_keys: Sequence[str]
) -> None:
    taken = Participant.objects.seated().filter(activity=cohort.activity_id)
    # By NIK too: another regency may keep its own record of the same person.
    seated = taken.filter(person__in=people) | taken.filter(person__nik_key__in=nik_keys)
    if other := seated.select_related("person", "cohort").first():
        raise Refusal(
            _(
                "%(person)s (NIK %(nik)s) already has a place in %(cohort)s of this activity. "
                "Nothing was saved."
            )
            % {
                "person": other.person,
                "nik": str(other.person.nik) or "–",
                "cohort": other.cohort,
            }
        )


def _person(entry: roster.Entry, regency: Area, province: Area) -> Person:
    return Person(
        province=province,
        regency=regency,
        village=entry.village,
        address=entry.address,
        name=entry.name,
        nik=entry.nik,
        nik_key=key_of(entry.nik),
        sex=entry.sex,
        has_disability=entry.has_disability,
        is_laid_off=entry.is_laid_off,
    )


def seat_all(
    cohort: Cohort, people: Sequence[Person], selection: Selection | None = None
) -> list[Participant]:
    """Give each a place in the class. May refuse: who was erased meanwhile sits nowhere."""
    try:
        with transaction.atomic():
            return _seat_all(cohort, people, selection)
    except DatabaseError as error:
        if state_of(error) != ERASED:
            raise
        raise Refusal(
            _(
                "The data of one of these people was erased. Withdraw that application. "
                "Nothing was saved."
            )
        ) from error


def _seat_all(
    cohort: Cohort, people: Sequence[Person], selection: Selection | None
) -> list[Participant]:
    last = cohort.participants.aggregate(last=Max("number"))["last"] or 0
    return Participant.objects.bulk_create(
        Participant(
            activity_id=cohort.activity_id,
            cohort=cohort,
            person=person,
            province_id=cohort.province_id,
            regency_id=cohort.regency_id,
            number=number,
            selection=selection,
        )
        for number, person in enumerate(people, last + 1)
    )


def _shown(faults: Sequence[str]) -> str:
    rest = len(faults) - SHOWN_FAULTS
    more = ngettext("%(n)d more.", "%(n)d more.", rest) % {"n": rest} if rest > 0 else ""
    none = _("Nothing was saved.")
    return " ".join(filter(None, [*faults[:SHOWN_FAULTS], more, none]))
