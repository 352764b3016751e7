"""What free words of needs and obstacles mean, where no listed word fits them whole."""

import re

from pulih.classifications.negations import AT_EASE, NOT, UNABLE

# (code, what it sounds like); a text may sound like several.
NEEDS = (
    ("working_capital", r"modal|\bdana\b(?! kredit)"),
    ("raw_material_price", r"(?:harga|subsidi).*\bbahan"),
    ("raw_material_supply", r"^(?!.*(?:harga|subsidi)).*\bbahan (?:baku|penolong)"),
    ("worker_incentive", r"\b(?:gaji|upah)\b|(?:insentif|bantuan) (?:\w+ )?(?:pekerja|karyawan)"),
    (
        "payment_of_goods_made",
        r"(?:bayar|pelunasan|penyerapan|pembelian).*(?:pesanan|produk|barang)",
    ),
    ("social_insurance_relief", r"\bbpjs\b"),
    (
        "online_marketing",
        r"(?:pasar|jual|promosi|toko).*(?:online|daring|digital)|e ?commerce|marketplace|digital",
    ),
    ("marketing", r"^(?!.*(?:online|daring|digital)).*(?:pemasaran|promosi|pameran|memasarkan)"),
    ("protective_equipment", r"\bapd\b|masker|pelindung|sanitizer|disinfektan"),
    ("equipment", r"mesin|^(?!.*pelindung).*\b(?:per)?alat(?:an)?\b"),
    ("training", r"latih|bimtek|bimbingan|pendampingan|pembinaan|workshop"),
    ("product_change", r"\bdesain|kemasan|diversifikasi|produk baru"),
    ("certification", r"sertifik|\bi[zj]in|halal|\bp ?irt\b|\bsni\b|legalitas"),
    (
        "loan_relief",
        r"(?:ringan|tunda|relaks|restruktur|bunga).*(?:kredit|cicil|angsur|pinjam|bunga|h?utang|bank)",
    ),
    ("tax_relief", r"pajak|retribusi"),
    ("utility_relief", r"listrik|\bsewa\b"),
    ("logistics", r"kirim|ongkir|transport|logistik|distribusi"),
    ("household_aid", r"sembako|bansos|\bblt\b|kebutuhan pokok"),
)
FALLS = r"(?:turun|nurun|kurang|sepi|anjlok|merosot|lesu|hilang)"
OBSTACLES = (
    ("falling_sales", rf"(?:om[zs]et|jual|order|pesanan|permintaan|pembeli|pelanggan).*{FALLS}"),
    ("falling_sales", rf"{FALLS}.*(?:om[zs]et|jual|order|pesanan|permintaan|pembeli|pelanggan)"),
    ("raw_material_price", r"\bbahan.*(?:mahal|naik)|(?:naik|mahal).*\bbahan"),
    ("raw_material_scarce", r"\bbahan.*(?:langka|sulit|susah|kurang|batas|lambat|kosong)"),
    ("raw_material_scarce", r"(?:langka|sulit|susah|kurang).*\bbahan"),
    ("purchasing_power", r"daya beli"),
    ("production_hampered", r"produksi.*(?:hambat|ganggu|henti|turun|kurang)"),
    ("workers_sent_home", r"rumahkan"),
    ("staff_cuts", r"\bphk\b|(?:pengurangan|pemberhentian) (?:karyawan|pekerja|tenaga)"),
    ("deficit", r"rugi|defisit|(?:kurang|habis|sulit).*modal|modal.*(?:kurang|habis|sulit)"),
    ("cannot_market", r"(?:tidak|tdk|sulit|susah).*(?:jualan|menjual|pasar)|pasar.*tutup"),
    ("delayed_payment", r"(?:bayar|tagih|piutang).*(?:tunda|lambat|macet)"),
    ("shipping_cost", r"ongkos|ongkir|biaya (?:kirim|pengiriman)"),
    ("logistics", r"^(?!.*(?:ongkos|ongkir|biaya)).*(?:pengiriman|distribusi|logistik)"),
    ("regional_restriction", r"\bpsbb\b|lockdown|ppkm|pembatasan (?:wilayah|sosial)"),
    ("operations_limit", r"jam (?:kerja|operasional|buka)"),
    (
        "order_cancelled",
        r"(?:order|pesanan|kontrak|ekspor).*batal|batal.*(?:order|pesanan|kontrak)",
    ),
    ("loan_burden", r"cicilan|angsuran|\bh?utang\b|kredit macet"),
)
NOT_SO = re.compile(rf"{NOT} (?:ada|butuh|perlu|terdampak|berpengaruh)")
# What is wanted though a denial stands beside it: `belum punya mesin`, `modal tanpa bunga`.
STILL_SO = re.compile(
    rf"\b(?:{NOT} (?:{UNABLE}|{AT_EASE})|kurang {AT_EASE}|tanpa (?:bunga|jaminan|agunan|riba)|"
    rf"tidak (?:seperti|sebanyak|sesuai)|{NOT} (?:ada )?(?:jual\w*|berjual\w*|menjual|pasar\w*))\b"
)
DENIED = re.compile(
    rf"\b(?:{NOT}|{AT_EASE}|selain|kecuali|(?:sudah|sdh) (?:ada|punya|memiliki|beli))\b"
)
CLAUSE = re.compile(r"[,;.]|\b(?:tapi|tetapi|namun|sedangkan|sehingga|dan|serta)\b")


def codes_in(text: str, sounds: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the codes that a text in free words names, in the order of the list.

    What a part of it denies, as `bahan baku tidak sulit`, is not named.
    """
    if NOT_SO.search(_words(text)):
        return []
    parts = [_words(part) for part in CLAUSE.split(text.casefold())]
    words = " ".join(part for part in parts if not DENIED.search(STILL_SO.sub(" ", part)))
    return list(dict.fromkeys(code for code, sound in sounds if re.search(sound, words)))


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))
