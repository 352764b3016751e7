"""The serving role is bound by what the database says."""

import psycopg
import pytest
from django.db import ProgrammingError, connection

pytestmark = pytest.mark.django_db


def test_the_tests_speak_as_the_serving_role():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("pulih_app", False, False, False)


def test_the_serving_role_may_not_make_tables():
    with pytest.raises(ProgrammingError) as refused, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mine (id int)")
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
