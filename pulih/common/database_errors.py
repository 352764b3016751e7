"""What PostgreSQL told of a statement that it refused."""

from typing import Any

# A rule of uniqueness, overlap or reference that holds since another writer's change; a deadlock;
# a change that came between. PostgreSQL, appendix A of its manual: SQLSTATE.
ANOTHER_WRITER = frozenset({"23503", "23505", "23P01", "40001", "40P01"})


def state_of(error: BaseException) -> str:
    """Return the SQLSTATE of what Django raised; "" where none came from the database."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def rule_of(error: BaseException) -> str:
    """Return the name of the constraint that was broken, "" where none was."""
    told: Any = getattr(error.__cause__, "diag", None)
    return (told and told.constraint_name) or ""
