"""The serving role is bound by what the database says."""

import psycopg
import pytest
from django.db import ProgrammingError, connection

from pulih.common.errors import Refusal
from pulih.config.roles import connect, let_app_serve, make_app_role
from tests.make.ledger import owner_database

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


def test_an_owner_is_no_serving_role(own_database):
    with connect(own_database) as owner, pytest.raises(Refusal, match="can become the owner"):
        let_app_serve(owner, {**own_database, "USER": owner.info.user})


def test_a_serving_role_that_needs_a_password_and_has_none_is_one_sentence(own_database):
    app = {**own_database, "USER": "pulih_app", "PASSWORD": "", "HOST": "/nowhere"}
    with connect(own_database) as owner, pytest.raises(Refusal, match="without a password"):
        make_app_role(owner, app)


def test_no_statement_leads_from_the_serving_role_to_the_owner():
    with connection.cursor() as cursor:
        for way in ("RESET ROLE", "SET ROLE NONE", "RESET SESSION AUTHORIZATION"):
            cursor.execute(way)
            cursor.execute("SELECT current_user, session_user")
            assert cursor.fetchone() == ("pulih_app", "pulih_app")
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute(f"SET ROLE {owner_database()['USER']}")
