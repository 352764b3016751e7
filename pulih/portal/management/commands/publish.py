"""`pulih publish`: make, check and publish releases, or write the pages on show again."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.portal import actions
from pulih.portal.models import Release
from pulih.portal.standards.writing import refuse_unless_official

NOTHING = Message(
    "Belum ada rilis yang terbit. Buat satu: pulih publish --draft TANGGAL --by WALIDATA.",
    "No release is published yet. Make one: pulih publish --draft DAY --by STEWARD.",
)
NOBODY = Message(
    "Sebutkan walidata yang bertindak: --by NAMA.", "Name the data steward who acts: --by NAME."
)
NO_RELEASE = Message("Tidak ada rilis {what}.", "There is no release {what}.")
NO_PERSON = Message("Tidak ada pengguna {what}.", "There is no user {what}.")


class Command(BaseCommand):
    requires_system_checks = ()  # Of the program, by `make check`; they load every page.
    help = "Make, check and publish releases of public figures, or write the pages on show again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="?", help="of a checked release, to be published")
        parser.add_argument(
            "--draft", metavar="DAY", type=date.fromisoformat, help="count and check one of a day"
        )
        parser.add_argument(
            "--schemas", metavar="DIR", type=Path, help="official schemas to check files against"
        )
        parser.add_argument("--by", metavar="NAME", help="user name of the data steward who acts")

    def handle(self, *args: Any, number: str | None, draft: date | None, by: str | None,
               schemas: Path | None, **options: Any) -> None:  # fmt: skip
        try:
            if number is None and draft is None:
                done = actions.publish_again()
                self.stdout.write("ok" if done else _said(NOTHING))
                return
            person = _person(by)
            with speaking_for(person):
                release = (
                    _make(draft, person) if draft else self._publish(str(number), person, schemas)
                )
            self.stdout.write(release.number)
        except Refusal as refusal:
            raise CommandError(_said(refusal.message)) from refusal

    def _publish(self, number: str, person: User, schemas: Path | None) -> Release:
        release = Release.objects.filter(number=number).first()
        if release is None:
            raise CommandError(_said(NO_RELEASE).format(what=number))
        if schemas is not None:
            for message in refuse_unless_official(release, schemas):
                self.stderr.write(_said(message))
        return actions.publish(release, by=person)


def _make(day: date, person: User) -> Release:
    release = actions.draft(actions.NewRelease(day), by=person)
    actions.protect(release, by=person)
    return actions.check(release, by=person)


def _person(name: str | None) -> User:
    if not name:
        raise CommandError(_said(NOBODY))
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(_said(NO_PERSON).format(what=name))
    return found


def _said(message: Message) -> str:
    return message.in_language(settings.COMMAND_LANGUAGE)
