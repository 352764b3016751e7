"""The code lists of `pulih.classifications` as readings: needs, obstacles, certificates, status."""

from pulih.classifications import certificates as certificate_list
from pulih.classifications import needs as need_list
from pulih.classifications import obstacles as obstacle_list
from pulih.classifications import status as status_list
from pulih.classifications.words import WordList
from pulih.intake.readings import words
from pulih.intake.readings.reading import Reading


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
    return words.codes(lambda text: listed.parse(text).joined, [one.code for one in listed.entries])
