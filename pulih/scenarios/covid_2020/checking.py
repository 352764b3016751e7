"""Who may receive, in the story: what other authorities answered, the checks, what was waived."""

from datetime import date, datetime, time

from django.db.models import Q

from pulih import places
from pulih.delivery.actions import checks, comparisons
from pulih.delivery.models import Activity, Applicant, ListKind, Participant, Person, Stage
from pulih.delivery.reads.checks import checked
from pulih.delivery.reads.facts import people_of
from pulih.people.models import User
from pulih.people.scope import speaking_for

PLANNER = "perencana"
SOURCE = "Jawaban instansi (peragaan)"
NO_FIRM = "Peserta belum memiliki IKM terdaftar; dinyatakan oleh dinas (peragaan)."


def check(activity: Activity, stage: Stage, day: date, office: User) -> None:
    """Compare all who sit or applied with the lists of that day, and waive unknown firms.

    Of whom no number is known nobody can be asked; such a seat stays provisional.
    """
    moment = _moment(activity, day)
    planner = User.objects.get(username=PLANNER)
    with speaking_for(planner):
        _compare(activity, day, moment, planner)
    with speaking_for(office):
        checks.run(activity, stage=stage, by=office, now=moment, today=day)
    with speaking_for(planner):
        people = checked(activity, stage, people_of(activity, stage))
        if any(one.check == "size" for person in people for one in person.blocking):
            checks.waive_all(
                activity, stage=stage, check="size", reason=NO_FIRM, by=planner, now=moment
            )


def _compare(activity: Activity, day: date, moment: datetime, planner: User) -> None:
    """Deliver what other authorities answered about the people: nothing against anybody."""
    seated = Participant.objects.seated().filter(activity=activity)
    applied = Applicant.objects.staying().filter(activity=activity)
    people = Person.objects.filter(
        Q(pk__in=seated.values("person")) | Q(pk__in=applied.values("person"))
    )
    known = [
        {"nik": one.nik, "name": one.name, "status": "match"} for one in people.exclude(nik="")
    ]
    for kind in ListKind.values:
        rows = known if kind == ListKind.CIVIL_REGISTRY else []
        comparisons.take_in(
            kind=kind, source=SOURCE, as_of=day, covers=[activity.province], rows=rows,
            content=b"", by=planner, now=moment, today=day,
        )  # fmt: skip


def _moment(activity: Activity, day: date) -> datetime:
    zone = places.time_zone(places.place(activity.province_id))
    return datetime.combine(day, time(11), tzinfo=zone)
