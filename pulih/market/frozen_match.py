"""A match read back from its frozen case: the same makers and needs as it was worked out with."""

import io
import tomllib
import zipfile

import polars as pl

from pulih.matching import Case, Parts, case_from_tables

from .cases import COLUMNS
from .models import Part, Run


def case_of(run: Run) -> Case | None:
    """Return the case of a match; None while it has none."""
    frozen = getattr(run, "frozen", None)
    if frozen is None:
        return None
    with zipfile.ZipFile(io.BytesIO(bytes(frozen.case))) as files:
        settings = tomllib.loads(files.read("case.toml").decode())
        known = set(files.namelist())
        tables = {
            name: pl.read_csv(files.read(f"{name}.csv"), infer_schema=False)
            for name in COLUMNS
            if f"{name}.csv" in known  # Older cases lack the tables that came later.
        }
    found = case_from_tables(settings, tables)
    assert isinstance(found, Case), "a frozen case was read before"
    return found


def parts_of(run: Run) -> Parts:
    """Return the parts of a match by (need, supplier, firm), as the core names them."""
    rows = Part.objects.filter(consignment__run=run).values_list(
        "consignment__need", "consignment__group", "enterprise", "quantity"
    )
    return {
        (f"n{need}", f"g{group}" if group else f"f{firm}", f"f{firm}"): units
        for need, group, firm, units in rows
    }
