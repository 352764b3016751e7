"""Numbers for the parts page, all generated: code, province, affected firms, severity."""

AFFECTED: list[tuple[str, str, int, int]] = [
    ("11", "Aceh", 12_911, 44), ("12", "Sumatera Utara", 33_764, 53),
    ("13", "Sumatera Barat", 15_263, 48), ("14", "Riau", 18_699, 45),
    ("15", "Jambi", 9_120, 46), ("16", "Sumatera Selatan", 26_661, 50),
    ("17", "Bengkulu", 4_980, 47), ("18", "Lampung", 19_318, 42),
    ("19", "Kep. Bangka Belitung", 4_102, 51), ("21", "Kepulauan Riau", 6_204, 58),
    ("31", "DKI Jakarta", 21_809, 68), ("32", "Jawa Barat", 171_669, 66),
    ("33", "Jawa Tengah", 221_809, 60), ("34", "DI Yogyakarta", 38_339, 67),
    ("35", "Jawa Timur", 208_355, 61), ("36", "Banten", 23_394, 63),
    ("51", "Bali", 46_505, 74), ("52", "Nusa Tenggara Barat", 12_480, 62),
    ("53", "Nusa Tenggara Timur", 11_030, 47), ("61", "Kalimantan Barat", 11_702, 49),
    ("62", "Kalimantan Tengah", 6_310, 45), ("63", "Kalimantan Selatan", 9_870, 52),
    ("64", "Kalimantan Timur", 6_024, 55), ("65", "Kalimantan Utara", 870, 41),
    ("71", "Sulawesi Utara", 6_390, 48), ("72", "Sulawesi Tengah", 8_240, 50),
    ("73", "Sulawesi Selatan", 25_546, 47), ("74", "Sulawesi Tenggara", 7_105, 49),
    ("75", "Gorontalo", 3_480, 46), ("76", "Sulawesi Barat", 3_350, 45),
    ("81", "Maluku", 4_730, 43), ("82", "Maluku Utara", 2_790, 44),
    ("91", "Papua", 2_010, 39), ("92", "Papua Barat", 860, 36),
]  # fmt: skip

# Province, before, after, committed and blocked; million rupiah.
BEFORE_AFTER = [
    ("Jawa Tengah", 1187.2, 1484.0, 586.0),
    ("Jawa Barat", 1042.4, 1303.0, 407.0),
    ("Bali", 745.0, 821.1, 402.0),
    ("DI Yogyakarta", 723.4, 533.1, 220.0),
    ("Sulawesi Selatan", 809.7, 445.4, 377.0),
]

# What was found, where the bar starts, what it adds; bits of evidence.
FALLS = [("+", -9.5, 5.8), ("+", -3.7, 4.1), ("−", 4.7, -2.2)]

PLAN = [1, 3, 7, 13, 21, 31, 45, 60, 73, 84, 93, 99]
