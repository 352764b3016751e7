"""Writing for the holder of a link, who has no account."""

from collections.abc import Iterator
from contextlib import contextmanager

from pulih.people.models import User
from pulih.people.scope import speaking_as_system

from .models import Link


@contextmanager
def on_behalf(by: User | Link) -> Iterator[User]:
    """Write as the person who acts; for a link, which may only read, as Pulih itself."""
    if isinstance(by, Link):
        with speaking_as_system() as system:
            yield system
    else:
        yield by
