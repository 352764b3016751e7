"""No test passes or fails by chance or by how busy the machine is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests import examples

TESTS = Path(__file__).parents[1]


def test_every_property_takes_its_time(request: pytest.FixtureRequest) -> None:
    used = dict(_settings_of_properties(request.session))
    used["what the others get"] = settings.default
    hurried = [
        name
        for name, one in used.items()
        if one.deadline is not None or HealthCheck.too_slow not in one.suppress_health_check
    ]
    assert hurried == []


@pytest.mark.skipif(
    settings.get_current_profile_name() != examples.PROOF, reason="this run throws dice on purpose"
)
def test_every_property_tries_the_same_examples_each_time(request: pytest.FixtureRequest) -> None:
    used = dict(_settings_of_properties(request.session))
    assert settings.default.derandomize
    assert [name for name, one in used.items() if not one.derandomize] == []


def test_every_property_states_how_many_examples_a_search_tries() -> None:
    """A number of its own would be tried in full by each `make test`; a few may be."""
    plain = re.compile(r"max_examples=(?:9|\d{2,})\b")
    files = [path for path in TESTS.rglob("test_*.py") if plain.search(path.read_text())]
    assert files == []


def _settings_of_properties(session: pytest.Session) -> Iterator[tuple[str, settings]]:
    for item in session.items:
        test = getattr(item, "obj", None)
        if is_hypothesis_test(test):
            yield item.nodeid, test._hypothesis_internal_use_settings
