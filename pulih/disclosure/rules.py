"""Read `RULES.toml`: how each measure is protected, or everything wrong with it."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pulih.casefiles.reading import NO_SUCH_FILE, NOT_UTF8, Tell, because
from pulih.casefiles.settings import exact, whole
from pulih.common.errors import Fault, Message
from pulih.disclosure.case import WHOLE, Rule

NAMES = ("kind", "k", "parts", "answers", "with", "p", "stock", "within", "rest")

NO_MEASURES = Message(
    "Tulis sedikitnya satu [measures.NAMA].", "Write at least one [measures.NAME]."
)
NO_KIND = Message('Isi kind = "count" atau kind = "sum".', 'Write kind = "count" or kind = "sum".')
NO_K = Message("k harus bilangan bulat 2 atau lebih.", "k must be a whole number of 2 or more.")
NO_P = Message("p harus angka antara 0 dan 100.", "p must be a number between 0 and 100.")
NO_LIST = Message(
    "Isi daftar nama dimensi, tanpa all.", "Write a list of names of dimensions, without all."
)
BOTH = Message(
    "Dimensi ini ada dalam parts dan answers; simpan satu.",
    "This dimension is in both parts and answers; keep one.",
)
NO_COUNT = Message(
    "with harus menyebut ukuran lain yang kind-nya count.",
    "with must name another measure whose kind is count.",
)
NO_STOCK = Message("stock harus true atau false.", "stock must be true or false.")
NOT_WITHIN = Message(
    "within harus daftar ukuran lain yang kind-nya count dengan k yang sama, tanpa lingkaran.",
    "within must list other measures whose kind is count, with the same k, and not in a circle.",
)
NO_REST = Message(
    "rest harus true atau false, dan true hanya bersama within.",
    "rest must be true or false, and true only beside within.",
)
ONLY_SUMS = Message("Hanya sum yang memakai with.", "Only a sum has with.")


def read_rules(path: Path, tell: Tell) -> tuple[Mapping[str, Rule], list[Fault]]:
    try:
        entries = tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        return {}, [Fault("rules", None, None, str(path), NO_SUCH_FILE)]
    except UnicodeDecodeError:
        return {}, [Fault("rules", None, None, None, NOT_UTF8)]
    except (OSError, ValueError) as error:
        return {}, [Fault("rules", None, None, None, because(error))]
    return rules_from(entries, tell)


def rules_from(entries: Mapping[str, object], tell: Tell) -> tuple[Mapping[str, Rule], list[Fault]]:
    """entries: the content of `RULES.toml`."""
    for name in sorted(entries.keys() - {"measures"}):
        tell(f"rules: ignored entry {name}.")
    measures = entries.get("measures")
    if not isinstance(measures, Mapping) or not measures:
        return {}, [Fault("rules", None, "measures", None, NO_MEASURES)]
    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    for name, entry in sorted(measures.items()):
        written = entry if isinstance(entry, Mapping) else {}
        for other in sorted(written.keys() - set(NAMES)):
            tell(f"rules: ignored entry measures.{name}.{other}.")
        wrong = _wrongs(name, written, measures)
        faults += [
            Fault("rules", None, f"measures.{name}.{column}", _text(written.get(column)), message)
            for column, message in wrong
        ]
        if not wrong:
            rules[name.strip()] = _rule(name.strip(), written)
    return rules, faults


def _rule(name: str, entry: Mapping[str, object]) -> Rule:
    k, p, kind = whole(entry.get("k", 5)), exact(entry.get("p", 10)), entry["kind"]
    assert k is not None
    return Rule(
        name,
        "sum" if kind == "sum" else "count",
        k,
        frozenset(_names(entry.get("parts", [])) or ()),
        frozenset(_names(entry.get("answers", [])) or ()),
        str(entry["with"]).strip() if "with" in entry else None,
        Fraction(0) if p is None else p,
        entry.get("stock") is True,
        frozenset(_names(entry.get("within", [])) or ()),
        entry.get("rest") is True,
    )


def _wrongs(
    name: str, entry: Mapping[str, object], measures: Mapping[str, object]
) -> list[tuple[str, Message]]:
    k, p = whole(entry.get("k", 5)), exact(entry.get("p", 10))
    parts, answers = (_names(entry.get(column, [])) for column in ("parts", "answers"))
    checks = (
        (entry.get("kind") not in ("count", "sum"), "kind", NO_KIND),
        (k is None or k < 2, "k", NO_K),
        (p is None or not 0 <= p <= 100, "p", NO_P),
        (not isinstance(entry.get("stock", False), bool), "stock", NO_STOCK),
        (not _is_within_counts(name, measures), "within", NOT_WITHIN),
        (entry.get("rest", False) not in (False, bool(entry.get("within"))), "rest", NO_REST),
        (parts is None, "parts", NO_LIST),
        (answers is None, "answers", NO_LIST),
        (bool(set(parts or ()) & set(answers or ())), "answers", BOTH),
        ("with" in entry and entry.get("kind") == "count", "with", ONLY_SUMS),
        (
            "with" in entry
            and entry.get("kind") != "count"
            and not _is_count(name, entry["with"], measures),
            "with",
            NO_COUNT,
        ),
    )
    return [(column, message) for is_wrong, column, message in checks if is_wrong]


def _is_count(name: str, other: object, measures: Mapping[str, object]) -> bool:
    entry = measures.get(other.strip()) if isinstance(other, str) else None
    return other != name and isinstance(entry, Mapping) and entry.get("kind") == "count"


def _is_within_counts(name: str, measures: Mapping[str, object]) -> bool:
    """Whether all that a measure lies within, further out too, are counts of the same k."""
    seen, waiting = set[str](), [name]
    while waiting:
        entry = measures.get(waiting.pop())
        if not isinstance(entry, Mapping):
            return False
        outer = _names(entry.get("within", []))
        if outer is None or (outer and entry.get("kind") != "count"):
            return False
        for each in outer:
            other = measures.get(each)
            if each == name or not _is_count(name, each, measures):
                return False
            if isinstance(other, Mapping) and other.get("k", 5) != entry.get("k", 5):
                return False
        waiting += [each for each in outer if each not in seen]
        seen.update(outer)
    return True


def _names(value: object) -> list[str] | None:
    """The trimmed names of a list; None where it is none."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return None
    names = [name.strip() for name in value]
    return None if "" in names or WHOLE in names else names


def _text(value: object) -> str | None:
    return None if value is None else str(value)
