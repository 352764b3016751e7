"""What a row that is no firm reads like: a total, a signature, a date of signing, a note."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from pulih import places
from pulih.intake.readings.reading import TO_CHOOSE

Cells = Sequence[str | None]

PLACE_TOTAL = re.compile(r"^[\w .'/-]+\s(?:total|jumlah)$", re.IGNORECASE)  # Of a pivot table.
SUMS_UP = (
    r"^\W*(?:grand\s+|sub\s*-?\s*)?(?:total|jumlah|jml|rata\s*-?\s*rata|rerata|average|sum|"
    r"(?:per|pro)sen(?:tase)?)\b"
)
TOTAL = re.compile(
    SUMS_UP,
    re.IGNORECASE,
)
BEGINS_A_TOTAL = f"(?i){TOTAL.pattern}"
WHOLLY_TOTAL = re.compile(
    rf"{SUMS_UP}"
    r"(?:[\s:.=,/()-]*(?:total|keseluruhan|seluruhnya|seluruh|semua|umum|besar|akhir|pagu|anggaran|"
    r"belanja|biaya|ikm|umkm|usaha|data|perusahaan|industri|unit|orang|tenaga|kerja|tk|naker|"
    r"dipindahkan|pindahan|halaman|hal|per|sampai|dengan|sd|s/d|ini|lalu|dan|investasi|omzet|omset|"
    r"produksi|kapasitas|realisasi|sisa|dana|rp|rupiah|i{1,3}|iv|vi{0,3}|[a-z]|\d+)\b"
    r"|[\s:.=,/()-]*(?:provinsi|prov|kabupaten|kab|kota|kecamatan|kec|desa|kelurahan|kel|satker|"
    r"kelompok|sektor|komoditi|output|kegiatan|program|komponen)\b.*)*[\s:.=)-]*$",
    re.IGNORECASE,
)
RANK = (
    r"(?:pembina|penata|pengatur)(?:\s+(?:utama|muda|madya|tingkat|tk\.?|i{1,3}|1))*"
    r"[\s,/(-]*(?:(?:gol\.?\s*)?i[iv]{1,2}\s*[/.]\s*[a-e]\)?)?"
)
TAKERS = r"(?:petugas|pendata|surveyor|enumerator|operator|verifikator|koordinator)"
SIGNED = re.compile(
    r"^\W*(?:mengetahui\b\W*$|(?:mengetahui|menyetujui|disetujui|mengesahkan|disahkan)\s*[,:/]?\s*"
    r"(?:oleh|kepala|an\.|a\.n|camat|lurah|pejabat|sekretaris|kuasa|ketua|kabid|kasi|plt|$).*|"
    r"kepala\s+(?:dinas|bidang|seksi|sub|badan|bagian|kantor|uptd?|desa|balai|kelurahan|kampung)\b.*|"
    r"(?:kabid|kasi|kasubag|kasubbag|kadis)\b.*|(?:plt|plh)\b\.?.*|a\.?\s?n\.?\s+(?:kepala|bupati|"
    rf"wali|gubernur|menteri|camat).*|nip\b.*|nik\s*:.*|{RANK}\W*$|"
    rf"{TAKERS}\s*(?:pendata\w*|pendataan|survei|survey|lapangan|verifikasi|entri|data|kecamatan|"
    r"kelurahan|desa)?\s*(?:[,:/.]*\s*$|:.*)|tertanda\b.*|ttd\b.*|yang\s+(?:membuat|mendata|menerima|"
    r"menyerahkan|melaporkan)\b.*|(?:di)?buat\s+oleh\b.*|diperiksa\b.*|disusun\s+oleh\b.*|"
    r"pejabat\s+(?:pembuat|penanda|pelaksana)\b.*|kuasa\s+pengguna\b.*|sekretaris\s+(?:dinas|"
    r"daerah)\b.*|bendahara(?:\s+(?:pengeluaran|penerimaan|pembantu))?\b\W*$|camat\b[\w ]{0,30},?$|"
    r"(?:bupati|wali\s?kota|gubernur)\s+[\w ]{3,30},?$|tembusan\b.*|hormat\s+kami\b.*)",
    re.IGNORECASE,
)
DATED = re.compile(
    r"^(?:[A-Z][A-Za-z. ]+|\.{3,}|_{3,}),\s*(?:tanggal\s*)?(?:\d{0,2}|\.{2,}|_+|…+)\s*(?:jan|feb|"
    r"peb|mar|apr|mei|jun|jul|agu|sep|okt|nov|nop|des|\.{2,}|…+)[a-z]*\s*(?:\d{4}|20\.*)\s*$",
    re.IGNORECASE,
)
NOTED = re.compile(
    r"^\W*(?:(?:catatan|keterangan|ket|sumber|note|nb|p\.?s|sumber\s+data|"
    r"terima\s+kasih)\s*[:.]|"
    r"(?:catatan|keterangan|ket\.?|note|nb)\W*$|sumber\s*(?:data\b|dari\b|:).*|"
    r"terima\s+kasih\W*$|dst\W*$|dan\s+seterusnya\W*$)|^\(?\*+\)?\s|^\*|"
    r"^terbilang\b|^\W+nihil\W*$|^data\s+per\b|^(?:nomor|no\.?)\s+\d+.*(?:pindah|sudah|belum)",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"^\W*(?:catatan|keterangan|ket|notes?|nb|penjelasan)(?: (?:tambahan|penting|data))?\W*$",
    re.IGNORECASE,
)
SECTION = re.compile(
    r"^[^\w(]*(?:[ivx]+\.|[a-z]\.|\d+\.)?\s*(?P<level>kabupaten|kab\.?|kota|provinsi|prov\.?|kecamatan|"
    r"kec\.?|desa|kelurahan|kel\.?)\s*:?\s+\S",
    re.IGNORECASE,
)
SPECIAL = (
    r"(?i)^\W*(?:grand\s|sub\s*-?\s*(?:total|jumlah|jml)|total|jumlah|jml\b|rata|rerata|average|"
    r"p(?:er|ro)sen|sum\b|t\s+o\s+t\s+a\s+l|j\s+u\s+m\s+l\s+a\s+h|terbilang\b|nihil\W*$|cth\b|contoh\b|"
    r"mengetahui|menyetujui|disetujui|mengesahkan|disahkan|"
    r"kepala\s|kabid|kasi\b|kasub|kadis|plt|plh|a\.?\s?n\.?\s|nip\b|nik\s*:|petugas|pendata|survey|"
    r"enumer|operator|tertanda|ttd|yang\s|dibuat|buat\s|diperiksa|disusun|pejabat|"
    r"kuasa|catatan|keterangan|ket\b|sumber|note|nb\b|ps\b|terima\s|dst\b|dan\s+s|data\s+per|"
    r"kabupaten|kab\b|kota\b|prov|kec|desa\b|kel|camat|bupati|wali|gubernur|tembusan|hormat|"
    r"nomor\s+\d|no\.?\s+\d|"
    r"pembina|penata|pengatur|sekretaris|bendahara|\d{1,3}\W*$|"
    r"(?:\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)]\s)|"
    r"^(?:[A-Za-z. ]+|\.{3,}|_{3,}),\s*(?:tanggal\s*)?(?:\d{1,2}|\.+|_+|…+)?\s*[A-Za-z.…]+\s*"
    r"(?:\d{4}|20\.*)$|^[*(]"
)
COUNTED_ONES = r"\d+\s*(?:ikm|umkm|ukm|usaha|unit|unit usaha|perusahaan|industri|orang|kk)"
COUNTED = re.compile(rf"^\W*{COUNTED_ONES}\W*$", re.IGNORECASE)
UNSAID_TOTAL = re.compile(
    rf"^\W*(?:{COUNTED_ONES}|"
    r"se[\s-]*(?:kab|kota|kec|prov|desa|kel)\w*\b.*|rata\s*-?\s*2|ttl|tot|jmlh|jlh|s\.?\s?/?\s?d\.?\s+hal.*|"
    r"(?:kec|kecamatan|kab|kabupaten|desa|kelurahan|kel|kota)\b\.?\s+.*)\W*$",
    re.IGNORECASE,
)
NUMBERING = re.compile(r"^\(?\s*(\d{1,3})\s*[.)]?(?:\s*=.*)?\)?$")
FEW_LETTERS = 4
# What heads a part of a list by its trade, where a firm without a running number would stand.
SECTOR = re.compile(
    r"(?i)^\W*(?:(?:kelompok|jenis|cabang|sektor|bidang|golongan|komodit[ai]s?)\s+(?:industri|usaha)|"
    r"industri|sektor|cabang|bidang|golongan|komodit[ai]s?|ikm|umkm)\b"
)
LETTER_OR_CODE = r"^(?:\W*[A-Za-z]\W*|[A-Z]{1,2}\d{1,3}[a-z]?|[-–—=_*.~+#\s]{3,})$"
CODE = re.compile(r"[A-Z]{1,2}\d{1,3}[a-z]?")
SPACED = re.compile(r"^\W*(?:\w\s+){3,}\w\W*$")
EXAMPLE = re.compile(r"(?i)^\W*(?:contoh|cth|misal|example)\b")
AMOUNT = re.compile(r"^(?:rp\.?\s*)?-?[\d.,\s]*\d[\d.,\s]*%?$", re.IGNORECASE)
SECTION_LEVELS = {
    "kab": "regency",
    "kot": "regency",
    "pro": "province",
    "kec": "district",
    "des": "village",
    "kel": "village",
}


def is_total(cells: Cells, keys: Sequence[int], is_numbered: bool) -> bool:
    """Say whether a row sums up: it says so first, and no key says anything else.

    What only begins like a total (`Total Teknik`) sums up where amounts stand beside it and the
    row has no running number.
    """
    texts = [(i, closed_up(cell)) for i, cell in enumerate(cells) if cell is not None]
    marks = [
        (i, cell)
        for i, cell in texts
        if len(cell) < 80 and (TOTAL.match(cell) or (i not in keys and PLACE_TOTAL.match(cell)))
    ]
    if not marks:
        return False
    first, mark = marks[0]
    if any(i < first and not NUMBERING.match(cell) for i, cell in texts):
        return False
    at = {i for i, _ in marks}
    if any(cells[key] and key not in at and not _counts(cells[key] or "") for key in keys):
        return False
    rest = [cell for i, cell in texts if i > first and i not in at]
    has_amounts = any(AMOUNT.match(cell) for cell in rest)
    if WHOLLY_TOTAL.match(mark):
        return not is_numbered or has_amounts
    return has_amounts and not is_numbered and all(_counts(cell) for cell in rest)


def _counts(cell: str) -> bool:
    """Say whether a cell holds an amount, or how many there are, such as `3 unit`."""
    return bool(AMOUNT.match(cell) or COUNTED.match(cell))


def sums_up_unsaid(cells: Cells, keys: Sequence[int]) -> bool:
    """Say whether a row without a running number names no firm, and amounts stand beside it.

    `4 IKM`, `Se-Kabupaten`, `TTL` and `Kec. Mrebet` stand where the firm's name would.
    """
    texts = [(i, cell) for i, cell in enumerate(cells) if cell is not None]
    words = [(i, cell) for i, cell in texts if not AMOUNT.match(cell)]
    has_amounts = len(texts) > len(words)
    return has_amounts and len(words) == 1 and bool(UNSAID_TOTAL.match(words[0][1]))


def is_numbering(cells: Cells) -> bool:
    """Say whether a row only numbers the columns: (1) (2) (3), rising, in each column."""
    texts = [cell for cell in cells if cell is not None]
    if len(texts) >= FEW_LETTERS and (_are_letters(texts) or _are_codes(texts)):
        return True
    numbers = [NUMBERING.match(text) for text in texts]
    if len(texts) < 3 or not all(numbers):
        return False
    values = [int(number[1]) for number in numbers if number]
    return values[0] <= 3 and all(0 < b - a <= 3 for a, b in pairwise(values))


def _are_letters(texts: Sequence[str]) -> bool:
    """Say whether the texts are `a`, `b`, `c` in their order."""
    letters = [text.partition("=")[0].strip(" ().").lower() for text in texts]
    return letters == list("abcdefghijklmnopqrstuvwxyz"[: len(letters)])


def _are_codes(texts: Sequence[str]) -> bool:
    """Say whether the texts are the codes of a survey's questions: `R1`, `B2a`, `B2b`."""
    return all(CODE.fullmatch(text) for text in texts) and len(set(texts)) == len(texts)


def closed_up(cell: str) -> str:
    """Return `T O T A L` as one word."""
    return re.sub(r"\s+", "", cell) if SPACED.match(cell) else cell


def is_example(cells: Cells, at: int) -> bool:
    """Say whether the running number of a row says that it is an example of how to fill in."""
    return bool(EXAMPLE.match(cells[at] or ""))


def goes_on(cells: Cells, above: Cells) -> bool:
    """Say whether a row repeats a cell of one above it, as the rows of one list do."""
    return any(cell and cell == other for cell, other in zip(cells, above, strict=False))


def is_signed(cells: Cells) -> bool:
    """Say whether a row holds a line of a signature, or the place and day of signing."""
    return any(SIGNED.match(cell) or DATED.match(cell) for cell in cells if cell)


def is_note(cells: Cells) -> bool:
    first = next(cell for cell in cells if cell is not None)
    return bool(NOTED.match(first))


def heads_notes(cells: Cells) -> bool:
    """Say whether a row says nothing but `Catatan:`."""
    return bool(NOTES.match(next(cell for cell in cells if cell is not None)))


def section(cells: Cells) -> tuple[str, str] | None:
    """Return the level and the text of a place that stands alone in a row."""
    text = next(cell for cell in cells if cell is not None)
    found = SECTION.match(text)
    if found is None:
        return None
    name = re.sub(r"^[^\w(]*(?:(?:[ivxIVX]+|[A-Za-z]|\d+)\.\s*)?|[^\w).']+$", "", text)
    name = re.sub(r"\s*:\s*", " ", name)
    return SECTION_LEVELS[found["level"][:3].lower()], name


def is_unfilled(cells: Cells, running: Collection[int]) -> bool:
    """Say whether a row was only prepared: its number, zeros or dashes of formulas, or stripes."""
    return all(
        cell is None
        or re.fullmatch(r"(?i)[-–0]|0[.,]0+|false|[-–—=_*.~+#\s]{3,}", cell)
        or TO_CHOOSE.fullmatch(cell.strip().lower())
        or (i in running and re.fullmatch(r"\d{1,6}[.)]?", cell))
        for i, cell in enumerate(cells)
    )


def sum_of(amounts: Sequence[str | None]) -> int:
    """Return the sum of whole amounts as written, whatever parts their thousands."""
    digits = (re.sub(r"\.0$|\D", "", amount or "") for amount in amounts)
    return sum(int(one) for one in digits if one)


def repeats_headings(cells: Cells, parts: Sequence[Cells]) -> bool:
    """Say whether a row is the headings again, as on each printed page."""
    texts = {
        i: " ".join(cell.split()).casefold() for i, cell in enumerate(cells) if cell is not None
    }
    if len(texts) < 2:
        return False
    same = 0
    for i, text in texts.items():
        words = [row[i] for row in parts if i < len(row) and row[i]]
        same += any(text == " ".join((word or "").split()).casefold() for word in words)
    return same * 2 > len(texts)


def is_place(text: str) -> bool:
    """Say whether a text names a regency or a province and nothing else."""
    today = date.today()
    return any(
        places.resolve(text, on=today, level=level) is not None
        for level in (places.Level.REGENCY, places.Level.PROVINCE)
    )
