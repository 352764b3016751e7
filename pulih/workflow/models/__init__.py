"""What the shared rooms of work keep: steps, posts, duties."""

from .duties import MAIN, Duty
from .posts import Post, PostHolder
from .steps import Step, state_of

__all__ = ["MAIN", "Duty", "Post", "PostHolder", "Step", "state_of"]
