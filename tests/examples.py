"""How many examples Hypothesis tries: all in `make test`, a fifth in `make fast`."""

from hypothesis import settings

FAST = "fast"
settings.register_profile(FAST, deadline=None, max_examples=20)


def examples(full: int) -> int:
    """Return how many examples a test of `full` examples tries in this run."""
    return max(2, full // 5) if settings.get_current_profile_name() == FAST else full
