"""`make schema`: write the list of functions, triggers and policies that a fresh database has."""

from __future__ import annotations

import os

import django

from pulih.config.roles import connect
from pulih.config.rooms import PACKAGE
from pulih.config.schema_objects import LIST, listed, objects
from tests.throwaway_server import server_for_tests


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    django.setup()
    from tests.conftest import migrate

    with (
        server_for_tests("", migrate) as server,
        connect(server.owner, name=server.template) as owner,
    ):
        found = objects(lambda query: owner.execute(query).fetchall())
    (PACKAGE / "config" / LIST).write_text(listed(found), "utf-8")


if __name__ == "__main__":
    main()
