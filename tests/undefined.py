"""Templates name nothing that they were not given: what a page would leave blank fails its test.

Part of a value that is not there is left blank as in Django, where the value itself is None or
empty, and so is an initial value of a form that nobody filled in yet.
Django asks whether `string_if_invalid` is set, whether it holds `%s`, and puts the name in.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from django.template.base import FilterExpression, Node, Variable, VariableDoesNotExist
from django.template.context import BaseContext

import pulih

OURS = str(Path(pulih.__file__).parent)


class UndefinedVariable(AssertionError):
    """A template of ours prints a name, or a part of a value, that is not there."""


class Undefined(str):
    """Stands for what a template could not resolve; stays blank in templates of packages."""

    __slots__ = ()

    def __new__(cls) -> "Undefined":
        return super().__new__(cls, "")

    def __bool__(self) -> bool:
        """True where Django asks whether the setting is set; a row that is not there is false."""
        return sys._getframe(1).f_code is FilterExpression.resolve.__code__

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        place = next(rendered(), None)
        is_ours = place is not None and str(place.origin).startswith(OURS)
        context = sys._getframe(1).f_locals["context"]
        if is_ours and not is_part_of_nothing(str(name), context):
            where = f"{place.origin}:{place.token.lineno}"
            raise UndefinedVariable(f"{where} prints “{name}”, which it was not given.")
        return ""


def is_part_of_nothing(name: str, context: BaseContext) -> bool:
    """Tell whether a name is a part, of a part, of a value that is None or empty."""
    parts = name.split(".")
    if parts[-2:-1] == ["initial"]:
        return True
    for count in range(1, len(parts)):
        try:
            value = Variable(".".join(parts[:count])).resolve(context)
        except VariableDoesNotExist:
            return False
        if value is None or (isinstance(value, str | dict) and not len(value)):
            return True
    return False


def rendered() -> Iterator[Node]:
    """The nodes that are being rendered, the innermost first."""
    frame = sys._getframe(1)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and hasattr(node, "token") and hasattr(node, "origin"):
            yield node
        frame = frame.f_back
