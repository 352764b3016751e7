"""The datasets that a release consists of, one small declaring file each.

    for row in rows_of(DATASETS, moment): ...

A dataset says what its measures mean, in both languages, and collects their rows for a moment. A
measure that counts people or firms is protected by `disclosure`; money and documents are not.
"""

from . import (
    budget,
    capacity,
    complaints,
    contracts,
    goods,
    help_given,
    impact,
    people,
    proposals,
    reach,
    reports,
    revisions,
    training_funnel,
)
from .base import (
    ALL,
    Dataset,
    Measure,
    Moment,
    Raw,
    Table,
    frozen,
    measure_named,
    not_recorded,
    rules_of,
    tables_of,
)

DATASETS: tuple[Dataset, ...] = (
    help_given.DATASET,
    proposals.DATASET,
    budget.DATASET,
    impact.DATASET,
    people.DATASET,
    goods.DATASET,
    reach.DATASET,
    revisions.DATASET,
    contracts.DATASET,
    reports.DATASET,
    training_funnel.DATASET,
    complaints.DATASET,
    capacity.DATASET,
)

__all__ = [
    "ALL",
    "DATASETS",
    "Dataset",
    "Measure",
    "Moment",
    "Raw",
    "Table",
    "frozen",
    "measure_named",
    "not_recorded",
    "rules_of",
    "tables_of",
]
