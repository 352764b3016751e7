"""One release on show for all tests of a module that read it, or go on from it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings as of_django
from django.db import transaction
from django.test import TestCase

from pulih.people.scope import speaking_as_system
from pulih.portal.models import Release
from tests.make import portal as make


class Shown(NamedTuple):
    release: Release
    folder: Path


@pytest.fixture(scope="module")
def shown(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Publish once, in a transaction that the module forgets: of its `world`, if it has one.

    Without pages where the module says `WITH_PAGES = False`: they take most of the time.
    """
    folder = tmp_path_factory.mktemp("shown")
    before, of_django.PUBLIC_FOLDER = of_django.PUBLIC_FOLDER, folder
    with django_db_blocker.unblock(), transaction.atomic():
        with speaking_as_system(), TestCase.captureOnCommitCallbacks(execute=True):
            getattr(request.module, "world", lambda: None)()
        with speaking_as_system(), TestCase.captureOnCommitCallbacks(execute=True):
            release = make.published(with_pages=getattr(request.module, "WITH_PAGES", True))
        of_django.PUBLIC_FOLDER = before
        yield Shown(release, folder)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _checked(django_db_setup, django_db_blocker):
    """Count and check once, in a transaction that the module forgets."""
    with django_db_blocker.unblock(), transaction.atomic():
        with speaking_as_system(), TestCase.captureOnCommitCallbacks(execute=True):
            release = make.checked()
        yield release
        transaction.set_rollback(True)


@pytest.fixture
def checked(_checked, db) -> Release:
    """The module's release, which is checked by the first steward and not published."""
    return Release.objects.get(pk=_checked.pk)


@pytest.fixture
def publish(settings, tmp_path, django_capture_on_commit_callbacks) -> Callable[..., Any]:
    """Publish into a folder of the test's own, as two stewards do."""
    settings.PUBLIC_FOLDER = tmp_path

    def done(act: Callable[..., Any] = make.published, *arguments: Any, **named: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act(*arguments, **named)

    return done


@pytest.fixture
def release(shown, settings, tmp_path, db) -> Release:
    """The module's release, on show in a folder of the test's own."""
    shutil.copytree(
        shown.folder, tmp_path, symlinks=True, copy_function=os.link, dirs_exist_ok=True
    )
    settings.PUBLIC_FOLDER = tmp_path
    return Release.objects.get(pk=shown.release.pk)
