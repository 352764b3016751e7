"""How delivered lists reach the market: registered with the inbox in `apps.py`."""

import polars as pl

from pulih.impact.receivers import speaker
from pulih.inbox.models import ImportBatch

from .actions import delivered, delivered_members, delivered_needs


class CapacityReceiver:
    """Takes what lists of firms say of capacities and certificates."""

    kind = "firms"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Keep it in the transaction that stores the rows."""
        return delivered.take(batch, rows, by=speaker())

    def supersede(self, old: ImportBatch) -> dict[str, int]:
        """Let a file that was corrected say nothing."""
        return delivered.forget(old, by=speaker())

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Let a withdrawn file say nothing."""
        return delivered.forget(batch, by=speaker())

    def restore(self, batch: ImportBatch) -> dict[str, int]:
        """Let a withdrawn file count again."""
        return delivered.restore(batch, by=speaker())


class MakersReceiver(CapacityReceiver):
    """Takes lists of makers: the same, and the members of clusters and cooperatives."""

    kind = "makers"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Keep it in the transaction that stores the rows."""
        return super().receive(batch, rows) | delivered_members.take(batch, by=speaker())

    def supersede(self, old: ImportBatch) -> dict[str, int]:
        """Let a file that was corrected say nothing."""
        return super().supersede(old) | delivered_members.forget(old, by=speaker())

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Let a withdrawn file say nothing."""
        return super().withdraw(batch) | delivered_members.forget(batch, by=speaker())

    def restore(self, batch: ImportBatch) -> dict[str, int]:
        """Let a withdrawn file count again."""
        return super().restore(batch) | delivered_members.take(batch, by=speaker())


class NeedsReceiver:
    """Takes sheets of needs: each row becomes a draft; what was withdrawn is delivered again."""

    kind = "needs"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Draft the needs in the transaction that stores the rows."""
        return delivered_needs.take(batch, rows, by=speaker())

    def supersede(self, old: ImportBatch) -> dict[str, int]:
        """Let a file that was corrected ask for nothing more."""
        return delivered_needs.supersede(old, by=speaker())

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Let a withdrawn file ask for nothing."""
        return delivered_needs.withdraw(batch, by=speaker())
