"""The public pages of a release, written as files in both languages: Indonesian at `/`, English at
`/en/`, under the same paths.
"""

from .writing import write, write_gone

__all__ = ["write", "write_gone"]
