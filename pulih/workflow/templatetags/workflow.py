"""`{% load workflow %}`: the steps of a subject, its clock, the buttons of what can be done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template import Library

from pulih.common.errors import Message
from pulih.web import numbers
from pulih.web.words import say
from pulih.workflow import registry
from pulih.workflow.calendars import zone_of
from pulih.workflow.clocks import last_day
from pulih.workflow.models import Step
from pulih.workflow.reads import Deciding, Held, Moves
from pulih.workflow.states import State

register = Library()


@register.filter
def said(message: Message) -> str:
    """Write a sentence that is kept in both languages in the language of the page."""
    return say(message)


@register.filter
def waktu_di(moment: datetime | None, area_id: int | None) -> str:
    """`moment|waktu_di:order.regency_id`: a moment on the clock of a place (WIB, WITA, WIT)."""
    return numbers.moment(moment, zone_of(area_id))


@register.filter
def hari_terakhir(until: datetime | None, area_id: int | None) -> str:
    """`moment|hari_terakhir:order.regency_id`: the last day before a moment, on a place's clock.

    A clock that runs to midnight is in time until the end of this day.
    """
    return numbers.day(last_day(until, zone_of(area_id)) if until else None)


@register.inclusion_tag("web/parts/tag.html")
def state_tag(state: State) -> dict[str, Any]:
    return {"text": say(state.label), "tone": state.tone, "icon": ""}


@register.inclusion_tag("workflow/parts/steps.html")
def steps(steps: Sequence[Step]) -> dict[str, Any]:
    """The history of a subject, the newest first, with reasons and who took each step."""
    return {"rows": [(step, *_words(step)) for step in reversed(steps)]}


@register.inclusion_tag("workflow/parts/clock.html")
def clock(held: Held | None) -> dict[str, Any]:
    """Who has to act, since when, until when, how late; None once nobody has to."""
    return {"held": held}


@register.inclusion_tag("workflow/parts/moves.html", takes_context=True)
def moves(context: Any, moves: Moves, action: str, refused: Any = "") -> dict[str, Any]:
    """Buttons of the allowed moves, which post move, seen and reason to `action`."""
    return {
        "moves": moves,
        "action": action,
        "refused": refused,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("workflow/parts/decision.html", takes_context=True)
def decision(
    context: Any, deciding: Deciding, title: Any, propose_url: str, decide_url: str,
    withdraw_url: str,
) -> dict[str, Any]:  # fmt: skip
    """What a decision would do, who proposed it, and the buttons of who looks at it."""
    return {
        "deciding": deciding,
        "title": title,
        "propose_url": propose_url,
        "decide_url": decide_url,
        "withdraw_url": withdraw_url,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


def _words(step: Step) -> tuple[str, str]:
    """Return the label of the state a step led to and of its move, empty for the first."""
    machine = registry.machine_of(step.machine)
    move = next((say(one.label) for one in machine.moves if one.key == step.move), "")
    return say(machine.state(step.to_state).label), move
