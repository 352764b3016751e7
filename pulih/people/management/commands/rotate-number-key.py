"""`pulih rotate-number-key`: what another key encrypted is encrypted with the newest."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pulih.common.errors import Message
from pulih.people.number_check import rows_by_key
from pulih.people.number_cipher import keys
from pulih.people.number_fields import holders
from pulih.people.number_store import renew


class Command(BaseCommand):
    requires_system_checks = ()  # Of the program, by `make check`; they load every page.
    help = "Encrypt with the newest key whatever another one encrypted. Exit 1 if some is left."

    def handle(self, *args: Any, **options: Any) -> None:
        for holder in holders():
            if number := sum(renew(holder)):
                _say(Message(f"{holder}: {number} baris", f"{holder}: {number} rows"))
        newest = keys().newest
        left = sum(
            number
            for holder in holders()
            for key, number in rows_by_key(holder).items()
            if key != newest
        )
        if left:
            sys.exit(1)


def _say(words: Message) -> None:
    print(words.in_language(settings.COMMAND_LANGUAGE), file=sys.stderr)
