"""Each state and kind that is stored has words in both languages: no code key reaches a reader."""

import importlib
import pkgutil
import re

import pytest
from django.db.models.enums import Choices
from django.utils import translation
from django.utils.functional import Promise

import pulih

KEY = re.compile(r"[a-z]+_[a-z_]+")
ALIKE = {"Administrator", "Auditor", "Status", "kilogram", "rupiah"}  # In both languages.


def every_choice() -> list[type[Choices]]:
    for one in pkgutil.walk_packages(pulih.__path__, "pulih."):
        if ".models" in one.name:
            importlib.import_module(one.name)
    found, waiting = set(), [Choices]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("pulih."):
                found.add(one)
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_stored_kind_and_state_has_words(language):
    unsaid = []
    with translation.override(language):
        for one in every_choice():
            for value, label in one.choices:
                words = str(label)
                if (value and not words.strip()) or KEY.search(words):
                    unsaid.append(f"{one.__module__}.{one.__name__}.{value}: {words}")
    assert unsaid == []


def test_every_label_is_translated():
    same = []
    for one in every_choice():
        for value, label in one.choices:
            with translation.override("en"):
                english = str(label)
            with translation.override("id"):
                indonesian = str(label)
            is_translated = isinstance(label, Promise)  # A name, as SP2D, stands as it is.
            if is_translated and value and english == indonesian and english not in ALIKE:
                same.append(f"{one.__module__}.{one.__name__}.{value}: {english}")
    assert same == []
