"""What the categories of a release are called, in both languages, as of its making."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.common.errors import Message
from pulih.measures.models import Measure

from .datasets import ALL, DATASETS
from .datasets.budget import line_name
from .models import Cell

NO_PROGRAMME = Message("tanpa langkah strategis", "no measure named")
Words = dict[str, dict[str, dict[str, str]]]


def words_of(cells: Iterable[Cell]) -> Words:
    """Names by dimension and category: `{"status": {"CLOSED": {"id": …, "en": …}}}`."""
    used: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for cell in cells:
        if cell.dimension != ALL:
            used[cell.dimension].add((cell.dataset, cell.category))
    stored = {"programme": _programmes(), "unit": _units(), "line": _lines()}
    found: Words = {}
    for dimension, pairs in used.items():
        found[dimension] = {
            category: _both(_word(dataset, dimension, category, stored))
            for dataset, category in sorted(pairs)
        }
    return found


def _word(
    dataset: str, dimension: str, category: str, stored: dict[str, dict[str, Message]]
) -> Message:
    if word := stored.get(dimension, {}).get(category):
        return word
    declared = next(each for each in DATASETS if each.key == dataset)
    return declared.words(dimension, category) or Message(category, category)


def _both(word: Message) -> dict[str, str]:
    return {"id": word.id, "en": word.en}


def _programmes() -> dict[str, Message]:
    named = Measure.objects.values_list("code", "name_id", "name_en")
    return {"none": NO_PROGRAMME, **{code: Message(own, en) for code, own, en in named}}


def _units() -> dict[str, Message]:
    return {
        code: Message(name, name) for code, name in SpendingUnit.objects.values_list("code", "name")
    }


def _lines() -> dict[str, Message]:
    lines: Any = BudgetLine.objects.select_related("unit")
    return {line_name(line): Message(line.detail or "–", line.detail or "–") for line in lines}
