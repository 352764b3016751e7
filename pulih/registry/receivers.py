"""How delivered lists reach the register: registered with the inbox in `apps.py`."""

import polars as pl

from pulih.inbox import receivers
from pulih.inbox.models import ImportBatch

from . import jobs
from .actions import create_enterprises, linking, one_at_a_time, refresh_enterprises


class FirmReceiver:
    """Gives every row its enterprise, then hands the rows on to the rooms that follow."""

    kind = "firms"

    def receive(self, batch: ImportBatch, rows: pl.DataFrame) -> dict[str, int]:
        """Form enterprises in the transaction that stores the rows."""
        formed = create_enterprises.form(batch, rows, by=batch.uploaded_by)
        jobs.link_soon(linking.wait_for(batch))
        counts = {"enterprises_new": formed.new, "enterprises_known": formed.known}
        return counts | receivers.hand_on(self.kind, batch, formed.rows)

    def finish(self, batch: ImportBatch) -> None:
        """Link what the batch brought, once it is stored: at once, for those who wait for it."""
        linking.link_batch(batch.pk)

    def withdraw(self, batch: ImportBatch) -> dict[str, int]:
        """Form the enterprises of a withdrawn batch from what else is said of them."""
        ids = refresh_enterprises.of_batch(batch.pk)
        if batch.supersedes_id:
            ids = ids.append(refresh_enterprises.of_batch(batch.supersedes_id))
        one_at_a_time.form_anew(ids)
        return {"enterprises": ids.n_unique()}

    def restore(self, batch: ImportBatch) -> dict[str, int]:
        """Let the enterprises of a batch hear it again."""
        return self.withdraw(batch)

    def supersede(self, old: ImportBatch) -> dict[str, int]:
        """Forget what a superseded batch alone had said."""
        ids = refresh_enterprises.of_batch(old.pk)
        one_at_a_time.form_anew(ids)
        return {"enterprises": ids.n_unique()}


class ImpactFirmReceiver(FirmReceiver):
    """The firm part of impact reports: the same, before the impact room takes the rest."""

    kind = "impact"


class MakersFirmReceiver(FirmReceiver):
    """The firm part of lists of makers: the same, before the market takes the rest."""

    kind = "makers"
