"""What a view reads, learned by watching it read."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.http import QueryDict

READ = ("get", "getlist", "__getitem__", "__contains__")


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect the names that are read out of any query or form."""
    names: set[str] = set()
    before = {name: getattr(QueryDict, name) for name in READ}

    def spy(method):
        def read(self, key, *more):
            if isinstance(key, str):
                names.add(key)
            return before[method](self, key, *more)

        return read

    spies = {method: spy(method) for method in READ}
    with patch.multiple(QueryDict, **spies):
        yield names
