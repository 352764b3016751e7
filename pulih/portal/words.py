"""What the categories of a release are called, in both languages, as of its making."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.reads.descriptions import DescriptionRulings
from pulih.classifications import units
from pulih.common.errors import Message
from pulih.market.models import Product
from pulih.measures.models import Measure
from pulih.references.charts import AccountNames

from .datasets import ALL, DATASETS, proposals
from .datasets.budget import line_name
from .datasets.proposals import PROPOSAL, REASON
from .goods_names import OTHER
from .plain_cells import PlainCell

NO_PROGRAMME = Message("tanpa langkah strategis", "no measure named")
Words = dict[str, dict[str, dict[str, str]]]


def words_of(cells: Iterable[PlainCell], on: date, known_at: datetime) -> Words:
    """Names by dimension and category: `{"status": {"CLOSED": {"id": …, "en": …}}}`.

    on: the day of the release, on which accounts are called so. known_at: up to when officers had
    stated which descriptions name nobody.
    """
    used: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for cell in cells:
        if cell.dimension != ALL:
            used[cell.dimension].add((cell.dataset, cell.category))
    stored = {
        "programme": _programmes(),
        "unit": _units(),
        "line": lines_named(on, known_at),
        "product": _products(),
        PROPOSAL: proposals.named(on, known_at) if PROPOSAL in used else {},
    }
    found: Words = {}
    for dimension, pairs in used.items():
        found[dimension] = {
            category: _both(_word(dataset, dimension, category, stored))
            for dataset, category in sorted(pairs)
        }
    if PROPOSAL in used:
        told = proposals.reasons(on, known_at)
        found[REASON] = {number: _both(reason) for number, reason in sorted(told.items())}
    return found


def _word(
    dataset: str, dimension: str, category: str, stored: dict[str, dict[str, Message]]
) -> Message:
    if word := stored.get(dimension, {}).get(category):
        return word
    if dimension == "good":
        return good_named(category, stored["product"])
    declared = next(each for each in DATASETS if each.key == dataset)
    return declared.words(dimension, category) or Message(category, category)


def _both(word: Message) -> dict[str, str]:
    return {"id": word.id, "en": word.en}


def _programmes() -> dict[str, Message]:
    named = Measure.objects.values_list("code", "name_indonesian", "name_en")
    return {"none": NO_PROGRAMME, **{code: Message(own, en) for code, own, en in named}}


def good_named(good: str, products: Mapping[str, Message]) -> Message:
    """A good as it was typed, `Baju hazmat (potong)`; in English where its words are known.

    What begins with a known name keeps its own beside the English: `Cloth mask, “Masker kain tiga
    lapis” (sheet)`. products: what they are called, by each Indonesian name in small letters.
    """
    name, _sign, unit = good.removesuffix(")").rpartition(" (")
    counted = units.find(unit)
    english = _in_english(name, products)
    if not english or counted is None:
        return Message(good, good)
    return Message(good, f"{english} ({counted.name.en})")


def _in_english(name: str, products: Mapping[str, Message]) -> str:
    parts = [part.strip().lower() for part in re.split(r" dan |, ", name)]
    known = [products[part].en for part in parts if part in products]
    if known and len(known) == len(parts):
        return " and ".join([known[0], *(one.lower() for one in known[1:])])
    begins = [one for one in products if name.lower().startswith(f"{one} ")]
    return f"{products[max(begins, key=len)].en}, “{name}”" if begins else ""


def _products() -> dict[str, Message]:
    found: dict[str, Message] = {OTHER.id.lower(): OTHER}
    for name, english, words in Product.objects.values_list("name_indonesian", "name_en", "words"):
        found |= dict.fromkeys((name.lower(), *(word.lower() for word in words)),
                               Message(name, english))  # fmt: skip
    return found


def _units() -> dict[str, Message]:
    return {
        code: Message(name, name) for code, name in SpendingUnit.objects.values_list("code", "name")
    }


def lines_named(on: date, known_at: datetime) -> dict[str, Message]:
    """What lines are for, as their POK says it; where that names somebody or may, their account."""
    rulings = DescriptionRulings(known_at)
    own, english = AccountNames(on, "id"), AccountNames(on, "en")
    found: dict[str, Message] = {}
    for line in BudgetLine.objects.select_related("unit"):
        detail = rulings.public(line.province_id, line.detail) or ""
        account = Message(own(line.account) or "–", english(line.account) or "–")
        found[line_name(line)] = Message(detail, detail) if detail else account
    return found
