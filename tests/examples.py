"""How Hypothesis tries: the same examples in every `make test`, new ones in `make fast`."""

from typing import Any

from hypothesis import HealthCheck, settings

FAST, SEARCH, PROOF = "fast", "search", "proof"
# How long something takes says more of the machine's other work than of the code.
UNHURRIED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

# A proof says the same of the same code each time: nobody's change is refused by a throw of dice.
settings.register_profile(PROOF, derandomize=True, **UNHURRIED)
# Who looks for counterexamples throws them: `pytest --hypothesis-profile=search`.
settings.register_profile(SEARCH, **UNHURRIED)
settings.register_profile(FAST, max_examples=20, **UNHURRIED)
settings.load_profile(PROOF)  # Unless the command line names another.


def examples(full: int) -> int:
    """Return how many examples a test of `full` examples tries in this run: a fifth if fast."""
    return max(2, full // 5) if settings.get_current_profile_name() == FAST else full
