"""Whether numbers of persons can be opened, for `pulih check`."""

from collections.abc import Iterator

from django.conf import settings

from pulih.common.errors import Message

from . import number_check


def differences() -> Iterator[str]:
    """Yield a sentence for each column with numbers that the keys at hand do not open."""
    for message in number_check.faults():
        yield message.in_language(settings.COMMAND_LANGUAGE)


def verified() -> dict[Message, int]:
    """Return how many rows hold encrypted numbers."""
    return {Message("baris bernomor orang", "rows with numbers"): number_check.encrypted_rows()}
