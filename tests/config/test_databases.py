"""Two roles out of one address."""

import pytest

from pulih.common.errors import Refusal
from pulih.config.databases import app_of_owner, database_of_url


def test_an_address_is_read_whole():
    read = database_of_url("postgresql://ali:s%40ndi@db.example:6432/crisis?sslmode=verify-full")
    assert [read[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "ali",
        "s@ndi",
        "db.example",
        "6432",
        "crisis",
    ]
    assert read["OPTIONS"] == {"sslmode": "verify-full", "options": "-c jit=off"}


def test_what_an_address_asks_of_its_connections_stands():
    read = database_of_url("postgresql://ali@db/crisis?options=-c%20statement_timeout%3D60s")
    assert read["OPTIONS"] == {"options": "-c statement_timeout=60s"}


def test_a_socket_may_be_named_in_the_query():
    read = database_of_url("postgresql:///crisis?host=/run/postgresql&user=ali")
    assert (read["HOST"], read["USER"], read["NAME"]) == ("/run/postgresql", "ali", "crisis")


@pytest.mark.parametrize(
    "url", ["sqlite:///x.db", "postgresql://host", "crisis", "postgres://h:x/d"]
)
def test_another_kind_of_address_is_one_sentence(url):
    with pytest.raises(Refusal, match="must look like postgresql://"):
        database_of_url(url)


def test_the_serving_role_follows_from_the_owner_and_never_is_the_owner():
    owner = database_of_url("postgresql://ali:secret@db/crisis")
    app = app_of_owner(owner)
    assert app == app_of_owner(owner)
    assert app["USER"] == "pulih_app"
    assert app["PASSWORD"] not in ("", "secret")


def test_where_the_owner_has_no_password_the_serving_role_still_is_another():
    app = app_of_owner(database_of_url("postgresql://ali@/crisis"))
    assert (app["USER"], app["PASSWORD"], app["OPTIONS"]) == (
        "pulih_app",
        "",
        {"options": "-c jit=off"},
    )
