"""The small country of a storm: run once, as a process of its own, on a fresh data folder.

Prints one JSON object: who may sign in, which lines hold money, which scenario has a plan.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

PASSWORD = "Sagu-2020-Ambon-Papeda"  # Of invented people, in a folder that is thrown away.
LINES, CEILING = 6, 400_000
SINCE = date(2020, 1, 2)
OFFICERS = ("Jawa Barat", "Banten")


def main(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    _make_cluster(folder)
    from pulih.config.serving import database

    with database():
        import django

        django.setup()
        from pulih.people.scope import speaking_as_system

        with speaking_as_system():
            print(json.dumps(_make()))


def _make_cluster(folder: Path) -> None:
    """Copy a migrated cluster: what the second start of an installation finds."""
    from pulih.config import schema, versions
    from pulih.config.data_folder import DataFolder
    from pulih.config.embedded_postgres import running_server
    from pulih.config.roles import connect
    from pulih.config.secrets import read_secrets
    from tests.throwaway_server import copy_migrated_cluster, programs_for_tests

    place = DataFolder(folder)
    place.programs.symlink_to(programs_for_tests())
    template = copy_migrated_cluster(place.cluster, _migrate)
    with running_server(place) as server:
        password = read_secrets(place.secrets)["superuser_password"]
        with connect(server.superuser(password)) as superuser:
            superuser.execute("DROP DATABASE pulih")
            superuser.execute(f"ALTER DATABASE {template} RENAME TO pulih")
    versions.record_schema(place, schema.fingerprint())


def _migrate(database: dict[str, Any]) -> None:
    import django

    django.setup()
    from tests.conftest import migrate

    migrate(database)


def _make() -> dict[str, Any]:
    from pulih.areas.models import COUNTRY, Area
    from pulih.budget import actions
    from pulih.config.reconcile import differences
    from pulih.inbox.models import ImportBatch
    from pulih.people.models import Role
    from pulih.workflow.actions import choose_mail
    from tests.make import budget, planning
    from tests.people import cast

    planning.country()
    country = Area.objects.get(pk=COUNTRY)
    planners = [cast.person(Role.PLANNER, country, f"planner-{n}") for n in "ab"]
    officers = [cast.provincial_officer(of) for of in OFFICERS]
    for one in (*planners, *officers):
        one.set_password(PASSWORD)
        one.save()
        choose_mail(mail="at_once", language="en", by=one)
    unit = budget.unit("Jawa Barat", "029998")
    actions.appoint(
        officers[0], unit=unit, post="kpa", decree="SK-1", valid_from=SINCE, by=budget.system()
    )
    keys = [f"3038.009.051.A.52{n:04}" for n in range(LINES)]
    lines = [budget.line(unit, key, ceiling=CEILING) for key in keys]
    return {
        "planners": [one.username for one in planners],
        "officers": [one.username for one in officers],
        "offices": [cast.area(of).pk for of in OFFICERS],
        "lines": [line.pk for line in lines],
        "scenario": planning.solved(planners[0], time_limit=5).pk,
        "files": list(ImportBatch.objects.values_list("sha256", flat=True)),
        "differences": list(differences()),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
