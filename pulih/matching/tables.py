"""The thirteen tables of a case, one declaration each: columns, key, references, row rules."""

from pulih.casefiles.cells import code, maybe_text, number
from pulih.casefiles.tables import Record, RowFaults, Table
from pulih.common.errors import Message
from pulih.matching import case as values
from pulih.matching import cells

ITSELF = Message(
    "Rute menghubungkan dua kabupaten/kota yang berbeda.",
    "A route joins two different regencies.",
)


def joins_itself(record: Record) -> RowFaults:
    start = record.get("from")
    return [("to", ITSELF)] if start and start == record.get("to") else []


AREAS = Table(
    "areas",
    values.Area,
    {"area": code, "parent": maybe_text, "island": maybe_text},
    ("area",),
    {"parent": "province"},
)
PRODUCTS = Table(
    "products",
    values.Product,
    {"product": code, "name": maybe_text, "unit": maybe_text, "gram": cells.count},
    ("product",),
)
NEEDS = Table(
    "needs",
    values.Need,
    {
        "need": code,
        "area": code,
        "product": code,
        "quantity": cells.positive,
        "due": cells.day,
        "standard": maybe_text,
        "max_price": cells.maybe_count,
        "min_order": cells.least_order,
        "max_suppliers": cells.maybe_positive,
        "weight": number,
    },
    ("need",),
    {"area": "regency", "product": "product"},
)
FIRMS = Table(
    "firms",
    values.Firm,
    {"firm": code, "regency": code, "severity": cells.severity, "free_from": cells.maybe_day},
    ("firm",),
    {"regency": "regency"},
)
CAPACITIES = Table(
    "capacities",
    values.Capacity,
    {
        "firm": code,
        "product": code,
        "per_week": cells.positive,
        "price": cells.count,
        "lot": cells.positive,
        "min_order": cells.count,
    },
    ("firm", "product"),
    {"firm": "firm", "product": "product"},
)
TRANSPORT = Table(
    "transport",
    values.Transport,
    {
        "class": cells.distance,
        "per_consignment": cells.count,
        "per_kg": cells.count,
        "days": cells.count,
    },
    ("class",),
)
CERTIFICATES = Table(
    "certificates",
    values.Certificate,
    {"firm": code, "certificate": code, "valid_to": cells.maybe_day},
    ("firm", "certificate"),
    {"firm": "firm"},
    may_be_missing=True,
)
ACCEPTS = Table(
    "accepts",
    values.Accepted,
    {"standard": code, "certificate": code},
    ("standard", "certificate"),
    may_be_missing=True,
)
GROUPS = Table(
    "groups",
    values.Group,
    {"group": code, "area": code, "min_order": cells.least_order, "fee": cells.count},
    ("group",),
    {"area": "regency"},
    may_be_missing=True,
)
MEMBERS = Table(
    "members",
    values.Member,
    {"group": code, "firm": code},
    ("group", "firm"),
    {"group": "group", "firm": "firm"},
    may_be_missing=True,
)
ROUTES = Table(
    "routes",
    values.Route,
    {"from": code, "to": code, "class": cells.distance},
    ("from", "to"),
    {"from": "regency", "to": "regency"},
    joins_itself,
    may_be_missing=True,
)
PLACED = Table(
    "placed",
    values.Placed,
    {"firm": code, "product": code, "quantity": cells.positive, "due": cells.day},
    (),  # A firm may have accepted the same order more than once.
    {"firm": "firm", "product": "product"},
    may_be_missing=True,
)
BARRED = Table(
    "barred",
    values.Barred,
    {"need": code, "supplier": code},
    ("need", "supplier"),
    {"need": "need", "supplier": "supplier"},
    may_be_missing=True,
)
TABLES = (
    AREAS,
    PRODUCTS,
    NEEDS,
    FIRMS,
    CAPACITIES,
    TRANSPORT,
    CERTIFICATES,
    ACCEPTS,
    GROUPS,
    MEMBERS,
    ROUTES,
    PLACED,
    BARRED,
)
