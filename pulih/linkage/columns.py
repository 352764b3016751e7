"""The columns of the public contract (`pulih link`), and the order of record ids."""

TEXT = (
    "source",
    "business_name",
    "legal_form",
    "owner_name",
    "owner_sex",
    "nik",
    "family_card",
    "nib",
    "npwp",
    "phone",
    "email",
    "address",
    "village",
    "village_code",
    "district",
    "district_code",
    "regency",
    "regency_code",
    "province",
    "province_code",
    "kbli",
    "product",
    "commodity_group",
    "reported",
)
NUMBERS = (
    "workers",
    "workers_male",
    "workers_female",
    "investment",
    "turnover",
    "capacity",
    "year_established",
)
DECIMALS = ("capacity",)
"""Of the numbers, those that need not be whole."""
KEY = "record_id"
COLUMNS = (KEY, *TEXT, *NUMBERS)

ACCEPTED_UNUSED = frozenset(
    [
        "row",
        "sheet",
        "verdict",
        "source_id",
        "capacity_unit",
        "raw_material",
        "market",
        "exports",
        "status",
        "certificates",
        "needs",
        "obstacles",
        "reported",
        "note",
        "laid_off",
        "furloughed",
        "turnover_before",
        "turnover_period",
        "month",
        "workers_before",
    ]
)
"""Columns that intake writes and linkage has no use for: accepted in silence."""

ID_ORDER = "try_cast({0} AS HUGEINT) NULLS LAST, {0}"
"""Integers by number, before text; the order that `smallest record_id` means."""
