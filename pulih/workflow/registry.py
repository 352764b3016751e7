"""The machines that rooms declare, and how a shared page names their subjects."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from pulih.common.errors import Message
from pulih.people.models import User
from pulih.web.words import say

from .states import Machine


@dataclass(frozen=True)
class Described:
    """A subject as a shared page shows it. url: empty where it has no page of its own.

    state: where some who hold a duty of it may not see its steps.
    """

    title: str
    url: str = ""
    state: str = ""


Describe = Callable[[User, Collection[int]], Mapping[int, Described]]

_machines: dict[str, tuple[Machine, Describe]] = {}
_columns: dict[str, Machine] = {}


def register(machine: Machine, describe: Describe) -> None:
    """Make a machine known, at start.

    describe: names, in one query, those of some subjects that a person may see.
    """
    _machines[machine.key] = (machine, describe)


def register_column(machine: Machine, table: str) -> None:
    """Make known, at start, a machine whose state stands in the column `state` of a room's table.

    The room's `sql/states.sql` gives the table its trigger, see `columns.py`.
    """
    _columns[table] = machine


def columns() -> Mapping[str, Machine]:
    """Return the machines of columns by their tables."""
    return _columns


def machine_of(key: str) -> Machine:
    """Raises KeyError for a machine that no room declares."""
    return _machines[key][0]


def known() -> list[str]:
    return sorted(_machines)


def describe(person: User, machine: str, subjects: Collection[int]) -> Mapping[int, Described]:
    """Name the subjects of one machine; one that the person may not see by its number alone."""
    found = _machines[machine][1](person, subjects) if subjects else {}
    return {key: found.get(key) or Described(say(_numbered(machine, key))) for key in subjects}


def title_of(person: User, machine: str, subject: int) -> tuple[Message, str]:
    """Return the name of one subject as `person` sees it, in both languages, and its page."""
    found = _machines[machine][1](person, [subject]).get(subject)
    if found is None:
        return _numbered(machine, subject), ""
    return Message(found.title, found.title), found.url


def _numbered(machine: str, key: int) -> Message:
    word = machine_of(machine).subject
    return Message(f"{word.id} nomor {key}", f"{word.en} number {key}")
