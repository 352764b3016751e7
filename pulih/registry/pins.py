"""What a person may pin, and how what is typed becomes a value: as a delivered list is read."""

from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.intake.typed import firm_column, read_typed

from . import delivered_attributes

OF_SHEETS = {"name": "business_name"}  # What lists call it; all else is called alike.
MOST = {"investment": 2**63 - 1}


def read(attribute: str, typed: str) -> str:
    """Return a typed value as it is stored; blank means that it is to be empty. May refuse."""
    found = read_typed(firm_column(OF_SHEETS.get(attribute, attribute)), typed)
    if found.fault is not None:
        raise Refusal(found.fault)
    if found.value is None:
        if attribute == "name":
            raise Refusal(_("An enterprise needs a name."))
        return ""
    if attribute in delivered_attributes.WHOLE_NUMBERS:
        return _whole(attribute, found.value)
    return str(found.value)


def _whole(attribute: str, value: object) -> str:
    number = int(str(value))
    if number > MOST.get(attribute, 2**31 - 1):
        raise Refusal(_("This number is too large."))
    return str(number)
