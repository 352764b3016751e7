"""The lock holds a fitting release of each package that pyproject.toml asks for, and each package
that people run stands under a licence that the project accepts.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+))?", re.MULTILINE)
# Permissive ones, and those whose duties end at the package itself.
ACCEPTED = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General|"
    r"Unlicense|Zlib|ZPL|HPND|CC0|PostgreSQL)\b",
    re.IGNORECASE,
)


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    run, dev = pins("run"), pins("dev")
    faults = [
        *missing("run", run, project["dependencies"]),
        *missing("dev", dev, [*project["dependencies"], *extras["build"], *extras["dev"]]),
        *unaccepted(run),
    ]
    print("\n".join(faults))
    return 1 if faults else 0


def pins(lock: str) -> dict[str, set[str]]:
    """Return the releases of each package in a lock; more than one where platforms differ."""
    found: dict[str, set[str]] = {}
    for name, release, _marker in PIN.findall((ROOT / f"locks/{lock}.txt").read_text()):
        found.setdefault(canonicalize_name(name), set()).add(release)
    return found


def missing(lock: str, locked: dict[str, set[str]], asked: list[str]) -> Iterator[str]:
    for each in map(Requirement, asked):
        releases = locked.get(canonicalize_name(each.name), set())
        if not any(each.specifier.contains(release, prereleases=True) for release in releases):
            yield f"locks/{lock}.txt holds no {each.name}{each.specifier}: make upgrade"


def unaccepted(locked: dict[str, set[str]]) -> Iterator[str]:
    for name in sorted(locked):
        try:
            words = licence(distribution(name))
        except PackageNotFoundError:
            continue  # for another platform or Python
        if not ACCEPTED.search(words):
            yield f"{name}: licence not accepted: {words[:80] or 'none named'}"


def licence(of: Distribution) -> str:
    named = [of.metadata.get("License-Expression") or "", (of.metadata.get("License") or "")[:200]]
    named += [each for each in of.metadata.get_all("Classifier") or () if "License" in each]
    return " | ".join(filter(None, named)) or "".join(heads(of))


def heads(of: Distribution) -> Iterator[str]:
    """Yield how the files of its licences begin, where a package names none otherwise."""
    for name in of.metadata.get_all("License-File") or ():
        file = of.read_text(f"licenses/{name}") or of.read_text(name) or ""
        yield file[:80]


if __name__ == "__main__":
    sys.exit(main())
