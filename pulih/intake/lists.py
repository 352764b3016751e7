"""The code lists of `pulih.classifications` as readings: needs, obstacles, certificates, status."""

import re

from pulih.classifications import certificates as certificate_list
from pulih.classifications import needs as need_list
from pulih.classifications import obstacles as obstacle_list
from pulih.classifications import status as status_list
from pulih.classifications.words import WordList
from pulih.intake import senses
from pulih.intake.readings import statuses, words
from pulih.intake.readings.reading import Reading

ORDINAL = re.compile(r"(?<=\w)\s+\d{1,2}[.)]\s*(?=[A-Za-z])")
NUMBER = re.compile(r"\s*(?:\b(?:no|nomor|nomer)\b)?[.:\s]*[\d./-]{3,}.*$", re.IGNORECASE)


def needs() -> Reading:
    """Return the reading of needs."""
    return _codes(need_list.LIST, senses.NEEDS)


def obstacles() -> Reading:
    """Return the reading of obstacles."""
    return _codes(obstacle_list.LIST, senses.OBSTACLES)


def certificates() -> Reading:
    """Return the reading of certificates and licences."""
    return _codes(certificate_list.LIST)


def status() -> Reading:
    """Return the reading of the business status."""
    return statuses.status(status_list.LIST.code_of)


def _codes(listed: WordList, sounds: tuple[tuple[str, str], ...] = ()) -> Reading:
    known = [one.code for one in listed.entries]
    return words.codes(lambda text: _joined(listed, text, sounds), known)


def _joined(listed: WordList, text: str, sounds: tuple[tuple[str, str], ...]) -> str:
    """Read a cell; what no word of the list says is tried without the number of the licence,
    then by its sense.
    """
    parsed = listed.parse(ORDINAL.sub("; ", text))
    codes, unknown = list(parsed.codes), []
    for piece in parsed.unknown:
        code = listed.code_of(NUMBER.sub("", piece))
        found = [code] if code else senses.codes_in(piece, sounds)
        codes.extend(found)
        if not found:
            unknown.append(piece)
    return ";".join((*dict.fromkeys(codes), *unknown))
