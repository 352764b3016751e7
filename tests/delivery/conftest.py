import pytest
from django.db import transaction
from django.utils.translation import override

from pulih.delivery.models import Activity
from pulih.people.scope import speaking_as_system
from tests.make import delivery as make


@pytest.fixture
def in_english():
    with override("en"):
        yield


@pytest.fixture(scope="module")
def made_payable(django_db_setup, django_db_blocker):
    """Make a class of five that may be paid, once, in a transaction that the module forgets."""
    with django_db_blocker.unblock(), transaction.atomic():
        with speaking_as_system():
            activity = make.payable()
        yield activity.pk
        transaction.set_rollback(True)


@pytest.fixture
def payable(made_payable, db) -> Activity:
    """The module's funded activity; what a test does to it is undone after it.

    A module that asks for this makes no other such class: its people have their seats.
    """
    return Activity.objects.get(pk=made_payable)
