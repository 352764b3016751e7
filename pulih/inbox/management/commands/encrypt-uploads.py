"""`pulih encrypt-uploads`: files that lie plain, or under an older key, are encrypted again."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pulih.common.errors import Message, Refusal
from pulih.inbox import uploads
from pulih.inbox.actions.lost_keys import leave_behind, left_behind
from pulih.people.file_cipher import NoSuchKey
from pulih.people.scope import speaking_as_system


class Command(BaseCommand):
    requires_system_checks = ()  # Of the program, by `make check`; they load every page.
    help = "Encrypt every delivered file with the newest key. Exit 1 if one is left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--leave", action="append", default=[], metavar="NAME",
            help="of a file whose key is lost for good: it no longer counts as left",
        )  # fmt: skip
        parser.add_argument("--because", default="", metavar="REASON", help="kept in the record")

    def handle(self, *args: Any, **options: Any) -> None:
        named, reason = set(options["leave"]), options["because"].strip()
        if named and not reason:
            _say(_NO_REASON)
            sys.exit(2)
        done, left, lost = 0, 0, {}
        for path in uploads.all_files():
            try:
                done += uploads.encrypt_again(path)
            except FileNotFoundError:  # Deleted meanwhile.
                continue
            except NoSuchKey as refusal:
                _say(refusal.message)
                lost[path] = refusal.key
            except Refusal as refusal:
                left += 1
                _say(refusal.message)
            except OSError as failed:  # The disk is full, or the file another account's.
                left += 1
                why = f"{path.name}: {failed.strerror}"
                _say(Message(f"Berkas {why}", f"The file {why}"))
        _say(Message(f"{done} berkas dienkripsi kini", f"{done} files were encrypted now"))
        left += _left_under_lost_keys(lost, named, reason)
        if left:
            sys.exit(1)


def _left_under_lost_keys(lost: dict[Path, str], named: set[str], reason: str) -> int:
    """Leave behind those that are named, and say of the others how; return how many they are."""
    with speaking_as_system() as system:
        given_up = left_behind()
        for path, key in lost.items():
            if path.name in named - given_up:
                leave_behind(path.name, key=key, reason=reason, by=system)
    for name in sorted(named - {path.name for path in lost}):
        _say(_not_lost(name))
    others = [path.name for path in lost if path.name not in named | given_up]
    if others:
        _say(_how_to_leave(others))
    return len(others)


def _say(words: Message) -> None:
    print(words.in_language(settings.COMMAND_LANGUAGE), file=sys.stderr)


def _how_to_leave(names: list[str]) -> Message:
    words = " ".join(f"--leave {name}" for name in names)
    return Message(
        f"Bila kuncinya hilang untuk selamanya: pulih rotate-number-key --finish {words} --because"
        " 'SEBAB'. Berkasnya tetap ada di disk, tetapi tidak akan terbuka lagi.",
        f"If the key is lost for good: pulih rotate-number-key --finish {words} --because 'REASON'."
        " The files stay on the disk, and nothing will open them again.",
    )


def _not_lost(name: str) -> Message:
    return Message(
        f"Berkas {name} tidak ditinggalkan: berkas itu tidak ada, atau kuncinya ada.",
        f"The file {name} was not left behind: it is not there, or its key is.",
    )


_NO_REASON = Message(
    "Tulis sebabnya: --because 'SEBAB'. Belum ada yang dilakukan.",
    "Write the reason: --because 'REASON'. Nothing was done.",
)
