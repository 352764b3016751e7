"""How the pages of an enterprise name and show what was delivered."""

from typing import Any

from django.template import Library
from django.utils.translation import get_language

from pulih.inbox.models import SourceRecord
from pulih.inbox.pieces import column_title
from pulih.registry import presenters
from pulih.registry.models import Enterprise, ReviewState

register = Library()
TONES = {
    ReviewState.WAITING: "warn",
    ReviewState.THIRD: "warn",
    ReviewState.SAME: "good",
    ReviewState.DIFFERENT: "info",
    ReviewState.WITHDRAWN: "",
}


@register.filter
def label_of(name: str) -> str:
    """Return what an attribute is called."""
    label = str(getattr(Enterprise._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


@register.filter
def named(value: Any, name: str) -> Any:
    """Return the value of an attribute as a page shows it: codes by their names."""
    return presenters.told(name, value, get_language() or "id")


@register.filter
def delivered(record: SourceRecord) -> list[tuple[str, str]]:
    """Return the delivered cells of a row by title; numbers of people are cut."""
    language = get_language() or "id"
    return [
        (column_title("impact", name, language), presenters.written(name, value, language))
        for name, value in record.values.items()
    ]


@register.filter
def tone_of(state: str) -> str:
    """Return the colour of the state of a doubtful pair."""
    return TONES[ReviewState(state)]
