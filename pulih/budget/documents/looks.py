"""How workbooks of the budget are opened, and what a format of a cell is made of."""

from typing import Any

# Text is written as text, so that no formula ever runs.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
Look = dict[str, Any]
