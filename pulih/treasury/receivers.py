"""How delivered lists of the treasury are compared: registered with the inbox in `apps.py`."""

import polars as pl

from pulih.budget.receivers import speaker
from pulih.inbox.models import ImportBatch

from . import actions


class TreasuryReceiver:
    """Takes the accepted rows of lists of the treasury; posts nothing by itself."""

    kind = "treasury"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Compare the rows with the ledger, in the transaction that stores them."""
        return actions.take_list(batch, rows, by=speaker())

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Settle the differences that the list still shows."""
        return actions.withdraw_list(batch, by=speaker())

    def restore(self, batch: ImportBatch) -> dict[str, int]:
        """Compare the list again, so that its differences stand as they are now."""
        return actions.reconcile_again(batch, by=speaker())
