"""`pulih repeat`: make plans and releases once more, and compare them with what is kept."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pulih.common.errors import Message
from pulih.people.scope import speaking_as_system
from pulih.planning import repeating as plans
from pulih.planning.models import Solution
from pulih.portal import repeating as releases
from pulih.portal.models import Release

FINDINGS = 1
NO_PLAN = Message("Tidak ada rencana untuk skenario {what}.", "Scenario {what} has no plan.")
NO_RELEASE = Message("Tidak ada rilis {what} yang tampil.", "No release {what} is on show.")
SAME = Message(
    "Sama: {plans} rencana dan {releases} rilis.", "The same: {plans} plans, {releases} releases."
)


class Command(BaseCommand):
    help = "Make plans and releases once more from what they were made of; exit 1 if they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", type=int, action="append", metavar="SCENARIO", default=[])
        parser.add_argument("--release", action="append", metavar="NUMBER", default=[])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, plan: list[int], release: list[str], **options: Any) -> None:
        with speaking_as_system():
            every = not plan and not release
            solutions = list(plans.adopted_plans()) if every else [_plan(one) for one in plan]
            shown = releases.repeatable() if every else [_release(one) for one in release]
            found = list(_differences(solutions, shown))
        language = settings.COMMAND_LANGUAGE
        words = [message.in_language(language) for message in found]
        counts = {"plans": len(solutions), "releases": len(shown)}
        if options["json"]:
            told = {**counts, "differences": words}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            same = SAME.in_language(language).format(**counts)
            self.stdout.write("\n".join(words) if words else same)
        if found:
            sys.exit(FINDINGS)


def _differences(solutions: Iterable[Solution], shown: Iterable[Release]) -> Iterator[Message]:
    for solution in solutions:
        yield from plans.repeated(solution)
    for release in shown:
        yield from releases.repeated(release)


def _plan(scenario: int) -> Solution:
    found = Solution.objects.filter(scenario_id=scenario).select_related("scenario", "archive")
    for one in found:
        return one
    raise CommandError(_said(NO_PLAN, scenario))


def _release(number: str) -> Release:
    for one in releases.repeatable():
        if one.number == number:
            return one
    raise CommandError(_said(NO_RELEASE, number))


def _said(message: Message, what: object) -> str:
    return message.in_language(settings.COMMAND_LANGUAGE).format(what=what)
