"""Collect the pages' files: `python -m pulih.config.collecting`.

Django's own way sets every app up, models and all, only to learn in which folders they lie.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command

from pulih.config.faults import report_our_own
from pulih.config.signals import end_tidily


def static_folders() -> list[Path]:
    """Return the folders of all apps that have one, in the order in which files are looked for."""
    folders = [_folder_of(name) / "static" for name in settings.INSTALLED_APPS]
    return [each for each in folders if each.is_dir()]


def _folder_of(app: str) -> Path:
    """Return the folder of an app without loading it, nor the package around it."""
    top, *inner = app.split(".")
    package = find_spec(top)
    assert package is not None, app
    assert package.submodule_search_locations is not None, app
    return Path(package.submodule_search_locations[0], *inner)


def main() -> int:
    report_our_own()
    end_tidily()
    apps.populate(["django.contrib.staticfiles"])
    settings.STATICFILES_DIRS = static_folders()
    call_command(Command(), interactive=False, clear=True, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
