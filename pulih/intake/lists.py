"""The code lists of `pulih.classifications` as readings: needs, obstacles, certificates, status."""

import re

from pulih.classifications import certificates as certificate_list
from pulih.classifications import needs as need_list
from pulih.classifications import obstacles as obstacle_list
from pulih.classifications import status as status_list
from pulih.classifications.words import WordList
from pulih.intake.readings import words
from pulih.intake.readings.reading import Reading

ORDINAL = re.compile(r"(?<=\w)\s+\d{1,2}[.)]\s*(?=[A-Za-z])")
NUMBER = re.compile(r"\s*(?:\b(?:no|nomor|nomer)\b)?[.:\s]*[\d./-]{3,}.*$", re.IGNORECASE)


def needs() -> Reading:
    """Return the reading of needs."""
    return _codes(need_list.LIST)


def obstacles() -> Reading:
    """Return the reading of obstacles."""
    return _codes(obstacle_list.LIST)


def certificates() -> Reading:
    """Return the reading of certificates and licences."""
    return _codes(certificate_list.LIST)


def status() -> Reading:
    """Return the reading of the business status."""
    return words.status(status_list.LIST.code_of)


def _codes(listed: WordList) -> Reading:
    return words.codes(lambda text: _joined(listed, text), [one.code for one in listed.entries])


def _joined(listed: WordList, text: str) -> str:
    """Read a cell; what is not understood is tried again without the number of the licence."""
    parsed = listed.parse(ORDINAL.sub("; ", text))
    codes, unknown = list(parsed.codes), []
    for piece in parsed.unknown:
        code = listed.code_of(NUMBER.sub("", piece))
        if code is None:
            unknown.append(piece)
        elif code not in codes:
            codes.append(code)
    return ";".join((*codes, *unknown))
