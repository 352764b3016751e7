"""Headings read by what they speak of: workers and turnover, before and after, men and women."""

import re

DAILY = re.compile(r"hari|minggu|pekan|\bday\b|daily|week")
HAS_OTHER_SENSE = re.compile(
    r"penurunan|kenaikan|persen|persentase|selisih|turun|naik|rencana|target|sisa|foto|link|anak|"
    r"istri|suami|\bibu\b|ayah|\blama\b|pengeluaran|tanggungan|"
    r"pendamping|bank|rekening|tanah|pendidikan|usia|umur|lahir|agama"
)
NAME_OF_A_KIND = re.compile(  # `Nama IKM Batik`
    r"nama (?:ikm|umkm|ukm|usaha|perusahaan|industri|bengkel|unit usaha|unit)"
    r"(?! (?:kerja|organisasi|satuan|dan|atau|pemilik|pengusaha|pimpinan|ketua|produk|"
    r"kelompok komoditi|alamat)\b)"
    r" [a-z]+(?: [a-z]+)?"
)
GOODS_OF = re.compile(  # `Jenis Pangan`, `Hasil Kerajinan`
    r"(?:jenis|hasil|macam|nama) (?:pangan|makanan|minuman|sandang|pakaian|kerajinan|logam|mebel|"
    r"meubel|furnitur|kain|tenun|batik|kriya|olahan|anyaman|kue|camilan|masakan|jamu|agro)"
)
STILL_WORKING = re.compile(
    r"masih (?:be)?kerja|tetap (?:be)?kerja|yang (?:masih )?(?:be)?kerja|masih ada|bertahan|tersisa"
)
WORKERS = re.compile(r"tenaga kerja|karyawan|pekerja|pegawai|buruh|\bkuli\b|employee|worker")
TURNOVER = re.compile(
    r"\bomzet\b|penjualan|penghasilan|turnover|\bsales\b|revenue|\bpendapatan\b|nilai produksi"
)
BEFORE = re.compile(
    r"sebelum|\bawal\b|semula|\bnormal\b|before|2019|\blalu\b|previous|pra covid|\bpre\b"
)
AFTER = re.compile(
    r"sesudah|selama|sekarang|saat (?:ini|covid|pandemi)|after|now|2020|current|terdampak|"
    r"\bkini\b|semasa|ketika covid|saat"
)
MALE = re.compile(r"laki|pria|\bl\b|\bmale\b|\bmen\b")
FEMALE = re.compile(r"perempuan|wanita|\bp\b|\bpr\b|female|women")


def by_concept(text: str, heading: str, names: set[str]) -> str | None:
    """Read workers and turnover by their qualifiers: before or after, men or women, sent home."""
    name: str | None = None
    if re.search(r"\bsisa (?:tenaga kerja|karyawan|pekerja|pegawai|buruh)", text):
        return "workers" if "workers" in names else None
    if HAS_OTHER_SENSE.search(text) or "%" in heading:
        return None
    if re.search(r"dirumahkan|di ?liburkan|di rumahkan|furlough", text):
        name = "furloughed"
    elif re.search(r"\bphk\b|diberhentikan|dipulangkan|laid off|layoff", text):
        name = "laid_off"
    elif WORKERS.search(text) and not re.search(r"nama|gaji|upah|biaya|asing|status|jenis", text):
        name = _workers(text)
    elif TURNOVER.search(text) and not re.search(
        r"online|ekspor|wilayah|daerah|tempat|sistem|cara|media|periode|satuan|tujuan|export", text
    ):
        name = None if DAILY.search(text) else _turnover(text)
    elif NAME_OF_A_KIND.fullmatch(text):
        name = "business_name"
    elif GOODS_OF.fullmatch(text):
        name = "product"
    return name if name in names else None


def _workers(text: str) -> str | None:
    if BEFORE.search(text):
        return "workers_before" if not (MALE.search(text) or FEMALE.search(text)) else None
    if MALE.search(text) and FEMALE.search(text):
        return "workers"
    if MALE.search(text):
        return "workers_male"
    if FEMALE.search(text):
        return "workers_female"
    return "workers" if AFTER.search(text) or STILL_WORKING.search(text) else None


def _turnover(text: str) -> str | None:
    if BEFORE.search(text):
        return "turnover_before"
    return "turnover" if AFTER.search(text) else None
