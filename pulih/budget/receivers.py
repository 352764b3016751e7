"""How delivered POK sheets reach the ledger: registered with the inbox in `apps.py`."""

import polars as pl

from pulih.inbox.models import ImportBatch

from . import actions


class BudgetReceiver:
    """Takes the accepted rows of files of kind "budget"."""

    kind = "budget"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Post what the rows state, in the transaction that stores them."""
        return actions.take_pok(batch, rows.iter_rows(named=True))

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Take back what the file posted."""
        return actions.withdraw_pok(batch)
