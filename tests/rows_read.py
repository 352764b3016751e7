"""How many rows PostgreSQL reads to answer a page, by the plans of its statements as they run."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from pulih.web import counting

READS = ("SELECT", "WITH")
COUNTS = counting.EXECUTE.partition("{}")[0]  # A plan that is kept, behind the setting it needs.
EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) "
SCANS = ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan")


@contextmanager
def rows_read() -> Iterator[list[tuple[int, str]]]:
    """Yield a list of what each statement read of all tables: rows, and the statement."""
    found: list[tuple[int, str]] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_count = sql.startswith(COUNTS)
        is_read = is_count or sql.lstrip().upper().startswith(READS)
        if is_read and "set_config" not in sql and not many:  # Saying it twice would change it.
            with context["connection"].connection.cursor() as beside:
                if is_count:
                    beside.execute(sql.replace("; ", f"; {EXPLAIN}", 1), params)
                    beside.nextset()
                else:
                    beside.execute(EXPLAIN + sql, params)
                plan = beside.fetchone()[0]
            plans = json.loads(plan) if isinstance(plan, str) else plan
            found.append((sum(_rows(one["Plan"]) for one in plans), sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def _rows(plan: dict[str, Any]) -> int:
    """Return the rows that a node and those below it read, kept or thrown away."""
    below = sum(_rows(one) for one in plan.get("Plans", ()))
    if plan["Node Type"] not in SCANS:
        return below
    each = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return int(each * plan["Actual Loops"]) + below
