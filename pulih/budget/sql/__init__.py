"""SQL that must live in the database, kept here to be read and reviewed as code."""

from pathlib import Path


def sql(name: str) -> str:
    """Return the text of `name`.sql in this folder."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
