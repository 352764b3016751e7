"""Sentences in both languages, said in the language of the page."""

from django.utils.translation import get_language

from pulih.common.errors import Message


def say(message: Message) -> str:
    return message.in_language(get_language() or "id")
