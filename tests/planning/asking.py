"""Asking beside a plan, as a visitor does and as the background works it out."""

from django.test import Client
from django.urls import reverse

from pulih.planning import actions, jobs
from pulih.planning.models import Scenario, Study, StudyKind
from pulih.planning.rules.what_if import Moved
from tests.people import cast


def visitor(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name, *arguments) -> str:
    return reverse(f"planning:{name}", args=arguments)


def thought(scenario: Scenario, kind: StudyKind, moved: Moved | None = None) -> Study:
    """Ask, and let the background work out what was asked."""
    planner = cast.planner()
    study = actions.ask_study(scenario, kind, by=planner, moved=moved)
    jobs.think(study_id=study.pk, person_id=planner.pk)
    return Study.objects.get(pk=study.pk)
