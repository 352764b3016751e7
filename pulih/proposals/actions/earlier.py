"""Earlier proposals out of delivered sheets: stored by three statements, whatever their number."""

import polars as pl

from pulih.audit.actions import record
from pulih.inbox import bulk
from pulih.inbox.models import ImportBatch
from pulih.measures.models import Measure
from pulih.people.models import User

TYPES = {
    "source_id": "bigint",
    "row": "integer",
    "proposal_id": "bigint",
    "cost_text": "text",
    "account": "text",
    "volume": "text",
    "unit": "text",
    "unit_cost": "bigint",
    "amount": "bigint",
}
PROPOSAL_TYPES = {
    "id": "bigint",
    "proposal_number": "text",
    "title": "text",
    "measure_id": "bigint",
    "people": "integer",
    "outcome": "text",
    "rupiah": "bigint",
}
ADD_PROPOSALS = """
    INSERT INTO proposals_earlierproposal (id, batch_id, province_id, fiscal_year, number, title,
        measure_id, people, outcome, rupiah)
    SELECT id, %s, %s, %s, left(proposal_number, 80), left(coalesce(title, ''), 300), measure_id,
        coalesce(people, 0), left(coalesce(outcome, ''), 200), rupiah
    FROM pg_temp.proposals_arrived
"""
ADD_ROWS = """
    INSERT INTO proposals_earlierrow
        (proposal_id, source_record_id, row, text, account, volume, unit, unit_cost, rupiah)
    SELECT proposal_id, source_id, row, coalesce(cost_text, ''), coalesce(account, ''),
        left(coalesce(volume, ''), 40), left(coalesce(unit, ''), 60), unit_cost, amount
    FROM pg_temp.proposals_arrived_rows ORDER BY source_id
"""


def take(batch: ImportBatch, rows: pl.DataFrame, *, by: User) -> dict[str, int]:
    """Join the cost rows of a file to their proposals and keep both."""
    rows = _complete(rows)
    found = rows.group_by("proposal_number", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first() for name in ("title", "measure", "people", "outcome")),
        pl.col("amount").sum().alias("rupiah"),
    )
    found = found.with_columns(
        bulk.new_ids("proposals_earlierproposal_id_seq", found.height).alias("id"),
        pl.Series("measure_id", _measures(found["measure"]), pl.Int64),
    )
    joined = rows.join(found.select("proposal_number", pl.col("id").alias("proposal_id")),
                       on="proposal_number", how="left", maintain_order="left")  # fmt: skip
    bulk.copy_in("proposals_arrived", found.select(*PROPOSAL_TYPES), PROPOSAL_TYPES)
    year = batch.fiscal_year or batch.as_of.year
    bulk.execute(ADD_PROPOSALS, [batch.pk, batch.province_id, year])
    bulk.copy_in("proposals_arrived_rows", joined.select(*TYPES), TYPES)
    bulk.execute(ADD_ROWS, [])
    record(by, "proposals.earlier", batch, proposals=found.height, rows=rows.height)
    return {"earlier_proposals": found.height, "cost_rows": rows.height}


def _complete(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the columns that the sheet does not have; volumes as text, as the office wrote them."""
    wanted = {"people": pl.Int64, "unit_cost": pl.Int64, "amount": pl.Int64}
    names = ("proposal_number", "title", "measure", "outcome", "people", *TYPES)
    missing = [
        pl.lit(None, wanted.get(name, pl.String)).alias(name)
        for name in dict.fromkeys(names)
        if name not in rows.columns and name != "proposal_id"
    ]
    whole = rows.with_columns(missing)
    return whole.with_columns(pl.col("volume", "unit", "account").cast(pl.String))


def _measures(texts: pl.Series) -> list[int | None]:
    """Return the measure that each text names, by code or name."""
    known: dict[str, int] = {}
    for one in Measure.objects.order_by("-pk"):
        for word in (one.code, one.name_indonesian, one.name_en):
            known[word.casefold()] = one.pk
    return [known.get((text or "").strip().casefold()) for text in texts]
