"""The lawful answers of a question as a program of columns and rows.

A column is how far a number moves from its base, in whole units.
"""

import numpy as np

from pulih.disclosure.program import Program
from pulih.disclosure.question import Question


def convex(question: Question, reach: int) -> Program:
    """Answers within `reach`, where every whole keeps its side of the answers that are known."""
    return _program(question, reach, jumps=False)


def relaxed(question: Question, reach: int) -> Program:
    """Every lawful answer within `reach`, and some that are not lawful."""
    return _program(question, reach, jumps=True)


def exact(question: Question, reach: int) -> Program:
    """The lawful answers within `reach` and no others, where columns are whole."""
    program = _program(question, reach, jumps=True)
    for whole in question.known_answers_of if question.k else ():
        _jump(question, program, whole, reach)
    if question.k:
        _some_small(question, program, reach)
    return program


def _program(question: Question, reach: int, *, jumps: bool) -> Program:
    program = Program()
    for place in range(len(question.base)):
        low, high = _bounds(question, place, reach, jumps=jumps)
        program.add_column(low, high, whole=True)
    for total, parts in question.sums:
        entries = [(part, 1.0) for part in parts]
        if total is not None:
            entries.append((total, -1.0))
        program.add_row(entries)
    for answer, whole in question.answers:
        room = (question.base[whole] - question.base[answer]) // question.unit
        program.add_row([(answer, 1.0), (whole, -1.0)], -np.inf, room)
    for part, larger in question.within:
        room = (question.base[larger] - question.base[part]) // question.unit
        program.add_row([(part, 1.0), (larger, -1.0)], -np.inf, room)
    for place, amount in question.least:
        least = -((question.base[place] - amount) // question.unit)
        program.lower[place] = max(program.lower[place], least)
    for place, amount in question.most:
        most = (amount - question.base[place]) // question.unit
        program.upper[place] = min(program.upper[place], most)
    return program


def _bounds(question: Question, place: int, reach: int, *, jumps: bool) -> tuple[int, int]:
    base, unit, k = question.base[place], question.unit, question.k
    low, high = max(-reach, -(base // unit)), reach
    for whole in question.known_wholes_of.get(place, ()):
        high = min(high, (whole - base) // unit)
    for answer in question.known_answers_of.get(place, ()):
        room = (base - answer) // unit
        if jumps or not k:
            low = max(low, -room)
        elif room == 0:
            low, high = 0, 0
        else:
            low = max(low, min(0, k - room))
    return low, max(low, high)


def _jump(question: Question, program: Program, whole: int, reach: int) -> None:
    """The whole is the largest known answer, or at least k more than it."""
    k, base = question.k, question.base[whole]
    rooms = {(base - each) // question.unit for each in question.known_answers_of[whole]}
    least = min(rooms)  # The largest answer is this far below the whole.
    if any(least < room < least + k for room in rooms):
        program.lower[whole] = max(program.lower[whole], k - least)
        return
    is_above = program.add_column(0, 1, whole=True)
    program.add_row([(whole, 1.0), (is_above, -float(k))], -least, np.inf)
    program.add_row([(whole, 1.0), (is_above, -float(reach + least))], -np.inf, -least)


def _some_small(question: Question, program: Program, reach: int) -> None:
    """Nothing is hidden without a reason: in each group a number is small by the rules."""
    marks: dict[int, list[tuple[int, float]]] = {}
    for place, base in enumerate(question.base):
        marks[place] = [_mark(question, program, place, 1 - base, reach)]
        for whole in question.known_wholes_of.get(place, ()):
            least = whole - base - question.k + 1
            marks[place].append(_mark(question, program, place, least, reach))
    for group in question.groups:
        program.add_row([mark for place in group for mark in marks[place]], 1.0, np.inf)


def _mark(
    question: Question, program: Program, place: int, least: int, reach: int
) -> tuple[int, float]:
    """A column that is 1 only where another moves by `least` to `least` + k - 2."""
    is_one = program.add_column(0, 1, whole=True)
    most = least + question.k - 2
    below, above = float(max(0, least + reach)), float(max(0, reach - most))
    program.add_row([(place, 1.0), (is_one, -below)], least - below, np.inf)
    program.add_row([(place, 1.0), (is_one, above)], -np.inf, most + above)
    return is_one, 1.0
