"""`pulih relink [--json]`: link the whole register again."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pulih.common.errors import Message
from pulih.people.scope import speaking_as_system
from pulih.registry import actions
from pulih.registry.models import LinkState

COUNTS = ("records", "new", "matched", "waiting")


class Command(BaseCommand):
    requires_system_checks = ()  # Of the program, by `make check`; they load every page.
    help = "Link the whole register anew: who is the same firm. Nothing that is one comes apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking_as_system() as system:
            run = actions.relink(by=system)
        counts = {name: getattr(run, name) for name in COUNTS}
        if options["json"]:
            print(json.dumps({**counts, "findings": run.findings}, ensure_ascii=False))
        said = Message(
            f"{run.records} usaha dibandingkan: {run.matched} digabung dengan usaha lain, "
            f"{run.waiting} menunggu jawaban petugas, {run.new} berdiri sendiri.",
            f"{run.records} firms compared: {run.matched} joined with another, {run.waiting} "
            f"waiting for an officer's answer, {run.new} standing alone.",
        )
        print(said.in_language(settings.COMMAND_LANGUAGE), file=sys.stderr)
        for found in run.findings:
            told = Message(found["says_id"], found["says_en"])
            print(told.in_language(settings.COMMAND_LANGUAGE), file=sys.stderr)
        if run.state != LinkState.DONE or run.findings:
            sys.exit(1)
