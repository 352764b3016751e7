"""Codes of a budget line: `3038.001.051.A.521211` (2020), `4498.ABO.001.051.A.521211` (2021 on).

Public dumps show these shapes, with stray tabs, blanks and line ends inside the codes.
"""

import re

import polars as pl

from pulih.intake.readings.reading import Answer, Reading, is_nothing

AUTHORITIES = {"1": "KP", "2": "KD", "3": "DK", "4": "TP", "5": "UB"}
AUTHORITY_WORDS = (
    ("DK", r"dekon|\bdk\b"), ("TP", r"pembantuan|\btp\b"), ("KP", r"pusat|\bkp\b"),
    ("KD", r"kantor daerah|\bkd\b"), ("UB", r"urusan bersama|\bub\b"),
)  # fmt: skip
FUNDS = {"A": "RM", "01": "RM", "1": "RM"}
PARTS = ("programme", "activity", "output", "suboutput", "component", "subcomponent", "account")
KEY_2020 = re.compile(
    r"^(?P<activity>\d{4})\.(?P<output>\d{3})(?:\.(?P<suboutput>\d{3}))?\.(?P<component>\d{3})"
    r"\.(?P<subcomponent>[A-Z]{1,2})\.(?P<account>\d{6})$"
)
KEY_2021 = re.compile(
    r"^(?P<activity>\d{4})\.(?P<output>[A-Z]{3})\.(?P<suboutput>\d{3})\.(?P<component>\d{3})"
    r"\.(?P<subcomponent>[A-Z]{1,2})\.(?P<account>\d{6})$"
)
PREFIX = re.compile(r"^(?P<programme>(?:\d{3}\.)?(?:\d{2}\.)?(?:\d{2}|[A-Z]{2}))\.(?=\d{4}\.)")


def split(text: str) -> dict[str, str] | None:
    """Cut a whole line code into its parts; None if it is none. Blanks and tabs do not matter."""
    bare = re.sub(r"[\s\u00a0\u200b']+", "", text).upper().replace("/", ".").replace("-", ".")
    bare = re.sub(r"\.{2,}", ".", bare).strip(".")
    parts: dict[str, str] = {}
    if prefix := PREFIX.match(bare):
        parts["programme"] = prefix["programme"]
        bare = bare[prefix.end() :]
    found = KEY_2020.match(bare) or KEY_2021.match(bare)
    if found is None:
        found = KEY_2020.match(_without_zero_component(bare)) or KEY_2021.match(
            _without_zero_component(bare)
        )
    if found is None:
        return None
    return parts | {name: value for name, value in found.groupdict().items() if value}


def split_path(text: str) -> dict[str, str] | None:
    """Cut a code that lacks only its account, which stands in a column of its own."""
    parts = split(f"{text.strip().rstrip('.')}.500000")
    return {name: part for name, part in parts.items() if name != "account"} if parts else None


def _without_zero_component(text: str) -> str:
    """Fix `.0A.` and `.A0.`, as dumps write the letter of a subcomponent."""
    return re.sub(r"\.0?([A-Z]{1,2})0?\.", r".\1.", text)


def looks_like_code(text: str) -> bool:
    """Say whether a text is a code or part of one, not words."""
    bare = re.sub(r"\s+", "", text)
    return bool(re.fullmatch(r"[\dA-Z.]{1,40}", bare)) and (
        len(bare) <= 2 or bool(re.search(r"\d|\.", bare)) or len(bare) == 3
    )


def code(pattern: str, pad: int = 0) -> Reading:
    """Return the reading of one part of a key; `pad` restores zeros that a spreadsheet dropped."""
    whole = re.compile(rf"(?:{pattern})")

    def plain(text: pl.Expr) -> pl.Expr:
        return pl.when(text.str.contains(rf"^(?:{pattern})$")).then(text)

    def careful(text: str) -> Answer:
        if is_nothing(text):
            return Answer()
        bare = re.sub(r"[\s\u00a0\u200b']+", "", text).upper().strip(".")
        bare = re.sub(r"^(\d+)\.0$", r"\1", bare)
        if pad and bare.isdigit():
            bare = bare.zfill(pad)
        if whole.fullmatch(bare):
            return Answer(bare)
        head = re.match(rf"({pattern})(?=[^A-Z0-9]|[A-Z][A-Za-z])", text.strip())
        if head and not bare.isdigit() and len(bare) > 7:
            return Answer(head[1])  # `521211 Belanja Bahan`: the code with its name.
        tail = bare.split(".")[-1]
        if "." in bare and whole.fullmatch(tail):
            return Answer(tail)  # `3038.001`: an output with the activity before it.
        return Answer(None, "unreadable")

    return Reading(pl.String, (plain,), careful)


CODE = Reading(
    pl.String,
    (lambda text: pl.when(text.str.contains(r"^[\w.]+$")).then(text),),
    lambda text: Answer(None if is_nothing(text) else " ".join(text.split())),
)
UNIT_CODE = code(r"\d{6}", 6)
SUBCOMPONENT = code(r"[A-Z]{1,2}")


def _authority(text: str) -> Answer:
    if is_nothing(text):
        return Answer()
    bare = text.strip().lower().strip(".")
    if found := AUTHORITIES.get(bare.lstrip("0")):
        return Answer(found)
    for name, pattern in AUTHORITY_WORDS:
        if re.search(pattern, bare):
            return Answer(name)
    return Answer(None, "unreadable")


AUTHORITY = Reading(
    pl.String,
    (lambda text: pl.when(text.is_in(list(AUTHORITIES.values()))).then(text),),
    _authority,
)


def _fund(text: str) -> Answer:
    if is_nothing(text):
        return Answer()
    bare = " ".join(text.split())
    if re.search(r"rupiah murni", bare, re.IGNORECASE):
        return Answer("RM")
    return Answer(FUNDS.get(bare.upper(), bare.upper() if len(bare) <= 5 else bare))


FUND = Reading(
    pl.String,
    (lambda text: pl.when(text.is_in(["RM", "PNP", "PNBP", "BLU", "SBSN"])).then(text),),
    _fund,
)
