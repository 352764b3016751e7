"""What the chip of a filter calls a class, a participant and a selection."""

from .models import Cohort, Participant, Selection


def of_class(cohort: Cohort) -> str:
    return f"{cohort.name} · {cohort.activity.title}"


def of_participant(participant: Participant) -> str:
    return str(participant.person.name)


def of_selection(selection: Selection) -> str:
    return f"{selection.activity.title} · {selection.version}"
