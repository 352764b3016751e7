"""Headings read by what they speak of: workers and turnover, before and after, men and women."""

import re

from pulih.classifications.negations import NOT

DAY_AND_NUMBER = re.compile(  # `Tgl/No SPM` above `Tanggal` and `Nomor`
    r"^\s*(?:tgl|tanggal|no|nomor)\.?\s*(?:/|&|dan)\s*(?:tgl|tanggal|no|nomor)\.?\s+", re.I
)
ADDRESS_AND = re.compile(
    r"\s*alamat(?: usaha| lengkap)?(?! / )\s*[/&,]\s*(?:desa|kel|kelurahan|kec|kecamatan|kota)\b",
    re.I,
)
LETTERED = re.compile(r"^\s*\(?(?:[a-zA-Z]{1,2}|[a-zA-Z]\.?\d{1,2})\s*[.)]\s+(?=[^\W\d_]{3})")
OF_PAPERS = re.compile(  # Their days are no day of a report.
    r"\b(?:izin|ijin|perizinan|legalitas|sertifikat|akta|akte|iui|iumk|siup|tdp|tdi|nib|sk|surat|"
    r"kontrak|lahir|kelahiran|berdiri|pendirian|akad|kredit|pinjaman)\b"
)
OF_HOMES = re.compile(r"\b(?:tempat tinggal|rumah|ktp|domisili|asal|pemohon|peserta|home)\b")
MADE_THEN = re.compile(  # What one month brought is no capacity.
    r"(?<!nilai )\bproduksi (?:pada |di )?(?:hari|minggu|bulan|triwulan|tahun|periode) "
    r"(?:ini|lalu|sebelumnya|berjalan)\b"
)
DAILY = re.compile(r"hari|minggu|pekan|\bday\b|daily|week")
OF_MONEY = re.compile(r"(?i)\b(?:rp|idr|rupiah)\b|\bnilai\b")  # Worth, and no quantity.
OF_OTHER_MONEY = re.compile(r"(?i)[$€£]|\b(?:usd|dol+ar|ringgit|sgd|euro?|yen|jpy|cny|rmb)\b")
GROUP_OF = re.compile(r"\bkelurahan(?= (?:industri|komodit|barang))")  # `Kel. Industri`
OF_AGES = re.compile(r"[<>≤≥]\s*=?\s*\d")  # `TK < 30 th` counts some of the workers.
HAS_OTHER_SENSE = re.compile(
    r"penurunan|kenaikan|menurun|meningkat|berkurang|bertambah|persen|persentase|selisih|turun|naik|rencana|target|sisa|foto|link|anak|"
    r"istri|suami|\bibu\b|ayah|\blama\b|pengeluaran|tanggungan|"
    r"pendamping|bank|rekening|tanah|pendidikan|usia|umur|lahir|agama"
)
OF_FIRMS = re.compile(
    r"\b(?:usaha|perusahaan|industri|ikm|umkm|ukm|business|company|firm|enterprise|unit usaha|"
    r"badan usaha)\b"
)
KIND_OF_FIRM = re.compile(  # `Nama UD`, `Nama IRTP`
    r"nama (?:pt|cv|ud|pd|irtp?|toko|warung|bengkel|konveksi|rumah produksi|tobong|kub|merek|"
    r"home industry)(?: (?:pt|cv|ud|pd|kub|ikm|usaha))*"
)
OWNER = re.compile(  # `Pemilik Usaha`, `Nama Calon Peserta Pelatihan`
    r"(?:nama )?(?:lengkap )?(?:pemilik|pengusaha|pimpinan|pengelola|penanggung jawab|owner|"
    r"pengrajin|perajin|ketua)(?: (?:usaha|ikm|umkm|ukm|perusahaan|industri|kelompok|sentra|toko|"
    r"unit usaha))?|"
    r"(?:nama )?calon (?:peserta|penerima|wub)(?: (?:bantuan|alat|pelatihan))?|nama wajib pajak|"
    r"nama (?:lengkap )?(?:calon )?(?:peserta|penerima|pemohon|pengusul|anggota|pic)"
    r"(?: (?:binaan|pelatihan|bimtek|bantuan|manfaat|kegiatan|diklat|wub|kelompok|fasilitasi)){0,2}"
)
NAME_OF_A_KIND = re.compile(  # `Nama IKM Batik`
    r"nama (?:ikm|umkm|ukm|usaha|perusahaan|industri|bengkel|unit usaha|unit)"
    r"(?! (?:kerja|organisasi|satuan|dan|atau|pemilik|pengusaha|pimpinan|ketua|produk|"
    r"kelompok komoditi|alamat)\b)"
    r" [a-z]+(?: [a-z]+)?"
)
GOODS_OF = re.compile(  # `Jenis Pangan`, `Hasil Kerajinan`
    r"(?:nama )?(?:jenis|hasil|macam|nama) (?:apd|masker|pangan|makanan|minuman|sandang|"
    r"industri rumahan|usaha rumahan|"
    r"pakaian|kerajinan|logam|mebel|meubel|furnitur|kain|tenun|batik|kriya|olahan|anyaman|kue|camilan|masakan|jamu|agro)"
)
YES_OR_NO = re.compile(r"(?:apakah|bagaimana|mengapa|kenapa)\b(?! jumlah)")
ASKS_HOW_MANY = re.compile(  # `Ada karyawan yang di-PHK? (jika ya, sebutkan jumlahnya)`
    r"(?i)\b(?:jika|kalau|bila|apabila)\b.*\b(?:jumlah(?:nya)?|berapa)\b"
)
DENIED = re.compile(rf"(?<!dan )(?<!atau )(?<!maupun )\b{NOT}\b(?! termasuk)")
NOT_EXPORTING = re.compile(
    rf"(?!.*\be[kx]sp.*\be[kx]sp)(?:\w+ )*?{NOT} (?:(?!sudah)\w+ ){{0,2}}(?:di)?e[kx]sp"
)
COUNTED = {  # None of them is asked by yes or no.
    "workers", "workers_before", "workers_male", "workers_female", "laid_off", "furloughed",
    "turnover", "turnover_before", "investment", "capacity",
}  # fmt: skip
OF_TODAY = {"workers", "workers_male", "workers_female", "turnover"}
IN_PER_CENT = re.compile(r"(?i)(?<!\d)(?<!\d )%|\bper ?cent\b|persen|prosentase")
TO_COME = r"potensi|\bakan\b|\bcalon\b|ancam|mungkin|rencana|proyeksi|prediksi|\btarget"
OF_LEAVING = re.compile(  # Of those laid off: their pay, their day, who came back.
    rf"(?i){TO_COME}|pesangon|\bgaji\b|\bupah\b|biaya|kompensasi|\bthr\b|tanggal|\btgl\b|\bmulai\b|"
    r"\bsejak\b|\bkapan\b|alasan|sebab|\bnama\b|kembali|\blama\b|\bhari\b|batal"
)
OF_SOME_WORKERS = re.compile(
    r"(?i)^(?!.*(?:termasuk|\bdan\b|\+|&|/))"  # `tetap dan harian` are all of them.
    rf".*(?:{TO_COME}|positif|papar|sakit|isoman|isolasi|vaksin|\bswab|rapid|sembuh|meninggal|"
    r"butuh|lembur|kembali|harian|borongan|kontrak|honor|lepas|magang|bpjs|keluarga|"
    r"\btetap(?! bekerja| kerja)|terlatih|bersertifikat|disabilitas|difabel|"
    r"(?<!saat )(?<!setelah )(?<!sesudah )(?<!sejak )terdampak)"
)
UNITS = r"unit|pcs|kg|kuintal|ton|gram|buah|bh|potong|ptg|lusin|kodi|liter|ltr|bungkus|bks|lembar|"
UNITS += r"lbr|pasang|psg|set|meter|m2|m3|ekor|botol|dus|karung|biji|toples|pak|pack"
OF_PIECES = re.compile(  # `Penjualan (kg)`, `Volume penjualan`
    rf"(?i){TO_COME}|\bvolume\b|kuantitas|\brugi\b|retur|"
    rf"[(\[]\s*(?:dalam |jumlah )?(?:{UNITS})\b[^)\]]*[)\]]"
)
ABOUT_THEM = {
    "workers": OF_SOME_WORKERS, "workers_before": OF_SOME_WORKERS,
    "workers_male": OF_SOME_WORKERS, "workers_female": OF_SOME_WORKERS,
    "laid_off": OF_LEAVING, "furloughed": OF_LEAVING,
    "turnover": OF_PIECES, "turnover_before": OF_PIECES, "investment": OF_PIECES,
    "capacity": re.compile(rf"(?i){TO_COME}"),
}  # fmt: skip
OF_A_MONTH = re.compile(  # `Omzet Juni`, `Omzet Mei 2020`
    r"\b(?:januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|"
    r"nopember|desember)(?: 20\d\d)?$"
)
STILL_WORKING = re.compile(
    r"masih (?:be)?kerja|tetap (?:be)?kerja|yang (?:masih )?(?:be)?kerja|masih ada|bertahan|tersisa"
)
FURLOUGHED = re.compile(r"dirumahkan|di ?liburkan|di rumahkan|furlough")
LAID_OFF = re.compile(r"\bphk\b|diberhentikan|dipulangkan|laid off|layoff")
WORKERS = re.compile(r"tenaga kerja|karyawan|pekerja|pegawai|buruh|\bkuli\b|employee|worker")
TURNOVER = re.compile(
    r"\bomzet\b|penjualan|penghasilan|turnover|\bsales\b|revenue|\bpendapatan\b|nilai produksi"
)
BEFORE = re.compile(
    r"sebelum|\bawal\b|semula|\bnormal\b|before|2019|\blalu\b|\bdulu\b|dahulu|"
    r"previous|pra covid|\bpre\b"
)
ONCE_ONLY = re.compile(  # A group over counts of workers: `SEBELUM COVID / L`
    r"\b(?:sebelum|semula|dulu|dahulu|before|pra|pre)\b(?!.*\b(?:sesudah|setelah|saat|after|kini)\b)"
)
AFTER = re.compile(
    r"sesudah|selama|sekarang|saat (?:ini|covid|pandemi)|after|now|2020|current|terdampak|"
    r"\bkini\b|semasa|ketika covid|saat|pandemi|covid|wabah|corona"
)
MALE = re.compile(r"laki|pria|\bl\b|\bmale\b|\bmen\b")
FEMALE = re.compile(r"perempuan|wanita|\bp\b|\bpr\b|female|women")


# Words of a few other columns, by the column whose kind of list speaks of them.
OF_OTHERS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "needs", "needs",
        re.compile(
            r"(?:apa )?(?:butuh|kebutuhan|perlu|harapan|usulan|permintaan) (?:bantuan|dukungan)"
            r"(?: apa)?"
        ),
    ),
    (
        "line_code", "ceiling",
        re.compile(
            r"(?:nilai |jumlah |total )?(?:pagu|anggaran|alokasi|dipa)(?: (?:dipa|pagu|anggaran|"
            r"belanja|awal|semula|akhir|terakhir|menjadi|(?:(?:setelah|sesudah|sebelum|hasil) )?"
            r"(?:revisi|refocusing|perubahan|realokasi|penghematan|pemotongan)))*|"
            r"(?:setelah|sesudah|sebelum) (?:revisi|refocusing|perubahan|realokasi|penghematan)|"
            r"semula|menjadi"
        ),
    ),
    (
        "realised_before", "realised_before",
        re.compile(
            r"(?:realisasi )?(?:(?:s d|sd|sampai(?: dengan)?) )?(?:periode|bulan|triwulan|minggu) "
            r"(?:yang )?lalu"
        ),
    ),
    (
        "realised", "realised",
        re.compile(
            r"(?:jumlah |total )?(?:realisasi|penyerapan|serapan)"
            r"(?: (?:anggaran|belanja|keuangan))? (?:s d|sd|sampai(?: dengan)?|hingga|per)"
            r"(?: (?:tanggal|tgl|bulan|akhir|\d{1,2}|20\d\d|januari|februari|maret|april|mei|juni|"
            r"juli|agustus|september|oktober|november|desember))+"
        ),
    ),
    (
        "buyer", "buyer",
        re.compile(
            r"(?:nama |instansi |pihak |unit )?(?:pengguna|pembeli|pemesan|pemohon|peminta|rs|rsud|"
            r"rumah sakit|puskesmas|faskes|fasyankes|fasilitas kesehatan|klinik|satgas|"
            r"gugus tugas|instansi|dinas|opd)(?: (?:dan |atau )?(?:rs|rsud|"
            r"rumah sakit|puskesmas|faskes|klinik|instansi|pemesan|pemohon|pembeli|dinas|opd))*"
        ),
    ),
    (
        "buyer", "quantity",
        re.compile(
            r"(?:jumlah|total|banyaknya|qty|kuantitas)(?: (?:permintaan|pesanan|kebutuhan|order|"
            r"dipesan|diminta|dibutuhkan|barang|unit|pcs))*|"
            r"(?:kebutuhan|permintaan) (?:pcs|unit|buah|bh|lembar|set|stel|potong|helai|pasang|"
            r"botol|liter|box|dus)"
        ),
    ),
    (
        "buyer", "due",
        re.compile(
            r"(?:tanggal|kapan|tenggat|batas|paling lambat|deadline|waktu)(?: (?:waktu|akhir|kirim|"
            r"pengiriman|dibutuhkan|diperlukan|kebutuhan|penyerahan|terima|paling lambat))+|"
            r"deadline"
        ),
    ),
    (
        "buyer", "max_price",
        re.compile(
            r"harga(?: (?:penawaran|satuan|per|unit|pcs|buah|batas))* (?:tertinggi|maksimal)"
            r"(?: (?:satuan|per|unit|pcs|buah))*"
        ),
    ),
    ("buyer", "address", re.compile(r"alamat (?:kirim|pengiriman|tujuan|penerima|instansi)")),
    ("buyer", "product", re.compile(r"nama (?:produk|apd|alat)|jenis (?:produk|alat)")),
    (
        "ceiling", "detail",  # `Program/Kegiatan/KRO/RO/Komponen/Subkomp/Detil`, as POK sheets say.
        re.compile(
            r"(?:uraian )?(?:(?:program|kegiatan|(?:sub )?output|suboutput|kro|ro|"
            r"(?:sub )?(?:komponen|komp)|subkomponen|subkomp|akun|belanja|detil|detail|rincian|"
            r"item)(?: |$)){3,}"
        ),
    ),
    (
        "free_from", "capacity",
        re.compile(
            r"(?:kemampuan|kesanggupan)(?: (?:produksi|membuat|pembuatan))?(?: per \w+| \w+)?"
        ),
    ),
    (
        "free_from", "price",
        re.compile(
            r"harga(?: jual)? (?:(?:per|satuan|setiap) )*(?:pcs|buah|unit|kg|lembar|helai|potong|"
            r"set|biji|bungkus|pak|lusin|kodi|meter|liter|pasang|botol|bks|bh|lbr)"
        ),
    ),
    (
        "free_from", "free_from",
        re.compile(
            r"(?:tanggal )?(?:siap|bisa|dapat)(?: mulai)?(?: produksi)?(?: tanggal| mulai)?"
        ),
    ),
)  # fmt: skip
# What may stand beside a heading and says nothing more: `Komoditi Unggulan`, `HP Pengrajin`.
ASIDE = {
    "andalan", "binaan", "dimiliki", "direktur", "ketua", "lapangan", "pengelola", "pengrajin",
    "pengusaha", "peserta", "pic", "pimpinan", "pribadi", "singkat", "terkini", "unggulan",
}  # fmt: skip
OF_A_HOME = {
    "address", "village", "village_code", "district", "district_code", "regency", "regency_code",
    "province", "province_code",
}  # fmt: skip
MAY_STAND_ALONE = {
    "product", "note", "phone", "email", "nik", "nib", "npwp", "family_card", "certificates",
    "commodity_group", "owner_sex", "obstacles", "needs", "market", "raw_material",
}  # fmt: skip


def by_concept(text: str, heading: str, names: set[str]) -> str | None:
    """Read workers and turnover by their qualifiers: before or after, men or women, sent home."""
    name: str | None = None
    if re.search(
        r"\b(?:ter)?sisa (?:tenaga kerja|karyawan|pekerja|pegawai|buruh)|"
        r"^(?:jumlah )?(?:tenaga kerja|karyawan|pekerja|pegawai|buruh) (?:yang )?(?:ter)?sisa$",
        text,
    ):
        return "workers" if "workers" in names else None
    if HAS_OTHER_SENSE.search(text) or "%" in heading:
        return None
    if FURLOUGHED.search(text):
        name = "furloughed"
    elif LAID_OFF.search(text):
        name = "laid_off"
    elif WORKERS.search(text) and not re.search(r"nama|gaji|upah|biaya|asing|status|jenis", text):
        name = _workers(text)
    elif TURNOVER.search(text) and not re.search(
        r"online|ekspor|wilayah|daerah|tempat|sistem|cara|media|periode|satuan|tujuan|export", text
    ):
        name = None if DAILY.search(text) else _turnover(text)
    elif OWNER.fullmatch(text):
        name = "owner_name"
    elif KIND_OF_FIRM.fullmatch(text) or NAME_OF_A_KIND.fullmatch(text):
        name = "business_name"
    elif GOODS_OF.fullmatch(text):
        name = "product"
    else:
        said = (one for of, one, words in OF_OTHERS if of in names and words.fullmatch(text))
        name = next(said, None)
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
    is_now = AFTER.search(text) or STILL_WORKING.search(text) or OF_A_MONTH.search(text)
    return "workers" if is_now else None


def _turnover(text: str) -> str | None:
    if BEFORE.search(text):
        return "turnover_before"
    return "turnover" if AFTER.search(text) or OF_A_MONTH.search(text) else None


def is_of_then(name: str, heading: str) -> bool:
    """Say whether what stands over a heading puts a count of today before the crisis."""
    group = heading.rpartition(" / ")[0].casefold()
    return name in OF_TODAY and ONCE_ONLY.search(group) is not None


def asks_otherwise(name: str, heading: str, text: str) -> bool:
    """Say whether a heading that names a column asks for something else than what it holds.

    By how many per cent; a count by yes or no, of some of an age only, or of those who are not so
    (`Tidak di-PHK`); what may come, or what is about them (`Potensi PHK`, `Pesangon PHK`); sales in
    pieces; whether a firm does *not* export; what was before the crisis, not what is now.
    """
    if IN_PER_CENT.search(heading) or is_of_then(name, heading):
        return True
    if name in COUNTED:
        is_answered_yes = YES_OR_NO.match(text) and not ASKS_HOW_MANY.search(heading)
        if is_answered_yes or OF_AGES.search(heading) or DENIED.search(text):
            return True
        return ABOUT_THEM[name].search(f"{text} {heading}") is not None
    return name == "exports" and NOT_EXPORTING.match(text) is not None
