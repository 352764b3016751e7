"""How another office has a firm: the same, half told, or one that only looks like it.

Each way brings what one list alone cannot show: firms to be joined, pairs to be looked at by a
person, and people who would be counted twice.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from . import names, numbers
from .firms import PRODUCTS, Firm, birthday
from .slips import of_the_spouse

Way = Callable[[Firm, Random], Firm]
# Letters that typists exchange, as met between any two lists of the same people.
EXCHANGED = (("u", "oe"), ("y", "i"), ("h", ""), ("f", "p"), ("d", "dh"), ("i", "ie"), ("n", "nn"))
TITLED = {"L": "H.", "P": "Hj."}
UNTOLD = 0  # A number that a row leaves out.


def same_numbers(firm: Firm, random: Random) -> Firm:
    return replace(firm, owner=_otherwise(firm.owner, random), name=firm.name.upper())


def without_nik(firm: Firm, random: Random) -> Firm:
    owner = f"{TITLED[firm.sex]} {_otherwise(firm.owner, random)}"
    return replace(firm, owner=owner, nik=None)


def without_numbers(firm: Firm, random: Random) -> Firm:
    name = _otherwise(firm.name, random)
    return replace(firm, owner=_otherwise(firm.owner, random), name=name, nik=None, phone=None)


def second_workshop(firm: Firm, random: Random) -> Firm:
    """Return what may be the owner's second firm in her trade: younger, with its own name."""
    founded = min(2019, firm.established + random.randint(4, 8))
    younger = replace(_renamed(firm, random), address="", established=founded)
    return _without_workers(younger)


def other_firm(firm: Firm, random: Random) -> Firm:
    """Return the owner's firm in another trade."""
    product = random.choice([one for one in PRODUCTS if one.word != firm.product])
    other = replace(firm, product=product.word, established=random.randint(2005, 2018))
    return _renamed(other, random)


def relative(firm: Firm, random: Random) -> Firm:
    """Return what a relative reported from the same door and telephone: hers, or the same firm."""
    owner, sex = names.person(random)
    kin = replace(_renamed(firm, random), owner=owner, sex=sex, nik=None, established=UNTOLD)
    return _without_workers(kin)


def moved(firm: Firm, random: Random) -> Firm:
    """Return the firm before it moved, or a namesake's: no number, another village and name."""
    unlike = _renamed(firm, random)
    unlike = replace(unlike, nik=None, phone=None, established=UNTOLD)
    return replace(unlike, address="", village=names.village(random))


def neighbour(firm: Firm, random: Random) -> Firm:
    """Return another firm of the district, which no list named before."""
    owner, sex = names.person(random)
    product = random.choice(PRODUCTS)
    nik = numbers.nik(firm.nik[:6], birthday(random), sex, owner) if firm.nik else None
    other = replace(firm, owner=owner, sex=sex, nik=nik, phone=None, product=product.word)
    other = replace(other, address=names.address(random), village=names.village(random))
    return replace(_renamed(other, random), established=random.randint(1990, 2019))


def with_the_spouses_number(firm: Firm, random: Random) -> Firm:
    """Return a neighbour under the NIK of her husband, or of his wife."""
    other = neighbour(firm, random)
    return replace(other, nik=of_the_spouse(other.nik)) if other.nik else other


def with_a_lent_number(firm: Firm, random: Random) -> Firm:
    """Return a neighbour under the NIK of the firm's owner, who would be helped twice."""
    return replace(neighbour(firm, random), nik=firm.nik)


def _without_workers(firm: Firm) -> Firm:
    """Return a firm whose row leaves the workers out: as many would speak for the same firm."""
    return replace(firm, workers_male=UNTOLD, workers_female=UNTOLD)


def _renamed(firm: Firm, random: Random) -> Firm:
    return replace(firm, name=names.firm(random, firm.product, firm.owner, firm.sex))


def _otherwise(name: str, random: Random) -> str:
    """Return a name with one exchange of letters, where it has any of them."""
    found = [(old, new) for old, new in EXCHANGED if old in name[1:]]
    old, new = random.choice(found) if found else ("", "")
    return name[0] + name[1:].replace(old, new, 1)
