"""Firms with reports of impact, by the way that delivered rows take."""

from datetime import date
from itertools import count
from typing import Any

import polars as pl

from pulih.areas.models import Area
from pulih.impact import actions
from pulih.impact.models import ImpactReport
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.models import User
from pulih.registry.models import Enterprise
from tests.make import areas

DAY = date(2020, 6, 15)
numbers = count(1)


def batch(province: Area | None = None, *, is_stored: bool = True, **values: Any) -> ImportBatch:
    """Make a delivered file of kind "impact", read to its end or still waiting."""
    office = province or areas.province()
    usual = {
        "kind": "impact",
        "office": office,
        "province": office,
        "uploaded_by": User.objects.get(username="pulih"),
        "file_name": "dampak.xlsx",
        "sha256": f"{next(numbers):064x}",
        "size_bytes": 1,
        "stored_name": "x",
        "as_of": DAY,
    }
    made = ImportBatch.objects.create(**{**usual, **values})
    return stored(made) if is_stored else made


def stored(batch: ImportBatch) -> ImportBatch:
    """Bring a file that waits to its end, as its reader does."""
    for state in ("reading", "storing", "done"):
        batch.state = state
        batch.save(update_fields=["state"])
    return batch


def enterprise(
    name: str = "Konveksi Uji", regency: str = "Kab. Indramayu", province: str = "Jawa Barat"
) -> Enterprise:
    """Make a firm of the register."""
    return Enterprise.objects.create(
        name=name,
        sort_key=name.lower(),
        province=areas.province(province),
        regency=areas.regency(regency),
        scale="small",
        first_seen=DAY,
        last_seen=DAY,
    )


def rows(firms: list[Enterprise], of: ImportBatch, **said: Any) -> pl.DataFrame:
    """Return rows as the inbox hands them on, one per firm; a list gives each firm its own."""
    sources = [
        SourceRecord.objects.create(
            batch=of,
            province=firm.province,
            regency=firm.regency,
            row=place + 2,
            verdict="accepted",
            values={},
        )
        for place, firm in enumerate(firms)
    ]
    usual = {"month": "2020-05", "turnover_before": 10_000_000, "turnover": 4_000_000}
    said = {**usual, **said}
    return pl.DataFrame(
        {
            "source_id": [source.pk for source in sources],
            "enterprise_id": [firm.pk for firm in firms],
            "province_id": [firm.province_id for firm in firms],
            "regency_id": [firm.regency_id for firm in firms],
            **{
                name: value if isinstance(value, list) else [value] * len(firms)
                for name, value in said.items()
            },
        }
    )


def take(of: ImportBatch, delivered: pl.DataFrame) -> dict[str, int]:
    """Store rows of a batch as reports, by Pulih itself."""
    return actions.take(of, delivered, by=User.objects.get(username="pulih"))


def report(firm: Enterprise | None = None, **said: Any) -> ImpactReport:
    """Deliver one report of `firm` and return it as stored."""
    firm = firm or enterprise()
    of = batch(firm.province)
    take(of, rows([firm], of, **said))
    return ImpactReport.objects.get(batch_id=of.pk)
