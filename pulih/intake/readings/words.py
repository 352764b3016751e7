"""Words out of a known list: sex, yes or no, business status, and lists of codes."""

import re
from collections.abc import Callable, Iterable

import polars as pl

from pulih.intake.readings.reading import NOTHING_WRITTEN, Answer, Reading, is_nothing

BLANK_WORDS = (*NOTHING_WRITTEN, "nihil", "kosong")
UNCHOSEN = (
    "-- Pilih --",
    "--Pilih--",
    "- Pilih -",
    "-Pilih-",
    "Pilih",
    "pilih",
    "Pilih salah satu",
)
BLANK_SPELLINGS = sorted(
    {*UNCHOSEN, *(word for one in BLANK_WORDS for word in (one, one.upper(), one.capitalize()))}
)
LEGAL_FORMS = (
    "PT",
    "CV",
    "UD",
    "PD",
    "FA",
    "PO",
    "KUB",
    "KSU",
    "KOPERASI",
    "YAYASAN",
    "PERUM",
    "BUMDES",
)
LEGAL_FORM = (
    r"(?i)(?:^|[\s,(])(PT|C\.?V|U\.?D|P\.?D|FA|PO|KUBE?|KSU|KOPERASI|KOP|YAYASAN|PERUM|BUMDES)"
    r"(?:\.|\b)(?:[\s.,)]|$|\w)"
)


UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]"  # Pasted from pages and documents; nobody sees them.


def _text(text: pl.Expr) -> pl.Expr:
    """Collapse blanks of every kind; only a text with several, or with an odd one, is touched."""
    bare = text.str.replace_all(UNSEEN, "").str.replace_all(r"\s+", " ").str.strip_chars(" ")
    return pl.when(text.str.contains(rf"\s\s|[^\S ]|{UNSEEN}")).then(bare).otherwise(text)


def _kept(text: pl.Expr) -> pl.Expr:
    return pl.when(~text.is_in(BLANK_SPELLINGS)).then(_text(text))


TEXT = Reading(pl.String, (_kept,), lambda text: Answer())

LONGEST_NAME = 300  # Letters of a name or an address; what is longer was pasted there.


def _named(text: pl.Expr) -> pl.Expr:
    is_name = text.str.contains(r"[\p{L}\p{N}]") & (text.str.len_chars() <= LONGEST_NAME)
    return pl.when(is_name).then(_kept(text))


def _unnamed(text: str) -> Answer:
    is_blank = is_nothing(text) or text.strip() in BLANK_SPELLINGS
    return Answer() if is_blank else Answer(None, "unreadable")


NAME = Reading(pl.String, (_named,), _unnamed)  # Of somebody or of a place: it has letters.
FREE = (TEXT, NAME)  # What any words suit.

SEX_NUMBERS = {"1": "L", "2": "P"}
SEXES = {
    **dict.fromkeys(
        (
            "l",
            "lk",
            "laki-laki",
            "laki",
            "laki laki",
            "laki2",
            "lk2",
            "pria",
            "male",
            "m",
            "lelaki",
            "cowok",
        ),
        "L",
    ),
    **dict.fromkeys(
        ("p", "pr", "perempuan", "wanita", "w", "wnt", "female", "f", "prp", "prmpn", "cewek"), "P"
    ),
}


def sexes(man_is_p: bool = False, by_number: bool = False) -> Reading:
    """Return the reading of L or P.

    man_is_p: the column writes P and W (pria, wanita). by_number: 1 is a man and 2 a woman, as BPS
    codes them.
    """

    def plain(text: pl.Expr) -> pl.Expr:
        sure = [] if man_is_p else ["L", "P"]
        return pl.when(text.is_in(sure)).then(text)

    def careful(text: str) -> Answer:
        bare = re.sub(r"\s*-\s*", "-", text.strip().lower().strip(".()"))
        if is_nothing(bare):
            return Answer()
        if man_is_p and bare == "p":
            return Answer("L")
        if by_number and bare in SEX_NUMBERS:
            return Answer(SEX_NUMBERS[bare], "by_sense")
        value = SEXES.get(bare.replace("_", " "))
        return Answer(value, None if value else "unreadable")

    return Reading(pl.String, (plain,), careful)


NEGATED = re.compile(r"\b(?:tidak|tdk|tak|belum|blm|bukan|tanpa|no|non|not|nihil|never)\b")
NO = re.compile(r"^(?:n|t|0%?|false|x|✗|kosong)$")
YES = re.compile(r"^(?:ya|iya|yes|y|ada|sudah|true|1|v|√|✓)\b|^[√✓]")
EXPORTING = re.compile(r"\b(?:e[kx]sport?|e[kx]port|luar negeri|manca\s?negara)\b")
INDIRECT = re.compile(
    r"\b(?:via|lewat|melalui|lwt|oleh|pihak|trader|eksportir|agen|tidak langsung)\b"
)
AT_HOME = re.compile(r"\b(?:lokal|dalam negeri|domestik|nasional|regional)\b")
EITHER = re.compile(
    r"\b(?:ya|y|yes|ada|sudah)\s*(?:/|\||,|atau)\s*(?:tidak|tdk|t|no|n|belum|blm)\b"
)
UNDECIDED = re.compile(
    r"\b(?:insya ?allah|semoga|mungkin|kadang|rencana|akan|mau|ingin|proses|pernah|tapi|tetapi|"
    r"namun|hanya|dulu|"
    r"(?:tidak|tdk|belum|blm|kurang) (?:tahu|tau|jelas|pasti))\b"
)


COUNTRIES = frozenset(
    [
        "afrika",
        "amerika",
        "amerika serikat",
        "arab",
        "arab saudi",
        "as",
        "asean",
        "asia",
        "australia",
        "austria",
        "bangladesh",
        "belanda",
        "belgia",
        "brasil",
        "brazil",
        "brunei",
        "brunei darussalam",
        "cambodia",
        "canada",
        "chile",
        "china",
        "cina",
        "denmark",
        "dubai",
        "eropa",
        "europe",
        "filipina",
        "finlandia",
        "france",
        "german",
        "germany",
        "hong kong",
        "hongkong",
        "india",
        "inggris",
        "iran",
        "irlandia",
        "italia",
        "italy",
        "japan",
        "jepang",
        "jerman",
        "kamboja",
        "kanada",
        "kenya",
        "korea",
        "korea selatan",
        "kuwait",
        "malaysia",
        "maroko",
        "meksiko",
        "mesir",
        "myanmar",
        "nigeria",
        "norwegia",
        "oman",
        "pakistan",
        "papua nugini",
        "perancis",
        "peru",
        "philippines",
        "polandia",
        "portugal",
        "prancis",
        "qatar",
        "rrt",
        "rusia",
        "saudi",
        "saudi arabia",
        "selandia baru",
        "singapore",
        "singapura",
        "spain",
        "spanyol",
        "sri lanka",
        "swedia",
        "swiss",
        "taiwan",
        "thailand",
        "timor leste",
        "tiongkok",
        "timur tengah",
        "turki",
        "uae",
        "uk",
        "united kingdom",
        "united states",
        "uni eropa",
        "us",
        "usa",
        "uzbekistan",
        "vietnam",
        "yaman",
        "yordania",
        "yunani",
    ]
)


def _names_countries(text: str) -> bool:
    """Say whether every part of a text names a country or a part of the world."""
    parts = re.split(r"\s*(?:[,;/&]|\bdan\b|\band\b|\bke\b)\s*", text.strip(" .()"))
    return all(part.strip(" .") in COUNTRIES for part in parts if part.strip(" ."))


def _exports(text: str) -> Answer:
    bare = text.strip().lower()
    if is_nothing(bare):
        return Answer()
    if EITHER.search(bare):
        return Answer(None, "several_choices")
    is_negated, is_yes = NEGATED.search(bare) is not None, YES.match(bare) is not None
    if UNDECIDED.search(bare) or (is_negated and is_yes and not bare.startswith("sudah")):
        return Answer(None, "unreadable")
    if is_negated or NO.match(bare):
        return Answer("no")
    if is_yes or EXPORTING.search(bare):
        return Answer("yes")
    if AT_HOME.search(bare):
        return Answer("no")
    if re.match(r"^[a-z][a-z ,;/&.()-]{2,}$", bare):  # The countries themselves are written.
        is_sure = not INDIRECT.search(bare) and _names_countries(bare)
        return Answer("yes", None if is_sure else "by_sense")
    return Answer(None, "unreadable")


EXPORTS = Reading(
    pl.String, (lambda text: pl.when(text.is_in(["yes", "no"])).then(text),), _exports
)


def _crossed(text: str) -> Answer:
    return Answer("yes", "by_sense") if text.strip().lower() == "x" else _exports(text)


CROSSED = Reading(pl.String, EXPORTS.plain, _crossed)  # Where nothing else ticks a box.

STATUSES = (
    ("NOT_FOUND", r"tidak (?:di)?temu|tdk (?:di)?temu|not.found|pindah|tidak diketahui"),
    (
        "TEMP_NOT_PRODUCING",
        r"sementara|temp|tidak (?:ber)?produksi|tdk (?:ber)?produksi|berhenti (?:ber)?produksi|"
        r"stop|"
        r"libur|vakum|non.?aktif|tidak aktif|tdk aktif|tidak (?:ber)?operasi|tdk (?:ber)?operasi|"
        r"tidak beroperasi|belum (?:ber)?produksi|not producing|dirumahkan|mati suri",
    ),
    ("CLOSED", r"tutup|bangkrut|gulung|closed|berhenti|bubar|pailit|mati\b"),
    (
        "PRODUCING_CHANGED_KBLI",
        r"(?:beralih|alih|ganti|berganti|ubah|berubah|pindah) (?:ke )?(?:produk|usaha|jenis|"
        r"produksi|kbli)"
        r"|diversifikasi|changed.kbli",
    ),
    (
        "PRODUCING_SAME_KBLI",
        r"produksi|aktif|jalan|operasi|normal|buka|producing|lancar|masih|menurun|berkurang|"
        r"active|open",
    ),
)


ALTERNATIVES = re.compile(r"\s*(?:[/|,;]|\batau\b)\s*")
UNSURE = re.compile(
    r"\b(?:hampir|nyaris|akan|pernah|dulu(?:nya)?|rencana|terancam|mungkin|kadang|kurang aktif|"
    r"buka.?tutup|tutup.?buka|(?:tidak|tdk|belum|blm|bukan) "
    r"(?:tutup|bangkrut|bubar|mati|aktif dan)|"
    r"(?:belum|blm) (?:aktif|buka|jalan|(?:ber)?operasi))\b"
)
GUESSED = re.compile(r"\b(?:tidak|tdk|non)[\s-]?aktif\b|\bpindah\b")  # For good, or for a time?
BUT = re.compile(r"\b(?:tapi|tetapi|namun|walau|meski|hanya)\b")


def _status(text: str) -> Answer:
    bare = text.strip().lower()
    if is_nothing(bare):
        return Answer()
    exact = text.strip().upper().replace(" ", "_")
    if exact in {code for code, _ in STATUSES}:
        return Answer(exact)
    code = _status_code(bare)
    if code is None or UNSURE.search(bare):
        return Answer(None, "unreadable")
    if len({_alternative(part) for part in ALTERNATIVES.split(bare)} - {None}) > 1:
        return Answer(None, "several_choices")
    return Answer(code, "by_sense" if BUT.search(bare) or GUESSED.search(bare) else None)


def _status_code(bare: str) -> str | None:
    return next((code for code, pattern in STATUSES if re.search(pattern, bare)), None)


def _alternative(part: str) -> str | None:
    """Tell whether one of several choices says that the firm works; `tidak` alone says not."""
    code = _status_code(part)
    if code is None:
        return "NOT" if re.fullmatch(r"(?:tidak|tdk|belum|blm|non|no)", part) else None
    return "WORKS" if code.startswith("PRODUCING") else "NOT"


STATUS = Reading(
    pl.String,
    (lambda text: pl.when(text.is_in([code for code, _ in STATUSES])).then(text),),
    _status,
)


def codes(joined: Callable[[str], str], known: Iterable[str]) -> Reading:
    """Return the reading of a list: `;`-joined codes in the order written, unknown ones too."""
    words = list(known)

    def plain(text: pl.Expr) -> pl.Expr:
        return pl.when(text.is_in(words)).then(text)

    return Reading(pl.String, (plain,), lambda text: Answer(joined(text) or None))


def _period(text: str) -> Answer:
    bare = text.strip().lower()
    if is_nothing(bare):
        return Answer()
    if re.search(r"bulan|bln|month", bare):
        return Answer("month")
    if re.search(r"tahun|thn|year|annual", bare):
        return Answer("year")
    return Answer(None, "unreadable")


PERIODS = Reading(
    pl.String, (lambda text: pl.when(text.is_in(["month", "year"])).then(text),), _period
)


def status(code_of: Callable[[str], str | None]) -> Reading:
    """Return the reading of a business status: by the list's own words, then by their sense."""

    def careful(text: str) -> Answer:
        sense = _status(text)
        if sense.rule in ("several_choices", "by_sense") or UNSURE.search(text.lower()):
            return sense
        code = code_of(text)
        return Answer(code) if code else sense

    return Reading(pl.String, STATUS.plain, careful)
