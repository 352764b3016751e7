"""`pulih repeat`: do kept work once more from what it was made of, and compare."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pulih.common.errors import Message
from pulih.delivery import repeating as draws
from pulih.market import repeating as matches
from pulih.people.scope import speaking_as_system
from pulih.planning import repeating as plans
from pulih.planning.models import Solution
from pulih.portal import repeating as releases

FINDINGS = 1
PLURALS = {"plan": "plans", "draw": "draws", "match": "matches", "release": "releases"}


@dataclass(frozen=True)
class Kind:
    """Something that can be made again. every: what is made without a choice.

    of: one by what the option names, as text; empty where there is none.
    """

    metavar: str
    every: Callable[[], Iterable[Any]]
    of: Callable[[str], Iterable[Any]]
    repeated: Callable[[Any], Iterator[Message]]
    counted: Message
    unknown: Message


def _numbered(rows: Callable[[], Any]) -> Callable[[str], Iterable[Any]]:
    return lambda key: rows().filter(pk=int(key)) if key.isdecimal() else ()


def _plan(key: str) -> Iterable[Solution]:
    if not key.isdecimal():
        return ()
    return Solution.objects.filter(scenario_id=int(key)).select_related("scenario", "archive")


KINDS = {
    "plan": Kind(
        "SCENARIO", plans.adopted_plans, _plan, plans.repeated,
        Message("{n} rencana", "{n} plans"),
        Message("Tidak ada rencana untuk skenario {what}.", "Scenario {what} has no plan."),
    ),
    "draw": Kind(
        "ID", draws.drawn, _numbered(draws.drawn), draws.repeated,
        Message("{n} undian", "{n} draws"),
        Message("Tidak ada undian {what} yang sudah dihitung.", "No draw {what} has a plan."),
    ),
    "match": Kind(
        "ID", matches.worked_out, _numbered(matches.worked_out), matches.repeated,
        Message("{n} pencocokan", "{n} matches"),
        Message("Tidak ada pencocokan {what} yang berjawaban.", "No match {what} has an answer."),
    ),
    "release": Kind(
        "NUMBER", releases.repeatable,
        lambda number: [one for one in releases.repeatable() if one.number == number],
        releases.repeated, Message("{n} rilis", "{n} releases"),
        Message("Tidak ada rilis {what} yang tampil.", "No release {what} is on show."),
    ),
}  # fmt: skip


class Command(BaseCommand):
    requires_system_checks = ()  # Of the program, by `make check`; they load every page.
    help = "Make plans, draws, matches and releases once more; exit 1 if they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, kind in KINDS.items():
            parser.add_argument(f"--{name}", action="append", metavar=kind.metavar, default=[])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking_as_system():
            chosen = {name: _chosen(kind, options[name]) for name, kind in KINDS.items()}
            if not any(options[name] for name in KINDS):
                chosen = {name: list(kind.every()) for name, kind in KINDS.items()}
            found = [
                message
                for name, ones in chosen.items()
                for one in ones
                for message in KINDS[name].repeated(one)
            ]
        self._say({name: len(ones) for name, ones in chosen.items()}, found, options["json"])
        if found:
            sys.exit(FINDINGS)

    def _say(self, counts: dict[str, int], found: list[Message], as_json: bool) -> None:
        language = settings.COMMAND_LANGUAGE
        words = [message.in_language(language) for message in found]
        if as_json:
            told: dict[str, Any] = {PLURALS[name]: n for name, n in counts.items()}
            told["differences"] = words
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        same = Message("Sama: {}.", "The same: {}.").in_language(language)
        parts = (
            KINDS[name].counted.in_language(language).format(n=n) for name, n in counts.items()
        )
        self.stdout.write("\n".join(words) if words else same.format(", ".join(parts)))


def _chosen(kind: Kind, keys: list[str]) -> list[Any]:
    found = []
    for key in keys:
        ones = list(kind.of(key))
        if not ones:
            raise CommandError(kind.unknown.in_language(settings.COMMAND_LANGUAGE).format(what=key))
        found += ones
    return found
