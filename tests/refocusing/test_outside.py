"""What outsiders check, in cases drawn from the contract: `python -m tests.outside refocus`."""

import pytest

from tests.examples import examples
from tests.refocusing.outside import objections


@pytest.mark.parametrize("seed", range(examples(12)))
def test_a_case_of_strangers_is_answered_lawfully_and_proven(seed, tmp_path):
    assert list(objections(seed, tmp_path)) == []
