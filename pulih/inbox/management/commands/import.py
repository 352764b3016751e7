import sys
from typing import Any

from django.core.management.base import BaseCommand

from pulih.inbox.command import run


class Command(BaseCommand):
    """Deliver lists from the command line; `pulih import` is the short way."""

    requires_system_checks = ()  # Of the program, by `make check`; they load every page.
    help = "Deliver lists and print the counts; see `pulih import --help`."

    def run_from_argv(self, argv: list[str]) -> None:
        sys.exit(run(argv[2:]))

    def handle(self, *arguments: Any, **options: Any) -> None:
        raise NotImplementedError("run_from_argv answers")
