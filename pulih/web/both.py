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


class TranslatedMessage(Message):
    """A translated string as a `Message`, for a label that stands in the room's `.po` alone.

    It is translated when it is asked for, so that it can be declared before there is a page.
    """

    _text: object

    def __init__(self, text: object) -> None:
        object.__setattr__(self, "_text", text)

    @property
    def id(self) -> str:
        return self._in("id")

    @property
    def en(self) -> str:
        return self._in("en")

    def _in(self, language: str) -> str:
        with override(language):
            return str(self._text)
