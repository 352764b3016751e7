"""A build waits for no disk, and afterwards everything does again."""

import pytest
from django.db import connection, connections

from pulih.scenarios.covid_2020.hurry import in_a_hurry

pytestmark = pytest.mark.django_db


def said(one):
    with one.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone()[0]


def test_no_connection_waits_for_the_disk_while_a_build_runs():
    another = connections.create_connection("default")
    try:
        with in_a_hurry():
            assert (said(connection), said(another)) == ("off", "off")
    finally:
        another.close()


def test_who_builds_waits_again_for_what_is_written_last():
    with pytest.raises(ZeroDivisionError), in_a_hurry():
        raise ZeroDivisionError
    assert said(connection) == "on"
