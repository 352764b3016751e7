"""What people do with scans: bring them, attach their pages, set them aside."""

from .bringing import bring, unread
from .forgetting import forget
from .placing import attach, detach, open_file, open_picture, set_aside
from .reading import end_abandoned, read

__all__ = [
    "attach",
    "bring",
    "detach",
    "end_abandoned",
    "forget",
    "open_file",
    "open_picture",
    "read",
    "set_aside",
    "unread",
]
