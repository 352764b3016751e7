"""No function or class of the house serves tests alone: what nobody calls goes."""

import ast
import re
from collections import Counter
from pathlib import Path

import pulih

HOUSE = Path(pulih.__file__).parent
READ = {".py", ".html", ".toml", ".sql", ".txt"}
NAMED = {
    "directorate_of": "the core of classifications answers it to whoever imports it",
    "firm_count": "the core of classifications answers it to whoever imports it",
    "may_be_of": "judges each pair of the table of KBLI and HS, which a test asks",
    "__getattr__": "Python asks for it",
}


def words() -> Counter[str]:
    """How often each word stands in the house; its templates and settings name functions too."""
    found: Counter[str] = Counter()
    for path in HOUSE.rglob("*"):
        if path.suffix in READ and path.is_file():
            found.update(re.findall(r"\w+", path.read_text()))
    return found


def defined() -> dict[str, str]:
    """Name and module of what a module defines for others; decorators register the rest."""
    found = {}
    for path in HOUSE.rglob("*.py"):
        if path.name == "apps.py" or "migrations" in path.parts:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
                found[node.name] = str(path.relative_to(HOUSE))
    return found


def test_what_a_module_defines_is_named_somewhere_else_in_the_house():
    counted = words()
    alone = {name: at for name, at in defined().items() if counted[name] == 1}
    assert {name: at for name, at in alone.items() if name not in NAMED} == {}
    assert NAMED.keys() - alone.keys() == set(), "These are used now; take them out of the list."
