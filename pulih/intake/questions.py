"""Headings that ask, as forms on the web do: `Di kecamatan manakah usaha Anda berada?`."""

import re
from collections.abc import Mapping

from pulih.intake.concepts import ASKS_HOW_MANY, COUNTED, HAS_OTHER_SENSE, OF_A_HOME

ASKING = {
    "ada", "berada", "dimana", "dimanakah", "how", "is", "mana", "manakah", "melakukan", "memiliki",
    "siapa", "siapakah", "sudah", "telah", "usaha", "what", "where", "which", "your",
}  # fmt: skip
LONG = re.compile(  # `Nomor HP yang terhubung WhatsApp`, `Isikan kode KBLI usaha Anda jika tahu`
    r"(?i)^[^/]*\byang\b|^(?:mohon|silakan|isi(?:kan)?|masukkan|tulis(?:kan)?|cantumkan)\b|"
    r"^(?:status|kondisi|keadaan)\b.*\b(?:pandemi|covid)|\b(?:jika|bila|kalau) (?:ada|punya)\b"
)
ADDRESSED = re.compile(r"\b(?:bapak ibu(?: saudara)?|ibu bapak|bapak|ibu|saudara|anda|nya)\b")
IF_ANY = re.compile(  # `jika ada`, `bila sudah punya`
    r"\b(?:jika|bila|apabila|kalau) (?:(?:sudah|anda|memang) )*"
    r"(?:ada|punya|mempunyai|memiliki|tahu|mengetahui|diketahui)\b"
)
SO_FAR = (
    r"(?: (?:(?:pada|di|hingga|sampai|selama|semasa|ketika|masa|saat|ini|sekarang|kini|"
    r"adanya|wabah|covid|pandemi) ?)+)?"
)
FIRM = r"(?:(?:kegiatan |tempat )?(?:usaha|ikm|umkm|perusahaan|industri|produksi))"
# What is asked for, by words that ask nothing else; `apakah` alone asks for yes or no.
ASKED = (
    ("exports", re.compile(r"^apakah\b.*\b(?:di)?ekspor\b")),
    (
        "needs",
        re.compile(
            r"^(?:apa(?:kah)? )?(?:bentuk |jenis )?(?:bantuan|dukungan)\b.*\b(?:di)?"
            r"(?:butuh|perlu|harap|ingin)"
        ),
    ),
    (
        "obstacles",
        re.compile(
            r"^(?:(?:apa|apakah|apa saja|sebutkan) )?(?:kendala|hambatan|permasalahan|masalah|"
            r"kesulitan)(?: (?:apa|apa saja|usaha|utama|yang|paling|sedang|anda|covid|selama|saat|"
            r"masa|ini|pandemi))* (?:di)?(?:hadapi|rasakan|alami)" + SO_FAR
        ),
    ),
    (
        "status",
        re.compile(
            rf"^(?:apakah )?(?:(?:saat|hingga|sampai) (?:saat )?ini )?(?:{FIRM} )?"
            r"(?:masih|tetap) (?:tetap )?"
            rf"(?:(?:ber)?(?:jalan|produksi|operasi)|aktif|buka){SO_FAR}$"
        ),
    ),
    ("status", re.compile(rf"^(?:bagaimana(?:kah)? )?(?:status|kondisi|keadaan) {FIRM}{SO_FAR}$")),
    (
        "market",
        re.compile(
            r"^(?:ke|di) ?mana(?:kah)?(?: saja)? (?:hasil )?(?:produk|produksi|barang)(?: \w+)? "
            r"(?:dipasarkan|dijual)"
        ),
    ),
    (
        "certificates",
        re.compile(
            r"^(?:sertifikat|sertifikasi|legalitas|perizinan|izin)(?: usaha| produk)?"
            r"(?: (?:apa|apa saja|yang|sudah|telah|sekarang|saat|ini|anda))* (?:di)?miliki$"
        ),
    ),
    ("nib", re.compile(r"^apakah (?:sudah |telah )?(?:ada|punya|memiliki) nib\b.*\bnomor")),
    ("npwp", re.compile(r"^apakah (?:sudah |telah )?(?:ada|punya|memiliki) npwp\b.*\bnomor")),
)
ASKED_OF_BUYERS = (
    (
        "quantity",
        re.compile(
            r"^berapa(?:kah)? (?:banyak(?:nya)?|jumlah(?:nya)?|total)\b.*(?:butuh|minta|perlu)"
        ),
    ),
    ("due", re.compile(r"^kapan(?:kah)?\b.*\b(?:di)?(?:butuh|perlu|harus (?:ada|tiba|dikirim))")),
    (
        "product",
        re.compile(
            r"^(?:(?:apd|barang|produk|alat|alkes)(?: apa(?: saja)?)?|apa(?: saja)?) (?:yang )?"
            r"(?:anda )?(?:di)?(?:butuh|minta|perlu)"
        ),
    ),
)
NOT_THAT_ITSELF = re.compile(  # `Modal yang dibutuhkan` is no capital that is there.
    r"butuh|perlu|harap|ingin|hilang|sulit|susah|kurang|impor|cuti|sakit|papar|pernah|sebelum|"
    r"macet|henti|tutup|bantu|pinjam|rusak|gagal|batal|tunda|\b(?:belum|tidak|akan|mau|baru|luar)\b"
)


ANSWERED_BY_NUMBERS = COUNTED | {
    "phone", "nik", "nib", "npwp", "year_established", "quantity", "price", "max_price",
    "min_order", "lot_size", "people",
}  # fmt: skip
# What `where`, `how much` and the like may ask for: `Di mana bahan baku dibeli?` asks for none.
MAY_ANSWER = (
    (re.compile(r"^(?:di|ke|dari) ?mana"), OF_A_HOME | {"market"}),
    (re.compile(r"^berapa\b"), ANSWERED_BY_NUMBERS),
    (re.compile(r"^kapan\b"), {"year_established", "reported", "due", "free_from", "member_since"}),
    (re.compile(r"^siapa"), {"owner_name", "business_name", "buyer"}),
    (re.compile(r"^(?:bagaimana|mengapa|kenapa)"), {"status", "legal_form"}),
    (re.compile(r"^apakah\b(?! (?:nama|jenis|bentuk))"), {"exports", "status", "nib", "npwp"}),
)


def is_one(heading: str) -> bool:
    """Say whether a heading asks or describes, rather than names."""
    return "?" in heading or LONG.search(heading) is not None


def may_answer(name: str, heading: str, text: str) -> bool:
    """Say whether a column may hold the answers to a question by its first word.

    Of yes or no, what follows (`jika ya, sebutkan jumlahnya`) may still ask for a count.
    """
    if name in COUNTED and ASKS_HOW_MANY.search(heading):
        return True
    names = next((names for word, names in MAY_ANSWER if word.match(text)), None)
    return names is None or name in names


def without_asking(bare: str) -> str:
    """Return what is left of a heading without the words that only ask."""
    return " ".join(word for word in bare.split() if word not in ASKING)


def asked(text: str, names: set[str]) -> str | None:
    """Return the column that a question asks for: what is needed, what hinders, whether it runs."""
    question = plain(text)
    asking = (*ASKED_OF_BUYERS, *ASKED) if "buyer" in names else ASKED
    name = next((name for name, asks in asking if asks.search(question)), None)
    return name if name in names else None


def named_in(text: str, exact: Mapping[str, str]) -> str | None:
    """Return the one column whose heading of two words and more a question holds."""
    question = plain(text)
    if HAS_OTHER_SENSE.search(question) or question.startswith("apakah"):
        return None
    if NOT_THAT_ITSELF.search(question):
        return None
    words = question.split()
    pairs = {" ".join(words[i : i + n]) for n in (2, 3) for i in range(len(words) - n + 1)}
    found = {exact[pair] for pair in pairs if pair in exact}
    return found.pop() if len(found) == 1 else None


def plain(text: str) -> str:
    """Return a question without whom it speaks to and without `jika ada`."""
    return " ".join(IF_ANY.sub(" ", ADDRESSED.sub(" ", text)).split())
