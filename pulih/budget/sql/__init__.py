"""SQL that Python runs with parameters: `queries/…`, `checks/…`.

The files beside this one make functions and triggers; `pulih.config.repeatable_sql` runs those.
"""

from pathlib import Path


def sql(name: str) -> str:
    """Return the text of `name`.sql below this folder."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
