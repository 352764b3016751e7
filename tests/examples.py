"""How Hypothesis tries: the same examples in every `make test`, new ones in `make fast`.

A test states how many examples a search tries, by `examples`; Hypothesis' own 100 where it states
none. `make search` tries all. Those of `make test` are the same in each run, so that more of them
find nothing new, and they were two fifths of its processor time: it tries a third.
"""

from typing import Any

from hypothesis import HealthCheck, settings

FAST, SEARCH, PROOF = "fast", "search", "proof"
# By what the number of examples of a search is divided, and how few nothing goes below.
SHARES = {SEARCH: (1, 1), PROOF: (3, 8), FAST: (5, 2)}
# How long something takes says more of the machine's other work than of the code.
UNHURRIED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

# A proof says the same of the same code each time: nobody's change is refused by a throw of dice.
settings.register_profile(PROOF, derandomize=True, max_examples=33, **UNHURRIED)
# Who looks for counterexamples throws them: `pytest --hypothesis-profile=search`.
settings.register_profile(SEARCH, **UNHURRIED)
settings.register_profile(FAST, max_examples=20, **UNHURRIED)
settings.load_profile(PROOF)  # Unless the command line names another.


def examples(full: int) -> int:
    """Return how many examples a test tries in this run, of the `full` number of a search."""
    share, least = SHARES[settings.get_current_profile_name()]
    return max(min(full, least), full // share)
