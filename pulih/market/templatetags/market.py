"""`{% load market %}`: the marks of a capacity, what was guessed and how old it is."""

from typing import Any

from django.http import HttpRequest
from django.template import Library
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from pulih.people.links.models import Link
from pulih.web.as_of import as_of
from pulih.web.words import say

from ..links import BUYING
from ..models import Capacity, Need, Order, OrderStep
from ..models.products import is_english
from ..rules.freshness import Freshness, freshness
from ..states import NEED, ORDER
from ..turns import is_late, waits_at, waits_for
from ..wording import OLDER_THAN_COUNTED, OLDER_THAN_GREY

register = Library()
SOON_DAYS = 7
GUESSES = {
    "unit_assumed": _("unit not named: the product's own"),
    "period_assumed": _("period not named: taken as a year"),
    "period_from_heading": _("period from the column's heading"),
    "unit_converted": _("counted in units of the product"),
    "weight_to_units": _("weight turned into units"),
}
AGES = {
    Freshness.FRESH: "",
    Freshness.GREY: OLDER_THAN_GREY,
    Freshness.LEFT_OUT: format_lazy(_("{older}: left out"), older=OLDER_THAN_COUNTED),
}


@register.inclusion_tag("web/parts/tag.html")
def guess_tag(guess: list[str]) -> dict[str, Any]:
    """Mark one guess: its rule in words, and the words that it came from."""
    rule, words = guess
    text = f"{GUESSES[rule]} (“{words}”)" if words else str(GUESSES[rule])
    return {"text": text, "tone": "info", "icon": ""}


@register.inclusion_tag("market/_age.html")
def freshness_tag(age: Freshness) -> dict[str, Any]:
    return {"text": AGES[age], "tone": "bad" if age == Freshness.LEFT_OUT else "warn"}


@register.inclusion_tag("market/_age.html")
def age_tag(capacity: Capacity, request: HttpRequest) -> dict[str, Any]:
    return freshness_tag(freshness(capacity.confirmed_on, as_of(request).day))


@register.inclusion_tag("web/parts/tag.html")
def state_tag(row: Any, kind: str) -> dict[str, Any]:
    """Mark the state of a need or an order."""
    state = {"need": NEED, "order": ORDER}[kind].state(row.state)
    return {"text": say(state.label), "tone": state.tone, "icon": ""}


@register.inclusion_tag("market/_age.html")
def due_tag(need: Need, request: HttpRequest) -> dict[str, Any]:
    """Mark how many days are left until a need is due, while it can still be served."""
    left = (need.due - as_of(request).day).days
    if need.state not in ("open", "matched"):
        return {"text": "", "tone": ""}
    if left <= 0:
        return {"text": _("past"), "tone": "bad"}
    text = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return {"text": text, "tone": "warn" if left <= SOON_DAYS else ""}


@register.inclusion_tag("market/_order_waits.html")
def clock_tag(order: Order) -> dict[str, Any]:
    """Say for whom an order waits and until when, on the clock of that place."""
    return {
        "who": waits_for(order),
        "until": order.waits_until,
        "place": waits_at(order),
        "is_late": is_late(order),
    }


@register.filter
def in_language(one: Any, language: str) -> str:
    """Return the sentence of an explanation in a language."""
    return str(one[f"message_{language}"])


@register.filter
def reason_in_language(one: Any, language: str) -> str:
    """Return the sentence of what is missing without its changes, which stand beside it."""
    key = f"message_{language}"
    said = str(one[key])
    for change in one["changes"]:
        said = said.replace(str(change[key]), "")
    return " ".join(said.split())


@register.filter
def need_state(key: str) -> str:
    """Return the words of a need's state."""
    return say(NEED.state(key).label)


STAGES = {
    "fill": _("Fill as much as possible"),
    "work": _("Give work to the hardest hit"),
    "cost": _("Cost as little as possible"),
}


@register.filter
def stage_words(name: str) -> str:
    """Return the words of a stage of the match."""
    return str(STAGES.get(name, name))


def _by_link(link: Link) -> str:
    return str(
        _("the buyer, by link") if link.purpose == BUYING.key else _("the supplier, by link")
    )


@register.filter
def browsers(link: Link) -> int:
    """Count the browsers in which a link was opened: more than one may mean that it was sent on."""
    return len({use.device for use in link.uses.all()})


LEVEL_WORDS = {
    "local": _("local market"),
    "national": _("national market"),
    "aggregator": _("export through an aggregator"),
    "direct": _("direct export"),
}
PART_WORDS = {
    "quality": _("quality"),
    "quantity": pgettext_lazy("of 4K", "quantity"),
    "continuity": _("continuity"),
    "packaging": _("packaging"),
    "administration": _("administration"),
}


@register.filter
def level_words(level: str) -> str:
    """Return the words of a level of readiness."""
    return str(LEVEL_WORDS[level])


@register.filter
def part_words(part: str) -> str:
    """Return the words of a part of 4K + 1A."""
    return str(PART_WORDS[part])


@register.filter
def words_of(one: Any) -> str:
    """Return the text of a term or condition in the language of the page."""
    return str(one.text_en if is_english() else one.text_id)


@register.inclusion_tag("web/parts/tag.html")
def told_tag(says: bool | None) -> dict[str, Any]:
    """Mark what is told of a term: yes, no, or not told."""
    text, tone = {
        True: (_("yes"), "good"),
        False: (_("no"), "bad"),
        None: (_("not told"), ""),
    }[says]
    return {"text": text, "tone": tone, "icon": ""}


@register.inclusion_tag("market/_measure.html")
def measure_of(costs: Any, key: str) -> dict[str, Any]:
    """Name the measure that answers a term, and what a unit of it costs."""
    measure, cost = costs.get(key, (None, None))
    return {"measure": measure, "cost": cost}


@register.filter
def step_words(step: OrderStep) -> str:
    """Return a step of an order: the state it led to, and who took it."""
    who = step.by or (step.link and _by_link(step.link)) or _("the clock")
    return f"{say(ORDER.state(step.to_state).label)} · {who}"
