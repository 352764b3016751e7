"""The sheet of firms: which columns it may have and how offices call them."""

from functools import partial

from pulih.intake import lists
from pulih.intake.columns import Column, declared
from pulih.intake.readings import (
    amounts,
    counts,
    days,
    exporting,
    identifiers,
    measures,
    phones,
    words,
)

TEXT = ("teks", "text")
NAME = ("teks berhuruf, paling banyak 300 tanda", "text with letters, at most 300 characters")
RUPIAH = ("angka rupiah, misalnya 1.250.000", "an amount in rupiah such as 1,250,000")
PEOPLE = ("bilangan bulat orang, misalnya 5", "a whole number of people such as 5")

KEYS = ("business_name", "owner_name")

column = partial(declared, "firms")

COLUMNS: tuple[Column, ...] = (
    column("source_id", ("nomor asal", "source number"), TEXT, words.TEXT),
    column("business_name", ("nama usaha", "business name"), NAME, words.NAME),
    column(
        "legal_form",
        ("bentuk usaha", "legal form"),
        ("PT, CV, UD, dan sejenisnya", "PT, CV, UD and the like"),
        words.TEXT,
    ),
    column("owner_name", ("nama pemilik", "owner's name"), NAME, words.NAME),
    column(
        "owner_sex", ("jenis kelamin", "sex"), ("L atau P", "L (man) or P (woman)"), words.sexes()
    ),
    column("nik", ("NIK", "NIK"), ("16 angka", "16 digits"), identifiers.NIK),
    column(
        "family_card",
        ("nomor KK", "family card number"),
        ("16 angka", "16 digits"),
        identifiers.FAMILY_CARD,
    ),
    column("nib", ("NIB", "NIB"), ("13 angka", "13 digits"), identifiers.NIB),
    column("npwp", ("NPWP", "NPWP"), ("15 atau 16 angka", "15 or 16 digits"), identifiers.NPWP),
    column(
        "phone",
        ("nomor telepon", "telephone number"),
        ("nomor telepon, misalnya 0812-3456-7890", "a telephone number such as 0812-3456-7890"),
        phones.PHONE,
    ),
    column(
        "email",
        ("surel", "e-mail address"),
        ("alamat surel, misalnya nama@contoh.id", "an e-mail address such as name@example.com"),
        identifiers.EMAIL,
    ),
    column("address", ("alamat", "address"), NAME, words.NAME),
    column("village", ("desa/kelurahan", "village"), TEXT, words.TEXT),
    column(
        "village_code",
        ("kode desa/kelurahan", "village code"),
        ("10 angka", "10 digits"),
        identifiers.AREA_CODE,
    ),
    column("district", ("kecamatan", "district"), TEXT, words.TEXT),
    column(
        "district_code",
        ("kode kecamatan", "district code"),
        ("6 angka", "6 digits"),
        identifiers.AREA_CODE,
    ),
    column(
        "regency",
        ("kabupaten/kota", "regency"),
        ("nama kabupaten atau kota", "the name of a regency or city"),
        words.TEXT,
    ),
    column(
        "regency_code",
        ("kode kabupaten/kota", "regency code"),
        ("4 angka", "4 digits"),
        identifiers.AREA_CODE,
    ),
    column(
        "province",
        ("provinsi", "province"),
        ("nama provinsi", "the name of a province"),
        words.TEXT,
    ),
    column(
        "province_code",
        ("kode provinsi", "province code"),
        ("2 angka", "2 digits"),
        identifiers.AREA_CODE,
    ),
    column(
        "kbli",
        ("KBLI", "KBLI"),
        ("kode KBLI 2 sampai 5 angka", "a KBLI code of 2 to 5 digits"),
        identifiers.KBLI,
    ),
    column("product", ("produk", "product"), TEXT, words.TEXT),
    column("commodity_group", ("kelompok komoditas", "commodity group"), TEXT, words.TEXT),
    column("workers", ("jumlah tenaga kerja", "workers"), PEOPLE, counts.COUNT),
    column("workers_male", ("tenaga kerja laki-laki", "male workers"), PEOPLE, counts.COUNT),
    column("workers_female", ("tenaga kerja perempuan", "female workers"), PEOPLE, counts.COUNT),
    column("laid_off", ("pekerja di-PHK", "workers laid off"), PEOPLE, counts.COUNT),
    column("furloughed", ("pekerja dirumahkan", "workers sent home"), PEOPLE, counts.COUNT),
    column("investment", ("nilai investasi", "investment"), RUPIAH, amounts.money(), is_money=True),
    column("turnover", ("omzet", "turnover"), RUPIAH, amounts.money(), is_money=True),
    column(
        "turnover_before",
        ("omzet sebelumnya", "turnover before"),
        RUPIAH,
        amounts.money(),
        is_money=True,
    ),
    column(
        "capacity",
        ("kapasitas produksi", "capacity"),
        ("angka, misalnya 1.500", "a number such as 1,500"),
        measures.MEASURE,
    ),
    column("capacity_unit", ("satuan kapasitas", "unit of capacity"), TEXT, words.TEXT),
    column("raw_material", ("bahan baku", "raw material"), TEXT, words.TEXT),
    column("market", ("pemasaran", "market"), TEXT, words.TEXT),
    column("exports", ("ekspor", "exports"), ("ya atau tidak", "yes or no"), exporting.EXPORTS),
    column(
        "status",
        ("status usaha", "business status"),
        (
            "berproduksi, beralih produk, berhenti sementara, tutup, atau tidak ditemukan",
            "producing, product changed, temporarily not producing, closed, or not found",
        ),
        lists.status(),
    ),
    column(
        "year_established",
        ("tahun berdiri", "year established"),
        ("tahun empat angka, misalnya 2015", "a year of four digits such as 2015"),
        days.YEAR,
    ),
    column("certificates", ("izin dan sertifikat", "certificates"), TEXT, lists.certificates()),
    column("needs", ("kebutuhan", "needs"), TEXT, lists.needs()),
    column(
        "reported",
        ("tanggal lapor", "day reported"),
        ("tanggal, misalnya 15/06/2020", "a date such as 15/06/2020"),
        days.days(),
    ),
    column("note", ("keterangan", "note"), TEXT, words.TEXT),
)
