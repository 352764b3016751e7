"""Invented people, firms and addresses. Given names are common ones, put together by chance."""

import tomllib
from importlib.resources import files
from random import Random

WORDS: dict[str, list[str]] = tomllib.loads(
    files(__package__).joinpath("data", "words.toml").read_text(encoding="utf-8")
)
STREETS = ("Jl. Merdeka", "Jl. Pasar Lama", "Jl. Mawar", "Dusun", "Kp.", "Gg. Melati", "Jl. Raya")


def person(random: Random) -> tuple[str, str]:
    """Return an invented name and its sex (L or P); about one in twelve has a single name."""
    sex = "P" if random.random() < 0.48 else "L"
    first = random.choice(WORDS["women" if sex == "P" else "men"])
    if random.random() < 0.08:
        return first, sex
    return f"{first} {random.choice(WORDS['family'])}", sex


def firm(random: Random, product: str, owner: str, sex: str) -> str:
    """Return a firm's name as people give them: a word, the product, the owner's own name."""
    first = owner.split()[0]
    title = ("Bu", "Ibu", "Hj.") if sex == "P" else ("Pak", "Bapak", "H.")
    kind = random.random()
    if kind < 0.30:
        return f"{random.choice(('UD', 'UD.', 'CV', 'PD', 'UMKM', 'KUB'))} {_pair(random)}"
    if kind < 0.55:
        return f"{product} {random.choice(WORDS['place_words'])}"
    if kind < 0.75:
        return f"{product} {random.choice(title)} {first}"
    if kind < 0.88:
        return f"{_pair(random)}"
    return f"Rumah Produksi {random.choice(WORDS['place_words'])} {first}"


def address(random: Random) -> str:
    """Return an invented street or hamlet with its neighbourhood numbers."""
    street = random.choice(STREETS)
    number = f"No. {random.randint(1, 140)} " if street.startswith("Jl") else ""
    return f"{street} {number}RT {random.randint(1, 9):02}/RW {random.randint(1, 9):02}"


def village(random: Random) -> str:
    return random.choice(WORDS["villages"])


def _pair(random: Random) -> str:
    return " ".join(random.sample(WORDS["place_words"], 2))
