"""What a person may pin, and how what she types becomes a value."""

from django.utils.translation import gettext as _

from pulih.common.errors import Refusal

from . import arrivals

FIGURES = {"nik": (16,), "nib": (13,), "npwp": (15, 16)}
SEXES = {"l": "L", "p": "P", "": ""}
MOST = {"investment": 2**63 - 1, "year_established": 9999}


def read(attribute: str, typed: str) -> str:
    """Return a typed value as it is stored; blank means that it is to be empty. May refuse."""
    value = " ".join(typed.split())
    if not value:
        if attribute == "name":
            raise Refusal(_("An enterprise needs a name."))
        return ""
    if attribute in arrivals.WHOLE_NUMBERS:
        return _whole(attribute, value)
    if attribute in FIGURES:
        return _figures(attribute, value)
    if attribute == "owner_sex":
        return _sex(value)
    return value


def _whole(attribute: str, value: str) -> str:
    figures = value.replace(".", "").replace(" ", "")
    if not (figures.isascii() and figures.isdecimal()):
        raise Refusal(_("Write a whole number here."))
    if int(figures) > MOST.get(attribute, 2**31 - 1):
        raise Refusal(_("This number is too large."))
    return str(int(figures))


def _figures(attribute: str, value: str) -> str:
    figures = "".join(letter for letter in value if letter not in " .-")
    if not (figures.isascii() and figures.isdecimal() and len(figures) in FIGURES[attribute]):
        lengths = " / ".join(str(length) for length in FIGURES[attribute])
        raise Refusal(_("This number has %(n)s figures.") % {"n": lengths})
    return figures


def _sex(value: str) -> str:
    if value.lower() not in SEXES:
        raise Refusal(_("Write L for a man and P for a woman."))
    return SEXES[value.lower()]
