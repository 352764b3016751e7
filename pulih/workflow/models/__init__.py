"""What the shared room of work keeps: steps, posts, duties, notices and their mail."""

from .duties import MAIN, Duty
from .notices import Mail, MailChoice, MailState, MailWhen, Notice
from .posts import Post, PostHolder
from .steps import Step, state_of

__all__ = [
    "MAIN",
    "Duty",
    "Mail",
    "MailChoice",
    "MailState",
    "MailWhen",
    "Notice",
    "Post",
    "PostHolder",
    "Step",
    "state_of",
]
