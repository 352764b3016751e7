"""The registry of triggers, with the names that are taken kept beside it.

pgtrigger gathers them again for each trigger that it registers: of our hundreds, a tenth of the
time of every start.
"""

from typing import Any

from pgtrigger import registry

Own: Any = registry._Registry  # It states no types.


class QuickRegistry(Own):  # type: ignore[misc]
    def __init__(self, registered: dict[str, Any]) -> None:
        self._by_table: dict[tuple[str, str], Any] = {}
        self._functions: set[str] = set()
        super().__init__()
        for uri, value in registered.items():
            self[uri] = value

    @property
    def by_db_table(self) -> dict[tuple[str, str], Any]:
        return self._by_table

    @property
    def pg_function_names(self) -> set[str]:
        return self._functions

    def __setitem__(self, uri: str, value: Any) -> None:
        super().__setitem__(uri, value)
        model, trigger = value
        self._by_table[model._meta.db_table, trigger.name] = trigger
        self._functions.add(trigger.get_pgid(model))

    def __delitem__(self, uri: str) -> None:
        model, trigger = self[uri]
        super().__delitem__(uri)
        del self._by_table[model._meta.db_table, trigger.name]
        self._functions.discard(trigger.get_pgid(model))


def take_its_place() -> None:
    """Let pgtrigger register with ours from now on; what it knows already is kept."""
    if not isinstance(registry._registry, QuickRegistry):
        registry._registry = QuickRegistry(registry._registry.data)
