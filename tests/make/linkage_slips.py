"""Kinds of mess that `register` does not make: held out from tuning, for honest figures.

Each is a rule on one written cell; `roughened` applies them to a share of the cells.
"""

import random
from collections.abc import Callable

import polars as pl

Slip = Callable[[random.Random, str], str]
NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "n": "m", "t": "y", "s": "d", "u": "i", "k": "l"}
SHORT = {"muhammad": "M.", "ahmad": "A.", "siti": "St.", "abdul": "Abd.", "nur": "N.", "sri": "S."}
READ_WRONGLY = {"0": "O", "1": "l", "5": "S", "8": "3", "6": "0"}


def glued(chance: random.Random, text: str) -> str:
    """Leave a blank out."""
    words = text.split(" ")
    at = chance.randrange(max(1, len(words) - 1))
    return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])


def split(chance: random.Random, text: str) -> str:
    """Put a blank into a word."""
    at = chance.randrange(1, max(2, len(text)))
    return f"{text[:at]} {text[at:]}"


def narrow(_: random.Random, text: str) -> str:
    """Cut what the form's column does not hold."""
    return text[:14].rstrip()


def neighbouring(chance: random.Random, text: str) -> str:
    """Hit the key beside."""
    fitting = [at for at, letter in enumerate(text) if letter.lower() in NEIGHBOURS]
    if not fitting:
        return text
    at = chance.choice(fitting)
    return text[:at] + NEIGHBOURS[text[at].lower()] + text[at + 1 :]


def shortened(_: random.Random, text: str) -> str:
    """Write the usual short form of a first name, or its initial."""
    first, _, rest = text.partition(" ")
    return f"{SHORT.get(first.lower(), first[:1] + '.')} {rest}" if rest else text


def called(chance: random.Random, text: str) -> str:
    """Add what the neighbours call her."""
    nickname = chance.choice(("Cik", "Mami", "Bang Jago", "Mak Nyak"))
    return chance.choice(
        (f"{text} ({nickname})", f"{text} alias {nickname}", f"{text} / {nickname}")
    )


def scanned(chance: random.Random, text: str) -> str:
    """Read a digit as a scanner does."""
    fitting = [at for at, letter in enumerate(text) if letter in READ_WRONGLY]
    if not fitting:
        return text
    at = chance.choice(fitting)
    return text[:at] + READ_WRONGLY[text[at]] + text[at + 1 :]


def spaced(_: random.Random, text: str) -> str:
    """Group digits as on the card."""
    return ".".join(text[at : at + 4] for at in range(0, len(text), 4))


def doubled(chance: random.Random, text: str) -> str:
    """Add a second number."""
    return f"{text} / 08{chance.randrange(10**9):09}"


def coarse(chance: random.Random, text: str) -> str:
    """Write a year from memory, in fives."""
    return str(int(text) // 5 * 5) if text.isdigit() else text


def described(chance: random.Random, text: str) -> str:
    """Say it with other words around it."""
    return chance.choice(
        (f"usaha {text} rumahan", f"{text} dll", f"pembuatan {text}", f"jual {text}")
    )


def hamlet(chance: random.Random, text: str) -> str:
    """Write the hamlet before the street."""
    return f"Dsn {chance.choice(('Krajan', 'Gondang', 'Ngrowo'))}, {text}"


def office(_: random.Random, text: str) -> str:
    return f"Ds. {text}"


SLIPS: dict[str, tuple[Slip, ...]] = {
    "owner_name": (glued, split, narrow, neighbouring, shortened, called),
    "business_name": (glued, split, narrow, neighbouring, described),
    "nik": (scanned, spaced),
    "phone": (doubled, spaced),
    "village": (split, narrow, neighbouring, office),
    "address": (hamlet, narrow, glued),
    "product": (described, narrow, neighbouring),
    "year_established": (coarse,),
}


def roughened(records: pl.DataFrame, *, seed: int = 1, share: float = 0.06) -> pl.DataFrame:
    """Return records with a share of the cells of each column written in a held-out way."""
    chance = random.Random(seed)
    columns = []
    for name, slips in SLIPS.items():
        cells = [
            chance.choice(slips)(chance, cell) if cell and chance.random() < share else cell
            for cell in records[name].to_list()
        ]
        columns.append(pl.Series(name, cells, dtype=pl.String))
    return records.with_columns(columns)
