"""A password that guessers would find is refused, with what is wrong with it and what would do.

The leaked ones are the list that Django ships; `data/usual_words.txt` adds what people here take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .rules.passwords import SHORTEST_WORD, Kind, judged

PRODUCT = ("pulih", "kemenperin", "kementerian", "perindustrian", "disperindag", "dinas")


class NotGuessable:
    """Judge a password for the person whose it shall be; without a person by the rest."""

    def validate(self, password: str, user: Any = None) -> None:
        about = {Kind.PERSON: _words_of(user), Kind.OFFICE: [*PRODUCT, *_words_of_office(user)]}
        found = judged(password, leaked_words(), about)
        if found.is_good:
            return
        words = [what for kind, what in _named() if kind in found.kinds]
        if not words:
            raise ValidationError(_("This password is too short. %(hint)s") % {"hint": _hint()})
        raise ValidationError(
            _("This password is easy to guess: little is in it but %(words)s. %(hint)s")
            % {"words": ", ".join(words), "hint": _hint()}
        )

    def get_help_text(self) -> str:
        return _hint()


@cache
def leaked_words() -> frozenset[str]:
    """Return the words of passwords that everybody knows, in small letters."""
    known = CommonPasswordValidator().passwords
    ours = files("pulih.people").joinpath("data", "usual_words.txt").read_text("utf-8").split()
    return frozenset(word for word in {*known, *ours} if len(word) >= SHORTEST_WORD)


def _words_of(user: Any) -> list[str]:
    said = (getattr(user, name, "") for name in ("username", "name", "email"))
    return list(_split(" ".join(text for text in said if text)))


def _words_of_office(user: Any) -> list[str]:
    home = getattr(user, "home", None) if getattr(user, "pk", None) else None
    return list(_split(home.name)) if home else []


def _split(text: str) -> Iterator[str]:
    """Yield the words of a text, and all of it without its gaps."""
    yield from re.findall(r"\w+", text.lower())
    yield re.sub(r"\W+", "", text.lower())


def _named() -> list[tuple[Kind, str]]:
    return [
        (Kind.PERSON, _("your name")),
        (Kind.OFFICE, _("the name of your office or of Pulih")),
        (Kind.LEAKED, _("words from lists of leaked passwords")),
        (Kind.YEAR, _("a year")),
        (Kind.ROW, _("letters or numbers in a row")),
        (Kind.REPEATED, _("one character again and again")),
    ]


def _hint() -> str:
    return _("Take four words that have nothing to do with each other or with you.")
