"""How delivered rows become reports: registered with the inbox in `apps.py`."""

import polars as pl
from django.db.models import BigIntegerField, Func

from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from . import actions, reading


class ImpactReceiver:
    """Takes the rows of impact files, and those rows of lists of firms that report an impact."""

    kind = "impact"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Store the reports, in the transaction that stores the rows."""
        telling = rows if batch.kind == self.kind else reading.telling(rows)
        if telling.is_empty() and batch.supersedes_id is None:
            return {}
        return actions.take(batch, telling, by=speaker())

    def supersede(self, old: ImportBatch) -> dict[str, int]:
        """Let the reports of a file that was corrected count no more."""
        return actions.supersede(old, by=speaker())

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Let the file's reports count no more."""
        return actions.withdraw(batch, by=speaker())

    def restore(self, batch: ImportBatch) -> dict[str, int]:
        """Let the reports of a withdrawn file count again."""
        return actions.restore(batch, by=speaker())


def speaker() -> User:
    """Return the person for whom this connection speaks: whoever asked for the job."""
    return User.objects.get(pk=Func(function="pulih_person", output_field=BigIntegerField()))
