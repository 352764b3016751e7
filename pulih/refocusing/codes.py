"""The codes that a refocusing case may refer to, and what is said of any other."""

from collections.abc import Collection, Mapping

from pulih.casefiles.faults import Known, Rows, without
from pulih.common.errors import Message
from pulih.refocusing.case import EVERY_MEASURE

NO_PROVINCE = Message(
    "Kode ini bukan provinsi dalam tabel areas.",
    "This code is not a province of the areas table.",
)
NO_REGENCY = Message(
    "Kode ini bukan kabupaten/kota dalam tabel areas.",
    "This code is not a regency of the areas table.",
)
NO_AREA = Message("Kode ini tidak ada dalam tabel areas.", "The areas table has no such code.")
NO_MEASURE = Message(
    "Kode ini tidak ada dalam tabel measures.", "The measures table has no such code."
)
STAND_IN = {
    "province": ("areas",),
    "regency": ("areas",),
    "area": ("areas",),
    "measure": ("measures",),
    "measures": ("measures",),
}


def known_codes(records: Mapping[str, Rows], unread: Collection[str] = ()) -> Known:
    """Return the codes of a case; none of a kind whose table is among the unread ones."""
    areas = [record for _, record in records["areas"] if "area" in record]
    provinces = {record["area"] for record in areas if record.get("parent") == ""}
    every = {record["area"] for record in areas}
    measures = {record["measure"] for _, record in records["measures"] if "measure" in record}
    known: Known = {
        "province": (provinces, NO_PROVINCE),
        "regency": (every - provinces, NO_REGENCY),
        "area": (every, NO_AREA),
        "measure": (measures, NO_MEASURE),
        "measures": (measures | {EVERY_MEASURE}, NO_MEASURE),
    }
    return without(known, unread, STAND_IN)
