"""Every sentence of a room has its Indonesian, and no Indonesian is left over."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from pulih.web import assets

WEB = Path(assets.ROOM)
CALL = re.compile(r"gettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")[,)]")


def first(said: str | tuple[str, ...]) -> str:
    """Return a sentence as a dictionary holds it; of one that counts, the singular."""
    return said if isinstance(said, str) else said[0]


def said_by(room: Path) -> set[str]:
    """Return the English sentences that a room's templates and code say."""
    sentences: set[str] = set()
    for path in [*room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]:
        text = templatize(path.read_text())
        sentences |= {
            eval(found)
            for found in re.findall(r"_\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")\)", text)
        }
        sentences |= {eval(found) for found in CALL.findall(text)}
    for path in room.rglob("*.py"):
        keywords = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
        for _line, message, _comments, _context in extract(
            "python", BytesIO(path.read_bytes()), keywords=keywords
        ):
            sentences.add(message if isinstance(message, str) else message[0])
    return sentences


def test_every_sentence_of_web_has_its_indonesian() -> None:
    with (WEB / "locale/id/LC_MESSAGES/django.po").open("rb") as file:
        catalog = read_po(file, locale="id")
    known = {first(message.id): message.string for message in catalog if message.id}
    assert said_by(WEB) == set(known)
    assert not [sentence for sentence, words in known.items() if not words]
    assert not [message.id for message in catalog if message.id and message.fuzzy]


@pytest.mark.parametrize("pattern", [r"%\(\w+\)s", r"\{\w+\}"])
def test_a_translation_keeps_the_blanks_of_its_sentence(pattern: str) -> None:
    with (WEB / "locale/id/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file, locale="id"):
            if message.id:
                assert sorted(re.findall(pattern, first(message.id))) == sorted(
                    re.findall(pattern, first(message.string))
                )
