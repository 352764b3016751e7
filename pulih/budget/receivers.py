"""How delivered POK sheets reach the ledger: registered with the inbox in `apps.py`."""

import polars as pl
from django.db.models import BigIntegerField, Func

from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from . import actions


def speaker() -> User:
    """Return the person for whom this connection speaks: whoever asked for the job."""
    return User.objects.get(pk=Func(function="pulih_person", output_field=BigIntegerField()))


class BudgetReceiver:
    """Takes the accepted rows of files of kind "budget"."""

    kind = "budget"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Post what the rows state, in the transaction that stores them."""
        return actions.take_pok(batch, rows.iter_rows(named=True), by=speaker())

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Take back what the file posted."""
        return actions.withdraw_pok(batch, by=speaker())
