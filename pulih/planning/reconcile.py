"""Whether kept plans still say what was solved, for `pulih check`."""

from collections.abc import Iterator

from django.conf import settings

from pulih.common.errors import Message

from .models import Solution
from .repeating import altered


def differences() -> Iterator[str]:
    """Yield a sentence for each plan whose case or lines are no longer as they were solved."""
    every = Solution.objects.select_related("archive").order_by("pk")
    for solution in every.iterator(chunk_size=1):
        for message in altered(solution):
            yield message.in_language(settings.COMMAND_LANGUAGE)


def verified() -> dict[Message, int]:
    """Return how many plans were held against their cases."""
    return {Message("rencana", "plans"): Solution.objects.count()}
