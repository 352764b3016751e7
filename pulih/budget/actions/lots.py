"""Documents that people post at one moment go to the database together, as one transaction.

Threads that post form lots: whoever comes while nobody is posting posts at once, alone; those who
come meanwhile wait, and the first of them then posts for all (`budget_post_lot` in
`sql/many.sql`), each in the name of the person who asks. Each gets an answer of its own. After a
lot of several, the next waits a moment for as many: who was answered often posts again.

Whatever a lot cannot answer (another writer keeps a line for long, the database stops it, one of
them is badly written) each posts alone: a document is known by its name, so none is posted twice.
What is not answered was not posted, or is found posted when it is asked again. Nor does who posts
alone keep the others waiting: finding a line kept, it hands over, and waits outside the queue.
"""

import json
from collections.abc import Callable
from threading import Condition, Lock
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections

from pulih.common.errors import Refusal
from pulih.people.models import Role, User
from pulih.people.scope import spoken

from ..models import DocumentKind
from ..retrying import was_kept
from .calls import POST_SOON, Paper, Posted, post_alone, prepared
from .refusals import OUT_OF_REACH, worded

LARGEST = 200
LINGER_SECONDS = 0.005  # At most, and never after somebody who posted alone.
POST = (
    "SELECT posting, is_new, refused, facts::text FROM budget_post_lot("
    "%s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::integer[], %s::date[],"
    " %s::text[], %s::text[], %s::text[], %s::integer[], %s::bigint[], %s::text[], %s::bigint[])"
)
# Their doors ask for no paper and no other document, which only `budget_post` reads.
KINDS = frozenset({DocumentKind.COMMITMENT, DocumentKind.REQUEST, DocumentKind.PAYMENT})
AGAIN = frozenset({OUT_OF_REACH, "40001"})  # Only alone is it said how.


class DocumentRequest(NamedTuple):
    """A document, and who proves to ask for it."""

    paper: Paper
    person: str
    proof: str


class Unanswered(NamedTuple):
    """The queue has no answer: the document is to be posted alone, outside it."""


Answer = Posted | Refusal | Unanswered


class Waiting:
    """One thread's document: `turn` opens when it is answered, or when this thread is to post."""

    __slots__ = ("answer", "asked", "turn")

    def __init__(self, asked: DocumentRequest) -> None:
        self.asked = asked
        self.answer: Answer | None = None
        self.turn = Lock()
        self.turn.acquire()


class Lots:
    """The threads of one process that wait to post.

    post_one: posts a document alone. post_many: posts a lot, with an answer for each in its order.
    Neither waits for long. Where either raises, whoever leads gets the error and the others are
    unanswered.
    """

    def __init__(
        self,
        post_one: Callable[[DocumentRequest], Answer],
        post_many: Callable[[list[DocumentRequest]], list[Answer]],
    ) -> None:
        self._post_one = post_one
        self._post_many = post_many
        self._lock = Condition()
        self._waiting: list[Waiting] = []
        self._is_posting = False
        self._expected = 1

    def answer(self, asked: DocumentRequest) -> Answer:
        """Return what became of a document: at once when nobody else is posting."""
        mine = Waiting(asked)
        with self._lock:
            self._waiting.append(mine)
            waits, self._is_posting = self._is_posting, True
            if len(self._waiting) >= self._expected:
                self._lock.notify()
        if waits:
            mine.turn.acquire()
        if mine.answer is None:
            self._post(mine)
        assert mine.answer is not None
        return mine.answer

    def _post(self, mine: Waiting) -> None:
        with self._lock:
            self._lock.wait_for(
                lambda: len(self._waiting) >= self._expected, timeout=LINGER_SECONDS
            )
            lot, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            self._expected = len(lot)
        try:
            if len(lot) > 1:
                answers = self._post_many([one.asked for one in lot])
                for one, answer in zip(lot, answers, strict=True):
                    one.answer = answer
            else:
                mine.answer = self._post_one(mine.asked)
        finally:
            self._hand_over(mine, lot)

    def _hand_over(self, mine: Waiting, lot: list[Waiting]) -> None:
        """Wake those who are answered, and the next one to post; whatever happened before."""
        with self._lock:
            self._is_posting = bool(self._waiting)
            woken = [one for one in lot if one is not mine] + self._waiting[:1]
        for one in lot:
            if one.answer is None:
                one.answer = Unanswered()
        for one in woken:
            one.turn.release()


def post(paper: Paper, by: User) -> Posted:
    """Post a document with those of others where it may, else alone. May refuse."""
    person, proof, _link = spoken()
    if not may_join(paper, by, person):
        return post_alone(paper)
    answer = _lots.answer(DocumentRequest(paper, person, proof))
    if isinstance(answer, Refusal):
        raise answer
    return answer if isinstance(answer, Posted) else post_alone(paper)


def may_join(paper: Paper, by: User, person: str) -> bool:
    """Tell whether a document may be posted with others: nothing else hangs on its transaction.

    person: for whom the connection speaks.
    """
    return (
        paper.kind in KINDS
        and not paper.names_another
        and by.role != Role.SYSTEM
        and person == str(by.pk)
        and connections[DEFAULT_DB_ALIAS].get_autocommit()
    )


def _post_one(asked: DocumentRequest) -> Answer:
    try:
        return post_alone(asked.paper, POST_SOON)
    except Refusal as refusal:
        return refusal
    except OperationalError as error:
        if was_kept(error):
            return Unanswered()
        raise


def _post_lot(lot: list[DocumentRequest]) -> list[Answer]:
    global _own
    if _own is None:
        _own = connections[DEFAULT_DB_ALIAS].copy()
        _own.inc_thread_sharing()
    try:
        rows = ask(lot, _own)
    except DatabaseError:
        close()
        return [Unanswered()] * len(lot)
    return [answer_of(asked.paper, *row) for asked, row in zip(lot, rows, strict=True)]


def close() -> None:
    """Close the connection of the lots; the next lot opens another."""
    if _own is not None:
        _own.close()


def ask(lot: list[DocumentRequest], database: Any) -> list[Any]:
    """Post a lot on a connection; return posting, whether it is new, refusal and facts of each."""
    of_papers = zip(*(asked.paper[:8] for asked in lot), strict=True)
    moved = [
        (place, *movement)
        for place, asked in enumerate(lot, 1)
        for movement in asked.paper.movements
    ]
    of_lines = zip(*moved, strict=True)
    people, proofs = [one.person for one in lot], [one.proof for one in lot]
    columns = [people, proofs, *map(list, of_papers), *map(list, of_lines)]
    with database.wrap_database_errors:
        answer: list[Any] = prepared(database).execute(POST, columns, prepare=True).fetchall()
    return answer


def answer_of(
    paper: Paper, posting: int, is_new: bool, refused: str | None, facts: str | None
) -> Answer:
    if refused is None:
        return Posted(posting, is_new)
    words = refused not in AGAIN and worded(
        refused,
        json.loads(facts or "null"),
        kind=paper.kind,
        number=paper.number,
        year=paper.fiscal_year,
        on=paper.effective_on,
    )
    return Refusal(words) if words else Unanswered()


_lots = Lots(_post_one, _post_lot)
# One connection for all lots of the process, which knows its statement: it speaks for nobody, and
# only the thread whose turn it is uses it.
_own: Any = None
