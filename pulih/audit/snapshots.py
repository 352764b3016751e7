"""One state of the database for all that is asked together."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let each question within see the database as it stood when the first was asked.

    Whoever holds rows against each other asks several times; what others commit in between would
    look like a difference. Within a transaction that has begun already, each sees what is committed
    when it is asked.
    """
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if is_first:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
