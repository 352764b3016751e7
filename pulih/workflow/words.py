"""Sentences in both languages, said in the language of the page."""

from django.utils.functional import lazy
from django.utils.translation import get_language

from pulih.common.errors import Message


def say(message: Message) -> str:
    return message.in_language(get_language() or "id")


say_later = lazy(say, str)  # For what is declared before there is a page.


def cut(text: str, longest: int) -> str:
    """Return a text on one line, cut to so many signs."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
