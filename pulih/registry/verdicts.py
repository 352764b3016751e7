"""What the answers of several people make of a doubtful pair: pure, whatever their order.

One answer settles. Whoever else answers otherwise reopens the pair: two against each other wait
for a third, whose answer settles it again. "Not sure" is written down and counts for neither.
"""

from collections.abc import Iterable

from .models import Answer, ReviewState


def verdict(answers: Iterable[str]) -> ReviewState:
    """Return what the answers in force of different people say: the many win, a tie is open."""
    said = list(answers)
    same, different = said.count(Answer.SAME), said.count(Answer.DIFFERENT)
    if same == different:
        return ReviewState.THIRD if same else ReviewState.WAITING
    return ReviewState.SAME if same > different else ReviewState.DIFFERENT


def state(said: ReviewState, *, is_question: bool) -> ReviewState:
    """Return the state of a pair. is_question: both still stand in the register, apart."""
    if said in (ReviewState.WAITING, ReviewState.THIRD) and not is_question:
        return ReviewState.WITHDRAWN
    return said
