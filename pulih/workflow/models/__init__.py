"""What the shared room of work keeps: steps, posts, duties, notices and their mail."""

from .decisions import Decision, Outcome
from .duties import MAIN, Duty
from .notices import Mail, MailChoice, MailState, MailWhen, Notice
from .posts import Post, PostHolder
from .steps import Step, state_of

__all__ = [
    "MAIN",
    "Decision",
    "Duty",
    "Mail",
    "MailChoice",
    "MailState",
    "MailWhen",
    "Notice",
    "Outcome",
    "Post",
    "PostHolder",
    "Step",
    "state_of",
]
