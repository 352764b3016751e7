"""How each province's list looks: 34 untidy layouts, declared, hardly two of them alike."""

from dataclasses import dataclass

# Headings as offices write them; the first is the tidiest, the others are met in the wild.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("No", "No.", "NO URUT"),
    "business_name": ("Nama Usaha", "Nama IKM", "NAMA PERUSAHAAN/IKM", "Nm. Usaha"),
    "owner_name": ("Nama Pemilik", "Pemilik", "NAMA PEMILIK / PENANGGUNG JAWAB", "Pimpinan"),
    "owner_sex": ("L/P", "Jenis Kelamin", "JK"),
    "nik": ("NIK", "No. KTP", "NIK (KTP)", "Nomor KTP"),
    "nib": ("NIB", "No. NIB", "Nomor Induk Berusaha"),
    "phone": ("No. HP", "Telepon", "No HP/WA", "Nomor Telp"),
    "address": ("Alamat", "Alamat Usaha", "ALAMAT LENGKAP"),
    "village": ("Desa/Kelurahan", "Desa", "Kel/Desa"),
    "district": ("Kecamatan", "Kec.", "KECAMATAN"),
    "regency": ("Kabupaten/Kota", "Kab/Kota", "KAB./KOTA"),
    "regency_code": ("Kode Kab/Kota", "Kode Wilayah", "KODE KAB"),
    "product": ("Jenis Produk", "Produk", "Jenis Produksi", "Komoditi"),
    "kbli": ("KBLI", "Kode KBLI", "KBLI 2020"),
    "workers": ("Tenaga Kerja", "Jml Tenaga Kerja", "Jumlah TK"),
    "workers_male": ("TK Laki-laki", "Tenaga Kerja L", "TK (L)"),
    "workers_female": ("TK Perempuan", "Tenaga Kerja P", "TK (P)"),
    "furloughed": ("Dirumahkan", "TK Dirumahkan", "Jml Dirumahkan"),
    "laid_off": ("PHK", "TK di-PHK", "Jumlah PHK"),
    "investment": ("Nilai Investasi", "Investasi", "INVESTASI (Rp)"),
    "turnover_before": (
        "Omzet Sebelum Covid",
        "Omset sblm Covid",
        "Omzet/bln sebelum Covid-19",
    ),
    "turnover": ("Omzet Saat Ini", "Omset skrg", "Omzet/bln saat Covid-19"),
    "status": ("Status Usaha", "Kondisi Usaha", "Keterangan Produksi"),
    "obstacles": ("Kendala", "Permasalahan", "Dampak/Kendala"),
    "needs": ("Kebutuhan", "Bantuan yang Dibutuhkan", "Usulan Bantuan"),
    "established": ("Tahun Berdiri", "Thn Berdiri", "TAHUN BERDIRI"),
    "reported": ("Tanggal Lapor", "Tgl. Pendataan", "TANGGAL"),
}

COMMON = (
    "number business_name owner_name nik phone address village district regency product workers "
    "turnover_before turnover furloughed laid_off status obstacles needs"
)
FULL = (
    "number business_name owner_name owner_sex nik nib phone address village district regency_code "
    "regency product kbli workers_male workers_female investment established turnover_before "
    "turnover furloughed laid_off status obstacles needs reported"
)
SHORT = (
    "number owner_name business_name nik phone village district regency product kbli workers "
    "investment turnover_before turnover furloughed laid_off status needs obstacles"
)


@dataclass(frozen=True)
class Layout:
    """How one office types its list.

    wording: which of the headings in `HEADINGS` it uses. money: plain | dots | words | thousands.
    nik: text | quoted | spaced | number (Excel then loses digits). phone: plain | dashes | plus.
    scheme: whose regency codes it writes, where it writes them. per_regency: one sheet a regency.
    """

    columns: str = COMMON
    wording: int = 0
    kind: str = "xlsx"
    titles: int = 2
    money: str = "plain"
    nik: str = "text"
    phone: str = "plain"
    scheme: str = "kemendagri"
    per_regency: bool = False
    two_rows: bool = False
    numbers_row: bool = False
    total: bool = False
    signature: bool = False
    merged: bool = False
    swapped: bool = False
    delimiter: str = ","
    encoding: str = "utf-8"


LAYOUTS: dict[str, Layout] = {
    "11": Layout(SHORT, 1, titles=3, money="dots", total=True),
    "12": Layout(COMMON, 1, per_regency=True, titles=3, signature=True),
    "13": Layout(FULL, 0, money="plain", phone="dashes", scheme="bps"),
    "14": Layout(COMMON, 2, kind="csv", titles=0, delimiter=";", encoding="cp1252"),
    "15": Layout(SHORT, 2, numbers_row=True, money="thousands"),
    "16": Layout(COMMON, 0, nik="number", titles=4, total=True),
    "17": Layout(FULL, 1, kind="csv", titles=1, delimiter=","),
    "18": Layout(COMMON, 1, money="words", signature=True),
    "19": Layout(SHORT, 0, phone="plus", merged=True),
    "21": Layout(COMMON, 2, nik="quoted", numbers_row=True),
    "31": Layout(FULL, 0, kind="csv", titles=0, delimiter=",", encoding="utf-8-sig"),
    "32": Layout(FULL, 0, titles=3, nik="text", total=True, signature=True),
    "33": Layout(COMMON, 0, titles=2, money="dots", numbers_row=True, total=True),
    "34": Layout(FULL, 2, two_rows=True, titles=2),
    "35": Layout(SHORT, 0, titles=2, money="plain", total=True, phone="dashes"),
    "36": Layout(COMMON, 1, per_regency=True, titles=2, money="dots"),
    "51": Layout(FULL, 1, titles=3, money="dots", signature=True, merged=True),
    "52": Layout(COMMON, 2, swapped=True, titles=2),
    "53": Layout(COMMON, 1, merged=True, money="thousands", total=True),
    "61": Layout(SHORT, 1, kind="csv", titles=2, delimiter="\t"),
    "62": Layout(COMMON, 0, nik="spaced", phone="dashes"),
    "63": Layout(FULL, 0, two_rows=True, titles=3, total=True),
    "64": Layout(FULL, 2, kind="csv", titles=0, delimiter=";", money="dots"),
    "65": Layout(COMMON, 0, titles=5, signature=True, numbers_row=True),
    "71": Layout(COMMON, 1, nik="number", money="words"),
    "72": Layout(FULL, 1, scheme="bps", titles=2),
    "73": Layout(COMMON, 2, per_regency=True, titles=3, total=True),
    "74": Layout(SHORT, 2, money="thousands", titles=2),
    "75": Layout(COMMON, 0, titles=1, money="dots", phone="plus"),
    "76": Layout(FULL, 1, numbers_row=True, titles=2, scheme="bps"),
    "81": Layout(COMMON, 1, titles=2, nik="quoted", total=True),
    "82": Layout(SHORT, 0, kind="csv", titles=0, delimiter=";", encoding="cp1252"),
    "91": Layout(COMMON, 0, titles=3, scheme="bps", merged=True, signature=True),
    "92": Layout(COMMON, 2, titles=2, money="words", swapped=True),
}


def heading(layout: Layout, column: str) -> str:
    """Return the heading that this office writes over a column, with its unit where it says one."""
    wordings = HEADINGS[column]
    text = wordings[layout.wording % len(wordings)]
    if layout.money == "thousands" and column in ("investment", "turnover_before", "turnover"):
        return f"{text.replace(' (Rp)', '')} (Rp ribu)"
    return text
