"""Sessions of people, kept under the hash of their key: who reads the table can use none of them.

PostgreSQL shows a session to who knows its key, to its person and to administrators.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import OperationalError, connection
from django.utils import timezone

from .models import SignIn

SHOW = "SELECT set_config('pulih.session', %s, false)"
# Said once, for each request asks it: to state it by the model takes as long as the answer does.
LOAD = "SELECT session_data FROM people_signin WHERE session_key = %s AND expire_date > %s"
ABOUT = "sign_in"  # In a session: when it began, on which device and network.


class SessionStore(db.SessionStore):
    """The sessions of our own table, each shown before its row is asked for."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return SignIn

    def load(self) -> dict[str, Any]:
        show(self.session_key)
        with connection.cursor() as cursor:
            cursor.execute(LOAD, [hash_of(self.session_key or ""), timezone.now()])
            kept = cursor.fetchone()
        if kept is None:
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(kept[0])
        return data

    def exists(self, session_key: str) -> bool:
        show(session_key)
        return super().exists(hash_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        about = data.get(ABOUT, {})
        key: str = self._get_or_create_session_key()  # type: ignore[attr-defined]
        return SignIn(
            session_key=hash_of(key),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
            begun_at=datetime.fromisoformat(about["begun"]) if about else None,
            seen_at=timezone.now(),
            device=about.get("device", ""),
            network=about.get("network", ""),
        )

    def save(self, must_create: bool = False) -> None:
        if self.session_key is not None:  # Else it is saved again with a key of its own.
            show(self.session_key)
        try:
            super().save(must_create)
        except UpdateError as failed:
            if isinstance(failed.__context__, OperationalError):
                raise failed.__context__ from None  # Nobody ended it: PostgreSQL is away.
            raise

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            show(key)
            super().delete(hash_of(key))


def hash_of(session_key: str) -> str:
    """Return what a session is kept under: 160 bits of the hash of its key, as hex digits."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def show(session_key: str | None) -> None:
    """Tell PostgreSQL which session is known."""
    connection.ensure_connection()
    if not connection.needs_rollback:
        # Past Django's cursor: a setting is no query of a page.
        shown = hash_of(session_key) if session_key else ""
        connection.connection.execute(SHOW, [shown])
