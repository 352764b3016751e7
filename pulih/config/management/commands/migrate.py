"""Django's `migrate`, and after it the SQL files that changed: no door leads past them."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections

from pulih.config import repeatable_sql
from pulih.config.migration_states import told_in_place
from pulih.config.proof_key import keep_proof_key


class Command(DjangoCommand):
    def handle(self, *arguments: Any, **options: Any) -> None:
        with told_in_place():
            super().handle(*arguments, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        database: Any = connections[options["database"]]
        database.ensure_connection()
        repeatable_sql.apply(database.connection)
        keep_proof_key(database.connection, settings.PERSON_SECRET)
