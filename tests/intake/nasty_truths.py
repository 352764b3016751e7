"""What a cell must come to, where that is not one value without a problem.

`told(a, b)` must bear a problem at its very cell and come to one of the values, or to anything
when none is given. `either(a)` must be read exactly; a problem is allowed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    values: tuple[object, ...]


@dataclass(frozen=True)
class Either:
    value: object


def told(*values: object) -> Told:
    return Told(values)


def either(value: object) -> Either:
    return Either(value)


JUTA, MILIAR = 1_000_000, 1_000_000_000
