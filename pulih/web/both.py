"""Translated words in both languages of the house, to be kept where nobody's language is known."""

from collections.abc import Callable

from django.utils.translation import override

from pulih.common.errors import Message


def in_both(say: Callable[[], object]) -> Message:
    """Return what `say` says in Indonesian and in English."""
    said = []
    for language in ("id", "en"):
        with override(language):
            said.append(str(say()))
    return Message(*said)
