"""Sentences in both languages, said in the language of the page."""

from django.utils.functional import lazy
from django.utils.translation import get_language

from pulih.common.errors import Message


def language() -> str:
    """Return the language of the page, `id` where nobody chose one."""
    return (get_language() or "id")[:2]


def say(message: Message) -> str:
    return message.in_language(language())


say_later = lazy(say, str)  # For what is declared before there is a page.
