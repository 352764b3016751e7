"""Print the reference of all figures: `python -m tests.figure_list`."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs/reference/figures.md"
HEAD = """# Figures

Each number that pages state is defined once: see [add a figure](../how_to/add_a_figure.md).
`GET /api/v1/lists/figures` lists them for programs, and `/api/v1/lists/figures/KEY` computes one,
with the filters and days of its page.

| key | words | definition | unit | filters | rows |
| --- | --- | --- | --- | --- | --- |
"""


def reference() -> str:
    from django.urls import reverse
    from django.utils import translation

    from pulih.lists import figures

    with translation.override("en"):
        rows = [
            (
                f"`{one.key}`",
                str(one.words),
                str(one.definition),
                "rupiah" if one.kind.value == "rupiah" else "number",
                ", ".join(f"`{each.key}`" for each in one.filters),
                f"`{reverse(one.rows)}`",
            )
            for one in figures.every()
        ]
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    django.setup()
    PAGE.write_text(reference(), "utf-8")
