"""Asking the database to post one document. The deciding is done in `sql/post.sql`."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from psycopg import Cursor

from ..models import Posting, Promise
from ..retrying import until_done
from ..rules.movements import Movement
from .refusals import refusal_of

POST = (
    "SELECT posting, is_new FROM budget_post(%s, %s, %s, %s, %s, %s, %s,"
    " %s::bigint[], %s::text[], %s::bigint[], %s, %s, %s, %s, %s)"
)
# The same, as one statement that ends when somebody keeps a line for long.
POST_SOON = (
    "SELECT (one.said).posting, (one.said).is_new FROM ("
    "SELECT budget_post(%s, %s, %s, %s, %s, %s, %s,"
    " %s::bigint[], %s::text[], %s::bigint[], %s, %s, %s, %s, %s) AS said"
    " FROM set_config('lock_timeout', '250ms', true)) AS one"
)


class Posted(NamedTuple):
    """The posting of a document; not new when the same document had been posted before."""

    posting_id: int
    is_new: bool


class Paper(NamedTuple):
    """One document as the posting functions take it; `Document` of a list is what rooms write."""

    kind: str
    number: str
    unit_id: int
    fiscal_year: int | None
    effective_on: date | None
    reason: str
    party: str
    method: str
    movements: list[Movement]
    batch_id: int | None = None
    refers_to: Posting | None = None
    reverses: Posting | None = None
    promise: Promise | None = None

    @property
    def names_another(self) -> bool:
        """Whether it hangs on a file, another document or a promise."""
        return any((self.batch_id, self.refers_to, self.reverses, self.promise))


def post_alone(paper: Paper, statement: str = POST) -> Posted:
    """Post one document by one statement, in the caller's transaction if any. May refuse.

    statement: POST_SOON outside a transaction alone; it raises where it would wait for long.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    asked = _arguments(paper)

    def once() -> Posted:
        with _savepoint_if_needed(database), database.wrap_database_errors:
            answer = prepared(database).execute(statement, asked, prepare=True)
            return Posted(*answer.fetchone())

    try:
        return until_done(once)
    except DatabaseError as error:
        if refusal := refusal_of(
            error,
            kind=paper.kind,
            number=paper.number,
            year=paper.fiscal_year,
            on=paper.effective_on,
        ):
            raise refusal from error
        raise


def _arguments(paper: Paper) -> list[Any]:
    linked = [other and other.pk for other in (paper.refers_to, paper.reverses)]
    columns = [list(column) for column in zip(*paper.movements, strict=True)]
    return [
        paper.kind, paper.number, paper.unit_id, paper.fiscal_year, paper.effective_on,
        paper.reason, paper.batch_id, *columns, *linked, paper.party, paper.method,
        paper.promise and paper.promise.pk,
    ]  # fmt: skip


def _savepoint_if_needed(database: Any) -> AbstractContextManager[object]:
    """A refusal must leave the caller's transaction usable; alone, a statement is a transaction."""
    return transaction.atomic() if database.in_atomic_block else nullcontext()


def prepared(database: Any) -> Any:
    """Return a cursor of the driver's own: PostgreSQL reads its statement once a connection."""
    database.ensure_connection()
    database.validate_no_broken_transaction()
    database.connection.prepare_threshold = 0  # Django's cursors never prepare, whatever it is.
    return Cursor(database.connection)
