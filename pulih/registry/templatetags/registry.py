"""How the pages of an enterprise name and show what was delivered."""

from django.template import Library
from django.utils.translation import get_language

from pulih.inbox.models import SourceRecord
from pulih.inbox.pieces import column_title, shown
from pulih.registry.models import Enterprise

register = Library()


@register.filter
def label_of(name: str) -> str:
    """Return what an attribute is called."""
    return str(Enterprise._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]


@register.filter
def delivered(record: SourceRecord) -> list[tuple[str, str]]:
    """Return the delivered cells of a row by title; numbers of people are cut."""
    language = get_language() or "id"
    return [
        (column_title("impact", name, language), shown(name, value))
        for name, value in record.values.items()
    ]
