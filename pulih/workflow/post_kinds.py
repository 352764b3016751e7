"""The kinds of posts that rooms declare."""

from dataclasses import dataclass

from pulih.common.errors import Message
from pulih.people.permissions import Permission


@dataclass(frozen=True)
class PostKind:
    """permission: what its holder must be allowed to do.

    While nobody holds the post of an area, everybody with this permission whose own area it is
    acts for it, so that nothing lies with nobody.
    """

    key: str
    label: Message
    permission: Permission


KINDS: dict[str, PostKind] = {}


def register(kind: PostKind) -> None:
    """Declare a kind of post; a second one of the same key takes the place of the first."""
    KINDS[kind.key] = kind
