"""The ways to be wrong: a refusal to a person, a fault in a delivered table."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Message:
    """One sentence in both languages of the house: Indonesian first, English second."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the sentence in `language` ("id" or "en"); Indonesian for any other."""
        return self.en if language.startswith("en") else self.id


class Refusal(Exception):
    """A person asked for something the rules do not allow, or a file cannot be used.

    `message` says what, why and what to do next; it is shown as it stands.
    A core, which knows no gettext, gives a `Message`; an app gives a translated string.
    """

    def __init__(self, message: "Message | str") -> None:
        self.message = message if isinstance(message, Message) else Message(message, message)
        super().__init__(self.message.en)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a table of a public contract (`pulih refocus`, `pulih link`).

    row: 1-based, the header is row 1; None when the whole table is meant.
    """

    table: str
    row: int | None
    column: str | None
    value: str | None
    message: Message
