"""The register's own rule of uniqueness: one firm has one NIB, and one owner one NIK."""

from collections import defaultdict
from collections.abc import Collection

from pulih.common.errors import Message
from pulih.people.scope import speaking_as_system

from .merge_hooks import Judge, Objection
from .models import Pin

# And to whom. A tax number is not among them: it is written in two lengths, so two may be one.
GIVEN_ONCE = {"nib": ("satu usaha", "one firm"), "nik": ("satu pemilik", "one owner")}
Fixed = dict[int, dict[str, str]]


def fixed_numbers(ids: Collection[int] | None) -> Judge:
    """Refuse to join firms on which officers pinned different numbers.

    Merged, one officer's number would go unheard; whichever is wrong is to be ended first.
    """
    fixed = _fixed(ids)

    def objection(ours: Collection[int], theirs: Collection[int]) -> Objection | None:
        for attribute in GIVEN_ONCE:
            here, there = (_values(fixed, group, attribute) for group in (ours, theirs))
            if here and there and here.isdisjoint(there):
                return Objection(True, _said(attribute))
        return None

    return Judge(fixed, objection)


def _fixed(ids: Collection[int] | None) -> Fixed:
    """Return by enterprise which numbers stand pinned, whoever may see it."""
    with speaking_as_system():
        pins = Pin.objects.in_force().filter(attribute__in=GIVEN_ONCE).exclude(value="")
        if ids is not None:
            pins = pins.filter(enterprise__in=ids)
        found: Fixed = defaultdict(dict)
        for enterprise, attribute, value in pins.values_list("enterprise_id", "attribute", "value"):
            found[enterprise][attribute] = value
        return found


def _values(fixed: Fixed, group: Collection[int], attribute: str) -> set[str]:
    return {fixed[one][attribute] for one in group if attribute in fixed[one]}


def _said(attribute: str) -> Message:
    number, (whose_id, whose_en) = attribute.upper(), GIVEN_ONCE[attribute]
    return Message(
        f"Petugas menyematkan dua {number} yang berbeda pada keduanya; {whose_id} hanya punya "
        "satu. Bila keduanya memang satu usaha, lepaskan dulu sematan yang keliru.",
        f"Officers pinned two different {number} on these two; {whose_en} has only one. If they "
        "are one firm, end the wrong pin first.",
    )
