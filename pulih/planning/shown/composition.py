"""What a plan breaks of the rules of composition, in the language of the reader."""

from dataclasses import dataclass

from pulih.people.models import User
from pulih.web.words import say

from ..composition import broken_rules
from ..models import CompositionReason, Scenario


@dataclass(frozen=True)
class BrokenShown:
    """rule, measure: the keys under which a reason is written; measure: empty: the whole plan."""

    rule: str
    measure: str
    title: str
    told: str
    basis: str
    written: CompositionReason | None


def broken_shown(scenario: Scenario, by: User) -> list[BrokenShown]:
    return [
        BrokenShown(
            one.broken.rule.key, one.broken.measure, say(one.title), say(one.told), say(one.basis),
            one.written,
        )
        for one in broken_rules(scenario, by)
    ]  # fmt: skip
