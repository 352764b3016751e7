"""`pulih demo`: build the reference scenario through the real pipeline."""

import os
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from signal import SIGTERM
from threading import Thread
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pulih.common.errors import Message
from pulih.people.scope import speaking_as_system
from pulih.scenarios.covid_2020.beside import beside
from pulih.scenarios.covid_2020.build import PARTS, build
from pulih.scenarios.covid_2020.hurry import in_a_hurry
from pulih.scenarios.covid_2020.people import CAST
from pulih.scenarios.covid_2020.wanted import FIRMS, SEED, Wanted
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
    requires_system_checks = ()  # Of the program, by `make check`; they load every page.
    help = "Build the 2020 reference scenario: generated lists, public figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--firms", type=int, default=FIRMS, help="about how many firms")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--folder", type=Path, default=settings.DEMO_FOLDER)
        parser.add_argument(
            "--story", action="store_true", help="only the refocusing of April 2020, in seconds"
        )
        parser.add_argument("--part", choices=PARTS, help=SUPPRESS)  # Started by `beside` alone.
        parser.add_argument("--without-plan", action="store_true", help="ask for no plan")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["part"]:
            self._live_part(options)
            return
        passwords = settings.KEEP_DEMO_PASSWORDS([character.username for character in CAST])
        settings.SITE_ADDRESS = settings.SITE_ADDRESS or settings.DEMONSTRATION_ADDRESS
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
        took = Took()
        with speaking_as_system() as system, _bar() as bar:
            task = bar.add_task("", total=None)

            def said(step: str, done: int, total: int) -> None:
                bar.update(task, description=took.hear(step), completed=done, total=total)

            build(wanted, said, by=system, beside=beside)
        self.stdout.write("\n".join(took.lines()))

    def _live_part(self, options: dict[str, Any]) -> None:
        """Live through a part beside the command that started this one, and end with it."""
        Thread(target=_end_with_the_other, daemon=True).start()
        wanted = Wanted(options["firms"], options["seed"], options["folder"], {})
        with speaking_as_system() as system, in_a_hurry():
            PARTS[options["part"]](wanted, lambda step, done, total: None, by=system)


class Took:
    """How long each step took; waiting for a part that runs beside counts as the part's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.since = monotonic()

    def hear(self, step: str) -> str:
        """Count the time since the last word for `step`, and return what it is called."""
        words = STEPS[step].in_language(settings.COMMAND_LANGUAGE)
        self.seconds[words] = self.seconds.get(words, 0.0) + monotonic() - self.since
        self.since = monotonic()
        return words

    def lines(self) -> Iterator[str]:
        for words, seconds in self.seconds.items():
            yield f"{seconds:7.1f} s  {words}"


def _end_with_the_other() -> None:
    """End as soon as nobody holds the other end of standard input, however that came."""
    os.read(0, 1)  # Unbuffered: a buffer's lock would be held when the process ends.
    os.kill(os.getpid(), SIGTERM)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
    )
