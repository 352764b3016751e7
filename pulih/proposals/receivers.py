"""How delivered lists reach this room: registered with the inbox in `apps.py`."""

import polars as pl

from pulih.impact.receivers import speaker
from pulih.inbox.models import ImportBatch

from .actions import earlier


class EarlierReceiver:
    """Takes sheets of earlier proposals, each with its cost rows.

    Nothing is to be done when a file is corrected or withdrawn: its proposals count with it.
    """

    kind = "proposed"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Keep them in the transaction that stores the rows."""
        return earlier.take(batch, rows, by=speaker())
