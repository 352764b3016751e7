"""What pages and papers say of a check."""

from django.utils.translation import gettext as _

from pulih.web import numbers

from .models import Kind, SampleUnit


def country() -> str:
    return _("the whole country")


def quantity(kind: str, unit: SampleUnit) -> str:
    """Say how much should be there: a seat, pieces, or rupiah."""
    if kind == Kind.SEATS:
        return _("a seat and the training")
    is_money = kind in (Kind.PAYMENTS, Kind.HONORARIA)
    return numbers.rupiah(unit.quantity) if is_money else numbers.whole(unit.quantity)
