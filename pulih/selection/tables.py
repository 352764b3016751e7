"""The tables of rules, one declaration each. Applications are read by columns."""

from pulih.casefiles.cells import code, maybe_share
from pulih.casefiles.tables import Table, crossed
from pulih.selection import cells
from pulih.selection.case import Quota, Share

QUOTAS = Table(
    "quotas",
    Quota,
    {
        "quota": code,
        "where": cells.condition,
        "unit": cells.unit,
        "min": cells.maybe_count,
        "max": cells.maybe_count,
    },
    ("quota",),
    wrongs=crossed("min", "max"),
    may_be_missing=True,
)
SHARES = Table(
    "shares",
    Share,
    {
        "share": code,
        "where": cells.condition,
        "of": cells.condition,
        "min_share": maybe_share,
        "max_share": maybe_share,
    },
    ("share",),
    wrongs=crossed("min_share", "max_share"),
    may_be_missing=True,
)
TABLES = (QUOTAS, SHARES)
