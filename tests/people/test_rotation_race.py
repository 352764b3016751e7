"""A key is rotated while people work: what somebody writes meanwhile stands."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from pulih.people import number_cipher as cipher
from pulih.people.number_fields import holders
from pulih.people.number_store import renew
from pulih.people.scope import speaking_as_system
from pulih.registry.models import Enterprise
from tests.make import inbox as make
from tests.make import registry as make_registry
from tests.meanwhile import somebody_waits, until

pytestmark = pytest.mark.django_db(transaction=True)


def rotate_all() -> int:
    try:
        with speaking_as_system():
            return sum(sum(renew(holder)) for holder in holders())
    finally:
        connection.close()


def test_a_rotation_does_not_bring_a_replaced_number_back(settings):
    with speaking_as_system(), ThreadPoolExecutor(1) as others:
        make.read(make.firm(nik=make.nik(1)), **make_registry.indramayu())
        settings.NUMBER_KEYS = ["a newer key", *settings.NUMBER_KEYS]
        with transaction.atomic():
            Enterprise.objects.update(nik=make.nik(2))
            rotation = others.submit(rotate_all)
            until(somebody_waits, pause=0.01)
        rotation.result()
        assert Enterprise.objects.get().nik == make.nik(2)
        assert cipher.key_id("a newer key") in Enterprise.objects.get().nik.stored
