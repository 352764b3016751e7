"""Django's commands with our exit statuses: `python -m pulih.config.django_process WORDS`."""

from __future__ import annotations

import os
import sys

from django.core.management import CommandError, ManagementUtility

from pulih.common.errors import Message, Refusal
from pulih.config.faults import OFF_BY_INTERRUPT, refused, report_our_own
from pulih.config.signals import end_tidily
from pulih.config.start import set_up


def main() -> int:
    report_our_own()
    end_tidily()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    words = sys.argv[1:]
    try:
        set_up()
        # With this option Django leaves errors to us.
        ManagementUtility(["pulih", *words, "--traceback"] if words else ["pulih"]).execute()
    except Refusal as refusal:
        return refused(refusal.message, words)
    except CommandError as error:
        return refused(Message(str(error), str(error)), words)
    except KeyboardInterrupt:
        return OFF_BY_INTERRUPT
    return 0


if __name__ == "__main__":
    sys.exit(main())
