"""The seats of the governors of 2020, where papers of the provincial offices are signed.

Common knowledge; the Ministry of Home Affairs lists them.
"""

CAPITALS = {
    "Aceh": "Banda Aceh", "Sumatera Utara": "Medan", "Sumatera Barat": "Padang",
    "Riau": "Pekanbaru", "Jambi": "Jambi", "Sumatera Selatan": "Palembang",
    "Bengkulu": "Bengkulu", "Lampung": "Bandar Lampung",
    "Kepulauan Bangka Belitung": "Pangkalpinang", "Kepulauan Riau": "Tanjungpinang",
    "DKI Jakarta": "Jakarta", "Jawa Barat": "Bandung", "Jawa Tengah": "Semarang",
    "DI Yogyakarta": "Yogyakarta", "Jawa Timur": "Surabaya", "Banten": "Serang",
    "Bali": "Denpasar", "Nusa Tenggara Barat": "Mataram", "Nusa Tenggara Timur": "Kupang",
    "Kalimantan Barat": "Pontianak", "Kalimantan Tengah": "Palangka Raya",
    "Kalimantan Selatan": "Banjarmasin", "Kalimantan Timur": "Samarinda",
    "Kalimantan Utara": "Tanjung Selor", "Sulawesi Utara": "Manado", "Sulawesi Tengah": "Palu",
    "Sulawesi Selatan": "Makassar", "Sulawesi Tenggara": "Kendari", "Gorontalo": "Gorontalo",
    "Sulawesi Barat": "Mamuju", "Maluku": "Ambon", "Maluku Utara": "Sofifi",
    "Papua": "Jayapura", "Papua Barat": "Manokwari",
}  # fmt: skip
