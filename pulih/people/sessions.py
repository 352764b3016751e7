"""Sessions that PostgreSQL shows to who knows their key alone, so that nobody lists others'."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection

SHOW = "SELECT set_config('pulih.session', %s, false)"


class SessionStore(db.SessionStore):
    """The sessions of Django's table, each key shown before its row is asked for."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        show(self.session_key)
        return super().load()

    def exists(self, session_key: str) -> bool:
        show(session_key)
        return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:
        if self.session_key is not None:  # Else it is saved again with a key of its own.
            show(self.session_key)
        super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        show(session_key or self.session_key)
        super().delete(session_key)


def show(session_key: str | None) -> None:
    """Tell PostgreSQL which session is known."""
    connection.ensure_connection()
    if not connection.needs_rollback:
        # Past Django's cursor: a setting is no query of a page.
        connection.connection.execute(SHOW, [session_key or ""])
