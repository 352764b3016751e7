"""An empty cluster of PostgreSQL, and the roles and the database that every cluster has."""

from __future__ import annotations

import shutil
from pathlib import Path

from pulih.config.data_folder import DataFolder
from pulih.config.databases import OWNER_ROLE, app_of_owner, embedded_database
from pulih.config.postgres_programs import Programs
from pulih.config.postgres_server import ASKS_FOR_PASSWORDS, ASKS_NOTHING, SUPERUSER, Server
from pulih.config.roles import connect, let_app_serve, make_database, make_roles, set_password
from pulih.config.secrets import keep_secrets

PASSWORDS = {"superuser_password": "", "owner_password": "", "app_password": ""}


def empty_folder(folder: DataFolder, programs: Programs) -> Path:
    """Make an empty private folder for a new cluster, clearing what a stopped try left."""
    place = folder.cluster.with_name("postgresql.new")
    left = Server(programs, place, folder.sockets)
    left.stop()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    return programs.give(place)


def prepare_roles(folder: DataFolder, server: Server) -> None:
    """Make roles and database where missing, and set the passwords of the secrets file."""
    held = keep_secrets(folder.secrets, {"secret_key": "", **PASSWORDS})
    server.ask(ASKS_NOTHING)
    with connect(server.superuser("")) as superuser:
        make_roles(
            superuser, owner_password=held["owner_password"], app_password=held["app_password"]
        )
        set_password(superuser, SUPERUSER, held["superuser_password"])
        if (
            superuser.execute("SELECT 1 FROM pg_database WHERE datname = 'pulih'").fetchone()
            is None
        ):
            make_database(superuser)
    owner = embedded_database(folder, user=OWNER_ROLE, password=held["owner_password"])
    owner["PORT"] = str(server.port)
    with connect(owner) as connection:
        let_app_serve(connection, app_of_owner(owner))
    server.ask(ASKS_FOR_PASSWORDS)
