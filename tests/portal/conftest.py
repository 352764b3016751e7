"""One release on show for all tests of a module that only read it."""

from pathlib import Path
from typing import NamedTuple

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
def shown(django_db_setup, django_db_blocker, tmp_path_factory):
    """Publish once, in a transaction that the module forgets."""
    folder = tmp_path_factory.mktemp("shown")
    before, of_django.PUBLIC_FOLDER = of_django.PUBLIC_FOLDER, folder
    with django_db_blocker.unblock(), transaction.atomic():
        with speaking_as_system(), TestCase.captureOnCommitCallbacks(execute=True):
            release = make.published()
        of_django.PUBLIC_FOLDER = before
        yield Shown(release, folder)
        transaction.set_rollback(True)
