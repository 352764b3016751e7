"""Which column is what: headings in their many spellings against the columns' own words."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from pulih.intake import questions
from pulih.intake.columns import Column
from pulih.intake.concepts import (
    ADDRESS_AND,
    ASIDE,
    COUNTED,
    DAILY,
    DAY_AND_NUMBER,
    GROUP_OF,
    HAS_OTHER_SENSE,
    LETTERED,
    MADE_THEN,
    MAY_STAND_ALONE,
    OF_A_HOME,
    OF_FIRMS,
    OF_HOMES,
    OF_MONEY,
    OF_OTHER_MONEY,
    OF_PAPERS,
    asks_otherwise,
    by_concept,
    is_of_then,
)
from pulih.intake.money_years import without_year
from pulih.intake.short_headings import by_size, in_indonesian, only_meaning
from pulih.intake.slips import same_words_but_one

FILLERS = {
    "000", "1000", "19", "adalah", "akibat", "aktif", "anda", "angka", "apa", "apakah", "atau",
    "bapak", "berapa", "cantumkan", "contoh", "dalam", "dan", "di", "digit", "dihasilkan",
    "diisi", "hasilkan", "idr", "ini", "isikan", "jiwa", "jt", "juta", "jutaan", "lengkap",
    "masa", "masukkan", "miliar", "milyar", "mohon", "of", "opsional", "orang", "org", "pada",
    "per", "punya", "rb", "ribu", "ribuan", "rp", "rp000", "rupiah", "saat", "saja", "saudara",
    "sebutkan", "silakan", "teks", "text", "the", "tulis", "tuliskan", "utama", "wajib", "x",
    "yang",
}  # fmt: skip
ERROR = re.compile(r"#[A-Z/0-9]+[!?]")  # `#NAME?` names no column.
SHORT_SEX = re.compile(r"(?i)\bj(?:ns|enis)?\.?\s*kel\b\.?")  # Of `J. Kel`, no village.
TWO_WORDS = re.compile(  # `kbli_5digit`, `HP1`
    r"(?<=[a-z])(?=[A-Z][a-z])|(?<=\d)(?=digit)|(?<=[A-Za-z]{2})(?=[12]$)"
)
IN_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
WORDS = re.compile(r"[a-z0-9]+")
LETTER = re.compile(r"[^\W\d_]")
SPACED_LETTERS = re.compile(r"(?<!\w)[A-Za-z](?:(?:\s?\.\s?|\s)[A-Za-z](?!\w)){2,}|\bT\. ?K\b")
FUZZY_FROM = 88.0
LONGEST_COUNT = 2  # `NIK 16 digit`
LIKELY = 90  # Taken only where nothing surer is found.
OF_NAMES = ("nama", "nama lengkap", "name", "full name")
OF_GROUPS = ("jumlah", "total", "nilai", "nama", "uraian", "jenis", "jumlah total")
OF_TEXTS = {"business_name", "owner_name", "address", "product", "raw_material", "village"}
OF_OWNERS = re.compile(
    r"\b(?:pemilik|pengusaha|pelaku|pimpinan|penanggung jawab|owner|pengrajin|perajin|ketua|"
    r"pribadi|direktur|pengelola|responden|proprietor|contact person|kontak person)\b"
)
MOST_REMEMBERED = 20_000
QUESTION_CODE = re.compile(r"[a-z]\d{1,4}[a-z]?|[a-z]{2}\d{2,4}[a-z]?")  # `r101_nama_usaha`
SURVEY_PATH = re.compile(r"[a-z]+(?:_[a-z0-9]+)*(?:/[a-z_][a-z0-9_]*)+")
SUMS_OF = {("sum", "of"), ("count", "of"), ("average", "of"), ("max", "of")}
OF_SEX = re.compile(r"^(?:jenis kelamin|jk|sex|gender)\b")
WHOSE = {"pabrik", "usaha", "perusahaan", "ikm", "lokasi", "proyek", "tempat"}
OF_TIME = re.compile(r"(?:per )?(?:bulan|tahun|hari|minggu|pekan|month|year|week|day)")
PERIOD = re.compile(
    r" (?:(?:per|setiap|tiap|dalam|a|in|in a|sebulan|se) )?(?:bulan|tahun|hari|minggu|pekan|month|"
    r"year|week|day|sebulan|setahun|sehari|seminggu|bulanan|tahunan|harian)$"
)


@dataclass(frozen=True)
class Match:
    """What a heading means: a column's name, and how sure that is (100: its very words)."""

    name: str
    score: float


@cache
def abbreviations() -> dict[str, str]:
    """Return the short words that offices write in headings, and their full spelling."""
    text = files("pulih.intake").joinpath("data", "abbreviations.csv").read_text("utf-8")
    return {row["short"]: row["full"] for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1 << 15)
def normal(heading: str, *, keep_brackets: bool = False) -> str:
    """Return a heading in full words and without units: `Jml TK (org)` is `jumlah tenaga kerja`."""
    if not keep_brackets and "(" not in heading and "[" not in heading:
        return normal(heading, keep_brackets=True)
    if ERROR.fullmatch(heading):
        return ""
    text = TWO_WORDS.sub(" ", SHORT_SEX.sub("jkel ", heading))
    text = SPACED_LETTERS.sub(lambda found: re.sub(r"[\s.]+", "", found[0]), text)
    if not keep_brackets and not text.lstrip().startswith(("(", "[")):
        text = IN_BRACKETS.sub(" ", text)
    words = WORDS.findall(_last_of_path(text).casefold())
    while words and (words[0].isdigit() or (len(words) > 1 and QUESTION_CODE.fullmatch(words[0]))):
        words = words[1:]
    while len(words) > 2 and tuple(words[:2]) in SUMS_OF:
        words = words[2:]
    full = " ".join(abbreviations().get(word, word) for word in words)
    return " ".join((GROUP_OF.sub("kelompok", full) if "kel" in words else full).split())


def _last_of_path(text: str) -> str:
    """Return `desa` of `lokasi/desa`, as survey programs write groups."""
    return text.rpartition("/")[2] if SURVEY_PATH.fullmatch(text.strip()) else text


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Drop the words that tell nothing (`yang`, `rupiah`, `saat ini`)."""
    return " ".join(
        word
        for word in text.split()
        if word not in FILLERS and not (word.isdigit() and len(word) <= LONGEST_COUNT)
    )


class Dictionary:
    """Every heading that the columns of a kind of sheet answer to."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns = tuple(columns)
        self.names = {one.name for one in self.columns}
        self.of_money = {one.name for one in self.columns if one.is_money}
        self.exact: dict[str, str] = {}
        self.bare: dict[str, str] = {}
        self.doubtful: dict[str, list[str]] = {}
        for one in self.columns:
            for heading in one.all_headings:
                self.exact.setdefault(normal(heading), one.name)
            for heading in one.doubtful:
                self.doubtful.setdefault(normal(heading), []).append(one.name)
        for key, name in self.exact.items():
            if (short := bare(key)) not in ("", "tidak"):  # An answer, as in `Aktif/Tidak`.
                self.bare.setdefault(short, name)
        self.words = {word for heading in (*self.exact, *self.doubtful) for word in heading.split()}
        self._matches: dict[tuple[str, bool], Match | None] = {}
        self._vocabulary = frozenset(word for key in self.exact for word in key.split())
        self._by_size, self._cut_short = by_size(self.bare), by_size(self.doubtful)
        self.long_keys = [key for key in self.bare if len(key) >= 6]

    def match(self, heading: str, *, fuzzy: bool = True) -> Match | None:
        """Return what a heading surely means; None if it says nothing to this kind of sheet."""
        if LETTER.search(heading) is None:
            return None
        if len(self._matches) > MOST_REMEMBERED:
            self._matches.clear()
        key = (heading, fuzzy)
        if key not in self._matches:
            found = self._match(heading, fuzzy)
            name = found.name if found else ""
            text = normal(heading)
            is_declared = self.exact.get(heading.strip().lower()) == name  # With no sign besides.
            is_other = (
                bool(name)
                and not is_declared
                and (
                    asks_otherwise(name, heading, text)
                    or not questions.may_answer(name, heading, text)
                    or (name in self.of_money and OF_OTHER_MONEY.search(heading) is not None)
                )
            )
            if name == "capacity" and OF_MONEY.search(heading):
                found = Match("turnover", LIKELY) if "turnover" in self.names else None
            self._matches[key] = None if is_other else found
        return self._matches[key]

    def _match(self, heading: str, fuzzy: bool) -> Match | None:
        if heading.strip() in self.names:
            return Match(heading.strip(), 100)
        whole, text = normal(heading, keep_brackets=True), normal(heading)
        if ADDRESS_AND.match(heading) and "address" in self.names:  # And no village.
            return Match("address", LIKELY)
        if whole in self.exact:
            return Match(self.exact[whole], 100)
        if MADE_THEN.search(whole):
            return None
        if whole != text and (concept := by_concept(whole, heading, self.names)):
            return Match(concept, 96)  # `Employees (before Covid)` are not all employees.
        if text in self.exact:
            return Match(self.exact[text], 100)
        short = bare(text)
        if short in self.bare and short not in self.doubtful:
            return Match(self.bare[short], 98)
        if concept := by_concept(text, heading, self.names):
            return Match(concept, 95)
        if (mark := LETTERED.match(heading)) and (own := self.match(heading[mark.end() :])):
            return own
        plain = self._without_period(text) or self._without_whose(text)
        plain = plain or self._without_number(text) or self._without_aside(text)
        plain = plain or self._by_question(heading, text)
        if plain is not None:
            return plain
        if OF_SEX.match(text) and "owner_sex" in self.names:
            return Match("owner_sex", 96)  # `Jenis Kelamin 1=Laki2, 2=Perempuan`
        if (parted := self._by_part(heading) or self._by_choice(heading)) is not None:
            return parted
        if (first := self.first_of_two(heading)) is not None:
            return Match(first, LIKELY)
        if (inside := self._in_brackets(heading)) is not None:
            return inside
        if (english := self._in_english(text) or self._in_both(text)) is not None:
            return english
        if (of_a_year := self._without_year(text)) is not None:
            return of_a_year
        if fuzzy and (spelled := self._spelled_out(heading)) is not None:
            return spelled
        return self._nearest(short) if fuzzy and not HAS_OTHER_SENSE.search(text) else None

    def _in_brackets(self, heading: str) -> Match | None:
        """Read `Nan Punyo (Pemilik)`, words of a local language, by what stands in brackets."""
        found = re.fullmatch(r"([^()]*)\(([^()]*[A-Za-z]{3}[^()]*)\)\W*", heading.strip())
        if found is None or set(normal(found[1]).split()) & self.words:
            return None
        name = self.exact.get(normal(found[2]))
        return Match(name, LIKELY) if name else None

    def _in_english(self, text: str) -> Match | None:
        """Read `Name of Enterprise` by the words of its translation."""
        for words in in_indonesian(text):
            plain = PERIOD.sub("", words)
            name = self.exact.get(words) or self.bare.get(bare(words)) or self.bare.get(bare(plain))
            if name or (name := by_concept(words, words, self.names)):
                return Match(name, 96)
        return None

    def _in_both(self, text: str) -> Match | None:
        """Read `Alamat Address`, Indonesian and English in one cell, where both say the same."""
        words = text.split()
        for cut in range(1, len(words)):
            first, second = " ".join(words[:cut]), " ".join(words[cut:])
            ours = self.exact.get(first) or self.bare.get(bare(first))
            theirs = self._in_english(second) if ours else None
            if ours and theirs and ours == theirs.name:
                return Match(ours, 95)
        return None

    def _spelled_out(self, heading: str) -> Match | None:
        """Read `Hsl Prod` (`Data Usaha / Hsl Prod`), if its words can mean one column alone."""
        group, _, last = heading.rpartition(" / ")
        short = bare(normal(last if whose_group(group) == "business_name" else heading))
        found = only_meaning(short, self._by_size, self._vocabulary, self.bare)
        return Match(found, LIKELY) if found else None

    def _without_period(self, text: str) -> Match | None:
        """Read `Kapasitas per bulan` as `Kapasitas`; a turnover of a day is not one of a month."""
        short = PERIOD.sub("", text)
        name = self.bare.get(bare(short)) if short != text and bare(short) else None
        if name not in COUNTED or (name.startswith("turnover") and DAILY.search(text)):
            return None
        return Match(name, 96)

    def _without_whose(self, text: str) -> Match | None:
        """Read `Kecamatan Pabrik` as the district; whose place it is says nothing more."""
        asked = questions.plain(text)
        words = [word for word in asked.split() if word not in WHOSE]
        name = self.exact.get(" ".join(words)) if len(words) < len(text.split()) else None
        return Match(name, 96) if name in OF_A_HOME else None

    def _without_year(self, text: str) -> Match | None:
        """Read `Pagu TA 2020`, in a list of money, as `Pagu`; which year counts is told apart."""
        plain = without_year(text) if "line_code" in self.names else text
        found = self.match(plain, fuzzy=False) if plain not in (text, "") else None
        return found if found and found.name in self.of_money else None

    def _without_aside(self, text: str) -> Match | None:
        """Read `Komoditi Unggulan` as `Komoditi`, and `HP Pengrajin` as `HP`."""
        words = [word for word in text.split() if word not in ASIDE]
        name = self.bare.get(bare(" ".join(words))) if len(words) < len(text.split()) else None
        return Match(name, 96) if name in MAY_STAND_ALONE else None

    def _without_number(self, text: str) -> Match | None:
        """Read `No. Nama Usaha`, two headings in one cell, as the name."""
        name = (
            self.exact.get(text.removeprefix("nomor ")) if text.startswith("nomor nama") else None
        )
        return Match(name, 96) if name else None

    def _by_question(self, heading: str, text: str) -> Match | None:
        """Read `Di kecamatan manakah usaha Anda berada?` by the word that it asks for."""
        if not questions.is_one(heading):
            return None
        name = (
            self.bare.get(questions.without_asking(bare(text)))
            or questions.asked(text, self.names)
            or questions.named_in(text, self.exact)
        )
        return Match(name, LIKELY) if name else None

    def _by_part(self, heading: str) -> Match | None:
        """Read a joined heading by its last part and what stands over it.

        `DATA PEMILIK / Nama` names the owner, `TENAGA KERJA / JENIS KELAMIN / L` counts men;
        where an owner lives says little of where the business is.
        """
        if " / " not in heading:
            return None
        *groups, last = heading.split(" / ")
        whose = whose_group(" ".join(groups))
        if whose and normal(last) in OF_NAMES:
            return Match(whose, 97) if whose in self.names else None
        found = None if normal(last) in OF_GROUPS else self.match(last, fuzzy=False)
        if found is None:
            found = self._by_group(groups, last)
        if found is None:
            return self._by_name(heading)
        if found.name == "reported" and OF_PAPERS.search(normal(" ".join(groups))):
            return None
        is_home = whose == "owner_name" and found.name in OF_A_HOME
        return Match(found.name, LIKELY if is_home else found.score - 2)

    def _by_group(self, groups: list[str], last: str) -> Match | None:
        """Read the last part with each group over it, the nearest first; else the group alone."""
        for group in reversed(groups):
            group = DAY_AND_NUMBER.sub("", group)
            if found := self.match(f"{group} {last}", fuzzy=False):
                return found
        is_general = normal(last) in OF_GROUPS or not normal(last)
        return self.match(groups[-1], fuzzy=False) if is_general else None

    def _by_name(self, heading: str) -> Match | None:
        """Read `Nama usaha / merek dagang Anda` in one cell by the part that names a firm."""
        found = self._by_choice(heading.replace(" / ", "/"))
        return found if found and found.name in ("business_name", "owner_name") else None

    def first_of_two(self, heading: str) -> str | None:
        """Return the first column of `Alamat/No. HP`, a heading over two things in one cell."""
        words = heading.split("/")
        if len(words) != 2:
            return None
        first, second = (self.match(word, fuzzy=False) for word in words)
        if first is None or second is None or first.name == second.name:
            return None
        return first.name if first.name in OF_TEXTS else None

    def _by_choice(self, heading: str) -> Match | None:
        """Read `Dampak/Kendala` by its words, where none means another column."""
        words = [
            word
            for word in re.split(r"[/,&+]|\bdan\b|\batau\b", heading)
            if word.strip() and not OF_TIME.fullmatch(normal(word))
        ]
        if not 1 < len(words) <= 4 or " / " in heading:
            return None
        found = [match for word in words if (match := self.match(word, fuzzy=False))]
        names = {match.name for match in found}
        if len(names) != 1 or len(found) * 2 < len(words):
            return None
        return Match(names.pop(), 95)

    def _nearest(self, text: str) -> Match | None:
        if len(text) < 5:
            return None
        found = process.extractOne(text, self.long_keys, scorer=fuzz.ratio, score_cutoff=FUZZY_FROM)
        if found is None or not same_words_but_one(text, found[0]):
            return None
        return Match(self.bare[found[0]], found[1] * 0.9)

    def possible(self, heading: str) -> list[str]:
        """Return the columns that a heading may mean where nothing better is found."""
        found = self._doubtful(heading)
        if not found and " / " in heading:
            found = self._doubtful(heading.rpartition(" / ")[2])
        elif not found and "/" in heading:  # `Nama Kelompok/KUB`
            found = self._doubtful(heading.partition("/")[0])
        return [name for name in found if not is_of_then(name, heading)]

    def _doubtful(self, heading: str) -> list[str]:
        text = normal(heading)
        found = self.doubtful.get(text, []) or self.doubtful.get(bare(text), [])
        return (
            found
            or only_meaning(bare(text), self._cut_short, self._vocabulary, self.doubtful)
            or []
        )


def whose_group(group: str) -> str | None:
    """Say whether a group of headings speaks of the owner or of the business; None: of neither."""
    text = normal(group, keep_brackets=True)
    is_firm = bool(OF_FIRMS.search(text))
    is_owner = bool(OF_OWNERS.search(text) or (OF_HOMES.search(text) and not is_firm))
    if is_owner:
        return "owner_name"
    return "business_name" if is_firm else None
