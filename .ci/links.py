"""Every relative link and picture in the documents points at something that is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"^(https?:|mailto:|#)")


def main() -> int:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    broken = [
        f"{document}: {target} is not there"
        for document in sorted(set(listed.stdout.split()))
        if (ROOT / document).exists()
        for target in LINK.findall((ROOT / document).read_text())
        if not ELSEWHERE.match(target) and not exists(ROOT / document, target)
    ]
    print("\n".join(broken))
    return 1 if broken else 0


def exists(document: Path, target: str) -> bool:
    return (document.parent / unquote(target.partition("#")[0])).exists()


if __name__ == "__main__":
    sys.exit(main())
