"""`pulih demo`: build the reference scenario through the real pipeline."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pulih.common.errors import Message
from pulih.people.scope import speaking_as_system
from pulih.scenarios.covid_2020.build import Wanted, build
from pulih.scenarios.covid_2020.people import CAST
from pulih.scenarios.refocusing_2020 import account
from pulih.scenarios.refocusing_2020 import build as story

STEPS = {
    "files": Message("Menyerahkan berkas", "Delivering files"),
    "makers": Message("Menyerahkan daftar pembuat", "Delivering lists of makers"),
    "linking": Message("Mencari usaha yang sama", "Finding which firms are one"),
    "money": Message("Membukukan dokumen satker", "Posting the units' documents"),
    "proposals": Message("Menjalani usulan kegiatan", "Living through the proposals"),
    "activities": Message("Melaksanakan kegiatan", "Carrying out the activities"),
    "reached": Message("Menguji petik dan menindaklanjuti", "Sampling and following up"),
    "market": Message("Mencocokkan kebutuhan", "Matching needs with makers"),
    "releases": Message("Menerbitkan rilis", "Publishing releases"),
    "scenario": Message("Meminta rencana", "Asking for a plan"),
}


class Command(BaseCommand):
    help = "Build the 2020 reference scenario: generated lists, public figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--firms", type=int, default=60_000, help="about how many firms")
        parser.add_argument("--seed", type=int, default=2020)
        parser.add_argument("--folder", type=Path, default=settings.DEMO_FOLDER)
        parser.add_argument(
            "--story", action="store_true", help="only the refocusing of April 2020, in seconds"
        )
        parser.add_argument("--without-plan", action="store_true", help="ask for no plan")

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = settings.KEEP_DEMO_PASSWORDS([character.username for character in CAST])
        if options["story"]:
            with speaking_as_system() as system:
                story.build(passwords, by=system)
                Console().print(account.table(settings.COMMAND_LANGUAGE))
            return
        wanted = Wanted(
            firms=max(options["firms"], 34 * 40),
            seed=options["seed"],
            folder=options["folder"],
            passwords=passwords,
            solve=not options["without_plan"],
        )
        took: dict[str, float] = {}
        with speaking_as_system() as system, _bar() as bar:
            task = bar.add_task("", total=None)
            since = monotonic()

            def said(step: str, done: int, total: int) -> None:
                nonlocal since
                words = STEPS[step].in_language(settings.COMMAND_LANGUAGE)
                bar.update(task, description=words, completed=done, total=total)
                took[words] = took.get(words, 0.0) + monotonic() - since
                since = monotonic()

            build(wanted, said, by=system)
        for words, seconds in took.items():
            self.stdout.write(f"{seconds:7.1f} s  {words}")


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
    )
