"""The permit on paper."""

from pathlib import Path

from pulih.common import periods
from pulih.common.money import grouped
from pulih.documents.lookups import code_in_force
from pulih.documents.typesetting import typeset

from ..models import Stall
from ..papers import PERMIT

TEMPLATE = Path(__file__).with_name("permit.typ")


def pdf(stall: Stall) -> bytes:
    values = {
        "name": stall.name,
        "day": periods.day(stall.day),
        "rent": grouped(stall.rent),
        "code": code_in_force(PERMIT, stall.pk),
    }
    return typeset(TEMPLATE, values)
