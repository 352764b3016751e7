"""The machines that rooms declare, and how a shared page names their subjects."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from pulih.common.errors import Message
from pulih.people.models import User

from .states import Machine
from .words import say


@dataclass(frozen=True)
class Described:
    """A subject as a shared page shows it. url: empty where it has no page of its own."""

    title: str
    url: str = ""


Describe = Callable[[User, Collection[int]], Mapping[int, Described]]

_machines: dict[str, tuple[Machine, Describe]] = {}


def register(machine: Machine, describe: Describe) -> None:
    """Make a machine known, at start.

    describe: names, in one query, those of some subjects that a person may see.
    """
    _machines[machine.key] = (machine, describe)


def machine_of(key: str) -> Machine:
    """Raises KeyError for a machine that no room declares."""
    return _machines[key][0]


def known() -> list[str]:
    return sorted(_machines)


def describe(person: User, machine: str, subjects: Collection[int]) -> Mapping[int, Described]:
    """Name the subjects of one machine; one that the person may not see by its number alone."""
    found = _machines[machine][1](person, subjects) if subjects else {}
    word = machine_of(machine).subject
    numbered = {
        key: say(Message(f"{word.id} nomor {key}", f"{word.en} number {key}")) for key in subjects
    }
    return {key: found.get(key) or Described(numbered[key]) for key in subjects}
