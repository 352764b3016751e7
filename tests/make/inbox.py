"""Delivered files for tests, small and invented."""

from datetime import date
from io import BytesIO

from pulih.areas.models import Area
from pulih.inbox import actions
from pulih.inbox.models import ImportBatch, Kind
from pulih.people.models import User
from tests.people import cast

HEADS = ("Nama Usaha", "Nama Pemilik", "NIK", "NIB", "Telepon", "KBLI", "Produk", "Tenaga Kerja")
ROW = (
    "Konveksi Sari Wangi",
    "Siti Maemunah",
    "3212014101800001",
    "",
    "081911200001",
    "14111",
    "Baju",
    "6",
)
Row = tuple[str, ...]
AS_OF = date(2020, 5, 31)


def csv_file(
    *rows: tuple[str, ...], heads: tuple[str, ...] = HEADS, name: str = "daftar.csv"
) -> BytesIO:
    """Return a CSV list with these rows, or with one firm, as a file with a name."""
    lines = [heads, *(rows or (ROW,))]
    file = BytesIO("\n".join(";".join(line) for line in lines).encode())
    file.name = name
    return file


def firm(
    name: str = "Konveksi Sari Wangi",
    *,
    owner: str = "Siti Maemunah",
    nik: str = "",
    nib: str = "",
    phone: str = "",
    kbli: str = "14111",
    product: str = "Baju",
    workers: str = "6",
) -> Row:
    """Return one row under HEADS."""
    return (name, owner, nik, nib, phone, kbli, product, workers)


def nik(number: int) -> str:
    """Return a NIK of nobody: a woman's, born on 1 January 1980, with this serial."""
    return f"321201410180{number:04d}"


def delivered(
    *rows: Row,
    by: User | None = None,
    office: Area | None = None,
    as_of: date = AS_OF,
    kind: str = Kind.FIRMS,
    heads: Row = HEADS,
) -> ImportBatch:
    """Deliver a list and do not read it yet."""
    by = by or cast.provincial_officer()
    office = office or cast.area("Jawa Barat")
    return actions.deliver(
        csv_file(*rows, heads=heads), kind=kind, office=office, by=by, as_of=as_of
    )


def read(*rows: Row, **asked: object) -> ImportBatch:
    """Deliver a list and read it to its end."""
    batch = delivered(*rows, **asked)  # type: ignore[arg-type]
    return actions.read(batch.pk)


def sp2d_list(unit_code: str, line_key: str, *, by: User, office: Area) -> ImportBatch:
    """Deliver and read an SP2D list of one document of one line."""
    heads = ("Kode Satker", "No SP2D", "Tgl SP2D", "Kode", "Bruto")
    row = (unit_code, "200231301000999", "12/05/2020", line_key, "1")
    return read(row, heads=heads, kind=Kind.TREASURY, by=by, office=office, as_of=AS_OF)
