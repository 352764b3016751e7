"""Worlds that a module builds once: each test begins with them, and what it changes is undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from pulih.people.scope import speaking_as_system


def built_once(build: Callable[[], Any], language: str = "id") -> Any:
    """Return the fixture of a module that builds once, in a transaction that the module forgets.

    All tests of the module find it from then on, so all should ask for it. Rows that it hands on
    are asked for anew by each test, for what one does to them in memory the others would see.
    """

    @pytest.fixture(scope="module")
    def built(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            with speaking_as_system(), override(language):
                made = build()
            yield made
            transaction.set_rollback(True)

    return built
