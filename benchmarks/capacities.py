"""How fast a sheet of makers becomes capacities, beside COPY of the same rows into the same table.

    python -m benchmarks.capacities [--scale 0.1] [--repeats 3]

Full size is 100,000 makers in 26 columns, read as an office delivers them: parsed, checked, linked
to the register, their words turned into units of a week. Prints the seconds of the whole sheet and
of the market's own step, and what COPY takes to put the same capacities into an indexed copy of
their table, and the firms and source rows into copies of theirs. Fails (exit 1) when the market's
step is slower than four times COPY.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import polars as pl

from benchmarks.imports import firms, take_in
from benchmarks.lists import owner_connection, run

FULL, LEAST_SHARE = 100_000, 0.25
OF_BATCH = "SELECT id FROM inbox_sourcerecord WHERE batch_id = {batch:d}"
# The rows that a sheet adds, by table.
ADDED = {
    "market_capacity": "SELECT * FROM market_capacity WHERE batch_id = {batch:d}",
    "inbox_sourcerecord": "SELECT * FROM inbox_sourcerecord WHERE batch_id = {batch:d}",
    "registry_enterprise": (
        "SELECT * FROM registry_enterprise WHERE id IN (SELECT enterprise_id FROM"
        f" registry_enterprisesource WHERE source_record_id IN ({OF_BATCH}))"
    ),
}


def sheet(folder: Path, rows: int, seed: int) -> Path:
    """Write a CSV of makers of cloth masks, each with workers, capacity and unit."""
    units = pl.Series(["lembar/hari", "lusin/minggu", "kodi/bulan"])
    makers = firms(rows, seed).with_columns(
        pl.lit("Masker kain").alias("Produk"),
        pl.lit(units).gather(pl.int_range(rows) % len(units)).alias("Satuan"),
    )
    path = folder / f"makers-{seed}.csv"
    makers.write_csv(path)
    return path


@contextmanager
def step() -> Iterator[list[float]]:
    """Yield a list that afterwards holds the seconds that the market took of a sheet."""
    from pulih.market.actions import delivered

    spent, take = [0.0], delivered.take

    def timed(*arguments: Any, **named: Any) -> dict[str, int]:
        begun = time.perf_counter()
        counts = take(*arguments, **named)
        spent[0] += time.perf_counter() - begun
        return counts

    with mock.patch.object(delivered, "take", timed):
        yield spent


def copied(owner: Any, batch: int) -> dict[str, float]:
    """Return the seconds of COPY by table, each into a copy with its indexes and other rows."""
    seconds = {}
    for table, asked in ADDED.items():
        rows = asked.format(batch=batch)
        owner.execute("DROP TABLE IF EXISTS beside")
        owner.execute(f"CREATE TABLE beside (LIKE {table} INCLUDING ALL EXCLUDING GENERATED)")
        owner.execute(
            f"INSERT INTO beside SELECT * FROM {table} WHERE id NOT IN"
            f" (SELECT id FROM ({rows}) AS added)"
        )
        with tempfile.TemporaryFile() as text:
            with owner.cursor().copy(f"COPY ({rows}) TO STDOUT") as out:
                for piece in out:
                    text.write(piece)
            text.seek(0)
            begun = time.perf_counter()
            with owner.cursor().copy("COPY beside FROM STDIN") as into:
                while piece := text.read(1 << 20):
                    into.write(piece)
            seconds[table] = time.perf_counter() - begun
    return seconds


def measure(scale: float, repeats: int) -> bool:
    """Measure and print; return whether the market's step holds its floor."""
    from pulih.inbox import uploads
    from pulih.market.models import Capacity
    from pulih.people.scope import speaking_as_system

    rows, shares = int(FULL * scale), []
    with tempfile.TemporaryDirectory() as name, speaking_as_system() as by:
        uploads.settings.MEDIA_ROOT = str(Path(name) / "uploads")
        for seed in range(repeats + 1):  # The first fills the tables that the others add to.
            path = sheet(Path(name), rows, seed)
            with step() as spent:
                whole, memory, batch = take_in(path, by)
            kept = Capacity.objects.filter(batch=batch).count()
            assert kept > rows * 0.9, f"{kept} of {rows} capacities were read"
            if not seed:
                continue
            copies = copied(owner_connection(), batch.pk)
            shares.append(copies["market_capacity"] / spent[0])
            print(
                f"{kept:,} capacities: the sheet {whole:.1f} s, the market's step {spent[0]:.2f} s,"
                f" COPY of capacities {copies['market_capacity']:.2f} s, of all that the sheet"
                f" stores {sum(copies.values()):.2f} s; {memory:.2f} GB,"
                f" load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    share = statistics.median(shares)
    print(f"the market's step: {share:.2f} of COPY into the same table (floor {LEAST_SHARE})")
    return share >= LEAST_SHARE


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, repeats=3))
