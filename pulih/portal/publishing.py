"""Who writes which files of a release, as one list that rooms and standards add to at start.

A writer gets a release and a folder, and writes there whatever files it declares in its own words:

    def write_grants(release: Release, folder: Path) -> None: ...
    publishing.register("grants", write_grants)            # under /data/r/NUMBER/
    publishing.register_site("catalogue", write_catalogue)  # at the root, of the newest release

Every file that a writer leaves in its folder stands in the release's `manifest.json` and
`SHA256SUMS`; a writer that raises stops the publishing, and the old release stays whole.
"""

from collections.abc import Callable
from pathlib import Path

from .models import Release
from .progress import OnProgress, unheard

Writer = Callable[[Release, Path], None]

_writers: dict[str, Writer] = {}
_site_writers: dict[str, Writer] = {}


def register(name: str, writer: Writer) -> None:
    """Add a writer of files under `/data/r/NUMBER/`; a second one of a name replaces the first."""
    _writers[name] = writer


def register_site(name: str, writer: Writer) -> None:
    """Add a writer of files at the site's root, which are those of the newest release."""
    _site_writers[name] = writer


def write_release(release: Release, folder: Path, on_progress: OnProgress = unheard) -> None:
    """Let every writer write its files into the folder of a numbered release."""
    for done, (_name, writer) in enumerate(sorted(_writers.items())):
        on_progress("files", done, len(_writers))
        writer(release, folder)


def write_site(release: Release, folder: Path) -> None:
    for _name, writer in sorted(_site_writers.items()):
        writer(release, folder)
