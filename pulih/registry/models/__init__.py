"""What the register keeps: enterprises, what was said of pairs, merges, splits and pins."""

from .enterprises import Enterprise, EnterpriseQuerySet, EnterpriseSource, Scale
from .linking import LinkKind, LinkRun, LinkState
from .merges import Merge, MergeMember, Separation, SplitMove
from .pins import Pin
from .reviews import Answer, Distance, Review, ReviewAnswer, ReviewState

__all__ = [
    "Answer",
    "Distance",
    "Enterprise",
    "EnterpriseQuerySet",
    "EnterpriseSource",
    "LinkKind",
    "LinkRun",
    "LinkState",
    "Merge",
    "MergeMember",
    "Pin",
    "Review",
    "ReviewAnswer",
    "ReviewState",
    "Scale",
    "Separation",
    "SplitMove",
]
