"""`pulih encrypt-uploads`: files that lie plain, or under an older key, are encrypted anew."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pulih.common.errors import Message, Refusal
from pulih.inbox import uploads


class Command(BaseCommand):
    help = "Encrypt every delivered file with the newest key. Exit 1 if one is left."

    def handle(self, *args: Any, **options: Any) -> None:
        done, left = 0, 0
        for path in uploads.all_files():
            try:
                done += uploads.encrypt_again(path)
            except FileNotFoundError:  # Deleted meanwhile.
                continue
            except Refusal as refusal:
                left += 1
                _say(refusal.message)
            except OSError as failed:  # The disk is full, or the file another account's.
                left += 1
                why = f"{path.name}: {failed.strerror}"
                _say(Message(f"Berkas {why}", f"The file {why}"))
        _say(Message(f"{done} berkas dienkripsi kini", f"{done} files were encrypted now"))
        if left:
            sys.exit(1)


def _say(words: Message) -> None:
    print(words.in_language(settings.COMMAND_LANGUAGE), file=sys.stderr)
