"""Static files under the hash of their content, so that browsers keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Name a file by its hash once it was collected, and plainly until then."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        collected: str | None = self.hashed_files.get(self.hash_key(name))
        return collected or name
