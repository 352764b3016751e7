"""A key is rotated while people work: what somebody writes meanwhile stands."""

import time
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

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
"""


def rotate_all() -> int:
    try:
        with speaking_as_system():
            return sum(sum(renew(holder)) for holder in holders())
    finally:
        connection.close()


def wait_until_it_waits() -> None:
    for _ in range(1_000):
        with connection.cursor() as cursor:
            if cursor.execute(WAITING).fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("The rotation did not come to the row.")


def test_a_rotation_does_not_bring_a_replaced_number_back(settings):
    with speaking_as_system(), ThreadPoolExecutor(1) as others:
        make.read(make.firm(nik=make.nik(1)), **make_registry.indramayu())
        settings.NUMBER_KEYS = ["a newer key", *settings.NUMBER_KEYS]
        with transaction.atomic():
            Enterprise.objects.update(nik=make.nik(2))
            rotation = others.submit(rotate_all)
            wait_until_it_waits()
        rotation.result()
        assert Enterprise.objects.get().nik == make.nik(2)
        assert cipher.key_id("a newer key") in Enterprise.objects.get().nik.stored
