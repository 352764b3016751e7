"""Random lists of firms for `pulih link`, with what is true of them, from its contract alone."""

from __future__ import annotations

import random

from tests.outside import Row, Rows

COLUMNS = (
    *("record_id", "source", "business_name", "owner_name", "owner_sex", "nik", "nib", "npwp"),
    *("phone", "email", "address", "village", "village_code", "district_code", "regency_code"),
    *("province_code", "kbli", "product", "workers_male", "workers_female", "investment"),
    *("turnover", "capacity", "year_established", "reported"),
)
GIVEN = ("Siti", "Ujang", "Ni Luh", "Ahmad", "Dewi", "Bambang", "Maria", "Ñoel", "Yusuf", "Ketut")
FAMILY = ("Aminah", "Permana", "Sari", "Hidayat", "Lestari", "O'Brien", "Santoso", "Simanjuntak")
WORDS = (
    "Mekar",
    "Maju",
    "Karya",
    "Barokah",
    "Sumber",
    "Makmur",
    "Rejeki",
    "Jaya",
    "Abadi",
    "Anugerah",
)
TRADES = (
    *(("keripik singkong", "10794"), ("batik tulis", "13134"), ("pagar besi", "25111")),
    *(("tahu", "10392"), ("mebel rotan", "31002"), ("sepatu kulit", "15201")),
)
NOTHING = ("", "-", "0", "tidak ada", "N/A")


class Listing:
    """Records, and the firm that each one tells of."""

    def __init__(self) -> None:
        self.rows: Rows = []
        self.firm_of: dict[str, int] = {}


def listing(chance: random.Random) -> Listing:
    found = Listing()
    size = chance.choice([0, 1, 2, 2, 3, 5, 8, 12, 25])
    numbered = chance.choice([True, False])
    columns = [c for c in COLUMNS[1:] if chance.random() < chance.choice([0.95, 0.6])]
    ids = chance.sample(range(1, 9999), 4 * size + 1)
    for firm in range(size):
        true = _firm(chance)
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            name = str(ids.pop())
            name = (
                name if numbered else chance.choice([name, f"é{name}", f"a b:{name}", f"A{name}"])
            )
            row = dict.fromkeys(COLUMNS, "") | {"record_id": name}
            row |= {c: v for c, v in _written(chance, true).items() if c in columns}
            found.rows.append(row)
            found.firm_of[name] = firm
    return found


def _firm(chance: random.Random) -> Row:
    regency = chance.choice(["3204", "3273", "5171"])
    village = chance.randint(1, 9)
    product, kbli = chance.choice(TRADES)
    born = f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{chance.randint(50, 99)}"
    return {
        "source": chance.choice(["dinas", "OSS", "form A"]),
        "business_name": f"UD {' '.join(chance.sample(WORDS, 2))}",
        "owner_name": f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
        "owner_sex": chance.choice("LP"),
        "nik": f"{regency}12{born}{chance.randint(1, 9999):04}",
        "nib": f"{chance.randint(10**12, 10**13 - 1)}",
        "npwp": f"{chance.randint(10**14, 10**15 - 1)}",
        "phone": f"08{chance.randint(10**9, 10**10 - 1)}",
        "email": f"u{chance.randint(1, 10**6)}@contoh.id",
        "address": f"Jl. Kenanga No. {chance.randint(1, 200)} RT {chance.randint(1, 9)}",
        "village": f"Desa {chance.choice(WORDS)}",
        "village_code": f"{regency}12200{village}",
        "district_code": f"{regency}12",
        "regency_code": regency,
        "province_code": regency[:2],
        "kbli": kbli,
        "product": product,
        "workers_male": str(chance.randint(0, 20)),
        "workers_female": str(chance.randint(0, 20)),
        "investment": str(chance.choice([0, 5_000_000, 10**15])),
        "turnover": str(chance.randint(0, 10**9)),
        "capacity": chance.choice(["0", "12.5", "1000"]),
        "year_established": str(chance.randint(1980, 2020)),
        "reported": f"2020-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
    }


def _written(chance: random.Random, true: Row) -> Row:
    """A record of a firm as some office writes it."""
    row = dict(true)
    for column in ("nik", "nib", "npwp", "phone", "email", "address", "village_code", "product"):
        if chance.random() < 0.25:
            row[column] = chance.choice(NOTHING)
    if chance.random() < 0.2:
        row["business_name"] = row["business_name"].upper().replace("UD ", "U.D. ")
    if chance.random() < 0.2:
        at = chance.randrange(len(row["owner_name"]))
        row["owner_name"] = row["owner_name"][:at] + row["owner_name"][at + 1 :]
    if chance.random() < 0.1:
        row["address"] = 'Gg. "Melati",\nRT 2'
    return row
