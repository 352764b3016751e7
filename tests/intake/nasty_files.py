"""CSV files as bytes, and what their cells must come to; as in `nasty_cells`."""

from tests.intake.nasty_truths import either, told

HEAD = b"Nama Usaha,Nama Pemilik,Desa,Jumlah Tenaga Kerja,Keterangan\n"
PLAIN = b"".join(b"UD Contoh %d,Siti %d,Cibodas,4,baik\n" % (n, n) for n in range(20))
LAST = {"A22": "UD Contoh 19", "C22": "Cibodas", "D22": 4}  # With one nasty row above.


def at_row_two(row: bytes) -> bytes:
    return HEAD + row + b"\n" + PLAIN


FILES: dict[str, tuple[bytes, dict[str, object]]] = {
    "an unclosed quote": (
        at_row_two(b'"UD A,Budi,Cibodas,4,baik'),
        {"A2": told('"UD A', "UD A"), "B2": "Budi", **LAST},
    ),
    "an unclosed quote far from the next": (
        at_row_two(b'UD A,"Budi,Cibodas,4,baik') + b'UD Z,Tuti,"Desa Z, RT 2",5,baik\n',
        {"A2": "UD A", "B2": told(), "D2": 4, **LAST, "C23": "Desa Z, RT 2", "D23": 5},
    ),
    "two unclosed quotes in two rows": (
        at_row_two(b'"UD A,Budi,Cibodas,4,baik') + b'"UD Z,Tuti,Cibadak,5,baik\n',
        {"A2": told(), "B2": "Budi", **LAST, "A23": told(), "B23": "Tuti", "D23": 5},
    ),
    "a quote that only begins a name": (
        at_row_two(b'"Maju" Jaya,Budi,Cibodas,4,baik'),
        {"A2": '"Maju" Jaya', "B2": "Budi", **LAST},
    ),
    "a quote within a name": (
        at_row_two(b'UD "Maju" Jaya,Budi,Cibodas,4,baik'),
        {"A2": 'UD "Maju" Jaya', "B2": "Budi", **LAST},
    ),
    "inches": (
        at_row_two(b'Pipa 2",Budi,Cibodas,4,baik'),
        {"A2": 'Pipa 2"', "B2": "Budi", **LAST},
    ),
    "a quoted cell with a comma and a line within": (
        at_row_two(b'UD A,Budi,"Cibodas, RT 1\nRW 2",4,baik') + b'"UD Z,Tuti,Cibadak,5,baik\n',
        {"C2": "Cibodas, RT 1 RW 2", "D2": 4, **LAST, "A23": told(), "D23": 5},
    ),
    "doubled quotes": (
        at_row_two(b'"UD ""A"" Jaya",Budi,Cibodas,4,baik'),
        {"A2": 'UD "A" Jaya', **LAST},
    ),
    "one odd byte among letters of UTF-8": (
        at_row_two(b"Caf\xe9 A,Budi,Desa Ciboda\xc3\xa9,4,baik"),
        {"A2": told("Café A"), "B2": "Budi", "C2": "Desa Cibodaé", **LAST},
    ),
    "Windows-1252 throughout": (
        at_row_two(b"Caf\xe9 A,Budi,Ciboda\xe9,4,baik"),
        {"A2": "Café A", "C2": "Cibodaé", **LAST},
    ),
    "an odd byte in a remark that nothing reads": (
        at_row_two("UD Süd,Budi,Cibodas,4,".encode() + b"l\xf3k"),
        {"A2": "UD Süd", "E2": told("lók"), **LAST},
    ),
    "a row cut short": (
        at_row_two(b"UD A,Budi,Cibodas"),
        {"A2": "UD A", "B2": "Budi", "C2": "Cibodas", "D2": None, **LAST},
    ),
    "a comma too many in an address": (
        at_row_two(b"UD A,Budi,Jl. Mawar, RT 2,4,baik"),
        {
            "A2": either("UD A"),
            "B2": either("Budi"),
            "C2": told("Jl. Mawar, RT 2"),
            "D2": either(4),
            "E2": either("baik"),
            **LAST,
        },
    ),
    "a degree behind a name": (
        at_row_two(b"UD A,Budi, S.E.,Cibodas,4,baik"),
        {"A2": either("UD A"), "B2": told("Budi, S.E."), "C2": either("Cibodas"), "D2": 4, **LAST},
    ),
    "a comma too few": (
        at_row_two(b"UD A Budi,Cibodas,4,baik"),
        {"A2": told(), "B2": told(), "C2": told(), "D2": told(), **LAST},
    ),
    "thousands with commas": (
        b"Nama Usaha,Nama Pemilik,Omzet per Bulan,Desa\n"
        + b"".join(b"UD %d,Siti %d,4000000,Cibodas\n" % (n, n) for n in range(9))
        + b"UD A,Budi,Rp 5,000,000,Cibadak\n",
        {"A11": "UD A", "C11": told(5_000_000, None), "D11": either("Cibadak"), "C10": 4_000_000},
    ),
    "zeros kept by a formula": (
        b'Nama Usaha,Nama Pemilik,No HP\nUD A,Budi,"=""081234567890"""\nUD B,Siti,=SUM(C2)\n',
        {"C2": "+6281234567890", "C3": told(None)},
    ),
}
