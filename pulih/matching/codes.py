"""The codes that a matching case may refer to, and the faults between its tables."""

from collections.abc import Collection, Iterator, Mapping

from pulih.casefiles.faults import Known, Rows, without
from pulih.common.errors import Fault, Message
from pulih.matching.case import CLASSES

NO_PROVINCE = Message(
    "Kode ini bukan provinsi dalam tabel areas.",
    "This code is not a province of the areas table.",
)
NO_REGENCY = Message(
    "Kode ini bukan kabupaten/kota dalam tabel areas.",
    "This code is not a regency of the areas table.",
)
NO_PRODUCT = Message(
    "Kode ini tidak ada dalam tabel products.", "The products table has no such code."
)
NO_FIRM = Message("Kode ini tidak ada dalam tabel firms.", "The firms table has no such code.")
NO_NEED = Message("Kode ini tidak ada dalam tabel needs.", "The needs table has no such code.")
NO_SUPPLIER = Message(
    "Kode ini tidak ada dalam tabel firms maupun groups.",
    "Neither the firms table nor the groups table has such a code.",
)
NO_GROUP = Message("Kode ini tidak ada dalam tabel groups.", "The groups table has no such code.")
FIRM_TOO = Message(
    "Kode ini juga kode usaha; kelompok dan usaha harus berbeda kodenya.",
    "This code is a firm's too; groups and firms must have different codes.",
)
NO_CAPACITY = Message(
    "Usaha ini tidak punya kapasitas untuk produk itu dalam tabel capacities.",
    "The capacities table has no capacity of this firm for the product.",
)
STAND_IN = {
    "province": ("areas",),
    "regency": ("areas",),
    "product": ("products",),
    "need": ("needs",),
    "firm": ("firms",),
    "group": ("groups",),
    "supplier": ("firms", "groups"),
}


def known_codes(records: Mapping[str, Rows], unread: Collection[str] = ()) -> Known:
    """Return the codes of a case; none of a kind whose table is among the unread ones."""
    areas = [record for _, record in records["areas"] if "area" in record]
    provinces = {record["area"] for record in areas if record.get("parent") == ""}
    firms, groups = _codes(records["firms"], "firm"), _codes(records["groups"], "group")
    known: Known = {
        "province": (provinces, NO_PROVINCE),
        "regency": ({record["area"] for record in areas} - provinces, NO_REGENCY),
        "product": (_codes(records["products"], "product"), NO_PRODUCT),
        "need": (_codes(records["needs"], "need"), NO_NEED),
        "firm": (firms, NO_FIRM),
        "group": (groups, NO_GROUP),
        "supplier": (firms | groups, NO_SUPPLIER),
    }
    return without(known, unread, STAND_IN)


def between_tables(records: Mapping[str, Rows], read: frozenset[str]) -> Iterator[Fault]:
    """Yield what no single table shows; read: the tables whose files could be read."""
    yield from _missing_classes(records["transport"], read)
    yield from _groups_named_as_firms(records)
    yield from _members_of_elsewhere(records)
    yield from _routes_both_ways(records["routes"])
    yield from _placed_without_capacity(records)


def _codes(rows: Rows, column: str) -> set[str]:
    return {record[column] for _, record in rows if column in record}


def _missing_classes(rows: Rows, read: frozenset[str]) -> Iterator[Fault]:
    if "transport" not in read:
        return
    for kind in CLASSES:
        if kind not in _codes(rows, "class"):
            message = Message(
                f"Baris kelas {kind} tidak ada; perlu {', '.join(CLASSES)}.",
                f"The row of class {kind} is missing; there must be {', '.join(CLASSES)}.",
            )
            yield Fault("transport", None, "class", kind, message)


def _groups_named_as_firms(records: Mapping[str, Rows]) -> Iterator[Fault]:
    firms = _codes(records["firms"], "firm")
    for number, record in records["groups"]:
        if record.get("group") in firms:
            yield Fault("groups", number, "group", record["group"], FIRM_TOO)


def _members_of_elsewhere(records: Mapping[str, Rows]) -> Iterator[Fault]:
    area = {r["group"]: r["area"] for _, r in records["groups"] if {"group", "area"} <= r.keys()}
    home = {r["firm"]: r["regency"] for _, r in records["firms"] if {"firm", "regency"} <= r.keys()}
    for number, record in records["members"]:
        there, here = area.get(record.get("group")), home.get(record.get("firm"))
        if there is not None and here is not None and there != here:
            message = Message(
                f"Usaha ini di {here}, kelompoknya di {there}; anggota harus sedaerah.",
                f"This firm is in {here}, its group in {there}; members must live there too.",
            )
            yield Fault("members", number, "firm", record["firm"], message)


def _routes_both_ways(rows: Rows) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for number, record in rows:
        if not {"from", "to"} <= record.keys():
            continue
        there, back = (record["from"], record["to"]), (record["to"], record["from"])
        if back in first and there != back:
            message = Message(
                f"Rute ini sudah ada di baris {first[back]}; rute berlaku dua arah.",
                f"This route already stands in row {first[back]}; routes hold both ways.",
            )
            yield Fault("routes", number, "from", " / ".join(there), message)
        first.setdefault(there, number)


def _placed_without_capacity(records: Mapping[str, Rows]) -> Iterator[Fault]:
    made = {(r.get("firm"), r.get("product")) for _, r in records["capacities"]}
    firms, products = _codes(records["firms"], "firm"), _codes(records["products"], "product")
    for number, record in records["placed"]:
        key = record.get("firm"), record.get("product")
        if key not in made and key[0] in firms and key[1] in products:
            yield Fault("placed", number, "product", " / ".join(map(str, key)), NO_CAPACITY)
