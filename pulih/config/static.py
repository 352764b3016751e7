"""Static files under the hash of their content, so that browsers keep them for ever."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

PAGE_BUILD = "web/build/"


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Name a file by its hash once it was collected, and plainly until then.

    What the page build made carries its hash already, and its modules know each other by it.
    """

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        if name.startswith(PAGE_BUILD):
            return name
        hashed: str = super().hashed_name(name, content, filename)
        return hashed

    def stored_name(self, name: str) -> str:
        collected: str | None = self.hashed_files.get(self.hash_key(name))
        return collected or name
